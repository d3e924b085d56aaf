//! Rewards: emission, the order of splits, accrual by index, claims, vesting, claims by
//! root.

mod accrue;
mod apply;
mod campaign;
#[cfg(test)]
mod campaigns;
mod claim;
mod command;
mod distribute;
mod genesis;
mod leaf;
#[cfg(test)]
mod lessons;
mod merkle;
mod pause;
mod publish;
pub mod reasons;
mod records;
mod schedule;
mod settings;
mod shares;
mod slots;
mod split;
mod tree;
mod vesting;
mod views;

pub use accrue::{Accrual, accrual, settled, shared};
pub use apply::apply;
pub use command::{Command, Distribution, Dividend, Event};
pub use distribute::{Divided, divided};
pub use genesis::{Airdrop, Genesis, genesis};
pub use leaf::{Leaf, claimable_leaf, is_claimed};
pub use merkle::{Hash, MAX_LEAVES, Place, leaf_hash, node_hash, proof_length, root_of};
pub use publish::Publication;
pub use reasons::ALL as REASONS;
pub use records::{
    CLAIM_PAGE, Campaign, Campaigns, ClaimedLeaves, Curve, Emission, Grant, MAX_CLAIMED_SLOTS,
    MAX_DECAY_STEPS, MAX_SECONDS, MAX_TAKE, Owed, PAGE, Params, Paused, Pot, Round, Schedule,
    Share, SlotOwed, State, Terms, Unclaimed, Validator, Vesting,
};
pub use schedule::emitted;
pub use shares::{delegated, reward_index, reward_waiting, share_of};
pub use slots::slot_owed;
pub use split::{Split, split};
pub use tree::Tree;
pub use views::claimable;
