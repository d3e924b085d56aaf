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

#[cfg(test)]
mod tests {
    use crate::{
        AccountId, Command, Effect, Get, ModuleId,
        effect::Event as Any,
        staking::{self, Event, Hooks},
        testing::{Stage, amount, user},
    };

    const TREASURY: AccountId = ModuleId::Treasury.account();

    fn add(n: u32) -> Command {
        Command::Staking(staking::Command::AddHook { hook: user(n) })
    }

    fn remove(n: u32) -> Command {
        Command::Staking(staking::Command::RemoveHook { hook: user(n) })
    }

    /// The audit lesson and law 24: a failing hook must not freeze staking or veto an exit.
    #[test]
    fn law_24_a_failing_hook_never_freezes_staking() {
        let mut stage = Stage::small();
        stage.run(TREASURY, add(5)).unwrap();
        stage.stake(user(0), 100, 0).unwrap();
        stage.block(2, 1001);
        let unstake = staking::Command::Unstake { amount: amount(40) };
        stage.run(user(0), Command::Staking(unstake)).unwrap();
        assert!(stage.told.contains(&Any::Staking(Event::HookFailed { tag: 0 })));
        stage.block(3, 1200).run(user(0), Command::Staking(staking::Command::Claim)).unwrap();
        stage.lawful();
    }

    #[test]
    fn subscribers_hear_of_each_account_whose_voting_power_changed() {
        let mut stage = Stage::small();
        for n in [5, 6] {
            stage.run(TREASURY, add(n)).unwrap();
        }
        stage.stake(user(0), 100, 0).unwrap();
        let lend = |to| Command::Staking(staking::Command::Delegate { to });
        stage.run(user(0), lend(Some(user(1)))).unwrap();
        let heard: Vec<_> = stage
            .hooks
            .iter()
            .filter_map(|effect| match effect {
                Effect::Hook { to, who, before, after, tag } => {
                    Some((*to, *who, before.units(), after.units(), *tag))
                }
                _ => None,
            })
            .collect();
        let expected = [
            (user(5), user(0), 100, 0, 0),
            (user(6), user(0), 100, 0, 1),
            (user(5), user(1), 0, 100, 0),
            (user(6), user(1), 0, 100, 1),
        ];
        assert_eq!(heard, expected);
        stage.run(user(2), lend(Some(user(1)))).unwrap();
        assert!(stage.hooks.is_empty());
    }

    /// The audit lesson: a subscription is found by its address, whatever its place.
    #[test]
    fn hooks_are_removed_by_address() {
        let mut stage = Stage::small();
        for n in 0..8 {
            stage.run(TREASURY, add(n)).unwrap();
        }
        assert_eq!(stage.run(TREASURY, add(8)), Err(214));
        assert_eq!(stage.run(TREASURY, add(3)), Err(215));
        assert_eq!(stage.run(user(0), add(9)), Err(3));
        assert_eq!(stage.run(user(0), remove(1)), Err(3));
        stage.run(user(1), remove(1)).unwrap();
        stage.run(TREASURY, remove(0)).unwrap();
        assert_eq!(stage.run(TREASURY, remove(0)), Err(216));
        let Hooks { subscribers } = stage.store.get(());
        assert_eq!(subscribers, [2, 3, 4, 5, 6, 7].map(user));
        let failed = Command::Staking(staking::Command::Failed { tag: 0 });
        assert_eq!(stage.run(user(0), failed), Err(3));
    }
}
