//! Metrics against published and hand-checked numbers, their edges, and their laws.

use proptest::collection;
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};
use simulator::metrics::{
    Interval, Threshold, bootstrap_mean, by_entity, gini, hhi, kendall, max_share, mean, nakamoto,
    quantile, quantiles, spearman, theil, wilson,
};
use simulator::random::Seed;

#[track_caller]
fn close(value: Option<f64>, expected: f64) {
    let value = value.expect("defined");
    assert!((value - expected).abs() < 1e-12, "{value} is not {expected}");
}

#[track_caller]
fn within(value: Option<Interval>, low: f64, high: f64) {
    let value = value.expect("defined");
    assert!((value.low - low).abs() < 5e-5 && (value.high - high).abs() < 5e-5, "{value:?}");
}

#[test]
fn nakamoto_of_bittensor_in_2024() {
    // Tenths of a percent; the rest below 6.5% each: the top ten hold about 85%.
    let stake = [250, 135, 110, 90, 65, 40, 40, 40, 40, 40, 30, 30, 30, 30, 30];
    assert_eq!(stake.iter().sum::<u128>(), 1_000);
    assert_eq!(nakamoto(&stake, Threshold::Third), Some(2));
    assert_eq!(nakamoto(&stake, Threshold::Half), Some(4));
    assert_eq!(nakamoto(&stake, Threshold::TwoThirds), Some(6));
}

#[test]
fn nakamoto_needs_more_than_the_threshold() {
    for (amounts, threshold, expected) in [
        (&[50, 50][..], Threshold::Half, 2),
        (&[51, 49], Threshold::Half, 1),
        (&[1, 1, 1], Threshold::Third, 2),
        (&[1, 1, 1], Threshold::TwoThirds, 3),
        (&[2, 0, 1], Threshold::TwoThirds, 2),
        (&[0, 7], Threshold::TwoThirds, 1),
    ] {
        assert_eq!(nakamoto(amounts, threshold), Some(expected), "{amounts:?} {threshold:?}");
    }
}

#[test]
fn gini_by_hand() {
    close(gini(&[5]), 0.0);
    close(gini(&[7, 7, 7, 7]), 0.0);
    close(gini(&[0, 0, 0, 9]), 0.75);
    close(gini(&[3, 1, 4, 2]), 0.25);
    // Mean absolute difference over twice the mean: (2 * 1 * 3) / (4 * 2.5) for {1, 4}.
    close(gini(&[1, 4]), 0.3);
}

#[test]
fn hhi_of_the_merger_guidelines() {
    // Four firms with 30, 30, 20 and 20 per cent: 2,600.
    close(hhi(&[30, 30, 20, 20]), 0.26);
    close(hhi(&[0, 8]), 1.0);
    close(hhi(&[1; 10]), 0.1);
}

#[test]
fn theil_runs_from_nought_to_ln_n() {
    close(theil(&[4, 4, 4]), 0.0);
    close(theil(&[0, 0, 12]), 3_f64.ln());
    // Half hold nothing: ln 2.
    close(theil(&[0, 6, 0, 6]), 2_f64.ln());
    close(theil(&[1, 3]), 0.25 * 0.5_f64.ln() + 0.75 * 1.5_f64.ln());
}

#[test]
fn max_share_by_hand() {
    close(max_share(&[1, 6, 5]), 0.5);
    close(max_share(&[3]), 1.0);
}

#[test]
fn concentration_of_nothing_is_undefined() {
    for amounts in [&[][..], &[0], &[0, 0, 0], &[1 << 95], &[u128::MAX, u128::MAX]] {
        let all = [gini(amounts), hhi(amounts), theil(amounts), max_share(amounts)];
        assert_eq!(all, [None; 4], "{amounts:?}");
        assert_eq!(nakamoto(amounts, Threshold::Half), None, "{amounts:?}");
    }
    let supply = (1 << 95) - 1;
    assert_eq!(gini(&[0, supply]), Some(0.5));
}

#[test]
fn entities_gather_their_addresses() {
    let amounts = [10, 20, 30, 40];
    assert_eq!(by_entity(&amounts, &[7, 2, 7, 9]), Some(vec![20, 40, 40]));
    assert_eq!(by_entity(&amounts, &[1]), None);
    assert_eq!(by_entity(&[u128::MAX, 1], &[1, 1]), None);
    // Fifty addresses of one holder are one entity.
    let split = [vec![50; 50], vec![900; 3]].concat();
    let owners: Vec<u32> = (0..53).map(|address| u32::max(address, 49)).collect();
    let entities = by_entity(&split, &owners).unwrap();
    assert_eq!(nakamoto(&split, Threshold::Half), Some(3));
    assert_eq!(nakamoto(&entities, Threshold::Half), Some(2));
}

const IQ: [f64; 10] = [106.0, 100.0, 86.0, 101.0, 99.0, 103.0, 97.0, 113.0, 112.0, 110.0];
const TELEVISION: [f64; 10] = [7.0, 27.0, 2.0, 50.0, 28.0, 29.0, 20.0, 12.0, 6.0, 17.0];

#[test]
fn spearman_of_the_textbook_example() {
    // IQ and weekly hours of television: -29 / 165.
    close(spearman(&IQ, &TELEVISION), -29.0 / 165.0);
    // Ties, ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 * 5).
    close(spearman(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]), 4.5 / 22.5_f64.sqrt());
}

#[test]
fn kendall_of_the_textbook_example() {
    // 5 pairs, 2 tied in each and in both alike: scipy's documentation gives this tau-b.
    let (a, b) = ([12.0, 2.0, 1.0, 12.0, 2.0], [1.0, 4.0, 7.0, 1.0, 0.0]);
    close(kendall(&a, &b), -0.471_404_520_791_031_73);
    close(kendall(&IQ, &TELEVISION), -5.0 / 45.0);
}

#[test]
fn rank_correlation_of_nothing_is_undefined() {
    for metric in [spearman, kendall] {
        assert_eq!(metric(&[], &[]), None);
        assert_eq!(metric(&[1.0], &[1.0]), None);
        assert_eq!(metric(&[1.0, 2.0], &[1.0]), None);
        assert_eq!(metric(&[1.0, 1.0], &[1.0, 2.0]), None);
        assert_eq!(metric(&[1.0, f64::NAN], &[1.0, 2.0]), None);
        assert_eq!(metric(&[0.0, -0.0], &[1.0, 2.0]), None);
        assert_eq!(metric(&[1.0, 2.0, 3.0], &[5.0, 6.0, 9.0]), Some(1.0));
        assert_eq!(metric(&[1.0, 2.0, 3.0], &[9.0, 6.0, 5.0]), Some(-1.0));
    }
}

#[test]
fn quantiles_are_linear_between_order_statistics() {
    let values = [15.0, 20.0, 35.0, 40.0, 50.0];
    close(quantile(&values, 0.4), 29.0);
    close(quantile(&values, 0.0), 15.0);
    close(quantile(&values, 1.0), 50.0);
    close(quantile(&[3.0], 0.7), 3.0);
    assert_eq!(quantiles(&[4.0, 1.0, 2.0, 3.0], &[0.5, 0.25]), Some(vec![2.5, 1.75]));
    assert_eq!(quantile(&[], 0.5), None);
    assert_eq!(quantile(&values, 1.01), None);
    assert_eq!(quantile(&values, f64::NAN), None);
    assert_eq!(quantile(&[1.0, f64::INFINITY], 0.5), None);
    close(mean(&values), 32.0);
    assert_eq!(mean(&[]), None);
    assert_eq!(mean(&[f64::NAN]), None);
}

#[test]
fn wilson_of_newcombe_s_table() {
    // Newcombe, Statistics in Medicine 17, 1998, table I, method 3.
    within(wilson(81, 263, 0.95), 0.2553, 0.3662);
    within(wilson(15, 148, 0.95), 0.0624, 0.1605);
    within(wilson(0, 20, 0.95), 0.0, 0.1611);
    within(wilson(1, 29, 0.95), 0.0061, 0.1718);
    within(wilson(20, 20, 0.95), 0.8389, 1.0);
    assert_eq!(wilson(0, 0, 0.95), None);
    assert_eq!(wilson(3, 2, 0.95), None);
    assert_eq!(wilson(1, 2, 1.0), None);
    assert_eq!(wilson(1, 2, f64::NAN), None);
}

#[test]
fn bootstrap_covers_the_mean_as_often_as_it_says() {
    let mut sample = Seed::new(8).stream(0, "metrics", "sample");
    let mut resample = Seed::new(8).stream(0, "metrics", "resample");
    let mut covered = 0;
    for _ in 0..400 {
        let values: Vec<f64> = (0..60).map(|_| sample.standard_normal().to_f64()).collect();
        let interval = bootstrap_mean(&values, 0.9, 200, &mut resample).unwrap();
        covered += u64::from(interval.low <= 0.0 && interval.high >= 0.0);
    }
    let rate = wilson(covered, 400, 0.999).unwrap();
    assert!(rate.low < 0.9 && rate.high > 0.85, "{covered} of 400");
}

#[test]
fn bootstrap_is_repeatable_and_refuses_nothing_to_draw() {
    let stream = || Seed::new(4).stream(0, "metrics", "bootstrap");
    let values = [1.0, 2.0, 4.0, 8.0];
    let first = bootstrap_mean(&values, 0.95, 1_000, &mut stream());
    assert_eq!(first, bootstrap_mean(&values, 0.95, 1_000, &mut stream()));
    let one = bootstrap_mean(&[3.0], 0.95, 10, &mut stream());
    assert_eq!(one, Some(Interval { low: 3.0, estimate: 3.0, high: 3.0 }));
    assert_eq!(bootstrap_mean(&[], 0.95, 10, &mut stream()), None);
    assert_eq!(bootstrap_mean(&values, 0.95, 0, &mut stream()), None);
    assert_eq!(bootstrap_mean(&values, 1.5, 10, &mut stream()), None);
    assert_eq!(bootstrap_mean(&values, -0.5, 10, &mut stream()), None);
    assert_eq!(bootstrap_mean(&[f64::NAN], 0.95, 10, &mut stream()), None);
}

/// Tau-b by looking at every pair.
fn kendall_by_pairs(a: &[f64], b: &[f64]) -> Option<f64> {
    let (mut balance, mut apart_a, mut apart_b) = (0.0, 0.0, 0.0);
    for i in 0..a.len() {
        for j in 0..i {
            let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
            let (first, second) = (sign(a[i] - a[j]), sign(b[i] - b[j]));
            balance += first * second;
            apart_a += first * first;
            apart_b += second * second;
        }
    }
    (apart_a > 0.0 && apart_b > 0.0).then(|| balance / f64::sqrt(apart_a * apart_b))
}

fn holders() -> impl Strategy<Value = Vec<u128>> {
    collection::vec(0..1_000_000_000_000_u128, 1..60)
        .prop_filter("someone holds something", |amounts| amounts.iter().any(|a| *a > 0))
}

proptest! {
    #[test]
    fn concentration_stays_in_range_and_ignores_order_and_unit(amounts in holders()) {
        let n = amounts.len() as f64;
        let mut reversed: Vec<u128> = amounts.clone();
        reversed.reverse();
        for (metric, least, most) in [
            (gini as fn(&[u128]) -> Option<f64>, 0.0, 1.0 - 1.0 / n),
            (hhi, 1.0 / n, 1.0),
            (theil, 0.0, n.ln()),
            (max_share, 1.0 / n, 1.0),
        ] {
            let value = metric(&amounts).unwrap();
            prop_assert!(value >= least - 1e-9 && value <= most + 1e-9);
            prop_assert_eq!(metric(&reversed), Some(value));
            let doubled: Vec<u128> = amounts.iter().map(|amount| 2 * amount).collect();
            prop_assert_eq!(metric(&doubled), Some(value));
        }
    }

    #[test]
    fn a_gift_from_the_poorest_to_the_richest_concentrates(amounts in holders()) {
        let mut after = amounts.clone();
        after.sort_unstable();
        let gift = after[0];
        after[0] = 0;
        *after.last_mut().unwrap() += gift;
        for metric in [gini, hhi, theil, max_share] {
            prop_assert!(metric(&after).unwrap() >= metric(&amounts).unwrap() - 1e-12);
        }
        for threshold in [Threshold::Third, Threshold::Half, Threshold::TwoThirds] {
            prop_assert!(nakamoto(&after, threshold) <= nakamoto(&amounts, threshold));
        }
    }

    #[test]
    fn kendall_agrees_with_counting_every_pair(
        pairs in collection::vec((0..12_i32, 0..12_i32), 2..50)
    ) {
        let (a, b): (Vec<f64>, Vec<f64>) =
            pairs.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).unzip();
        match (kendall(&a, &b), kendall_by_pairs(&a, &b)) {
            (Some(fast), Some(slow)) => prop_assert!((fast - slow).abs() < 1e-12),
            (fast, slow) => prop_assert_eq!(fast, slow),
        }
    }

    #[test]
    fn rank_correlation_sees_order_only(
        pairs in collection::vec((-1_000..1_000_i32, -1_000..1_000_i32), 2..40)
    ) {
        let (a, b): (Vec<f64>, Vec<f64>) =
            pairs.iter().map(|(a, b)| (f64::from(*a), f64::from(*b))).unzip();
        let cubes: Vec<f64> = a.iter().map(|x| x * x * x).collect();
        let falling: Vec<f64> = a.iter().map(|x| -x).collect();
        for metric in [spearman, kendall] {
            prop_assert_eq!(metric(&cubes, &b), metric(&a, &b));
            prop_assert_eq!(metric(&b, &a), metric(&a, &b));
            prop_assert_eq!(metric(&falling, &b), metric(&a, &b).map(|value| -value));
            prop_assert!(metric(&a, &cubes).is_none_or(|value| value == 1.0));
        }
    }
}
