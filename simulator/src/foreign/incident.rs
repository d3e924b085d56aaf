//! An incident as it was: the frame of its file, and the system whose rule it is played by.

use schemars::JsonSchema;
use serde::Deserialize;

use super::beanstalk::Beanstalk;
use super::board::Board;
use super::build_finance::BuildFinance;
use super::compound::Compound;
use super::curve::Curve;
use super::juno::Juno;
use super::mango::Mango;
use super::steem::Steem;
use super::tale::Tale;
use super::tornado::Tornado;
use crate::scenario::Gate;

/// An incident to tell again.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// Short name: `beanstalk-as-it-was`.
    pub name: String,
    /// One line.
    pub title: String,
    /// What the tale is to answer.
    pub question: String,
    /// What it takes for granted, numbers that no source gives among them.
    pub assumptions: Vec<String>,
    /// What the author expects to see.
    pub expected: String,
    /// What the tale does not show.
    pub limits: Vec<String>,
    /// Where the numbers come from.
    pub sources: Vec<String>,
    /// What was checked, against what.
    pub checked: String,
    /// The system, with its numbers.
    pub system: System,
    /// What must hold at the end; each is about a figure of the tale.
    pub gates: Vec<Gate>,
}

impl Incident {
    /// Names the incident in every output: blake3 over its whole content.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("moot incident, version 1");
        hasher.update(format!("{self:?}").as_bytes());
        *hasher.finalize().as_bytes()
    }
}

/// A system that was broken.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum System {
    /// Power from deposits of the same transaction, an emergency vote that executes at once.
    Beanstalk(Beanstalk),
    /// A small quorum in tokens, and all keys behind one vote.
    BuildFinance(BuildFinance),
    /// A plain majority of those who vote decides over any amount.
    Compound(Compound),
    /// An airdrop capped by address, and a vote on one account.
    Juno(Juno),
    /// Every account may support thirty witnesses with all of its stake.
    Steem(Steem),
    /// A quorum of yes votes; what was taken votes too.
    Mango(Mango),
    /// A proposal is the address of a program, not the program.
    TornadoCash(Tornado),
    /// Locked tokens vote on emission, and a wrapper sells their votes.
    CurveBribes(Curve),
    /// A few seats, a majority of them, no notice.
    Board(Board),
}

impl System {
    /// The tale that the system's rule makes of the numbers.
    pub fn play(&self) -> Tale {
        match self {
            Self::Beanstalk(system) => system.play(),
            Self::BuildFinance(system) => system.play(),
            Self::Compound(system) => system.play(),
            Self::Juno(system) => system.play(),
            Self::Steem(system) => system.play(),
            Self::Mango(system) => system.play(),
            Self::TornadoCash(system) => system.play(),
            Self::CurveBribes(system) => system.play(),
            Self::Board(system) => system.play(),
        }
    }
}
