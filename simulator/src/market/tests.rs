use proptest::prelude::{Just, Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest};
use protocol::{Fraction, mul_div_floor};

use super::{Added, Pool, PoolError, RESERVE_MAX, Withdrawn};

fn fee(parts: u32) -> Fraction {
    Fraction::from_parts(parts).unwrap()
}

#[test]
fn trades_by_hand() {
    // (tokens, quote, fee in parts per 10^9, paid, quote given): 0.3% is Uniswap's.
    for (label, tokens, quote, parts, paid, given) in [
        ("no fee", 100, 100, 0, 100, 50),
        ("floors", 100, 100, 0, 1, 0),
        ("fee", 1_000_000, 500_000, 3_000_000, 10_000, 4_935),
        ("fee rounds up", 1_000, 1_000_000, 1, 10, 8_919),
        ("all fee", 100, 100, 1_000_000_000, 50, 0),
        ("nothing paid", 100, 100, 3_000_000, 0, 0),
    ] {
        let mut pool = Pool::new(tokens, quote, fee(parts)).unwrap();
        let mut mirror = Pool::new(quote, tokens, fee(parts)).unwrap();
        assert_eq!(pool.sell(paid), Ok(given), "{label}");
        assert_eq!(mirror.buy(paid), Ok(given), "{label}");
        assert_eq!((pool.tokens(), pool.quote()), (tokens + paid, quote - given), "{label}");
        assert_eq!((mirror.quote(), mirror.tokens()), (pool.tokens(), pool.quote()), "{label}");
    }
}

#[test]
fn liquidity_by_hand() {
    let mut pool = Pool::new(100, 301, fee(0)).unwrap();
    assert_eq!(pool.add(50), Ok(Added { tokens: 50, quote: 151, shares: 50 }));
    assert_eq!((pool.tokens(), pool.quote(), pool.shares()), (150, 452, 150));
    assert_eq!(pool.withdraw(50), Ok(Withdrawn { tokens: 50, quote: 150 }));
    assert_eq!((pool.tokens(), pool.quote(), pool.shares()), (100, 302, 100));
    let before = pool;
    assert_eq!(pool.add(0), Err(PoolError::NoShare { tokens: 0 }));
    let refused = PoolError::TooManyShares { shares: 100, all: 100 };
    assert_eq!(pool.withdraw(100), Err(refused));
    assert_eq!(pool, before);
}

#[test]
fn prices_have_32_fractional_bits() {
    assert_eq!(Pool::new(3, 1, fee(0)).unwrap().price(), (1 << 32) / 3);
    assert_eq!(Pool::new(1, RESERVE_MAX, fee(0)).unwrap().price(), RESERVE_MAX << 32);
}

#[test]
fn hostile_amounts_are_refused_and_change_nothing() {
    for (tokens, quote) in [(0, 1), (1, 0), (0, 0)] {
        assert_eq!(Pool::new(tokens, quote, fee(0)), Err(PoolError::Empty { tokens, quote }));
    }
    assert!(Pool::new(RESERVE_MAX + 1, 1, fee(0)).is_err());
    let mut pool = Pool::new(RESERVE_MAX - 1, RESERVE_MAX, fee(1)).unwrap();
    let before = pool;
    for paid in [2, RESERVE_MAX, u128::MAX] {
        let refused = PoolError::TooLarge { reserve: RESERVE_MAX - 1, added: paid };
        assert_eq!(pool.sell(paid), Err(refused));
        assert!(pool.buy(paid).is_err());
        assert!(pool.add(paid).is_err());
        assert!(pool.withdraw(RESERVE_MAX).is_err());
    }
    assert_eq!(pool, before);
    assert!(pool.sell(1).is_ok());
}

#[derive(Clone, Copy, Debug)]
enum Act {
    Buy(u128),
    Sell(u128),
    Add(u128),
    Withdraw(u128),
}

fn acts(most: u128) -> impl Strategy<Value = Act> {
    prop_oneof![
        (0..most).prop_map(Act::Buy),
        (0..most).prop_map(Act::Sell),
        (0..most).prop_map(Act::Add),
        (0..most).prop_map(Act::Withdraw),
    ]
}

fn perform(pool: &mut Pool, act: Act) -> Result<(), PoolError> {
    match act {
        Act::Buy(quote) => pool.buy(quote).map(drop),
        Act::Sell(tokens) => pool.sell(tokens).map(drop),
        Act::Add(tokens) => pool.add(tokens).map(drop),
        Act::Withdraw(shares) => pool.withdraw(shares).map(drop),
    }
}

fn fees() -> impl Strategy<Value = Fraction> {
    prop_oneof![Just(fee(0)), Just(fee(3_000_000)), (0..=Fraction::WHOLE).prop_map(fee)]
}

proptest! {
    /// x y / shares^2 never falls: trades leave the product, liquidity each share's part.
    #[test]
    fn no_act_takes_from_those_who_stay(
        tokens in 1..1_000_000_u128,
        quote in 1..1_000_000_u128,
        fee in fees(),
        acts in proptest::collection::vec(acts(1_000_000), 1..40),
    ) {
        let mut pool = Pool::new(tokens, quote, fee).unwrap();
        for act in acts {
            let before = pool;
            if perform(&mut pool, act).is_err() {
                prop_assert_eq!(pool, before);
            }
            prop_assert!(pool.tokens() > 0 && pool.quote() > 0 && pool.shares() > 0);
            // 2^30 at most each, so that both sides fit.
            if pool.tokens().max(pool.quote()).max(pool.shares()) >> 30 == 0 {
                let worth = |pool: &Pool, shares: u128| {
                    pool.tokens() * pool.quote() * (shares * shares)
                };
                prop_assert!(worth(&pool, before.shares()) >= worth(&before, pool.shares()));
            }
        }
    }

    #[test]
    fn the_product_never_falls_at_any_size(
        tokens in 1..=RESERVE_MAX,
        quote in 1..=RESERVE_MAX,
        fee in fees(),
        paid in 0..=RESERVE_MAX,
    ) {
        let mut pool = Pool::new(tokens, quote, fee).unwrap();
        if pool.sell(paid).is_ok() {
            // x y <= x' y' means floor(x y / x') <= y'.
            let (least, rest) = mul_div_floor(tokens, quote, pool.tokens()).unwrap();
            prop_assert!(pool.quote() >= least + u128::from(rest > 0));
        }
    }

    #[test]
    fn a_round_trip_never_gains(
        tokens in 1..=1_u128 << 90,
        quote in 1..=1_u128 << 90,
        fee in fees(),
        spent in 0..=1_u128 << 90,
    ) {
        let mut pool = Pool::new(tokens, quote, fee).unwrap();
        let bought = pool.buy(spent).unwrap();
        prop_assert!(pool.sell(bought).unwrap() <= spent);
        let sold = bought.min(tokens);
        let earned = pool.sell(sold).unwrap();
        prop_assert!(pool.buy(earned).unwrap() <= sold);
    }

    #[test]
    fn adding_and_withdrawing_never_gains(
        tokens in 1..=1_u128 << 90,
        quote in 1..=1_u128 << 90,
        offered in 1..=1_u128 << 90,
    ) {
        let mut pool = Pool::new(tokens, quote, fee(0)).unwrap();
        if let Ok(added) = pool.add(offered) {
            let back = pool.withdraw(added.shares).unwrap();
            prop_assert!(back.tokens <= added.tokens && back.quote <= added.quote);
        }
    }

    #[test]
    fn splitting_a_trade_gains_at_most_a_unit(
        tokens in 1..=1_u128 << 60,
        quote in 1..=1_u128 << 60,
        fee in fees(),
        first in 0..=1_u128 << 60,
        second in 0..=1_u128 << 60,
    ) {
        let pool = Pool::new(tokens, quote, fee).unwrap();
        let whole = pool.sale(first + second).unwrap();
        let mut split = pool;
        let parts = split.sell(first).unwrap() + split.sell(second).unwrap();
        prop_assert!(parts <= whole + 1);
    }
}
