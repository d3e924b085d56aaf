//! Moving balances: the steps that the verbs share.

use crate::{
    account::AccountId,
    refusal::Refusal,
    store::Has,
    token::{Balance, Supply, reasons::LOW_BALANCE},
    units::Amount,
};

/// Takes `amount` from an account.
///
/// # Errors
/// `E0101` where it holds less.
pub(super) fn debit(
    s: &mut impl Has<Balance>,
    who: AccountId,
    amount: Amount,
) -> Result<(), Refusal> {
    let held = s.get(who).amount;
    let left = held.minus(amount).ok_or(LOW_BALANCE.refuse(held.units(), amount.units()))?;
    s.set(who, Balance { amount: left });
    Ok(())
}

/// Gives `amount` to an account.
///
/// # Errors
/// `E0001` above [`Amount::MAX`], which a supply in range rules out.
pub(super) fn credit(
    s: &mut impl Has<Balance>,
    who: AccountId,
    amount: Amount,
) -> Result<(), Refusal> {
    let amount = s.get(who).amount.plus(amount)?;
    s.set(who, Balance { amount });
    Ok(())
}

/// Moves `amount`; to oneself it only checks the balance.
///
/// # Errors
/// `E0101` where `from` holds less.
pub(super) fn shift(
    s: &mut impl Has<Balance>,
    from: AccountId,
    to: AccountId,
    amount: Amount,
) -> Result<(), Refusal> {
    debit(s, from, amount)?;
    credit(s, to, amount)
}

/// Takes `amount` from an account and from the supply.
///
/// # Errors
/// `E0101` where it holds less.
pub(super) fn destroy(
    s: &mut (impl Has<Balance> + Has<Supply>),
    who: AccountId,
    amount: Amount,
) -> Result<(), Refusal> {
    debit(s, who, amount)?;
    let supply: Supply = s.get(());
    let amount = supply
        .amount
        .minus(amount)
        .ok_or(LOW_BALANCE.refuse(supply.amount.units(), amount.units()))?;
    s.set((), Supply { amount });
    Ok(())
}
