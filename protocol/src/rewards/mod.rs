//! Rewards: emission, the order of splits, accrual by index, claims, vesting.

mod accrue;
mod apply;
mod claim;
mod command;
mod distribute;
mod genesis;
#[cfg(test)]
mod lessons;
mod pause;
pub mod reasons;
mod records;
mod schedule;
mod settings;
mod slots;
mod split;
mod vesting;
mod views;

pub use accrue::{settled, shared};
pub use apply::apply;
pub use command::{Command, Distribution, Dividend, Event};
pub use distribute::delegated;
pub use genesis::{Genesis, genesis};
pub use reasons::ALL as REASONS;
pub use records::{
    Curve, Emission, Grant, MAX_CLAIMED_SLOTS, MAX_DECAY_STEPS, MAX_TAKE, Owed, PAGE, Params,
    Paused, Pot, Schedule, SlotOwed, State, Unclaimed, Validator, Vesting,
};
pub use schedule::emitted;
pub use slots::slot_owed;
pub use split::{Split, split};
pub use views::claimable;
