//! Addresses as the outside world writes them, against the rulebook's handles.

use crate::Error;
use protocol::{AccountId, Amount};

/// Turns addresses into handles and back: a contract's address book, or an engine's table.
pub trait Accounts {
    /// The handle of an address.
    ///
    /// # Errors
    /// An address that the chain would not accept: upper case, a foreign prefix, too short.
    fn account(&self, address: &str) -> Result<AccountId, Error>;

    /// The address of a handle.
    ///
    /// # Errors
    /// A handle without an address: a module that is not wired.
    fn address(&self, who: AccountId) -> Result<String, Error>;
}

/// The handle of an optional address.
pub(crate) fn optional(
    book: &dyn Accounts,
    address: Option<&str>,
) -> Result<Option<AccountId>, Error> {
    address.map(|address| book.account(address)).transpose()
}

/// The address of an optional handle.
pub(crate) fn optional_address(
    book: &dyn Accounts,
    who: Option<AccountId>,
) -> Result<Option<String>, Error> {
    who.map(|who| book.address(who)).transpose()
}

/// A checked amount.
pub(crate) fn amount(units: cosmwasm_std::Uint128) -> Result<Amount, Error> {
    Ok(Amount::new(units.u128())?)
}

/// A checked fraction: exact in parts per 10^9, at most one.
pub(crate) fn fraction(decimal: cosmwasm_std::Decimal) -> Result<protocol::Fraction, Error> {
    let (parts, rest) = billionths(decimal);
    let fraction = u32::try_from(parts).ok().and_then(protocol::Fraction::from_parts);
    fraction.filter(|_| rest == 0).ok_or(Error::Fraction { given: decimal })
}

/// A checked multiplier: exact in parts per 10^9.
pub(crate) fn multiplier(decimal: cosmwasm_std::Decimal) -> Result<u64, Error> {
    let (parts, rest) = billionths(decimal);
    u64::try_from(parts).ok().filter(|_| rest == 0).ok_or(Error::Fraction { given: decimal })
}

/// A fraction as the decimal that the outside world reads.
pub fn decimal(parts: u64) -> cosmwasm_std::Decimal {
    cosmwasm_std::Decimal::raw(u128::from(parts) * BILLION)
}

/// A decimal has 18 digits, the rules have 9.
const BILLION: u128 = 1_000_000_000;

fn billionths(decimal: cosmwasm_std::Decimal) -> (u128, u128) {
    let atomics = decimal.atomics().u128();
    (atomics / BILLION, atomics % BILLION)
}
