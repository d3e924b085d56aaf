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
        slots::{self, take_all},
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
    let who = cx.sender;
    ensure_held(p, who, slots)?;
    let mut earned = Amount::ZERO;
    for (topic, uid) in slots {
        earned = earned.plus(take_all(s, *topic, *uid))?;
    }
    let own: Owed = s.get(who);
    s.set(who, Owed::default());
    let amount = earned.plus(own.amount)?;
    ensure(!amount.is_zero(), &NOTHING_TO_CLAIM, 0u128, 1u128)?;
    fx.push(told(Event::Claimed { who, amount }));
    mint(s, who, amount, fx)
}

/// What one claim may name: at most [`MAX_CLAIMED_SLOTS`], each once, all held by `who`.
pub(super) fn ensure_held(
    p: &impl SlotPort,
    who: AccountId,
    slots: &[(u16, u16)],
) -> Result<(), Refusal> {
    let (count, most) = (slots.len(), MAX_CLAIMED_SLOTS as u128);
    ensure(count <= MAX_CLAIMED_SLOTS, &TOO_MANY_SLOTS, count as u128, most)?;
    for (number, (topic, uid)) in slots.iter().enumerate() {
        let before = slots.get(..number).unwrap_or_default();
        ensure(!before.contains(&(*topic, *uid)), &DUPLICATE_SLOT, *uid, 0u128)?;
        ensure(p.holder(*topic, *uid)? == Some(who), &NOT_HOLDER, *uid, 0u128)?;
    }
    Ok(())
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
    let amount = slots::vacate(s, (topic, uid), who)?;
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

#[cfg(test)]
mod tests {
    use crate::{
        AccountId, Command, Fraction, Get, ModuleId,
        rewards::{self, Distribution, Unclaimed, slot_owed},
        testing::{Stage, amount, user},
        token::Balance,
    };

    const NETWORK: AccountId = ModuleId::Network.account();

    fn claim(slots: &[(u16, u16)]) -> Command {
        Command::Rewards(rewards::Command::Claim { slots: slots.to_vec() })
    }

    /// Slots 0 and 70 held by users 0 and 1, with 600 and 400 earned.
    fn earned() -> Stage {
        let mut stage = Stage::small();
        stage.seat(0, 0, user(0));
        stage.seat(0, 70, user(1));
        let (contributors, incentives) = (Fraction::ONE, vec![(0, 6), (70, 4)]);
        let d = Distribution { contributors, incentives, ..Default::default() };
        stage
            .block(2, 1006)
            .run(NETWORK, Command::Rewards(rewards::Command::Distribute(d)))
            .unwrap();
        stage
    }

    fn balance(stage: &Stage, n: u32) -> u128 {
        let balance: Balance = stage.store.get(user(n));
        balance.amount.units()
    }

    #[test]
    fn a_claim_mints_what_the_slot_earned() {
        let mut stage = earned();
        stage.run(user(1), claim(&[(0, 70)])).unwrap();
        assert_eq!(balance(&stage, 1), 1_000_400);
        let left: Unclaimed = stage.store.get(());
        assert_eq!(left.amount, amount(600));
        assert_eq!(stage.run(user(1), claim(&[(0, 70)])), Err(506));
        stage.lawful();
    }

    #[test]
    fn refusals_change_nothing() {
        let mut stage = earned();
        let many: Vec<(u16, u16)> = (0..33).map(|uid| (0, uid)).collect();
        for (label, who, slots, code) in [
            ("too many", 0, &many[..], 503),
            ("duplicate", 0, &[(0, 0), (0, 0)][..], 504),
            ("another's", 0, &[(0, 70)][..], 505),
            ("vacant", 0, &[(0, 5)][..], 505),
            ("nothing", 2, &[][..], 506),
        ] {
            let before = stage.store.clone();
            assert_eq!(stage.run(user(who), claim(slots)), Err(code), "{label}");
            assert_eq!(stage.store, before, "{label}");
        }
    }

    #[test]
    fn a_vacated_slot_leaves_its_earnings_to_who_held_it() {
        let mut stage = earned();
        let vacate = rewards::Command::Vacate { topic: 0, uid: 0, who: user(0) };
        assert_eq!(stage.run(user(0), Command::Rewards(vacate.clone())), Err(501));
        stage.run(NETWORK, Command::Rewards(vacate)).unwrap();
        assert_eq!(slot_owed(&stage.store, 0, 0), amount(0));
        stage.lawful();
        stage.run(user(0), claim(&[])).unwrap();
        assert_eq!(balance(&stage, 0), 1_000_600);
        stage.lawful();
    }

    #[test]
    fn only_staking_pays_and_never_more_than_was_accrued() {
        let mut stage = earned();
        let pay =
            |units| Command::Rewards(rewards::Command::Pay { to: user(4), amount: amount(units) });
        assert_eq!(stage.run(user(4), pay(1)), Err(502));
        assert_eq!(stage.run(ModuleId::Staking.account(), pay(1001)), Err(506));
    }
}
