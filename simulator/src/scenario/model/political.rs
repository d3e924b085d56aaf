//! How agents decide who vote, propose, buy votes or guard.

use protocol::{Amount, Fraction, pause::Pausable};

use super::Stance;

/// A behaviour towards proposals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Political {
    /// Votes as it likes, once a proposal, if it takes part.
    Voter(Voter),
    /// The same for those who lend it their power: it says why.
    Delegate(Voter),
    /// Votes the same always, on proposals of this name or on all.
    Bloc {
        /// How.
        votes: Stance,
        /// On which; `None`: all.
        on: Option<String>,
        /// Whether only in the last epoch before the deadline.
        late: bool,
    },
    /// Votes yes on its own proposal in the last epoch before the deadline, when nobody looks.
    Raider {
        /// Which.
        on: String,
    },
    /// Bonds all it holds at once, votes, queues, executes, unbonds and repays, in one block.
    FlashBorrower {
        /// The epoch.
        strikes: u64,
        /// The proposal.
        on: String,
        /// Whom it owes what it holds.
        lender: String,
    },
    /// Pays each member of a population once a proposal of this name is open, and votes yes.
    Briber {
        /// Whom.
        bribes: String,
        /// How much each.
        each: Amount,
        /// For what.
        on: String,
    },
    /// Votes yes on a proposal of this name where its balance rose by the price, else as a voter.
    Bribed {
        /// What a vote costs.
        price: Amount,
        /// On what.
        on: String,
        /// How it votes else.
        voter: Voter,
    },
    /// Holds others' stake: passes their votes on in one split ballot, or votes with all of it.
    Custodian {
        /// The part of what it holds whose owners say how to vote.
        customers: Fraction,
        /// How it votes with all of it; `None`: it splits.
        votes: Option<Stance>,
        /// On which it does so; `None`: all.
        on: Option<String>,
    },
    /// Proposes to pay itself, every so many epochs.
    Spammer {
        /// Epochs.
        every: u32,
    },
    /// Cancels queued attacks that it notices.
    Guardian {
        /// The part of them.
        watches: Fraction,
    },
    /// Cancels whatever is queued, and pauses a module as often as it can.
    CapturedGuardian {
        /// Which.
        pauses: Option<Pausable>,
    },
}

/// What decides a vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Voter {
    /// The part of proposals that it votes on.
    pub turnout: Fraction,
    /// The part of those whose deeds it reads; of the others, only what they say.
    pub reads: Fraction,
}

impl Political {
    /// Whether it works against the others.
    pub const fn deviates(&self) -> bool {
        match self {
            Self::Raider { .. }
            | Self::FlashBorrower { .. }
            | Self::Briber { .. }
            | Self::Bribed { .. }
            | Self::Spammer { .. }
            | Self::CapturedGuardian { .. } => true,
            Self::Custodian { votes, .. } => votes.is_some(),
            Self::Voter(_) | Self::Delegate(_) | Self::Bloc { .. } | Self::Guardian { .. } => false,
        }
    }

    /// How the same agent behaves when it does not; `None`: it does nothing.
    pub fn honest(&self) -> Option<Self> {
        match self {
            Self::Bribed { voter, .. } => Some(Self::Voter(*voter)),
            Self::CapturedGuardian { .. } => Some(Self::Guardian { watches: Fraction::ONE }),
            Self::Custodian { customers, .. } => {
                Some(Self::Custodian { customers: *customers, votes: None, on: None })
            }
            other => (!other.deviates()).then(|| other.clone()),
        }
    }

    /// The name used in reports.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Voter(_) => "voter",
            Self::Delegate(_) => "delegate",
            Self::Bloc { .. } => "bloc",
            Self::Raider { .. } => "raider",
            Self::FlashBorrower { .. } => "flash borrower",
            Self::Briber { .. } => "briber",
            Self::Bribed { .. } => "bribed voter",
            Self::Custodian { .. } => "custodian",
            Self::Spammer { .. } => "spammer",
            Self::Guardian { .. } => "guardian",
            Self::CapturedGuardian { .. } => "captured guardian",
        }
    }

    /// Other populations that it names.
    pub fn named(&self) -> Option<&str> {
        match self {
            Self::FlashBorrower { lender, .. } => Some(lender),
            Self::Briber { bribes, .. } => Some(bribes),
            _ => None,
        }
    }

    /// The proposal that it names.
    pub fn proposal(&self) -> Option<&str> {
        match self {
            Self::Raider { on }
            | Self::FlashBorrower { on, .. }
            | Self::Briber { on, .. }
            | Self::Bribed { on, .. } => Some(on),
            Self::Bloc { on, .. } | Self::Custodian { on, .. } => on.as_deref(),
            _ => None,
        }
    }
}
