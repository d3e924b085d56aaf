//! The token: cw20's rules.

mod allowance;
mod apply;
mod balance;
mod command;
mod genesis;
mod mint;
pub mod reasons;
mod records;
mod transfer;

pub use allowance::{decreased, increased, spent};
pub use apply::apply;
pub use command::{Command, Event};
pub use genesis::{Genesis, genesis};
pub use mint::supply_after;
pub use reasons::ALL as REASONS;
pub use records::{Allowance, Balance, Expiry, Minting, State, Supply};
