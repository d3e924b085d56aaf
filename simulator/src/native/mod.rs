//! The fast engine: the rulebook's verbs on columns in memory.

mod column;
#[cfg(sim_wip)]
mod dispatch;
mod export;
mod names;
mod quick;
#[cfg(sim_wip)]
mod setup;
mod tables;
#[cfg(sim_wip)]
mod windows;
#[cfg(sim_wip)]
mod world;

pub use export::Exported;
pub use names::{Accounts, address_of};
#[cfg(sim_wip)]
pub use world::{World, recode};
