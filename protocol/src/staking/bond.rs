//! Bonding: by cw20 send, by native coins; and raising to a longer notice.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Effect, Payload},
    ports::IndexPort,
    refusal::{MALFORMED, Refusal, ensure},
    staking::{
        Account, Asset, Event, Params, Position, Standing, State, Total,
        params::power_of,
        reasons::{
            ABOVE_MAX_STAKE, LOW_STAKE, NOT_LONGER, NOT_THE_TOKEN, NOTHING, OTHER_ASSET, OTHER_TIER,
        },
        standing::{restand, told},
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
    if params.asset != Asset::Native {
        // Coins first: without a denom, a contract can only tell that there are some.
        cx.refuse_funds()?;
        return Err(OTHER_ASSET.bare());
    }
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
    let account: Account = s.get(who);
    let position = bonded(account.position, amount, tier)?;
    let total: Total = s.get(());
    let all = total.bonded.plus(amount)?;
    ensure(all <= params.max_stake, &ABOVE_MAX_STAKE, all.units(), params.max_stake.units())?;
    s.set((), Total { bonded: all, ..total });
    let power = power_of(position.bonded, multiplier);
    let after = Standing { power, ..account.own.current };
    fx.push(told(Event::Staked { who, amount, power }));
    restand(s, p, cx, who, Account { position, ..account }, after, fx)
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
    let account: Account = s.get(who);
    let position = account.position;
    ensure(!position.bonded.is_zero(), &LOW_STAKE, 0u128, 1u128)?;
    // Tiers are in the order of their notices.
    ensure(tier > position.tier, &NOT_LONGER, tier, u128::from(position.tier) + 1)?;
    let power = power_of(position.bonded, multiplier);
    let after = Standing { power, ..account.own.current };
    fx.push(told(Event::Raised { who, tier, power }));
    let position = Position { tier, ..position };
    restand(s, p, cx, who, Account { position, ..account }, after, fx)
}

#[cfg(test)]
mod tests {
    use crate::{
        Command, Get, ModuleId, Payload, Power,
        staking::{self, Account, Asset, Position},
        testing::{Stage, amount, user},
        token,
    };
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    fn send(units: u128, payload: Payload) -> Command {
        let to = ModuleId::Staking.account();
        Command::Token(token::Command::Send { to, amount: amount(units), payload })
    }

    fn raise(tier: u8) -> Command {
        Command::Staking(staking::Command::Raise { tier })
    }

    fn power(stage: &Stage, n: u32) -> u128 {
        let account: Account = stage.store.get(user(n));
        account.own.current.power.units()
    }

    #[test]
    fn power_is_stake_times_multiplier_floored() {
        let mut stage = Stage::small();
        stage.stake(user(0), 7, 1).unwrap();
        assert_eq!(power(&stage, 0), 10);
        stage.stake(user(0), 1, 1).unwrap();
        assert_eq!(power(&stage, 0), 12);
        stage.run(user(0), raise(2)).unwrap();
        assert_eq!(power(&stage, 0), 16);
        stage.lawful();
    }

    #[test]
    fn refusals_in_their_order() {
        let mut stage = Stage::small();
        stage.stake(user(1), 10, 1).unwrap();
        let tier = |tier| Payload::Stake { tier };
        for (label, who, command, code) in [
            ("zero", 0, send(0, tier(0)), 202),
            ("no such tier", 0, send(5, tier(3)), 203),
            ("another tier", 1, send(5, tier(2)), 204),
            ("above the most", 0, send(4_000_000 - 9, tier(0)), 101),
            ("a foreign payload", 0, send(5, Payload::Register { topic: 0 }), 2),
            ("raise to a shorter notice", 1, raise(0), 211),
            ("raise to the same", 1, raise(1), 211),
            ("raise beyond", 1, raise(3), 203),
            ("raise nothing", 0, raise(1), 205),
        ] {
            assert_eq!(stage.run(user(who), command), Err(code), "{label}");
        }
        for n in 2..6 {
            let left = if n == 5 { 999_990 } else { 1_000_000 };
            stage.stake(user(n), left, 0).unwrap();
        }
        assert_eq!(stage.stake(user(0), 1, 0), Err(213));
        stage.lawful();
    }

    /// The audit lesson: in a cw20 receive the sender is the token, and the user is named.
    #[test]
    fn only_the_token_gives_notice() {
        let mut stage = Stage::small();
        let (from, payload) = (user(0), Payload::Stake { tier: 0 });
        let forged = staking::Command::Receive { from, amount: amount(5), payload };
        assert_eq!(stage.run(user(0), Command::Staking(forged)), Err(201));
    }

    #[test]
    fn native_coins_are_staked_only_where_they_are_the_asset() {
        let mut stage = Stage::small();
        let stake = || Command::Staking(staking::Command::Stake { tier: 0 });
        assert_eq!(stage.run_with(user(0), stake(), 5), Err(5));
        assert_eq!(stage.run_with(user(0), stake(), 0), Err(212));
        assert_eq!(stage.run_with(user(0), raise(1), 5), Err(5));
        let mut native = Stage { height: stage.height, time: stage.time, ..Stage::default() };
        let params = staking::Params { asset: Asset::Native, ..Stage::small_staking() };
        staking::genesis(&mut native.store, &params).unwrap();
        assert_eq!(native.run_with(user(0), stake(), 0), Err(202));
        native.run_with(user(0), stake(), 5).unwrap();
        assert_eq!(power(&native, 0), 5);
        let token = ModuleId::Token.account();
        let (from, payload) = (user(0), Payload::Stake { tier: 0 });
        let notice = staking::Command::Receive { from, amount: amount(5), payload };
        assert_eq!(native.run(token, Command::Staking(notice)), Err(212));
    }

    proptest! {
        /// Law 20, for power: split or merged stake differs by at most a unit a part.
        #[test]
        fn law_20_split_stake_has_the_power_of_merged_stake(
            a in 0u128..1 << 94, b in 0u128..1 << 94, multiplier in 1_000_000_000u64..=16_000_000_000,
        ) {
            let power = |stake| staking::power_of(amount(stake), multiplier).units();
            let (split, merged) = (power(a) + power(b), power(a + b));
            prop_assert!(split <= merged && merged <= split + 1);
        }

        #[test]
        fn bonding_adds_up(a in 1u128..1 << 90, b in 1u128..1 << 90) {
            let one = staking::bonded(Position::default(), amount(a), 1).unwrap();
            let both = staking::bonded(one, amount(b), 1).unwrap();
            prop_assert_eq!((both.bonded.units(), both.tier), (a + b, 1));
        }
    }

    #[test]
    fn power_of_the_largest_stake_fits() {
        let most = staking::power_of(crate::Amount::MAX, staking::MAX_MULTIPLIER);
        assert_eq!(most, Power::new(((1 << 95) - 1) * 16));
    }
}
