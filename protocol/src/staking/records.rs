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

/// A value with its last two changes in the record itself: only a reader who asks for a
/// time before both needs the history table. A change in block `since` shows from the next
/// block on; the last write in a block wins.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Checkpoint<T> {
    /// The value now.
    pub current: T,
    /// The block of its last change.
    pub since: Height,
    /// The value before that.
    pub previous: T,
    /// The block in which that one was set.
    pub previous_since: Height,
    /// How many older changes the history table holds.
    pub older: u32,
}

impl<T: Codec> Codec for Checkpoint<T> {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.current.put(names, out);
        self.since.put(names, out);
        self.previous.put(names, out);
        self.previous_since.put(names, out);
        self.older.put(names, out);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        Some(Self {
            current: T::take(names, from)?,
            since: Codec::take(names, from)?,
            previous: T::take(names, from)?,
            previous_since: Codec::take(names, from)?,
            older: Codec::take(names, from)?,
        })
    }
}

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
    /// An account's stake.
    2 Position[AccountId] {
        /// Stake with power.
        bonded: Amount,
        /// Index of its notice tier.
        tier: u8,
        /// The reward index up to which `owed` is settled.
        paid: Accrued,
        /// Delegation rewards settled and not claimed.
        owed: Accrued,
    }
    /// Stake on its way out, oldest first; at most [`MAX_UNBONDINGS`].
    3 Exit[AccountId] {
        /// Waiting or ready amounts.
        unbondings: Vec<Unbonding>,
    }
    /// Own power and delegate, as of any height. Others read it raw.
    4 Own[AccountId] {
        /// Now and before.
        standing: Checkpoint<Standing>,
    }
    /// Power received by delegation, as of any height. Others read it raw.
    5 Received[AccountId] {
        /// Now and before.
        power: Checkpoint<Power>,
    }
    /// All power, as of any height. Others read it raw.
    6 Total[()] {
        /// Now and before.
        power: Checkpoint<Power>,
    }
    /// All stake, bonded and unbonding: what the contract must hold at least.
    7 Staked[()] {
        /// Bonded by all accounts.
        bonded: Amount,
        /// Unbonding or ready to be claimed.
        unbonding: Amount,
    }
    /// Who is told of changes of power; at most [`MAX_HOOKS`].
    8 Hooks[()] {
        /// Subscribers, oldest first.
        subscribers: Vec<AccountId>,
    }
    /// How long the verbs that are no exits are paused.
    31 Paused[()] {
        /// The first second without a pause.
        until: Timestamp,
    }
    /// Changes of `Own` before its two, oldest first; keyed (account, number).
    128 OwnHistory[(AccountId, u32)] {
        /// What was set.
        standing: Standing,
        /// In which block.
        since: Height,
    }
    /// Changes of `Received` before its two.
    129 ReceivedHistory[(AccountId, u32)] {
        /// What was set.
        power: Power,
        /// In which block.
        since: Height,
    }
    /// Changes of `Total` before its two.
    130 TotalHistory[u32] {
        /// What was set.
        power: Power,
        /// In which block.
        since: Height,
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
    + Has<Position>
    + Has<Exit>
    + Has<Own>
    + Has<Received>
    + Has<Total>
    + Has<Staked>
    + Has<Hooks>
    + Has<OwnHistory>
    + Has<ReceivedHistory>
    + Has<TotalHistory>
{
}
impl<T> State for T where
    T: Has<Params>
        + Has<Paused>
        + Has<Position>
        + Has<Exit>
        + Has<Own>
        + Has<Received>
        + Has<Total>
        + Has<Staked>
        + Has<Hooks>
        + Has<OwnHistory>
        + Has<ReceivedHistory>
        + Has<TotalHistory>
{
}
