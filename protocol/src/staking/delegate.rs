//! Lending power, and taking it back.

use crate::{
    account::AccountId,
    context::Context,
    effect::Effect,
    ports::IndexPort,
    refusal::{Refusal, ensure},
    staking::{
        Event, Standing, State,
        reasons::{SAME_DELEGATE, SELF_DELEGATION},
        standing::{restand, standing_of, told},
    },
};

/// A standing that lends its power to `to`, or to nobody.
///
/// # Errors
/// `E0208` to oneself, `E0209` where nothing would change.
pub fn lent(
    who: AccountId,
    standing: Standing,
    to: Option<AccountId>,
) -> Result<Standing, Refusal> {
    ensure(to != Some(who), &SELF_DELEGATION, 0u128, 0u128)?;
    ensure(to != standing.delegate, &SAME_DELEGATE, 0u128, 0u128)?;
    Ok(Standing { delegate: to, ..standing })
}

/// Lends the sender's whole power, present and future, or takes it back. What the sender
/// received stays with it: delegation is never transitive. Anyone.
pub(super) fn delegate(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    to: Option<AccountId>,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let who = cx.sender;
    let before = standing_of(s, who);
    let after = lent(who, before, to)?;
    let to = after.validator(who);
    fx.push(told(Event::Delegated { who, to, power: after.power }));
    let position = s.get(who);
    restand(s, p, cx, who, position, (before, after), fx)
}
