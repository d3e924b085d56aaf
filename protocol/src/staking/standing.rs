//! Changing an account's standing: the one path on which power moves.

use crate::{
    account::AccountId,
    accrued::Accrued,
    context::Context,
    effect::{self, Effect},
    ports::IndexPort,
    refusal::Refusal,
    staking::{
        Account, Event, Hooks, OwnHistory, Position, ReceivedHistory, Standing, State, Total,
        TotalHistory, power::current_power, settle::settled,
    },
    units::{Height, Power},
};

/// Settles the account's position against its validator's reward index and writes the account;
/// moves its power from its standing to `after`: own, received by delegates, total, each as of
/// this block; tells the subscribers.
pub(super) fn restand(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    who: AccountId,
    mut account: Account,
    after: Standing,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let before = account.own.current;
    let touched = Touched::before(s, who, (before, after));
    account.position = rebase(p, who, account.position, (before, after))?;
    let (own, displaced) = account.own.changed(after, cx.height);
    if let Some(old) = displaced {
        s.set((who, old.number), OwnHistory { changes: old.changes });
    }
    s.set(who, Account { own, ..account });
    if before.delegate == after.delegate {
        if let Some(delegate) = after.delegate {
            shift_received(s, delegate, (before.power, after.power), cx.height);
        }
    } else {
        if let Some(old) = before.delegate {
            shift_received(s, old, (before.power, Power::ZERO), cx.height);
        }
        if let Some(new) = after.delegate {
            shift_received(s, new, (Power::ZERO, after.power), cx.height);
        }
    }
    if before.power != after.power {
        shift_total(s, (before.power, after.power), cx.height);
    }
    touched.tell(s, fx);
    Ok(())
}

/// The position settled with the power it had, and counting from its new validator's index.
/// Without power there is nothing to count from.
fn rebase(
    p: &impl IndexPort,
    who: AccountId,
    position: Position,
    (before, after): (Standing, Standing),
) -> Result<Position, Refusal> {
    let had = !before.power.is_zero();
    let position = if had {
        settled(position, before.power, p.reward_index(before.validator(who))?)?
    } else {
        position
    };
    let paid = if after.power.is_zero() {
        Accrued::ZERO
    } else if had && before.validator(who) == after.validator(who) {
        position.paid
    } else {
        p.reward_index(after.validator(who))?
    };
    Ok(Position { paid, ..position })
}

fn shift_received(
    s: &mut impl State,
    who: AccountId,
    (before, after): (Power, Power),
    height: Height,
) {
    let account: Account = s.get(who);
    let value = account.received.current.minus(before).plus(after);
    let (received, displaced) = account.received.changed(value, height);
    if let Some(old) = displaced {
        s.set((who, old.number), ReceivedHistory { changes: old.changes });
    }
    s.set(who, Account { received, ..account });
}

fn shift_total(s: &mut impl State, (before, after): (Power, Power), height: Height) {
    let total: Total = s.get(());
    let value = total.power.current.minus(before).plus(after);
    let (power, displaced) = total.power.changed(value, height);
    if let Some(old) = displaced {
        s.set(old.number, TotalHistory { changes: old.changes });
    }
    s.set((), Total { power, ..total });
}

/// Accounts whose voting power may change, with what it was.
struct Touched {
    subscribers: Vec<AccountId>,
    accounts: Vec<(AccountId, Power)>,
}

impl Touched {
    fn before(s: &impl State, who: AccountId, (before, after): (Standing, Standing)) -> Self {
        let Hooks { subscribers } = s.get(());
        let mut accounts = Vec::new();
        if !subscribers.is_empty() {
            let (old, new) = (before.validator(who), after.validator(who));
            accounts.push((old, current_power(s, old)));
            if new != old {
                accounts.push((new, current_power(s, new)));
            }
        }
        Self { subscribers, accounts }
    }

    fn tell(self, s: &impl State, fx: &mut Vec<Effect>) {
        for (who, before) in self.accounts {
            let after = current_power(s, who);
            if before == after {
                continue;
            }
            for (tag, to) in (0u64..).zip(&self.subscribers) {
                fx.push(Effect::Hook { to: *to, who, before, after, tag });
            }
        }
    }
}

/// Staking's event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Staking(event))
}
