//! Rewards: emission, the order of splits, accrual by index, claims, vesting.

mod command;
mod reasons;
mod records;

pub use command::{Command, Distribution, Dividend, Event};
pub use reasons::ALL as REASONS;
pub use records::{
    Curve, Emission, Grant, Owed, PAGE, Params, Pot, Schedule, SlotOwed, State, Unclaimed,
    Validator, Vesting,
};
