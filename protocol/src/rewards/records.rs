//! What rewards remembers.

use crate::{
    account::AccountId,
    accrued::Accrued,
    codec::{codec_enum, codec_struct},
    rewards::Hash,
    store::{Has, records},
    units::{Amount, Fraction, Height, Timestamp},
};

/// How much is emitted per block, before the cap.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Curve {
    /// The same in every block.
    #[default]
    Constant,
    /// Halved every `interval` blocks.
    HalvingByInterval {
        /// Blocks.
        interval: u64,
    },
    /// Halved when issued >= cap * (1 - 2^-k), for k = 1, 2, ...
    HalvingBySupply,
    /// Multiplied by `ratio` every `interval` blocks, floored each time.
    ExponentialDecay {
        /// Below 1.
        ratio: Fraction,
        /// Blocks.
        interval: u64,
    },
}

codec_enum!(Curve {
    0 => Constant,
    1 => HalvingByInterval { interval },
    2 => HalvingBySupply,
    3 => ExponentialDecay { ratio, interval },
});

/// Cumulative supply as a function of the height.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Schedule {
    /// Base units in the first block.
    pub per_block: Amount,
    /// How that changes.
    pub curve: Curve,
    /// Base units a block that are emitted at least, until the cap; the tail.
    pub tail: Amount,
    /// The largest supply, genesis included.
    pub cap: Amount,
}

codec_struct!(Schedule { per_block, curve, tail, cap });

/// A linear grant with a cliff.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Grant {
    /// All of it.
    pub total: Amount,
    /// When it begins to be earned.
    pub start: Timestamp,
    /// Nothing may be claimed before.
    pub cliff: Timestamp,
    /// When all of it is earned.
    pub end: Timestamp,
    /// Claimed so far.
    pub claimed: Amount,
}

codec_struct!(Grant { total, start, cliff, end, claimed });

/// What a campaign may do. Times are in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Terms {
    /// Who publishes roots, beside the authority.
    pub publisher: Option<AccountId>,
    /// The most that one round may promise: what a dishonest publisher can take each period.
    pub most: Amount,
    /// From one round to the next at least.
    pub period: u64,
    /// From publication until the first claim: time in which the authority can revoke.
    pub delay: u64,
    /// For which a round can be claimed from then on.
    pub window: u64,
}

codec_struct!(Terms { publisher, most, period, delay, window });

/// The longest period, delay or window: ten years of seconds.
pub const MAX_SECONDS: u64 = 315_360_000;
/// Claims of so many neighbouring leaves are bits of one record.
pub const CLAIM_PAGE: u32 = 256;

/// A validator's account with its delegators on one slot, from its first dividend there until it
/// leaves the slot.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Share {
    /// The slot within its page.
    pub place: u8,
    /// Base units per unit of power behind the validator, since then.
    pub index: Accrued,
    /// What the index left over, in units of 2^-64.
    pub remainder: u128,
    /// The validator's take, as in its own record.
    pub take: Fraction,
    /// Dividends that found no power behind it; they wait.
    pub waiting: Amount,
}

codec_struct!(Share { place, index, remainder, take, waiting });

/// The most steps of an exponential decay until its rate is at the tail; each touch of the
/// emission walks them.
pub const MAX_DECAY_STEPS: u32 = 4096;
/// The most slots in one claim.
pub const MAX_CLAIMED_SLOTS: usize = 32;
/// The largest take of a validator: one half, in parts per 10^9.
pub const MAX_TAKE: u32 = Fraction::WHOLE / 2;

/// Payouts of 64 neighbouring slots in one record: 256 single records would cost 300k gas
/// to read.
pub const PAGE: u16 = 64;

records! {
    /// The rules' parameters.
    1 Params[()] {
        /// Emission.
        schedule: Schedule,
        /// The part of every emission that goes to the treasury first.
        treasury_cut: Fraction,
    }
    /// Emission so far, and its split among topics.
    2 Emission[()] {
        /// Supply that exists or is owed: genesis, grants and all that was accrued.
        issued: Amount,
        /// The schedule's origin: the block after it is the first that emits.
        start: Height,
        /// The block up to which it is accrued.
        last: Height,
        /// Base units per unit of allocation weight, since the beginning.
        index: Accrued,
        /// What the index left over, in units of 2^-64.
        remainder: u128,
        /// The sum of all topics' weights.
        weight: u128,
    }
    /// A topic's part in the emission.
    3 Pot[u16] {
        /// Allocation weight.
        weight: u64,
        /// The index up to which `owed` is settled.
        paid: Accrued,
        /// Settled and not yet distributed.
        owed: Accrued,
    }
    /// A validator, apart from its shares. Staking reads it raw.
    4 Validator[AccountId] {
        /// Base units per unit of power behind it, of slots that it has left.
        index: Accrued,
        /// What their indices left over, in units of 2^-64, until its next share takes it over.
        remainder: u128,
        /// The part of its dividends that it keeps before its delegators.
        take: Fraction,
        /// Dividends on them that found no power behind it, likewise.
        waiting: Amount,
        /// (topic, uid) of the slots on which it has a share.
        slots: Vec<(u16, u16)>,
    }
    /// What slots have earned and not claimed, and their validators' accounts with their
    /// delegators: page p holds the slots from p * [`PAGE`]. Staking reads it raw.
    5 SlotOwed[(u16, u16)] {
        /// By slot within the page; shorter where the rest is nothing.
        amounts: Vec<Amount>,
        /// Of the slots whose holders have earned a dividend on them; ascending by place.
        shares: Vec<Share>,
    }
    /// What an account has earned outside of a slot, and not claimed.
    6 Owed[AccountId] {
        /// Base units.
        amount: Amount,
    }
    /// Grants that vest, by account and number.
    7 Vesting[(AccountId, u32)] {
        /// The grant.
        grant: Grant,
    }
    /// All that was accrued and is not claimed yet.
    8 Unclaimed[()] {
        /// Base units that may still be minted.
        amount: Amount,
    }
    /// How many campaigns there are.
    9 Campaigns[()] {
        /// The next one's number.
        next: u32,
    }
    /// A budget that is claimed against published roots; keyed by number.
    10 Campaign[u32] {
        /// What it may do.
        terms: Terms,
        /// Base units that no round has been given.
        reserve: Amount,
        /// Rounds published so far; the next one's number.
        rounds: u32,
        /// When the last was published.
        published: Timestamp,
        /// No more rounds; what is left of the last ones returns to the treasury.
        ended: bool,
    }
    /// A root and what is left to be claimed against it; keyed (campaign, round). Absent: never
    /// published, or revoked.
    11 Round[(u32, u32)] {
        /// The root of its leaves, see `rewards::merkle`.
        root: Hash,
        /// How many there are.
        leaves: u32,
        /// Claims are open from then,
        from: Timestamp,
        /// until then.
        until: Timestamp,
        /// Base units that are not claimed.
        left: Amount,
    }
    /// Which leaves of a round were claimed; keyed (campaign, round, page). Leaf i is bit i % 64
    /// of word i / 64 % 4 of page i / [`CLAIM_PAGE`].
    12 ClaimedLeaves[(u32, u32, u32)] {
        /// 256 bits.
        bits: [u64; 4],
    }
    /// How long the verbs that are no exits are paused.
    31 Paused[()] {
        /// The first second without a pause.
        until: Timestamp,
    }
}

/// Where rewards' records live.
pub trait State:
    Has<Params>
    + Has<Paused>
    + Has<Emission>
    + Has<Pot>
    + Has<Validator>
    + Has<SlotOwed>
    + Has<Owed>
    + Has<Vesting>
    + Has<Unclaimed>
    + Has<Campaigns>
    + Has<Campaign>
    + Has<Round>
    + Has<ClaimedLeaves>
{
}
impl<T> State for T where
    T: Has<Params>
        + Has<Paused>
        + Has<Emission>
        + Has<Pot>
        + Has<Validator>
        + Has<SlotOwed>
        + Has<Owed>
        + Has<Vesting>
        + Has<Unclaimed>
        + Has<Campaigns>
        + Has<Campaign>
        + Has<Round>
        + Has<ClaimedLeaves>
{
}
