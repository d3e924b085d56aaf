//! What staking remembers.

use crate::{
    account::AccountId,
    accrued::Accrued,
    asset::Asset,
    codec::{Codec, Names, codec_enum, codec_struct},
    store::{Has, records},
    units::{Amount, Fraction, Height, Power, Timestamp},
};

/// A notice tier: who waits longer after unstaking has more power.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tier {
    /// Seconds from unstaking to claiming.
    pub notice: u64,
    /// Power per unit of stake, in parts per 10^9; from [`MULTIPLIER_ONE`] to
    /// [`MAX_MULTIPLIER`].
    pub multiplier: u64,
}

codec_struct!(Tier { notice, multiplier });

/// What becomes of slashed stake after the bounty.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Slashed {
    /// Destroyed. A native denom cannot be: it goes to the treasury.
    #[default]
    Burned,
    /// Paid to the treasury.
    ToTreasury,
}

codec_enum!(Slashed { 0 => Burned, 1 => ToTreasury });

/// Stake waiting to be claimed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Unbonding {
    /// How much.
    pub amount: Amount,
    /// When it may be claimed.
    pub at: Timestamp,
}

codec_struct!(Unbonding { amount, at });

/// An account's own power and whom it is lent to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// floor(stake * multiplier of its tier).
    pub power: Power,
    /// Who votes and validates with it; `None`: the account itself.
    pub delegate: Option<AccountId>,
}

codec_struct!(Standing { power, delegate });

/// Changes that a checkpoint holds besides the last, and that one record of its history holds.
/// A change rewrites the checkpoint; each further one in it costs 400 gas then, and a record of
/// the history some 5,000 once in so many changes: four come to the least.
pub const CHUNK: usize = 4;

/// A value with its last changes in the record itself: only a reader who asks for a time before
/// them needs the history table. A change in block `since` shows from the next block on; the
/// last write in a block wins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Checkpoint<T> {
    /// The value now.
    pub current: T,
    /// The block of its last change.
    pub since: Height,
    /// Values before that and the blocks in which they were set, oldest first; block 0 where
    /// there is none. Of a value that changed before, at least one.
    pub recent: [(T, Height); CHUNK],
    /// How many records of [`CHUNK`] older changes the history table holds.
    pub chunks: u32,
}

/// Of the recent changes only those that there are: their number, then each.
impl<T: Codec + Copy + Default> Codec for Checkpoint<T> {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.current.put(names, out);
        self.since.put(names, out);
        let recent = self.recent.iter().filter(|change| change.1 != Height::ZERO);
        out.push(recent.clone().count() as u8);
        recent.for_each(|change| change.put(names, out));
        u128::from(self.chunks).put(names, out);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let (current, since) = (T::take(names, from)?, Codec::take(names, from)?);
        let mut recent = [(T::default(), Height::ZERO); CHUNK];
        let count = u8::take(names, from)?;
        for change in recent.get_mut(..usize::from(count))? {
            *change = Codec::take(names, from)?;
        }
        let chunks = u32::try_from(u128::take(names, from)?).ok()?;
        Some(Self { current, since, recent, chunks })
    }
}

/// An account's stake.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Position {
    /// Stake with power.
    pub bonded: Amount,
    /// Index of its notice tier.
    pub tier: u8,
    /// The reward index up to which `owed` is settled.
    pub paid: Accrued,
    /// Delegation rewards settled and not claimed.
    pub owed: Accrued,
}

codec_struct!(Position { bonded, tier, paid, owed });

records! {
    /// The rules' parameters.
    1 Params[()] {
        /// What is staked.
        asset: Asset,
        /// Notice tiers, by index; at most 8.
        tiers: Vec<Tier>,
        /// The most that may be bonded in all: the asset's largest supply.
        max_stake: Amount,
        /// cw4's weight is floor(power / unit).
        unit: u128,
        /// The part of a slash that goes to who proved the fault.
        bounty: Fraction,
        /// What becomes of the rest.
        slashed: Slashed,
    }
    /// An account: one record, because each of its own costs a stake 4,000 gas to write. Others
    /// read it raw.
    2 Account[AccountId] {
        /// Own power and delegate, as of any height.
        own: Checkpoint<Standing>,
        /// Power received by delegation, as of any height.
        received: Checkpoint<Power>,
        /// Its stake.
        position: Position,
        /// Stake on its way out, waiting or ready, oldest first; at most [`MAX_UNBONDINGS`].
        unbondings: Vec<Unbonding>,
    }
    /// What all accounts have together. Others read it raw.
    3 Total[()] {
        /// All power, as of any height.
        power: Checkpoint<Power>,
        /// Bonded by all accounts; with `unbonding`, what the contract must hold at least.
        bonded: Amount,
        /// Unbonding or ready to be claimed.
        unbonding: Amount,
    }
    /// Who is told of changes of power; at most [`MAX_HOOKS`].
    4 Hooks[()] {
        /// Subscribers, oldest first.
        subscribers: Vec<AccountId>,
    }
    /// How long the verbs that are no exits are paused.
    31 Paused[()] {
        /// The first second without a pause.
        until: Timestamp,
    }
    /// Changes of an account's own standing before those in its record; keyed (account, chunk).
    128 OwnHistory[(AccountId, u32)] {
        /// What was set and in which block, oldest first.
        changes: [(Standing, Height); CHUNK],
    }
    /// Changes of received power before those in the account's record.
    129 ReceivedHistory[(AccountId, u32)] {
        /// Likewise.
        changes: [(Power, Height); CHUNK],
    }
    /// Changes of the total before those in its record.
    130 TotalHistory[u32] {
        /// Likewise.
        changes: [(Power, Height); CHUNK],
    }
}

/// The most unbondings an account may have open.
pub const MAX_UNBONDINGS: usize = 32;
/// The most subscribers to changes of power.
pub const MAX_HOOKS: usize = 8;
/// The most notice tiers.
pub const MAX_TIERS: usize = 8;
/// A multiplier of one: power equals stake.
pub const MULTIPLIER_ONE: u64 = 1_000_000_000;
/// The largest multiplier: sixteen.
pub const MAX_MULTIPLIER: u64 = 16 * MULTIPLIER_ONE;
/// The longest notice in seconds: four years of 366 days.
pub const MAX_NOTICE: u64 = 4 * 366 * 86_400;

/// Where staking's records live.
pub trait State:
    Has<Params>
    + Has<Paused>
    + Has<Account>
    + Has<Total>
    + Has<Hooks>
    + Has<OwnHistory>
    + Has<ReceivedHistory>
    + Has<TotalHistory>
{
}
impl<T> State for T where
    T: Has<Params>
        + Has<Paused>
        + Has<Account>
        + Has<Total>
        + Has<Hooks>
        + Has<OwnHistory>
        + Has<ReceivedHistory>
        + Has<TotalHistory>
{
}
