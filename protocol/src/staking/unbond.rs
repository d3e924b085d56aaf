//! Leaving: notice, then claim.

use crate::{
    account::AccountId,
    context::Context,
    effect::{Command, Effect, OnFail},
    ports::IndexPort,
    refusal::{Refusal, ensure},
    staking::{
        Account, Asset, Event, MAX_UNBONDINGS, Params, Position, Standing, State, Total, Unbonding,
        params::power_of,
        reasons::{LOW_STAKE, NOTHING, NOTHING_MATURED, TOO_MANY_UNBONDINGS},
        standing::{restand, told},
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
    let mut account: Account = s.get(who);
    let position = account.position;
    ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
    let left = position.bonded.minus(amount);
    let left = left.ok_or(LOW_STAKE.refuse(position.bonded.units(), amount.units()))?;
    let open = account.unbondings.len();
    ensure(open < MAX_UNBONDINGS, &TOO_MANY_UNBONDINGS, open as u128, MAX_UNBONDINGS as u128)?;
    let tier = params.tier(position.tier)?;
    let at = cx.time.after(tier.notice);
    account.unbondings.push(Unbonding { amount, at });
    let total: Total = s.get(());
    let unbonding = total.unbonding.plus(amount)?;
    s.set((), Total { bonded: total.bonded.saturating_minus(amount), unbonding, ..total });
    let after = Standing { power: power_of(left, tier.multiplier), ..account.own.current };
    let tier = if left.is_zero() { 0 } else { position.tier };
    account.position = Position { bonded: left, tier, ..position };
    fx.push(told(Event::Unstaked { who, amount, at }));
    restand(s, p, cx, who, account, after, fx)
}

/// What has matured by `now`, and what still waits, in its order.
pub fn matured(unbondings: Vec<Unbonding>, now: Timestamp) -> (Vec<Unbonding>, Vec<Unbonding>) {
    unbondings.into_iter().partition(|unbonding| unbonding.at <= now)
}

/// Pays out every unbonding of the sender whose notice is over. Never paused.
pub(super) fn claim(s: &mut impl State, cx: &Context, fx: &mut Vec<Effect>) -> Result<(), Refusal> {
    let (who, params): (AccountId, Params) = (cx.sender, s.get(()));
    let account: Account = s.get(who);
    let next = account.unbondings.iter().map(|unbonding| unbonding.at.get()).min();
    let (ready, unbondings) = matured(account.unbondings, cx.time);
    ensure(!ready.is_empty(), &NOTHING_MATURED, cx.time.get(), next.unwrap_or_default())?;
    let amount = ready.iter().try_fold(Amount::ZERO, |sum, ready| sum.plus(ready.amount))?;
    s.set(who, Account { unbondings, ..account });
    let total: Total = s.get(());
    let unbonding = total.unbonding.saturating_minus(amount);
    s.set((), Total { unbonding, ..total });
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

#[cfg(test)]
mod tests {
    use crate::{
        Command, Get, Height,
        staking::{self, Account, Total, power_at},
        testing::{Stage, amount, user},
        token::Balance,
    };

    fn unstake(units: u128) -> Command {
        Command::Staking(staking::Command::Unstake { amount: amount(units) })
    }

    const CLAIM: Command = Command::Staking(staking::Command::Claim);

    fn balance(stage: &Stage, n: u32) -> u128 {
        let balance: Balance = stage.store.get(user(n));
        balance.amount.units()
    }

    #[test]
    fn power_ends_at_once_and_stake_comes_back_after_the_notice() {
        let mut stage = Stage::small();
        stage.stake(user(0), 500, 1).unwrap();
        stage.block(5, 1050).run(user(0), unstake(200)).unwrap();
        let read = |stage: &Stage, at| power_at(&stage.store, Some(user(0)), Height::new(at));
        assert_eq!(read(&stage, 5).units(), 750);
        assert_eq!(read(&stage, 6).units(), 450);
        assert_eq!(stage.block(6, 1249).run(user(0), CLAIM), Err(207));
        stage.block(7, 1250).run(user(0), CLAIM).unwrap();
        assert_eq!(balance(&stage, 0), 1_000_000 - 300);
        stage.lawful();
    }

    /// Law 15: a second claim pays nothing.
    #[test]
    fn law_15_a_second_claim_pays_nothing() {
        let mut stage = Stage::small();
        stage.stake(user(0), 500, 0).unwrap();
        stage.run(user(0), unstake(500)).unwrap();
        stage.block(9, 1100).run(user(0), CLAIM).unwrap();
        let before = stage.store.clone();
        assert_eq!(stage.run(user(0), CLAIM), Err(207));
        assert_eq!(stage.store, before);
        assert_eq!(balance(&stage, 0), 1_000_000);
    }

    #[test]
    fn a_claim_takes_all_that_matured_and_keeps_the_order() {
        let mut stage = Stage::small();
        stage.stake(user(0), 500, 0).unwrap();
        stage.run(user(0), unstake(1)).unwrap();
        stage.block(2, 1010).run(user(0), unstake(2)).unwrap();
        let raise = Command::Staking(staking::Command::Raise { tier: 2 });
        stage.run(user(0), raise).unwrap();
        stage.block(3, 1020).run(user(0), unstake(4)).unwrap();
        stage.block(4, 1110).run(user(0), CLAIM).unwrap();
        let Account { unbondings, .. } = stage.store.get(user(0));
        assert_eq!(unbondings.len(), 1);
        assert_eq!((unbondings[0].amount, unbondings[0].at.get()), (amount(4), 1420));
        stage.lawful();
    }

    #[test]
    fn at_most_32_unbondings_are_open() {
        let mut stage = Stage::small();
        stage.stake(user(0), 500, 0).unwrap();
        for _ in 0..32 {
            stage.run(user(0), unstake(1)).unwrap();
        }
        assert_eq!(stage.run(user(0), unstake(1)), Err(206));
        stage.block(2, 1100).run(user(0), CLAIM).unwrap();
        stage.run(user(0), unstake(468)).unwrap();
        let total: Total = stage.store.get(());
        assert_eq!((total.bonded.units(), total.unbonding.units()), (0, 468));
        assert_eq!(stage.run(user(0), unstake(1)), Err(205));
        assert_eq!(stage.run(user(0), unstake(0)), Err(202));
        stage.lawful();
    }

    #[test]
    fn an_emptied_position_may_begin_in_any_tier() {
        let mut stage = Stage::small();
        stage.stake(user(0), 500, 2).unwrap();
        stage.run(user(0), unstake(500)).unwrap();
        stage.stake(user(0), 500, 0).unwrap();
        stage.lawful();
    }
}
