//! Balances of the native denom, as the state hash mirrors them.

use protocol::{AccountId, Amount, Codec, Names, Record};

/// What an account holds of the native denom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holding {
    /// Base units.
    pub amount: Amount,
}

impl Codec for Holding {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.amount.put(names, out);
    }

    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        Some(Self { amount: Amount::take(names, from)? })
    }
}

impl Record for Holding {
    type Key = AccountId;
    const TABLE: u8 = 1;
    const NAME: &'static str = "Holding";
}
