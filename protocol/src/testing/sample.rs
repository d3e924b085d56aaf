//! Small things that tests are made of.

use crate::{
    account::AccountId,
    codec::Names,
    context::Context,
    units::{Amount, Fraction, Height, Timestamp},
};

/// Addresses that are the handles themselves, as four bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct PlainNames;

impl Names for PlainNames {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        out.extend_from_slice(&who.handle().to_be_bytes());
    }
    fn intern(&self, bytes: &[u8]) -> AccountId {
        AccountId::from_handle(bytes.iter().fold(0, |n, byte| (n << 8) | u32::from(*byte)))
    }
}

/// The `n`th user.
pub const fn user(n: u32) -> AccountId {
    AccountId::from_handle(crate::account::FIRST_USER + n)
}

/// An amount that is in range.
///
/// # Panics
/// Where it is not.
pub fn amount(units: u128) -> Amount {
    Amount::new(units).expect("a test's amount is in range")
}

/// A block at `height` and `time` with a command of `sender`, without coins.
pub const fn at(height: u64, time: u64, sender: AccountId) -> Context {
    Context { height: Height::new(height), time: Timestamp::new(time), sender, funds: Amount::ZERO }
}

/// A fraction in percent.
///
/// # Panics
/// Above 100.
pub fn percent(whole: u32) -> Fraction {
    Fraction::from_parts(whole * (Fraction::WHOLE / 100)).expect("a test's percentage is in range")
}
