//! Claims: what slots and accounts have earned, delegation rewards, and slots that are vacated.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Command, Effect, OnFail},
    ports::SlotPort,
    refusal::{Refusal, ensure},
    rewards::{
        Event, MAX_CLAIMED_SLOTS, Owed, State, Unclaimed,
        accrue::owe,
        distribute::told,
        reasons::{
            DUPLICATE_SLOT, NOT_HOLDER, NOT_NETWORK, NOT_STAKING, NOTHING_TO_CLAIM, TOO_MANY_SLOTS,
        },
        slots::take_all,
    },
    store::Has,
    token,
    units::Amount,
};

/// Pays out what the sender's slots and account have earned. Whoever holds the slots.
pub(super) fn claim(
    s: &mut impl State,
    p: &impl SlotPort,
    cx: &Context,
    slots: &[(u16, u16)],
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (who, count) = (cx.sender, slots.len());
    let most = MAX_CLAIMED_SLOTS as u128;
    ensure(count <= MAX_CLAIMED_SLOTS, &TOO_MANY_SLOTS, count as u128, most)?;
    let mut earned = Amount::ZERO;
    for (number, (topic, uid)) in slots.iter().enumerate() {
        let before = slots.get(..number).unwrap_or_default();
        ensure(!before.contains(&(*topic, *uid)), &DUPLICATE_SLOT, *uid, 0u128)?;
        ensure(p.holder(*topic, *uid)? == Some(who), &NOT_HOLDER, *uid, 0u128)?;
        earned = earned.plus(take_all(s, *topic, *uid))?;
    }
    let own: Owed = s.get(who);
    s.set(who, Owed::default());
    let amount = earned.plus(own.amount)?;
    ensure(!amount.is_zero(), &NOTHING_TO_CLAIM, 0u128, 1u128)?;
    fx.push(told(Event::Claimed { who, amount }));
    mint(s, who, amount, fx)
}

/// Pays settled delegation rewards. Staking only.
pub(super) fn pay(
    s: &mut impl State,
    cx: &Context,
    to: AccountId,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Staking.account(), &NOT_STAKING, 0u128, 0u128)?;
    fx.push(told(Event::Paid { to, amount }));
    mint(s, to, amount, fx)
}

/// Moves what a slot has earned to the account that held it. The network only.
pub(super) fn vacate(
    s: &mut impl State,
    cx: &Context,
    (topic, uid): (u16, u16),
    who: AccountId,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Network.account(), &NOT_NETWORK, 0u128, 0u128)?;
    let amount = take_all(s, topic, uid);
    owe(s, who, amount)?;
    fx.push(told(Event::Vacated { topic, uid, who, amount }));
    Ok(())
}

/// Mints what was accrued; never more than that.
pub(super) fn mint(
    s: &mut impl Has<Unclaimed>,
    to: AccountId,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let Unclaimed { amount: unclaimed } = s.get(());
    let left = unclaimed.minus(amount);
    let left = left.ok_or(NOTHING_TO_CLAIM.refuse(unclaimed.units(), amount.units()))?;
    s.set((), Unclaimed { amount: left });
    let command = Command::Token(token::Command::Mint { to, amount });
    fx.push(Effect::Call { command, on_fail: OnFail::Revert });
    Ok(())
}
