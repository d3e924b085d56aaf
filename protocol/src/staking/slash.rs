//! Slashing: an account's own stake, never its delegators', never the past, never rewards.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::{Command, Effect, OnFail},
    ports::IndexPort,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    staking::{
        Account, Asset, Event, Params, Position, Slashed, Standing, State, Total, Unbonding,
        params::power_of,
        reasons::NOTHING,
        standing::{restand, told},
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
    let (params, account): (Params, Account) = (s.get(()), s.get(who));
    let position = account.position;
    let cut = cut(position.bonded, &account.unbondings, amount);
    let total: Total = s.get(());
    let bonded = total.bonded.saturating_minus(cut.from_bonded);
    let unbonding = total.unbonding.saturating_minus(cut.from_unbonding);
    s.set((), Total { bonded, unbonding, ..total });
    let taken = cut.from_bonded.plus(cut.from_unbonding)?;
    let (bounty, rest) = bounty_and_rest(taken, params.bounty);
    fx.push(told(Event::Slashed { who, amount: taken, bounty }));
    if !bounty.is_zero() {
        fx.push(payment(params.asset, informer, bounty));
    }
    if !rest.is_zero() {
        fx.push(disposal(&params, rest));
    }
    let multiplier = params.tier(position.tier)?.multiplier;
    let after = Standing { power: power_of(cut.bonded, multiplier), ..account.own.current };
    let tier = if cut.bonded.is_zero() { 0 } else { position.tier };
    let position = Position { bonded: cut.bonded, tier, ..position };
    let account = Account { position, unbondings: cut.unbondings, ..account };
    restand(s, p, cx, who, account, after, fx)
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

#[cfg(test)]
mod tests {
    use super::{bounty_and_rest, cut};
    use crate::{
        AccountId, Command, Get, Height, ModuleId, Timestamp,
        staking::{self, Account, Asset, Slashed, Total, Unbonding, current_power, power_at},
        testing::{Stage, amount, percent, user},
        token::{Balance, Supply},
    };
    use proptest::{
        collection::vec,
        prelude::{prop_assert, prop_assert_eq, proptest},
    };

    const NETWORK: AccountId = ModuleId::Network.account();
    const TREASURY: AccountId = ModuleId::Treasury.account();

    fn slash(n: u32, units: u128) -> Command {
        let (who, informer) = (user(n), user(7));
        Command::Staking(staking::Command::Slash { who, amount: amount(units), informer })
    }

    fn waiting(parts: &[u128]) -> Vec<Unbonding> {
        parts.iter().map(|part| Unbonding { amount: amount(*part), at: Timestamp::ZERO }).collect()
    }

    #[test]
    fn parts_are_pro_rata_and_rounded_up() {
        for (label, bonded, parts, take, left, left_parts) in [
            ("only bonded", 100, vec![], 30, 70, vec![]),
            ("even", 100, vec![100], 50, 75, vec![75]),
            ("each rounded up", 10, vec![10, 10], 10, 6, vec![6, 6]),
            ("capped", 10, vec![5], 1000, 0, vec![]),
            ("an emptied part is gone", 100, vec![1], 1, 99, vec![]),
            ("nothing there", 0, vec![], 5, 0, vec![]),
        ] {
            let cut = cut(amount(bonded), &waiting(&parts), amount(take));
            assert_eq!(
                (cut.bonded, cut.unbondings),
                (amount(left), waiting(&left_parts)),
                "{label}"
            );
        }
    }

    proptest! {
        #[test]
        fn a_cut_conserves_and_takes_at_most_a_unit_a_part_more(
            bonded in 0u128..1 << 94, parts in vec(1u128..1 << 60, 0..32), take in 0u128..1 << 94,
        ) {
            let all = bonded + parts.iter().sum::<u128>();
            let cut = cut(amount(bonded), &waiting(&parts), amount(take));
            let left = cut.bonded.units()
                + cut.unbondings.iter().map(|one| one.amount.units()).sum::<u128>();
            let taken = cut.from_bonded.units() + cut.from_unbonding.units();
            prop_assert_eq!(left + taken, all);
            let wanted = take.min(all);
            prop_assert!(taken >= wanted && taken <= wanted + 1 + parts.len() as u128);
        }

        #[test]
        fn bounty_and_rest_sum_to_what_was_taken(taken in 0u128..1 << 95, whole in 0u32..=50) {
            let (bounty, rest) = bounty_and_rest(amount(taken), percent(whole));
            prop_assert_eq!(bounty.units() + rest.units(), taken);
        }
    }

    #[test]
    fn a_slash_takes_own_stake_only_and_never_the_past() {
        let mut stage = Stage::small();
        stage.stake(user(0), 1000, 0).unwrap();
        stage.stake(user(1), 500, 0).unwrap();
        let lend = Command::Staking(staking::Command::Delegate { to: Some(user(0)) });
        stage.run(user(1), lend).unwrap();
        let unstake = Command::Staking(staking::Command::Unstake { amount: amount(200) });
        stage.run(user(0), unstake).unwrap();
        stage.block(2, 1010).run(NETWORK, slash(0, 100)).unwrap();
        let bonded = |n| Get::<Account>::get(&stage.store, user(n)).position.bonded;
        assert_eq!((bonded(0), bonded(1)), (amount(720), amount(500)));
        let total: Total = stage.store.get(());
        assert_eq!((total.bonded, total.unbonding), (amount(1220), amount(180)));
        let read = |at| power_at(&stage.store, Some(user(0)), Height::new(at)).units();
        assert_eq!((read(2), read(3)), (1300, 1220));
        let (informer, supply): (Balance, Supply) = (stage.store.get(user(7)), stage.store.get(()));
        assert_eq!((informer.amount, supply.amount), (amount(1_000_010), amount(7_999_910)));
        stage.lawful();
    }

    #[test]
    fn the_network_and_the_authority_slash_and_nobody_else() {
        let mut stage = Stage::small();
        stage.stake(user(0), 1000, 0).unwrap();
        assert_eq!(stage.run(user(7), slash(0, 1)), Err(3));
        assert_eq!(stage.run(user(0), slash(0, 1)), Err(3));
        assert_eq!(stage.run(NETWORK, slash(0, 0)), Err(202));
        stage.run(NETWORK, slash(0, 1)).unwrap();
        stage.run(TREASURY, slash(0, 5000)).unwrap();
        assert_eq!(current_power(&stage.store, user(0)).units(), 0);
        // Who has left cannot block a verdict.
        stage.run(TREASURY, slash(0, 1)).unwrap();
        stage.lawful();
    }

    #[test]
    fn the_rest_goes_to_the_treasury_where_the_parameters_say_so() {
        let mut stage = Stage::small();
        let params = staking::Params { slashed: Slashed::ToTreasury, ..Stage::small_staking() };
        let update = Command::Staking(staking::Command::UpdateParams { params });
        stage.run(TREASURY, update).unwrap();
        stage.stake(user(0), 1000, 0).unwrap();
        stage.run(NETWORK, slash(0, 105)).unwrap();
        let treasury: Balance = stage.store.get(TREASURY);
        assert_eq!(treasury.amount, amount(95));
        stage.lawful();
    }

    #[test]
    fn a_native_coin_cannot_be_burned() {
        let mut stage = Stage::default();
        stage.block(1, 1000);
        let params = staking::Params { asset: Asset::Native, ..Stage::small_staking() };
        staking::genesis(&mut stage.store, &params).unwrap();
        let stake = Command::Staking(staking::Command::Stake { tier: 0 });
        stage.run_with(user(0), stake, 1000).unwrap();
        stage.run(NETWORK, slash(0, 100)).unwrap();
        assert_eq!(stage.paid, [(user(7), amount(10)), (TREASURY, amount(90))]);
    }
}
