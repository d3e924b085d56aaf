//! What tests of the rulebook are made of: a store for any record, ports with fixed answers, and
//! the shortest engine.
//!
//! Behind `cfg(test)` and the feature `testing`; no engine uses it.

mod answers;
mod governed;
mod sample;
mod stage;
mod store;

pub use answers::{Answers, Coins, Live};
pub use governed::{GUARDIAN, all_for, choice, draft, fraction, pay, rules, to_governor};
pub use sample::{PlainNames, amount, at, percent, user};
pub use stage::Stage;
pub use store::Store;
