//! What the token remembers.

use crate::{
    account::AccountId,
    codec::{Codec, Names, codec_enum},
    store::{Has, records},
    units::{Amount, Height, Timestamp},
};

records! {
    /// An account's tokens.
    1 Balance[AccountId] {
        /// Base units.
        amount: Amount,
    }
    /// All tokens there are.
    2 Supply[()] {
        /// Base units; the sum of all balances.
        amount: Amount,
    }
    /// Who may mint, and how far.
    3 Minting[()] {
        /// `None`: nobody, ever again.
        minter: Option<AccountId>,
        /// The largest supply that minting may reach.
        cap: Amount,
    }
    /// What a spender may take from an owner's tokens; keyed (owner, spender).
    4 Allowance[(AccountId, AccountId)] {
        /// Base units left.
        amount: Amount,
        /// When it lapses.
        expires: Expiry,
        /// Whether it was ever given and not taken back: cw20 tells an allowance that is used
        /// up from one that never was.
        given: bool,
    }
}

/// When an allowance lapses.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Expiry {
    /// It does not.
    #[default]
    Never,
    /// From this block on.
    AtHeight {
        /// The first block without it.
        height: Height,
    },
    /// From this time on.
    AtTime {
        /// The first second without it.
        time: Timestamp,
    },
}

codec_enum!(Expiry { 0 => Never, 1 => AtHeight { height }, 2 => AtTime { time } });

/// A flag byte, then the expiry where there is one.
impl Codec for Option<Expiry> {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.is_some().put(names, out);
        if let Some(expiry) = self {
            expiry.put(names, out);
        }
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        if bool::take(names, from)? { Expiry::take(names, from).map(Some) } else { Some(None) }
    }
}

impl Expiry {
    /// Whether it has lapsed: from its block or second on.
    pub const fn is_past(self, height: Height, time: Timestamp) -> bool {
        match self {
            Self::Never => false,
            Self::AtHeight { height: end } => height.get() >= end.get(),
            Self::AtTime { time: end } => time.get() >= end.get(),
        }
    }
}

/// Where the token's records live.
pub trait State: Has<Balance> + Has<Supply> + Has<Minting> + Has<Allowance> {}
impl<T: Has<Balance> + Has<Supply> + Has<Minting> + Has<Allowance>> State for T {}
