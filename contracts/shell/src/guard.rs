//! What comes with a message: at most one coin, of the denom that is expected.

use crate::Outcome;
use cosmwasm_std::MessageInfo;
use protocol::{Amount, UNEXPECTED_FUNDS, WRONG_DENOM};

/// Refuses any coin.
///
/// # Errors
/// `E0005` where coins are attached.
pub fn no_funds(info: &MessageInfo) -> Outcome<()> {
    match info.funds.is_empty() {
        true => Ok(()),
        false => Err(UNEXPECTED_FUNDS.bare().into()),
    }
}

/// What is attached of `denom`.
///
/// # Errors
/// `E0006` for another denom or two coins, `E0005` where no denom is expected at all.
pub fn funds(info: &MessageInfo, denom: Option<&str>) -> Outcome<Amount> {
    let Some(denom) = denom else { return no_funds(info).map(|()| Amount::ZERO) };
    match info.funds.as_slice() {
        [] => Ok(Amount::ZERO),
        [coin] if coin.denom == denom => Ok(Amount::new(coin.amount.u128())?),
        coins => Err(WRONG_DENOM.refuse(coins.len() as u128, 1).into()),
    }
}
