//! The fast engine: the rulebook's verbs on columns in memory.

mod column;
mod export;
mod names;
mod quick;
mod tables;

pub use export::Exported;
pub use names::{Accounts, address_of};
