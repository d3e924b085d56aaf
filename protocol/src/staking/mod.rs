//! Staking: notice tiers, unbonding, delegation, snapshots, slashing.

mod apply;
mod bond;
mod checkpoint;
mod claim_rewards;
mod command;
mod delegate;
mod genesis;
mod hooks;
mod params;
mod pause;
mod power;
pub mod reasons;
mod records;
mod settle;
mod slash;
mod standing;
mod unbond;
mod update_params;
mod views;

pub use crate::asset::Asset;
pub use apply::apply;
pub use bond::bonded;
pub use checkpoint::{Displaced, recent, value_at};
pub use command::{Command, Event};
pub use delegate::lent;
pub use genesis::{Genesis, genesis};
pub use params::{power_of, weight_of};
pub use power::{View, current_power, own_at, power_at, received_at, standing_at, voting_power};
pub use reasons::ALL as REASONS;
pub use records::{
    Account, CHUNK, Checkpoint, Hooks, MAX_HOOKS, MAX_MULTIPLIER, MAX_NOTICE, MAX_TIERS,
    MAX_UNBONDINGS, MULTIPLIER_ONE, OwnHistory, Params, Paused, Position, ReceivedHistory, Slashed,
    Standing, State, Tier, Total, TotalHistory, Unbonding,
};
pub use settle::settled;
pub use slash::{Cut, bounty_and_rest, cut};
pub use unbond::matured;
pub use views::pending;
