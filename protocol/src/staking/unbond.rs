//! Leaving: notice, then claim.

use crate::{
    account::AccountId,
    context::Context,
    effect::{Command, Effect, OnFail},
    ports::IndexPort,
    refusal::{Refusal, ensure},
    staking::{
        Asset, Event, Exit, MAX_UNBONDINGS, Params, Position, Staked, Standing, State, Unbonding,
        params::power_of,
        reasons::{LOW_STAKE, NOTHING, NOTHING_MATURED, TOO_MANY_UNBONDINGS},
        standing::{restand, standing_of, told},
    },
    token,
    units::{Amount, Timestamp},
};

/// Starts the notice for part of the sender's stake; its power ends at once. Never paused.
pub(super) fn unstake(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (who, params): (AccountId, Params) = (cx.sender, s.get(()));
    let position: Position = s.get(who);
    let mut exit: Exit = s.get(who);
    ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
    let left = position.bonded.minus(amount);
    let left = left.ok_or(LOW_STAKE.refuse(position.bonded.units(), amount.units()))?;
    let open = exit.unbondings.len();
    ensure(open < MAX_UNBONDINGS, &TOO_MANY_UNBONDINGS, open as u128, MAX_UNBONDINGS as u128)?;
    let tier = params.tier(position.tier)?;
    let at = cx.time.after(tier.notice);
    exit.unbondings.push(Unbonding { amount, at });
    s.set(who, exit);
    let staked: Staked = s.get(());
    let unbonding = staked.unbonding.plus(amount)?;
    s.set((), Staked { bonded: staked.bonded.saturating_minus(amount), unbonding });
    let before = standing_of(s, who);
    let after = Standing { power: power_of(left, tier.multiplier), ..before };
    let tier = if left.is_zero() { 0 } else { position.tier };
    fx.push(told(Event::Unstaked { who, amount, at }));
    restand(s, p, cx, who, Position { bonded: left, tier, ..position }, (before, after), fx)
}

/// What has matured by `now`, and what still waits, in its order.
pub fn matured(unbondings: Vec<Unbonding>, now: Timestamp) -> (Vec<Unbonding>, Vec<Unbonding>) {
    unbondings.into_iter().partition(|unbonding| unbonding.at <= now)
}

/// Pays out every unbonding of the sender whose notice is over. Never paused.
pub(super) fn claim(s: &mut impl State, cx: &Context, fx: &mut Vec<Effect>) -> Result<(), Refusal> {
    let (who, params): (AccountId, Params) = (cx.sender, s.get(()));
    let exit: Exit = s.get(who);
    let next = exit.unbondings.iter().map(|unbonding| unbonding.at.get()).min();
    let (ready, unbondings) = matured(exit.unbondings, cx.time);
    ensure(!ready.is_empty(), &NOTHING_MATURED, cx.time.get(), next.unwrap_or_default())?;
    let amount = ready.iter().try_fold(Amount::ZERO, |sum, ready| sum.plus(ready.amount))?;
    s.set(who, Exit { unbondings });
    let staked: Staked = s.get(());
    let unbonding = staked.unbonding.saturating_minus(amount);
    s.set((), Staked { unbonding, ..staked });
    fx.push(told(Event::Claimed { who, amount }));
    fx.push(payment(params.asset, who, amount));
    Ok(())
}

/// A payment of the staked asset out of staking's own balance.
pub(super) fn payment(asset: Asset, to: AccountId, amount: Amount) -> Effect {
    match asset {
        Asset::Token => {
            let command = Command::Token(token::Command::Transfer { to, amount });
            Effect::Call { command, on_fail: OnFail::Revert }
        }
        Asset::Native => Effect::Pay { to, amount },
    }
}
