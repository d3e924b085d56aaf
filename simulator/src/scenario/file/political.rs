//! The keys of behaviours towards proposals.

use schemars::JsonSchema;
use serde::Deserialize;

use super::people::BehaviourShape;
use super::problem::Problem;
use super::proposing::{ModuleWord, StanceShape};
use super::quantity::{Part, Tokens, Units};
use crate::scenario::{Political, Voter};

/// Votes as it likes, once a proposal, if it takes part.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VoterShape {
    /// The part of proposals that it votes on.
    turnout: Part,
    /// The part of those whose deeds it reads; all where absent.
    reads: Option<Part>,
}

/// Votes the same always.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BlocShape {
    /// How.
    votes: StanceShape,
    /// On proposals of this name; on all where absent.
    on: Option<String>,
    /// Only in the last epoch before the deadline.
    #[serde(default)]
    late: bool,
}

/// Votes yes on its own proposal when nobody looks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RaiderShape {
    /// The proposal's name.
    on: String,
}

/// Borrows power for one block.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FlashBorrowerShape {
    /// The epoch.
    strikes: u64,
    /// The proposal's name.
    on: String,
    /// The population to whose first member it owes what it holds.
    lender: String,
}

/// Buys votes.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BriberShape {
    /// Whose votes.
    bribes: String,
    /// What each gets.
    each: Tokens,
    /// The proposal's name.
    on: String,
}

/// Sells its vote.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BribedShape {
    /// What it costs.
    price: Tokens,
    /// The proposal's name.
    on: String,
    /// The part of proposals that it votes on unpaid.
    turnout: Part,
    /// The part of those whose deeds it reads; all where absent.
    reads: Option<Part>,
}

/// Holds others' stake.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CustodianShape {
    /// The part of what it holds whose owners say how to vote.
    customers: Part,
    /// How it votes with all of it; where absent it splits.
    votes: Option<StanceShape>,
    /// On which proposals it does so; on all where absent.
    on: Option<String>,
}

/// Proposes to pay itself.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SpammerShape {
    /// Epochs from one to the next.
    every: u32,
}

/// Cancels queued attacks.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WatchShape {
    /// The part of them that it notices.
    watches: Part,
}

/// Cancels whatever is queued.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CapturedShape {
    /// A module that it pauses as often as it can.
    pauses: Option<ModuleWord>,
}

fn voter(turnout: &Part, reads: Option<&Part>, place: &str) -> Result<Voter, Problem> {
    let reads = reads.map(|reads| reads.fraction(&format!("{place}.reads"))).transpose()?;
    Ok(Voter {
        turnout: turnout.fraction(&format!("{place}.turnout"))?,
        reads: reads.unwrap_or(protocol::Fraction::ONE),
    })
}

impl BehaviourShape {
    /// The behaviour towards proposals that it is, if it is one.
    pub(super) fn political(
        &self,
        units: &Units,
        place: &str,
    ) -> Result<Option<Political>, Problem> {
        let at = |key: &str| format!("{place}.{key}");
        Ok(Some(match self {
            Self::Voter(shape) => {
                Political::Voter(voter(&shape.turnout, shape.reads.as_ref(), &at("voter"))?)
            }
            Self::Delegate(shape) => {
                Political::Delegate(voter(&shape.turnout, shape.reads.as_ref(), &at("delegate"))?)
            }
            Self::Bloc(shape) => Political::Bloc {
                votes: shape.votes.into(),
                on: shape.on.clone(),
                late: shape.late,
            },
            Self::Raider(shape) => Political::Raider { on: shape.on.clone() },
            Self::FlashBorrower(shape) => Political::FlashBorrower {
                strikes: shape.strikes,
                on: shape.on.clone(),
                lender: shape.lender.clone(),
            },
            Self::Briber(shape) => Political::Briber {
                bribes: shape.bribes.clone(),
                each: shape.each.amount(units, &at("briber.each"))?,
                on: shape.on.clone(),
            },
            Self::Bribed(shape) => Political::Bribed {
                price: shape.price.amount(units, &at("bribed.price"))?,
                on: shape.on.clone(),
                voter: voter(&shape.turnout, shape.reads.as_ref(), &at("bribed"))?,
            },
            Self::Custodian(shape) => Political::Custodian {
                customers: shape.customers.fraction(&at("custodian.customers"))?,
                votes: shape.votes.map(Into::into),
                on: shape.on.clone(),
            },
            Self::Spammer(shape) => Political::Spammer { every: shape.every },
            Self::Guardian(shape) => {
                Political::Guardian { watches: shape.watches.fraction(&at("guardian.watches"))? }
            }
            Self::CapturedGuardian(shape) => {
                Political::CapturedGuardian { pauses: shape.pauses.map(ModuleWord::module) }
            }
            _ => return Ok(None),
        }))
    }
}
