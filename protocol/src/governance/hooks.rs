//! Who is told of proposals. A subscriber that fails changes nothing but an event.

use crate::{
    account::AccountId,
    context::Context,
    effect::Effect,
    governance::{
        Event, HOOK_TAG, MAX_HOOKS, Numbers, State, Status,
        apply::told,
        load::ensure_treasury,
        reasons::{HOOK_KNOWN, HOOK_UNKNOWN, TOO_MANY_HOOKS},
    },
    refusal::{Refusal, ensure},
    store::Get,
};

/// Tells every subscriber how a proposal stood, and how it stands.
///
/// A proposal that is executed is told of before its actions run; where they fail, that it failed
/// is told next.
pub(super) fn herald(
    s: &impl Get<Numbers>,
    proposal: u32,
    change: (Option<Status>, Status),
    fx: &mut Vec<Effect>,
) {
    let Numbers { subscribers, .. } = s.get(());
    tell(&subscribers, proposal, change, fx);
}

/// The same, of a proposal whose maker has read who is told.
pub(super) fn tell(
    subscribers: &[AccountId],
    proposal: u32,
    (before, after): (Option<Status>, Status),
    fx: &mut Vec<Effect>,
) {
    for (tag, &to) in (HOOK_TAG..).zip(subscribers) {
        fx.push(Effect::Herald { to, proposal, before, after, tag });
    }
}

/// Subscribes an address. The authority only.
pub(super) fn add(
    s: &mut impl State,
    cx: &Context,
    hook: AccountId,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let mut numbers: Numbers = s.get(());
    let subscribers = &mut numbers.subscribers;
    ensure(!subscribers.contains(&hook), &HOOK_KNOWN, 0u128, 0u128)?;
    let count = subscribers.len();
    ensure(count < MAX_HOOKS, &TOO_MANY_HOOKS, count as u128, MAX_HOOKS as u128)?;
    subscribers.push(hook);
    s.set((), numbers);
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
    if cx.sender != hook {
        ensure_treasury(cx)?;
    }
    let mut numbers: Numbers = s.get(());
    let subscribers = &mut numbers.subscribers;
    let before = subscribers.len();
    subscribers.retain(|subscriber| *subscriber != hook);
    ensure(subscribers.len() < before, &HOOK_UNKNOWN, 0u128, 0u128)?;
    s.set((), numbers);
    fx.push(told(Event::HookRemoved { hook }));
    Ok(())
}
