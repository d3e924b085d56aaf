//! Who acts: handles for addresses, and the modules, which come first among them.

use crate::codec::{Codec, Names};

/// A handle for an address, valid inside one engine or one contract call.
///
/// It has no order on purpose: no rule may depend on the order of addresses. The first
/// [`FIRST_USER`] handles are the modules' ([`ModuleId::account`]), so rules compare
/// `cx.sender == ModuleId::Token.account()` and records hold no configured addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct AccountId(u32);

/// The handle of the first account that is not a module's.
pub const FIRST_USER: u32 = 16;

impl AccountId {
    /// The account with this handle.
    pub const fn from_handle(handle: u32) -> Self {
        Self(handle)
    }

    /// The handle, a small dense number.
    pub const fn handle(self) -> u32 {
        self.0
    }

    /// The module whose account this is, if it is one's.
    pub const fn module(self) -> Option<ModuleId> {
        match self.0 {
            0 => Some(ModuleId::Token),
            1 => Some(ModuleId::Staking),
            2 => Some(ModuleId::Network),
            3 => Some(ModuleId::Rewards),
            4 => Some(ModuleId::Governor),
            5 => Some(ModuleId::Treasury),
            6 => Some(ModuleId::Royalties),
            7 => Some(ModuleId::Bank),
            _ => None,
        }
    }
}

/// The parts of the protocol that own records. The order is the state hash's.
///
/// An absent module digests to zero. A module that is not deployed yet (the treasury, at
/// first) may be a plain account under its handle.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ModuleId {
    /// cw20 balances, supply, allowances.
    Token = 0,
    /// Stake, notice tiers, delegation, snapshots.
    Staking = 1,
    /// Topics, slots, weights, epochs.
    Network = 2,
    /// Emission, splits, claims, vesting.
    Rewards = 3,
    /// Proposals and votes.
    Governor = 4,
    /// Owner of every contract.
    Treasury = 5,
    /// Assets, shares, paid uses.
    Royalties = 6,
    /// Balances of the native denom, mirrored.
    Bank = 7,
}

impl Codec for ModuleId {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        (*self as u8).put(names, out);
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        let id = u8::take(names, from)?;
        Self::ALL.into_iter().find(|module| *module as u8 == id)
    }
}

/// How many modules the state hash covers.
pub const MODULES: usize = 8;

impl ModuleId {
    /// Every module, in the order of the state hash.
    pub const ALL: [Self; MODULES] = [
        Self::Token,
        Self::Staking,
        Self::Network,
        Self::Rewards,
        Self::Governor,
        Self::Treasury,
        Self::Royalties,
        Self::Bank,
    ];

    /// The account under which the module acts and holds tokens.
    pub const fn account(self) -> AccountId {
        AccountId(self as u32)
    }

    /// The name used in errors, events and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Staking => "staking",
            Self::Network => "network",
            Self::Rewards => "rewards",
            Self::Governor => "governor",
            Self::Treasury => "treasury",
            Self::Royalties => "royalties",
            Self::Bank => "bank",
        }
    }
}
