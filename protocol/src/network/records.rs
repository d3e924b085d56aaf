//! What the network remembers.

use crate::{
    account::AccountId,
    codec::{Bytes, codec_struct},
    network::{Electorate, Scoring},
    store::{Has, records},
    units::{Amount, Epoch, Fraction, Height, Timestamp},
};

/// Heights and standings of 64 neighbouring slots in one record.
pub const PAGE: u16 = 64;
/// Bonds of 8 neighbouring slots in one record: a close writes them all, and a record of its
/// own costs each row 3,300 gas to write and 1,100 to read besides its bytes, an eighth of a
/// dense close of 64 validators. More would make it dear to clear one slot's.
pub const BOND_GROUP: u16 = 8;
/// The most slots a topic may have.
pub const MAX_SLOTS: u16 = 4096;
/// The registration height of a slot that nobody holds: nobody can weigh it, and it keeps no
/// bonds.
pub const VACANT: Height = Height::new(u64::MAX);

/// What a topic is and may change only by its owner inside the network's bounds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct TopicParams {
    /// Who gets the owner's cut and may change parameters; `None`: nobody.
    pub owner: Option<AccountId>,
    /// How weights become scores.
    pub scoring: Scoring,
    /// Whose weights count.
    pub electorate: Electorate,
    /// Blocks from one close to the next.
    pub tempo: u64,
    /// Slots, validators included.
    pub slots: u16,
    /// Blocks in which a new slot is pruned only after all others.
    pub immunity: u64,
    /// Registration price bounds and motion.
    pub price: PriceParams,
    /// The owner's cut of each distribution.
    pub owner_cut: Fraction,
    /// The contributors' part of what is left after it.
    pub contributors: Fraction,
    /// Paid to whoever closes a page, out of the topic's accrual.
    pub page_fee: Amount,
}

codec_struct!(TopicParams {
    owner,
    scoring,
    electorate,
    tempo,
    slots,
    immunity,
    price,
    owner_cut,
    contributors,
    page_fee,
});

/// The price of a slot: multiplied on each registration, halved by each half-life, kept
/// inside bounds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct PriceParams {
    /// The lowest price.
    pub floor: Amount,
    /// The highest price.
    pub ceiling: Amount,
    /// What a registration adds: the price rises by this fraction, rounded up.
    pub rise: Fraction,
    /// Blocks in which the price halves.
    pub half_life: u64,
}

codec_struct!(PriceParams { floor, ceiling, rise, half_life });

records! {
    /// The network's own parameters.
    1 Params[()] {
        /// Topics so far; the next one's number.
        topics: u16,
    }
    /// A topic.
    2 Topic[u16] {
        /// What it is.
        params: TopicParams,
        /// Slots that are held.
        held: u16,
        /// The first slot that was never held; vacated ones below it are reused first.
        fresh: u16,
        /// Registrations so far: the order of age, which no block height can tie.
        sequence: u64,
        /// Epochs closed.
        epoch: Epoch,
        /// The block of the last close, or of creation.
        last_close: Height,
        /// The price of a slot when it last changed.
        price: Amount,
        /// The block of that change.
        price_at: Height,
    }
    /// Who holds a slot; keyed (topic, uid). Rewards reads it raw.
    3 Slot[(u16, u16)] {
        /// `None`: vacant.
        holder: Option<AccountId>,
        /// Which registration it was.
        sequence: u64,
    }
    /// The slot of an account; keyed (topic, account).
    4 Seat[(u16, AccountId)] {
        /// uid + 1; 0 is none.
        uid_plus_one: u16,
    }
    /// When slots were registered; keyed (topic, page).
    5 Registered[(u16, u16)] {
        /// By slot within the page; [`VACANT`] where nobody holds it, and where the list ends.
        heights: Vec<Height>,
    }
    /// Which slots of a page have submitted weights; keyed (topic, page). Bit i is slot i of
    /// the page.
    6 Updated[(u16, u16)] {
        /// There is a [`Row`], an empty one included.
        rows: u64,
        /// There is a [`Next`].
        next: u64,
    }
    /// What the last close found; keyed (topic, page).
    7 Standing[(u16, u16)] {
        /// Incentive plus dividend, in 32 fractional bits, capped at 2^32 - 1: the order of
        /// pruning. By slot within the page; zero where the list ends.
        scores: Vec<u32>,
        /// Bit i: slot i of the page may validate in the next epoch.
        permits: u64,
    }
    /// The weights that a slot submitted, in their one valid form; keyed (topic, uid).
    8 Row[(u16, u16)] {
        /// See `network::row`.
        weights: Bytes,
        /// The block of the submission. A row that is too old to count is forgotten.
        updated: Height,
        /// Who submitted it: the slot's holder, which a close need not look up then.
        holder: Option<AccountId>,
    }
    /// A row submitted while an epoch was being closed; keyed (topic, uid).
    9 Next[(u16, u16)] {
        /// Whether there is one: an empty row counts.
        submitted: bool,
        /// See `network::row`.
        weights: Bytes,
        /// When.
        updated: Height,
        /// By whom.
        holder: Option<AccountId>,
    }
    /// Validators' bonds after the last close; keyed (topic, group): group g holds the slots from
    /// g * [`BOND_GROUP`].
    10 Bonds[(u16, u16)] {
        /// (uid, bonds in the form of a row), ascending, only who has any.
        rows: Vec<(u16, Bytes)>,
    }
    /// What a topic becomes when its epoch is closed; absent: it stays as it is.
    11 Pending[u16] {
        /// The parameters from then on.
        params: TopicParams,
    }
    /// How long the verbs that are no exits are paused.
    31 Paused[()] {
        /// The first second without a pause.
        until: Timestamp,
    }
    /// How far a close has come; absent between epochs. Not hashed.
    128 Closing[u16] {
        /// The block of its first page; 0 is none.
        height: Height,
        /// Bond rows written so far.
        cursor: u16,
        /// Who closed each page that is paid for; see `network::PAID_ROWS`.
        callers: Vec<AccountId>,
    }
    /// What the first page computed and the others need. Not hashed.
    129 Working[u16] {
        /// The columns of the kernel's prepared epoch.
        prepared: Bytes,
    }
}

/// Where the network's records live.
pub trait State:
    Has<Params>
    + Has<Paused>
    + Has<Topic>
    + Has<Slot>
    + Has<Seat>
    + Has<Registered>
    + Has<Updated>
    + Has<Standing>
    + Has<Row>
    + Has<Next>
    + Has<Bonds>
    + Has<Pending>
    + Has<Closing>
    + Has<Working>
{
}
impl<T> State for T where
    T: Has<Params>
        + Has<Paused>
        + Has<Topic>
        + Has<Slot>
        + Has<Seat>
        + Has<Registered>
        + Has<Updated>
        + Has<Standing>
        + Has<Row>
        + Has<Next>
        + Has<Bonds>
        + Has<Pending>
        + Has<Closing>
        + Has<Working>
{
}
