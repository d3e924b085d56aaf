//! Transfer, send, burn: by the owner.

use crate::{
    account::AccountId,
    context::Context,
    effect::{self, Effect, Payload},
    refusal::Refusal,
    token::{
        Event, State,
        balance::{destroy, shift},
    },
    units::Amount,
};

/// Moves the sender's tokens. Anyone, any amount that is held; nothing and oneself included,
/// as in cw20-base.
pub(super) fn transfer(
    s: &mut impl State,
    cx: &Context,
    to: AccountId,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let from = cx.sender;
    shift(s, from, to, amount)?;
    fx.push(told(Event::Transferred { from, to, amount }));
    Ok(())
}

/// Moves the sender's tokens to a contract and tells it; a contract that refuses undoes it.
pub(super) fn send(
    s: &mut impl State,
    cx: &Context,
    to: AccountId,
    amount: Amount,
    payload: Payload,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let from = cx.sender;
    shift(s, from, to, amount)?;
    fx.push(told(Event::Sent { from, to, amount }));
    fx.push(Effect::Notify { to, from, amount, payload });
    Ok(())
}

/// Destroys the sender's tokens.
pub(super) fn burn(
    s: &mut impl State,
    cx: &Context,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    destroy(s, cx.sender, amount)?;
    fx.push(told(Event::Burned { from: cx.sender, amount }));
    Ok(())
}

/// The token's event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Token(event))
}
