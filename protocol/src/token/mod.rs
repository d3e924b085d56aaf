//! The token: cw20's rules.

mod command;
mod reasons;
mod records;

pub use command::{Command, Event};
pub use reasons::ALL as REASONS;
pub use records::{Allowance, Balance, Expiry, Minting, State, Supply};
