//! Allowances: giving them, taking them back, and spending them.

use crate::{
    account::AccountId,
    context::Context,
    effect::{Effect, Payload},
    refusal::{Refusal, ensure},
    token::{
        Allowance, Event, Expiry, State,
        balance::{destroy, shift},
        reasons::{EXPIRED, LOW_ALLOWANCE, NO_ALLOWANCE, OWN_ALLOWANCE, PAST_EXPIRY},
        transfer::told,
    },
    units::Amount,
};

/// An allowance raised by `amount`; a new expiry replaces the old one, no new one keeps it.
///
/// A lapsed allowance that is raised without a new expiry stays lapsed, as in cw20-base.
///
/// # Errors
/// `E0105` where the new expiry is past; `E0001` above [`Amount::MAX`].
pub fn increased(
    allowance: Allowance,
    amount: Amount,
    expires: Option<Expiry>,
    cx: &Context,
) -> Result<Allowance, Refusal> {
    let expires = next_expiry(allowance.expires, expires, cx)?;
    Ok(Allowance { amount: allowance.amount.plus(amount)?, expires, given: true })
}

/// An allowance lowered by `amount`, or taken back whole where `amount` is all of it or more;
/// in that case a new expiry is not looked at, as in cw20-base.
///
/// # Errors
/// `E0107` where none was given; `E0105` where the new expiry is past.
pub fn decreased(
    allowance: Allowance,
    amount: Amount,
    expires: Option<Expiry>,
    cx: &Context,
) -> Result<Allowance, Refusal> {
    ensure(allowance.given, &NO_ALLOWANCE, 0u128, 0u128)?;
    match allowance.amount.minus(amount) {
        None | Some(Amount::ZERO) => Ok(Allowance::default()),
        Some(left) => {
            let expires = next_expiry(allowance.expires, expires, cx)?;
            Ok(Allowance { amount: left, expires, given: true })
        }
    }
}

/// An allowance after `amount` is taken by it. What is used up stays given: taking nothing by
/// it is allowed, as in cw20-base.
///
/// # Errors
/// `E0107` where none was given, `E0106` where it has lapsed, `E0108` where it is too low.
pub fn spent(allowance: Allowance, amount: Amount, cx: &Context) -> Result<Allowance, Refusal> {
    ensure(allowance.given, &NO_ALLOWANCE, 0u128, amount.units())?;
    ensure(!allowance.expires.is_past(cx.height, cx.time), &EXPIRED, 0u128, 0u128)?;
    let left = allowance
        .amount
        .minus(amount)
        .ok_or(LOW_ALLOWANCE.refuse(allowance.amount.units(), amount.units()))?;
    Ok(Allowance { amount: left, ..allowance })
}

fn next_expiry(old: Expiry, new: Option<Expiry>, cx: &Context) -> Result<Expiry, Refusal> {
    let Some(new) = new else { return Ok(old) };
    ensure(!new.is_past(cx.height, cx.time), &PAST_EXPIRY, 0u128, 0u128)?;
    Ok(new)
}

/// Lets a spender take more of the sender's tokens. Anyone, to anyone else.
pub(super) fn increase(
    s: &mut impl State,
    cx: &Context,
    spender: AccountId,
    amount: Amount,
    expires: Option<Expiry>,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let owner = cx.sender;
    ensure(spender != owner, &OWN_ALLOWANCE, 0u128, 0u128)?;
    let after = increased(s.get((owner, spender)), amount, expires, cx)?;
    s.set((owner, spender), after);
    fx.push(told(Event::AllowanceIncreased { owner, spender, amount }));
    Ok(())
}

/// Lets a spender take less of the sender's tokens.
pub(super) fn decrease(
    s: &mut impl State,
    cx: &Context,
    spender: AccountId,
    amount: Amount,
    expires: Option<Expiry>,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let owner = cx.sender;
    ensure(spender != owner, &OWN_ALLOWANCE, 0u128, 0u128)?;
    let after = decreased(s.get((owner, spender)), amount, expires, cx)?;
    s.set((owner, spender), after);
    fx.push(told(Event::AllowanceDecreased { owner, spender, amount }));
    Ok(())
}

/// Moves an owner's tokens. Whoever has an allowance; the owner itself has none.
pub(super) fn transfer_from(
    s: &mut impl State,
    cx: &Context,
    owner: AccountId,
    to: AccountId,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    deduct(s, cx, owner, amount)?;
    shift(s, owner, to, amount)?;
    fx.push(told(Event::TransferredFrom { from: owner, to, by: cx.sender, amount }));
    Ok(())
}

/// Sends an owner's tokens to a contract, which is told of the spender as the sender.
pub(super) fn send_from(
    s: &mut impl State,
    cx: &Context,
    owner: AccountId,
    to: AccountId,
    amount: Amount,
    payload: Payload,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    deduct(s, cx, owner, amount)?;
    shift(s, owner, to, amount)?;
    fx.push(told(Event::SentFrom { from: owner, to, by: cx.sender, amount }));
    fx.push(Effect::Notify { to, from: cx.sender, amount, payload });
    Ok(())
}

/// Destroys an owner's tokens.
pub(super) fn burn_from(
    s: &mut impl State,
    cx: &Context,
    owner: AccountId,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    deduct(s, cx, owner, amount)?;
    destroy(s, owner, amount)?;
    fx.push(told(Event::BurnedFrom { from: owner, by: cx.sender, amount }));
    Ok(())
}

fn deduct(
    s: &mut impl State,
    cx: &Context,
    owner: AccountId,
    amount: Amount,
) -> Result<(), Refusal> {
    let after = spent(s.get((owner, cx.sender)), amount, cx)?;
    s.set((owner, cx.sender), after);
    Ok(())
}
