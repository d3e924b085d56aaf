//! The fast engine: the rulebook's verbs on columns in memory.

mod column;
mod dispatch;
mod export;
mod load;
mod names;
mod quick;
mod setup;
mod tables;
mod windows;
mod world;

pub use export::{Exported, Stored};
pub use load::{Misfit, Unloaded, table_number};
pub use names::{Accounts, Known, address_of};
pub use world::{World, recode};
