//! Message and query types of the contracts, and their translation to and from the
//! rulebook's commands: written once, used by the contracts, the conformance engines and
//! the command line.

mod accounts;
mod action;
pub mod campaigns;
mod decoded;
mod error;
pub mod genesis;
pub mod governor;
pub mod network;
pub mod rewards;
mod send;
pub mod staking;
pub mod token;
pub mod treasury;
mod wire;

pub use accounts::{Accounts, decimal};
pub use action::{Lexicon, migrate_message, opaque_message, pay_message};
pub use error::Error;
pub use send::{
    ProposalHookMsg, SendMsg, hook_message, message, notice_message, payload, proposal_message,
    read_payload,
};
pub use wire::{Contracts, InstantiateMsg, MigrateMsg};
