//! What the governor remembers.

use crate::{
    account::AccountId,
    codec::{Bytes, codec_enum, codec_struct},
    governance::{Threshold, TrackParams},
    store::{Has, records},
    track::Track,
    treasury::Action,
    units::{Amount, Fraction, Height, Power, Timestamp},
};

/// What becomes of the deposit of a proposal that was defeated without quorum.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Unheard {
    /// It goes back to the proposer's balance.
    #[default]
    Returned,
    /// It goes to the treasury.
    Forfeited,
}

codec_enum!(Unheard { 0 => Returned, 1 => Forfeited });

/// What is asked of the voters.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Form {
    /// Yes, no, abstain or veto; actions follow a yes.
    #[default]
    Standard,
    /// The same, without actions: an opinion on record.
    Signal,
    /// Named options and none of them; the winner's actions follow.
    Choice,
    /// Topics and none of them; each topic's part of the votes becomes its allocation weight.
    Gauge,
}

codec_enum!(Form { 0 => Standard, 1 => Signal, 2 => Choice, 3 => Gauge });

impl Form {
    /// The name used in events and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::Signal => "signal",
            Self::Choice => "choice",
            Self::Gauge => "gauge",
        }
    }
}

/// What has been done to a proposal. What has merely come with time is [`status`]'s to tell.
///
/// [`status`]: crate::governance::status
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Stage {
    /// Nothing: votes and time decide.
    #[default]
    Voting,
    /// It was queued.
    Queued {
        /// From when it may be executed.
        eta: Timestamp,
    },
    /// It was executed, all of it.
    Executed {
        /// From when it might be executed.
        eta: Timestamp,
    },
    /// Its last execution failed and did nothing.
    Failed {
        /// From when it might be executed.
        eta: Timestamp,
    },
    /// It was cancelled.
    Cancelled,
}

codec_enum!(Stage {
    0 => Voting,
    1 => Queued { eta },
    2 => Executed { eta },
    3 => Failed { eta },
    4 => Cancelled,
});

/// Yes in a standard ballot.
pub const YES: u8 = 0;
/// No in a standard ballot.
pub const NO: u8 = 1;
/// Abstention in a standard ballot: counts for the quorum, and for nothing else.
pub const ABSTAIN: u8 = 2;
/// A no that may cost the proposer the deposit.
pub const VETO: u8 = 3;
/// Options of a standard ballot.
pub const STANDARD_OPTIONS: u8 = 4;

/// Who may cancel what is queued and pause modules, how often and until when.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Mandate {
    /// Who.
    pub guardian: Option<AccountId>,
    /// The first second without it; only a constitutional proposal sets a later one.
    pub ends: Timestamp,
    /// The most seconds of one pause.
    pub pause: u64,
    /// Pauses that are left.
    pub pauses: u8,
    /// Until when an emergency proposal has suspended it.
    pub suspended: Timestamp,
}

codec_struct!(Mandate { guardian, ends, pause, pauses, suspended });

records! {
    /// What constitutional proposals may change, inside [`Bounds`].
    1 Params[()] {
        /// The rules of each track, in the order of [`Track::ALL`].
        tracks: [TrackParams; 3],
        /// The most live proposals of one proposer.
        live: u16,
        /// What becomes of deposits where the quorum was not reached.
        unheard: Unheard,
        /// The least total power at a snapshot with which anything can be proposed; at least 1.
        least_power: Power,
        /// Seconds until an emergency proposal's effect lapses.
        lapse: u64,
    }
    /// What no proposal can change.
    2 Bounds[()] {
        /// The lowest quorum.
        quorum: Fraction,
        /// The shortest voting period in seconds.
        period: u64,
        /// The shortest timelock in seconds.
        timelock: u64,
        /// The longest track in seconds, all its steps together.
        length: u64,
        /// The longest pause in seconds.
        pause: u64,
        /// The longest mandate of a guardian in seconds, from when it is given.
        mandate: u64,
    }
    /// What making a proposal reads besides: how many there were, since when the parameters are
    /// what they are, and who is told.
    3 Numbers[()] {
        /// The next one's number.
        proposals: u32,
        /// The block in which the parameters last changed; 0: they never did.
        changed: Height,
        /// Who is told of proposals, oldest first; at most [`MAX_HOOKS`].
        subscribers: Vec<AccountId>,
    }
    /// What votes and verbs change of a proposal. Small: each vote rewrites it.
    4 Proposal[u32] {
        /// Power by option.
        tally: Vec<Power>,
        /// Of yes: voters' own power, which nobody else's ballot can take back.
        firm: Power,
        /// The first second without votes.
        deadline: Timestamp,
        /// Whether a late quorum has moved the deadline.
        extended: bool,
        /// What has been done to it.
        stage: Stage,
        /// Whether an emergency proposal has put it off.
        held: bool,
        /// Whether the deposit was returned or forfeited.
        settled: bool,
    }
    /// What was fixed when a proposal was made.
    5 Terms[u32] {
        /// Who made it; `None`: there is no such proposal.
        proposer: Option<AccountId>,
        /// Under which rules.
        track: Track,
        /// What is asked.
        form: Form,
        /// How many options a ballot has, the last of a choice or gauge being none of them.
        options: u8,
        /// Bit i: option i has actions.
        carries: u32,
        /// Whether all that it does is to replace the guardian, who then cannot cancel it.
        dismissal: bool,
        /// Power is read at this block, the one it was made in.
        snapshot: Height,
        /// The first second of voting.
        opens: Timestamp,
        /// All power at the snapshot.
        total: Power,
        /// Power that must have voted.
        quorum: Power,
        /// How much of yes, no and veto must be yes.
        threshold: Threshold,
        /// The part of all votes from which veto defeats.
        veto: Fraction,
        /// Objecting power that stops it; 0: it must gather votes.
        objection: Power,
        /// Whether a ballot may be replaced.
        revoting: bool,
        /// How a late quorum moves the deadline, in seconds.
        extension: u64,
        /// Seconds from queueing to execution.
        timelock: u64,
        /// Seconds for queueing, and again for executing.
        grace: u64,
        /// What is locked.
        deposit: Amount,
        /// What becomes of it without quorum.
        unheard: Unheard,
    }
    /// What a proposal says.
    6 Text[u32] {
        /// One line.
        title: Bytes,
        /// At length.
        body: Bytes,
        /// The names of a choice's options.
        options: Vec<Bytes>,
    }
    /// What a proposal does: a list for yes, or one for each named option or topic.
    7 Actions[u32] {
        /// By option.
        lists: Vec<Vec<Action>>,
    }
    /// A voter's ballot; keyed (proposal, voter).
    8 Ballot[(u32, AccountId)] {
        /// (option, share), shares summing to one; empty: none was cast.
        shares: Vec<(u8, Fraction)>,
        /// Power behind it.
        weight: Power,
    }
    /// Of what an account received, that which its owners vote with themselves; keyed
    /// (proposal, delegate).
    9 Overridden[(u32, AccountId)] {
        /// How much.
        power: Power,
    }
    /// An account's deposits.
    10 Depositor[AccountId] {
        /// What it may lock or take back.
        free: Amount,
        /// Its proposals that are not settled.
        live: u16,
    }
    /// The guardian's mandate.
    11 Guardian[()] {
        /// As it stands.
        mandate: Mandate,
    }
}

/// The most subscribers to proposals.
pub const MAX_HOOKS: usize = 8;
/// The most named options of a choice, and topics of a gauge.
pub const MAX_CHOICES: usize = 16;
/// The fewest.
pub const MIN_CHOICES: usize = 2;
/// The most bytes of a title, an option's name, a stated reason.
pub const MAX_LINE: usize = 256;
/// The most bytes of a body or a rationale.
pub const MAX_BODY: usize = 20_000;
/// The longest step of a track, pause or mandate in seconds: four years of 366 days.
pub const MAX_SECONDS: u64 = 4 * 366 * 86_400;
/// The most live proposals that parameters may allow a proposer.
pub const MAX_LIVE: u16 = 100;

/// Where the governor's records live.
pub trait State:
    Has<Params>
    + Has<Bounds>
    + Has<Numbers>
    + Has<Proposal>
    + Has<Terms>
    + Has<Text>
    + Has<Actions>
    + Has<Ballot>
    + Has<Overridden>
    + Has<Depositor>
    + Has<Guardian>
{
}
impl<T> State for T where
    T: Has<Params>
        + Has<Bounds>
        + Has<Numbers>
        + Has<Proposal>
        + Has<Terms>
        + Has<Text>
        + Has<Actions>
        + Has<Ballot>
        + Has<Overridden>
        + Has<Depositor>
        + Has<Guardian>
{
}
