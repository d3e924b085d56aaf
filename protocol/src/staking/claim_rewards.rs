//! Paying delegation rewards.

use crate::{
    account::AccountId,
    context::Context,
    effect::{Command, Effect, OnFail},
    ports::IndexPort,
    refusal::{Refusal, ensure},
    rewards,
    staking::{
        Account, Event, Position, State, reasons::NO_REWARDS, settle::settled, standing::told,
    },
    units::Amount,
};

/// Settles the sender's position and pays the whole units it is owed; the rest stays. Anyone.
pub(super) fn claim_rewards(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let who: AccountId = cx.sender;
    let account: Account = s.get(who);
    let (standing, position) = (account.own.current, account.position);
    let position = if standing.power.is_zero() {
        position
    } else {
        settled(position, standing.power, p.reward_index(standing.validator(who))?)?
    };
    let (whole, owed) = position.owed.take_whole();
    ensure(whole > 0, &NO_REWARDS, 0u128, 1u128)?;
    let amount = Amount::new(whole)?;
    s.set(who, Account { position: Position { owed, ..position }, ..account });
    fx.push(told(Event::RewardsClaimed { who, amount }));
    let command = Command::Rewards(rewards::Command::Pay { to: who, amount });
    fx.push(Effect::Call { command, on_fail: OnFail::Revert });
    Ok(())
}
