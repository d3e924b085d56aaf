//! The fast engine: the rulebook's verbs on columns in memory.

mod column;
mod dispatch;
mod export;
mod names;
mod quick;
mod setup;
mod tables;
mod windows;
mod world;

pub use export::Exported;
pub use names::{Accounts, address_of};
pub use world::{World, recode};
