//! Accrual on touch: what the schedule emitted since the last touch, shared by index.

use crate::{
    account::{AccountId, ModuleId},
    accrued::Accrued,
    refusal::{AMOUNT_TOO_LARGE, Refusal},
    rewards::{Emission, Owed, Params, Pot, State, Unclaimed, schedule::emitted},
    store::Has,
    units::{Amount, Height},
};

/// The emission after `amount` is shared among the topics by weight, and what goes to the
/// treasury because no topic has any.
///
/// `index += floor(amount * 2^64 / weight)`; the remainder is carried.
pub fn shared(emission: Emission, amount: Amount) -> (Emission, Amount) {
    match Accrued::per(amount.units(), emission.remainder, emission.weight) {
        None => (emission, amount),
        Some((more, remainder)) => {
            (Emission { index: emission.index.plus(more), remainder, ..emission }, Amount::ZERO)
        }
    }
}

/// A pot settled up to `index`: `owed += weight * (index - paid)`, exactly.
///
/// # Errors
/// `E0001` where the product leaves 128 bits, which an index that was emitted for rules out.
pub fn settled(pot: Pot, index: Accrued) -> Result<Pot, Refusal> {
    let earned = index.since(pot.paid).times(u128::from(pot.weight));
    let owed = pot.owed.plus(earned.ok_or(AMOUNT_TOO_LARGE.bare())?);
    Ok(Pot { owed, paid: index, ..pot })
}

/// What accruing up to a block comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Accrual {
    /// What the schedule emits since the last touch.
    pub minted: Amount,
    /// The treasury's part of it: its cut, and what no topic has a weight for.
    pub treasury: Amount,
    /// The emission after it.
    pub emission: Emission,
}

/// What accruing up to block `now` comes to: the treasury's cut first (floor), the rest to the
/// topics.
///
/// # Errors
/// `E0001` above [`Amount::MAX`], which a cap in range rules out.
pub fn accrual(params: &Params, emission: Emission, now: Height) -> Result<Accrual, Refusal> {
    let Emission { issued, start, last, .. } = emission;
    let minted = emitted(&params.schedule, issued, start, last, now);
    let emission = Emission { issued: issued.plus(minted)?, last: now.max(last), ..emission };
    if minted.is_zero() {
        return Ok(Accrual { minted, treasury: Amount::ZERO, emission });
    }
    let cut = params.treasury_cut.floor_of(minted);
    let (emission, unshared) = shared(emission, minted.saturating_minus(cut));
    Ok(Accrual { minted, treasury: cut.plus(unshared)?, emission })
}

/// Accrues up to block `now`.
pub(super) fn accrue(s: &mut impl State, now: Height) -> Result<Emission, Refusal> {
    let (params, emission): (Params, Emission) = (s.get(()), s.get(()));
    if now <= emission.last {
        return Ok(emission);
    }
    let Accrual { minted, treasury, emission } = accrual(&params, emission, now)?;
    if !minted.is_zero() {
        let Unclaimed { amount } = s.get(());
        s.set((), Unclaimed { amount: amount.plus(minted)? });
    }
    s.set((), emission.clone());
    owe(s, ModuleId::Treasury.account(), treasury)?;
    Ok(emission)
}

/// Adds to what an account may claim.
pub(super) fn owe(s: &mut impl Has<Owed>, who: AccountId, amount: Amount) -> Result<(), Refusal> {
    if !amount.is_zero() {
        let owed = s.get(who).amount.plus(amount)?;
        s.set(who, Owed { amount: owed });
    }
    Ok(())
}
