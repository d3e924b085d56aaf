//! Bonding: by cw20 send, by native coins; and raising to a longer notice.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Effect, Payload},
    ports::IndexPort,
    refusal::{MALFORMED, Refusal, ensure},
    staking::{
        Asset, Event, Params, Position, Staked, Standing, State,
        params::power_of,
        reasons::{
            ABOVE_MAX_STAKE, LOW_STAKE, NOT_LONGER, NOT_THE_TOKEN, NOTHING, OTHER_ASSET, OTHER_TIER,
        },
        standing::{restand, standing_of, told},
    },
    units::Amount,
};

/// cw20's notice: bonds what `from` sent. The token only; `from` may be a spender.
pub(super) fn receive(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    (from, amount): (AccountId, Amount),
    payload: Payload,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Token.account(), &NOT_THE_TOKEN, 0u128, 0u128)?;
    let params: Params = s.get(());
    ensure(params.asset == Asset::Token, &OTHER_ASSET, 0u128, 0u128)?;
    let Payload::Stake { tier } = payload else { return Err(MALFORMED.bare()) };
    bond(s, p, cx, &params, (from, amount, tier), fx)
}

/// Bonds the attached native coins. Anyone.
pub(super) fn stake(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    tier: u8,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let params: Params = s.get(());
    ensure(params.asset == Asset::Native, &OTHER_ASSET, 0u128, 0u128)?;
    bond(s, p, cx, &params, (cx.sender, cx.funds, tier), fx)
}

/// A position with `amount` more in `tier`. An empty position may begin in any tier; a position
/// that has stake keeps its own, so that one unit sent by mistake cannot lock all the rest.
///
/// # Errors
/// `E0202` nothing to bond, `E0204` another tier than the position's.
pub fn bonded(position: Position, amount: Amount, tier: u8) -> Result<Position, Refusal> {
    ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?;
    let free = position.bonded.is_zero() || position.tier == tier;
    ensure(free, &OTHER_TIER, tier, position.tier)?;
    Ok(Position { bonded: position.bonded.plus(amount)?, tier, ..position })
}

fn bond(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    params: &Params,
    (who, amount, tier): (AccountId, Amount, u8),
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let multiplier = params.tier(tier)?.multiplier;
    let position = bonded(s.get(who), amount, tier)?;
    let staked: Staked = s.get(());
    let all = staked.bonded.plus(amount)?;
    ensure(all <= params.max_stake, &ABOVE_MAX_STAKE, all.units(), params.max_stake.units())?;
    s.set((), Staked { bonded: all, ..staked });
    let before = standing_of(s, who);
    let after = Standing { power: power_of(position.bonded, multiplier), ..before };
    fx.push(told(Event::Staked { who, amount, power: after.power }));
    restand(s, p, cx, who, position, (before, after), fx)
}

/// Moves the whole position to a tier of longer notice, at once. Whoever has stake.
pub(super) fn raise(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    tier: u8,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (who, params): (AccountId, Params) = (cx.sender, s.get(()));
    let multiplier = params.tier(tier)?.multiplier;
    let position: Position = s.get(who);
    ensure(!position.bonded.is_zero(), &LOW_STAKE, 0u128, 1u128)?;
    // Tiers are in the order of their notices.
    ensure(tier > position.tier, &NOT_LONGER, tier, u128::from(position.tier) + 1)?;
    let before = standing_of(s, who);
    let after = Standing { power: power_of(position.bonded, multiplier), ..before };
    fx.push(told(Event::Raised { who, tier, power: after.power }));
    restand(s, p, cx, who, Position { tier, ..position }, (before, after), fx)
}
