//! What the treasury remembers.

use crate::{
    account::AccountId,
    asset::Asset,
    codec::codec_struct,
    store::{Has, records},
    units::{Amount, Timestamp},
};

/// What a stream pays, to whom and how fast.
///
/// It pays `rate` in each `period` from `start` on, until what it was funded with is spent:
/// linear vesting of a total over a length is `rate = funded = total`, `period = length`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StreamTerms {
    /// Who claims.
    pub to: Option<AccountId>,
    /// What is paid.
    pub asset: Asset,
    /// Base units a period.
    pub rate: Amount,
    /// Seconds.
    pub period: u64,
    /// When it begins to be earned.
    pub start: Timestamp,
    /// Nothing may be claimed before.
    pub cliff: Timestamp,
    /// Base units set aside for it at first.
    pub funded: Amount,
}

codec_struct!(StreamTerms { to, asset, rate, period, start, cliff, funded });

/// What a grant pays, to whom, and who says that it is earned.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct GrantTerms {
    /// Who is paid.
    pub to: Option<AccountId>,
    /// What is paid.
    pub asset: Asset,
    /// Who may release milestones besides a proposal.
    pub reviewer: Option<AccountId>,
    /// The first second in which nothing is released any more.
    pub deadline: Timestamp,
    /// Base units by milestone; at most [`MAX_MILESTONES`].
    pub milestones: Vec<Amount>,
}

codec_struct!(GrantTerms { to, asset, reviewer, deadline, milestones });

/// Payments in one stretch of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Bucket {
    /// The last second that it counts.
    pub end: Timestamp,
    /// Base units.
    pub amount: Amount,
}

codec_struct!(Bucket { end, amount });

records! {
    /// Caps and their window.
    1 Params[()] {
        /// The most tokens that ordinary proposals may pay in a window.
        token_cap: Amount,
        /// The most native coins.
        native_cap: Amount,
        /// Seconds.
        window: u64,
    }
    /// Whom the treasury obeys.
    2 Authority[()] {
        /// `None`: the governor.
        holder: Option<AccountId>,
        /// Who may take it.
        offered: Option<AccountId>,
    }
    /// What was paid lately, of one asset.
    3 Outflow[Asset] {
        /// Ascending by end; at most [`MAX_BUCKETS`].
        buckets: Vec<Bucket>,
    }
    /// What streams and grants may still take, of one asset.
    4 Promised[Asset] {
        /// Base units.
        amount: Amount,
    }
    /// How many streams and grants there were.
    5 Numbers[()] {
        /// The next stream's number.
        streams: u32,
        /// The next grant's number.
        grants: u32,
    }
    /// A stream.
    6 Stream[u32] {
        /// What it pays; `start` moves when it is funded after it was spent, `funded` counts
        /// all it ever got.
        terms: StreamTerms,
        /// Earned before `start`.
        base: Amount,
        /// Claimed so far.
        claimed: Amount,
        /// Whether it was ended by a proposal.
        cancelled: bool,
    }
    /// A grant.
    7 Grant[u32] {
        /// What it pays.
        terms: GrantTerms,
        /// Bit i: milestone i is released.
        released: u16,
        /// Whether the rest was taken back.
        returned: bool,
    }
}

/// The most milestones of a grant.
pub const MAX_MILESTONES: usize = 16;
/// Stretches into which a window is divided: a payment counts for at most a window and one of them.
pub const BUCKETS: u64 = 24;
/// The most stretches that are kept; only a longer window can reach it, and then the oldest are
/// counted together.
pub const MAX_BUCKETS: usize = 32;
/// The longest window in seconds.
pub const MAX_WINDOW: u64 = 366 * 86_400;
/// The longest period of a stream in seconds.
pub const MAX_PERIOD: u64 = 20 * 366 * 86_400;

/// Where the treasury's records live.
pub trait State:
    Has<Params>
    + Has<Authority>
    + Has<Outflow>
    + Has<Promised>
    + Has<Numbers>
    + Has<Stream>
    + Has<Grant>
{
}
impl<T> State for T where
    T: Has<Params>
        + Has<Authority>
        + Has<Outflow>
        + Has<Promised>
        + Has<Numbers>
        + Has<Stream>
        + Has<Grant>
{
}
