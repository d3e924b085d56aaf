//! Lending power, and taking it back.

use crate::{
    account::AccountId,
    context::Context,
    effect::Effect,
    ports::IndexPort,
    refusal::{Refusal, ensure},
    staking::{
        Account, Event, Standing, State,
        reasons::{SAME_DELEGATE, SELF_DELEGATION},
        standing::{restand, told},
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
    let account: Account = s.get(who);
    let after = lent(who, account.own.current, to)?;
    let to = after.validator(who);
    fx.push(told(Event::Delegated { who, to, power: after.power }));
    restand(s, p, cx, who, account, after, fx)
}

#[cfg(test)]
mod tests {
    use crate::{
        AccountId, Command, Height,
        staking::{self, current_power, power_at},
        testing::{Stage, user},
    };

    fn delegate(to: Option<AccountId>) -> Command {
        Command::Staking(staking::Command::Delegate { to })
    }

    fn powers(stage: &Stage) -> [u128; 4] {
        [0, 1, 2, 3].map(|n| current_power(&stage.store, user(n)).units())
    }

    /// Law 7: delegation conserves power; it is never transitive.
    #[test]
    fn law_07_power_is_lent_once() {
        let mut stage = Stage::small();
        for (n, stake) in [(0, 100), (1, 200), (2, 400)] {
            stage.stake(user(n), stake, 0).unwrap();
        }
        for (label, block, who, to, after) in [
            ("to another", 2, 0, Some(1), [0, 300, 400, 0]),
            ("received power stays where it is", 3, 1, Some(2), [0, 100, 600, 0]),
            ("a ring of three", 4, 2, Some(0), [400, 100, 200, 0]),
            ("to whom has no stake", 5, 0, Some(3), [400, 0, 200, 100]),
            ("taken back", 6, 0, None, [500, 0, 200, 0]),
        ] {
            let to = to.map(user);
            stage.block(block, 1000 + block).run(user(who), delegate(to)).unwrap();
            assert_eq!(powers(&stage), after, "{label}");
            assert_eq!(after.iter().sum::<u128>(), 700);
            stage.lawful();
        }
        let read = |n, at| power_at(&stage.store, Some(user(n)), Height::new(at)).units();
        assert_eq!([read(1, 2), read(1, 3), read(1, 4), read(1, 6)], [200, 300, 100, 0]);
    }

    #[test]
    fn later_stake_follows_the_delegation() {
        let mut stage = Stage::small();
        stage.run(user(0), delegate(Some(user(1)))).unwrap();
        stage.stake(user(0), 100, 0).unwrap();
        assert_eq!(powers(&stage), [0, 100, 0, 0]);
        stage.lawful();
    }

    #[test]
    fn neither_to_oneself_nor_to_the_same() {
        let mut stage = Stage::small();
        assert_eq!(stage.run(user(0), delegate(Some(user(0)))), Err(208));
        assert_eq!(stage.run(user(0), delegate(None)), Err(209));
        stage.run(user(0), delegate(Some(user(1)))).unwrap();
        assert_eq!(stage.run(user(0), delegate(Some(user(1)))), Err(209));
    }
}
