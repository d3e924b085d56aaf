//! What tests of the rulebook are made of: a store for any record, ports with fixed answers, and
//! the shortest engine.
//!
//! Behind `cfg(test)` and the feature `testing`; no engine uses it.

mod answers;
mod sample;
mod stage;
mod store;

pub use answers::{Answers, Coins, Live};
pub use sample::{PlainNames, amount, at, percent, user};
pub use stage::Stage;
pub use store::Store;
