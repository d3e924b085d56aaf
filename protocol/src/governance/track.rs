//! The rules of a track: how hard it is to pass, and how long it takes.

use crate::{
    codec::{codec_enum, codec_struct},
    units::{Amount, Fraction},
};

/// How much of yes, no and veto together must be yes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Threshold {
    /// Strictly more than half.
    #[default]
    Majority,
    /// At least this part, rounded up.
    AtLeast {
        /// From one half to one.
        part: Fraction,
    },
}

codec_enum!(Threshold { 0 => Majority, 1 => AtLeast { part } });

impl Threshold {
    /// Whether `yes` of `base` suffices; never of a base of nothing.
    ///
    /// `majority`: `2 yes > base`; else `yes >= ceil(part * base)`.
    pub const fn is_met(self, yes: u128, base: u128) -> bool {
        if base == 0 {
            return false;
        }
        match self {
            // Powers are below 2^127.
            Self::Majority => yes > base / 2,
            Self::AtLeast { part } => yes >= part.ceil_of(base),
        }
    }

    /// The part in 10^9, for comparing tracks; a majority counts as one half.
    pub const fn part(self) -> Fraction {
        match self {
            Self::Majority => Fraction::HALF,
            Self::AtLeast { part } => part,
        }
    }
}

/// The rules of one track. A proposal keeps those that it was made under.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TrackParams {
    /// Locked from the proposer's deposit balance.
    pub deposit: Amount,
    /// The part of total power at the snapshot that a proposer needs, rounded up.
    pub proposal_power: Fraction,
    /// Seconds from creation to the first vote.
    pub delay: u64,
    /// Seconds of voting.
    pub period: u64,
    /// A quorum that is first reached this many seconds before the deadline, or later, moves
    /// it to as many seconds from then, once; 0 never does.
    pub extension: u64,
    /// Seconds from queueing to the first execution.
    pub timelock: u64,
    /// Seconds in which a passed proposal may be queued, and a queued one executed.
    pub grace: u64,
    /// The part of total power at the snapshot that must have voted, rounded up.
    pub quorum: Fraction,
    /// How much of yes, no and veto must be yes.
    pub threshold: Threshold,
    /// The part of all votes from which veto defeats and forfeits the deposit, rounded up.
    pub veto: Fraction,
    /// The part of total power that must object to stop a proposal that passes unless it is
    /// objected to, rounded up; 0: proposals must gather votes.
    pub objection: Fraction,
    /// Whether a ballot may be replaced. Where it may not, a result that no further vote can
    /// change stands before the deadline.
    pub revoting: bool,
}

codec_struct!(TrackParams {
    deposit,
    proposal_power,
    delay,
    period,
    extension,
    timelock,
    grace,
    quorum,
    threshold,
    veto,
    objection,
    revoting,
});

impl TrackParams {
    /// Seconds from creation to the last execution, if each step comes as late as it may
    /// after the one before is open: delay, period, extension, timelock, grace. Stake that
    /// votes must stay exposed for as long.
    pub const fn length(&self) -> u64 {
        self.delay
            .saturating_add(self.period)
            .saturating_add(self.extension)
            .saturating_add(self.timelock)
            .saturating_add(self.grace)
    }

    /// Whether a proposal passes unless it is objected to.
    pub const fn is_optimistic(&self) -> bool {
        self.objection.parts() > 0
    }
}
