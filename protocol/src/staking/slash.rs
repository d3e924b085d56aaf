//! Slashing: an account's own stake, never its delegators', never the past, never rewards.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Command, Effect, OnFail},
    ports::IndexPort,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    staking::{
        Asset, Event, Exit, Params, Position, Slashed, Staked, Standing, State, Unbonding,
        params::power_of,
        reasons::NOTHING,
        standing::{restand, standing_of, told},
        unbond::payment,
    },
    token,
    units::{Amount, Fraction},
    wide::mul_div_floor,
};

/// What a slash leaves, and what it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// Bonded stake left.
    pub bonded: Amount,
    /// Unbondings left, in their order; empty ones are gone.
    pub unbondings: Vec<Unbonding>,
    /// Taken from bonded stake.
    pub from_bonded: Amount,
    /// Taken from unbondings.
    pub from_unbonding: Amount,
}

/// Takes `amount` pro rata from bonded stake and each unbonding.
///
/// Each part is `ceil(min(amount, all) * part / all)`, where `all` is the sum of all parts. As
/// each is rounded up, up to one unit a part more than `amount` is taken, and never more than
/// there is.
pub fn cut(bonded: Amount, unbondings: &[Unbonding], amount: Amount) -> Cut {
    let waiting: u128 = unbondings.iter().map(|unbonding| unbonding.amount.units()).sum();
    let all = bonded.units() + waiting;
    let wanted = amount.units().min(all);
    let part = |of: Amount| {
        let (quotient, rest) = mul_div_floor(wanted, of.units(), all).unwrap_or_default();
        Amount::saturating(quotient + u128::from(rest > 0))
    };
    let from_bonded = part(bonded);
    let mut left = Vec::with_capacity(unbondings.len());
    let mut from_unbonding = 0;
    for unbonding in unbondings {
        let taken = part(unbonding.amount);
        from_unbonding += taken.units();
        let amount = unbonding.amount.saturating_minus(taken);
        if !amount.is_zero() {
            left.push(Unbonding { amount, ..*unbonding });
        }
    }
    Cut {
        bonded: bonded.saturating_minus(from_bonded),
        unbondings: left,
        from_bonded,
        from_unbonding: Amount::saturating(from_unbonding),
    }
}

/// The informer's bounty, `floor(fraction * taken)`, and the rest.
pub fn bounty_and_rest(taken: Amount, bounty: Fraction) -> (Amount, Amount) {
    let bounty = bounty.floor_of(taken);
    (bounty, taken.saturating_minus(bounty))
}

/// Takes part of an account's own stake, at most all of it. The network or the authority only.
///
/// Rewards are settled first and stay owed; past snapshots stay as they were. An account
/// without stake is slashed by nothing, so that no verdict can be blocked by leaving first.
pub(super) fn slash(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    (who, amount): (AccountId, Amount),
    informer: AccountId,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let by = cx.sender.module();
    let allowed = matches!(by, Some(ModuleId::Network | ModuleId::Treasury));
    ensure(allowed, &NOT_AUTHORISED, 0u128, 0u128)?;
    ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
    let (params, position, exit): (Params, Position, Exit) = (s.get(()), s.get(who), s.get(who));
    let cut = cut(position.bonded, &exit.unbondings, amount);
    s.set(who, Exit { unbondings: cut.unbondings });
    let staked: Staked = s.get(());
    s.set(
        (),
        Staked {
            bonded: staked.bonded.saturating_minus(cut.from_bonded),
            unbonding: staked.unbonding.saturating_minus(cut.from_unbonding),
        },
    );
    let taken = cut.from_bonded.plus(cut.from_unbonding)?;
    let (bounty, rest) = bounty_and_rest(taken, params.bounty);
    fx.push(told(Event::Slashed { who, amount: taken, bounty }));
    if !bounty.is_zero() {
        fx.push(payment(params.asset, informer, bounty));
    }
    if !rest.is_zero() {
        fx.push(disposal(&params, rest));
    }
    let before = standing_of(s, who);
    let multiplier = params.tier(position.tier)?.multiplier;
    let after = Standing { power: power_of(cut.bonded, multiplier), ..before };
    let tier = if cut.bonded.is_zero() { 0 } else { position.tier };
    let position = Position { bonded: cut.bonded, tier, ..position };
    restand(s, p, cx, who, position, (before, after), fx)
}

/// What becomes of the rest: a cw20 can be burned, a native coin cannot.
fn disposal(params: &Params, amount: Amount) -> Effect {
    match (params.slashed, params.asset) {
        (Slashed::Burned, Asset::Token) => {
            let command = Command::Token(token::Command::Burn { amount });
            Effect::Call { command, on_fail: OnFail::Revert }
        }
        (Slashed::Burned, Asset::Native) | (Slashed::ToTreasury, _) => {
            payment(params.asset, ModuleId::Treasury.account(), amount)
        }
    }
}
