//! Who is told of changes of power. A subscriber that fails changes nothing but an event.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    staking::{
        Event, Hooks, MAX_HOOKS, State,
        reasons::{HOOK_KNOWN, HOOK_UNKNOWN, TOO_MANY_HOOKS},
        standing::told,
    },
};

/// Subscribes an address. The authority only.
pub(super) fn add(
    s: &mut impl State,
    cx: &Context,
    hook: AccountId,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let Hooks { mut subscribers } = s.get(());
    ensure(!subscribers.contains(&hook), &HOOK_KNOWN, 0u128, 0u128)?;
    let count = subscribers.len();
    ensure(count < MAX_HOOKS, &TOO_MANY_HOOKS, count as u128, MAX_HOOKS as u128)?;
    subscribers.push(hook);
    s.set((), Hooks { subscribers });
    fx.push(told(Event::HookAdded { hook }));
    Ok(())
}

/// Ends a subscription, found by address. The authority, or the subscriber itself.
pub(super) fn remove(
    s: &mut impl State,
    cx: &Context,
    hook: AccountId,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let allowed = cx.sender == ModuleId::Treasury.account() || cx.sender == hook;
    ensure(allowed, &NOT_AUTHORISED, 0u128, 0u128)?;
    let Hooks { mut subscribers } = s.get(());
    let before = subscribers.len();
    subscribers.retain(|subscriber| *subscriber != hook);
    ensure(subscribers.len() < before, &HOOK_UNKNOWN, 0u128, 0u128)?;
    s.set((), Hooks { subscribers });
    fx.push(told(Event::HookRemoved { hook }));
    Ok(())
}

/// Reports that a subscriber refused a notice. Staking itself only.
pub(super) fn failed(cx: &Context, tag: u64, fx: &mut Vec<Effect>) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Staking.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    fx.push(told(Event::HookFailed { tag }));
    Ok(())
}
