//! What is deployed: a network's parameters with addresses in place of populations.
//!
//! A deployment's file has the vocabulary of scenarios and is read by the same code, so that what
//! was rehearsed can be copied line by line. Nothing here knows a chain: the client takes
//! [`Deployment::genesis`], whose account n is [`Deployment::accounts`]' nth address, and makes
//! messages of it; the native engine starts from the same value.

mod address;
mod genesis;

use protocol::{Amount, governance, rewards, staking, treasury};

pub(crate) use address::problem_of;

use crate::scenario::Topic;
pub use crate::scenario::file::{deployment_schema as schema, read_deployment as read};

/// A network to be put onto a chain, complete and free of violations once it is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Deployment {
    /// Short name: that of its file.
    pub name: String,
    /// One line.
    pub title: String,
    /// What the contracts are called on the chain: see [`Deployment::label_of`].
    pub label: String,
    /// What addresses of the chain begin with.
    pub prefix: String,
    /// The native coin that is staked or paid, if any is.
    pub denom: Option<String>,
    /// Who may replace the contracts' code once they are wired.
    pub admin: Admin,
    /// Seconds from block to block, by which times were turned into blocks; at least 1.
    pub interval: u64,
    /// What people call the token.
    pub token: TokenName,
    /// Who holds what from the beginning; each address once.
    pub allocations: Vec<Allocation>,
    /// Staking's parameters.
    pub staking: staking::Params,
    /// What is minted.
    pub emission: rewards::Params,
    /// Topics, numbered from 0. An owner is an address.
    pub topics: Vec<Topic>,
    /// The holders of slots 0, 1, ... of each topic.
    pub slots: Vec<Vec<String>>,
    /// Who decides, and by which rules.
    pub governance: Governed,
}

/// Who may replace the contracts' code once they are wired: the admin of each, in wasmd's sense.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Admin {
    /// The treasury, its own code included: only a constitutional proposal replaces any.
    #[default]
    Treasury,
    /// Whoever deployed them: a network that is still being tried out.
    Deployer,
}

/// What people call the token; cw20's bounds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenName {
    /// 3 to 50 bytes.
    pub name: String,
    /// 3 to 12 letters or dashes.
    pub symbol: String,
    /// Base units of one token are 10^decimals; at most 18.
    pub decimals: u8,
}

/// What somebody holds from the beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// Whose.
    pub address: String,
    /// Above zero.
    pub tokens: Amount,
    /// Why, for people.
    pub note: String,
}

/// Governor and treasury.
#[derive(Clone, Debug, PartialEq)]
pub struct Governed {
    /// What constitutional proposals may change.
    pub params: governance::Params,
    /// What no proposal can change.
    pub bounds: governance::Bounds,
    /// The first guardian.
    pub guardian: Option<Guardian>,
    /// Caps and their window.
    pub caps: treasury::Params,
    /// Tokens that the treasury holds at the start.
    pub tokens: Amount,
}

/// Who may cancel and pause, for a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guardian {
    /// Who.
    pub address: String,
    /// Seconds from when the governor is made.
    pub lasts: u64,
    /// The most seconds of one pause.
    pub pause: u64,
    /// How many pauses.
    pub pauses: u8,
}
