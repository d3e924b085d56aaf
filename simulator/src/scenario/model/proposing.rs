//! Proposals that a scenario plans: what they say, what they do, and who likes them.

use protocol::{Amount, Fraction, Track, governance, network, pause::Pausable, rewards, treasury};

use super::GuardianPlan;

/// A proposal that is made in the first block of an epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// What metrics, agents and other proposals call it.
    pub name: Option<String>,
    /// The population whose first member makes it.
    pub by: String,
    /// Under which rules.
    pub track: Track,
    /// One line.
    pub title: String,
    /// At length.
    pub body: String,
    /// What is asked.
    pub asked: Asked,
    /// The part of voters who are for it once they know what it does.
    pub support: Fraction,
    /// The part who are for what it says.
    pub shown: Fraction,
    /// The part of those against it who veto.
    pub veto: Fraction,
    /// The part of those who usually vote that it interests.
    pub interest: Fraction,
    /// Whether it is one of the attacks that the report is about.
    pub attack: bool,
    /// What would stop it, where nothing does.
    pub remedy: String,
}

/// What is asked, and what follows.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// Yes, no, abstain or veto.
    Standard {
        /// What a yes does.
        deeds: Vec<Deed>,
    },
    /// An opinion on record.
    Signal,
    /// Named options.
    Choice {
        /// Name, the part of voters who want it, and what it does.
        options: Vec<(String, Fraction, Vec<Deed>)>,
    },
    /// Which topics the emission goes to.
    Gauge {
        /// Topic, and the part of voters who want it.
        topics: Vec<(u16, Fraction)>,
        /// Allocation weight shared among them.
        weight: u64,
    },
}

/// One thing that a proposal does, before accounts and numbers are known.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// Pays the first member of a population.
    Pay {
        /// Who.
        to: String,
        /// How much.
        amount: Amount,
    },
    /// Opens a stream to the first member of a population, from the day it is made on.
    Stream {
        /// Who.
        to: String,
        /// All of it.
        amount: Amount,
        /// Seconds until all is earned.
        lasts: u64,
        /// Seconds before which nothing is claimed.
        cliff: u64,
    },
    /// Opens a grant by milestones to the first member of a population.
    Grant {
        /// Who.
        to: String,
        /// The population whose first member may release.
        reviewer: Option<String>,
        /// What each pays.
        milestones: Vec<Amount>,
        /// Seconds until the deadline.
        lasts: u64,
    },
    /// Releases a milestone of a grant.
    Release {
        /// The grant's number.
        grant: u32,
        /// Which, from 0.
        milestone: u8,
    },
    /// Changes a topic. Its owner stays.
    Topic {
        /// Which.
        topic: u16,
        /// The new parameters.
        params: Box<network::TopicParams>,
    },
    /// Changes the emission.
    Emission {
        /// The new parameters.
        params: rewards::Params,
    },
    /// Changes caps and window.
    Caps {
        /// The new ones.
        params: treasury::Params,
    },
    /// Changes the governor's parameters.
    Rules {
        /// The new ones.
        params: Box<governance::Params>,
    },
    /// Gives a mandate, or ends it where there is none.
    Guardian {
        /// The new one.
        mandate: Option<GuardianPlan>,
    },
    /// Pauses a module.
    Pause {
        /// Which.
        module: Pausable,
        /// For how long.
        seconds: u64,
    },
    /// Puts a queued proposal off.
    Hold {
        /// Its name.
        proposal: String,
    },
    /// Cancels a proposal that is held.
    Drop {
        /// Its name.
        proposal: String,
    },
    /// Suspends the guardian.
    Suspend,
    /// Ends the suspended mandate.
    Dismiss,
    /// Slashes the first member of a population; the proposer is the informer.
    Slash {
        /// Whose stake.
        population: String,
        /// How much of what it has bonded.
        part: Fraction,
    },
    /// Mints tokens to the first member of a population, as only rewards may.
    Mint {
        /// To whom.
        to: String,
        /// How many.
        amount: Amount,
    },
    /// A message that is no command of ours: a program at an address.
    Opaque {
        /// The message, as JSON.
        message: String,
    },
}

/// How an agent votes that has made up its mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither.
    Abstain,
    /// Against it, and against its being proposed.
    Veto,
}

impl Stance {
    /// The option of a standard ballot.
    pub const fn option(self) -> u8 {
        match self {
            Self::Yes => governance::YES,
            Self::No => governance::NO,
            Self::Abstain => governance::ABSTAIN,
            Self::Veto => governance::VETO,
        }
    }
}
