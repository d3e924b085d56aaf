//! Deposits: a balance with the governor, of which proposals lock their part.
//!
//! A proposal is made and settled without a call to the token, and nothing that the token does
//! can keep a deposit from its owner.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Command, Effect, OnFail, Payload},
    governance::{
        Depositor, Event, State, Terms,
        apply::told,
        reasons::{LOW_DEPOSIT, NOT_THE_TOKEN, NOTHING, TOO_MANY_LIVE},
    },
    refusal::{MALFORMED, Refusal, ensure},
    store::Has,
    token,
    units::Amount,
};

/// cw20's notice: adds to the balance of `from`. The token only.
pub(super) fn receive(
    s: &mut impl State,
    cx: &Context,
    from: AccountId,
    amount: Amount,
    payload: &Payload,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Token.account(), &NOT_THE_TOKEN, 0u128, 0u128)?;
    ensure(*payload == Payload::Deposit, &MALFORMED, 0u128, 0u128)?;
    ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
    let depositor: Depositor = s.get(from);
    let free = depositor.free.plus(amount)?;
    s.set(from, Depositor { free, ..depositor });
    fx.push(told(Event::Deposited { who: from, amount }));
    Ok(())
}

/// Pays out of the sender's balance what is not locked. Anyone; never paused.
pub(super) fn withdraw(
    s: &mut impl State,
    cx: &Context,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let who = cx.sender;
    ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
    let depositor: Depositor = s.get(who);
    let left = depositor.free.minus(amount);
    let free = left.ok_or(LOW_DEPOSIT.refuse(depositor.free.units(), amount.units()))?;
    s.set(who, Depositor { free, ..depositor });
    fx.push(told(Event::Withdrawn { who, amount }));
    fx.push(payment(who, amount));
    Ok(())
}

/// Locks `deposit` for one more live proposal of `who`, who may have `most`.
///
/// # Errors
/// `E0408` too many, `E0402` too little.
pub(super) fn lock(
    s: &mut impl Has<Depositor>,
    who: AccountId,
    deposit: Amount,
    most: u16,
) -> Result<(), Refusal> {
    let Depositor { free, live } = s.get(who);
    ensure(live < most, &TOO_MANY_LIVE, live, most)?;
    let left = free.minus(deposit).ok_or(LOW_DEPOSIT.refuse(free.units(), deposit.units()))?;
    s.set(who, Depositor { free: left, live: live.saturating_add(1) });
    Ok(())
}

/// Unlocks a proposal's deposit: back to its proposer's balance, or to the treasury. What was
/// (returned, forfeited).
pub(super) fn unlock(
    s: &mut impl Has<Depositor>,
    terms: &Terms,
    returned: bool,
    fx: &mut Vec<Effect>,
) -> Result<(Amount, Amount), Refusal> {
    let (back, lost) =
        if returned { (terms.deposit, Amount::ZERO) } else { (Amount::ZERO, terms.deposit) };
    if let Some(who) = terms.proposer {
        let Depositor { free, live } = s.get(who);
        s.set(who, Depositor { free: free.plus(back)?, live: live.saturating_sub(1) });
    }
    if !lost.is_zero() {
        fx.push(payment(ModuleId::Treasury.account(), lost));
    }
    Ok((back, lost))
}

fn payment(to: AccountId, amount: Amount) -> Effect {
    let command = Command::Token(token::Command::Transfer { to, amount });
    Effect::Call { command, on_fail: OnFail::Revert }
}
