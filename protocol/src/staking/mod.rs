//! Staking: notice tiers, unbonding, delegation, snapshots, slashing.

mod command;
mod reasons;
mod records;

pub use command::{Command, Event};
pub use reasons::ALL as REASONS;
pub use records::{
    Asset, Checkpoint, Exit, Hooks, MAX_HOOKS, MAX_TIERS, MAX_UNBONDINGS, Own, OwnHistory, Params,
    Position, Received, ReceivedHistory, Slashed, Staked, Standing, State, Tier, Total,
    TotalHistory, Unbonding,
};
