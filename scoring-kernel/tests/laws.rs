//! The kernel's laws on random epochs, and against the slow reference.

#[path = "laws/world.rs"]
mod world;

mod reference;

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use reference::{Clipped, product};
use scoring_kernel::{
    Mechanism, MeteredParams, Outcome, Prepared, RowError, Rows, Workspace, YumaParams,
    YumaVariant, accept_row, largest_remainder,
};
use world::{World, mechanism, metered, sparse_world, world};

const ONE: u64 = 1 << 32;

fn score(mechanism: &Mechanism, world: &World) -> Outcome {
    let mut outcome = Outcome::default();
    let scored =
        world.with_input(|input| mechanism.score(input, &mut Workspace::default(), &mut outcome));
    scored.expect("a world fits together");
    outcome
}

/// The epoch by the crate and by the slow reference.
fn both(mechanism: &Mechanism, world: &World) -> (reference::Epoch, reference::Epoch) {
    world.with_input(|input| {
        let slow = match mechanism {
            Mechanism::Mean(params) => reference::mean(params, input),
            Mechanism::Yuma(params) => reference::yuma(params, input, Clipped::Decays),
            Mechanism::Metered(params) => reference::metered(params, input),
            // its rows are losses: tests/synthesis_laws.rs
            Mechanism::Synthesis(_) => unreachable!("not among these mechanisms"),
        };
        (product(mechanism, input), slow)
    })
}

proptest! {
    // the slow reference takes its time over many columns
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_sparse_epoch_equals_the_slow_reference(mechanism in mechanism(), world in sparse_world()) {
        let (fast, slow) = both(&mechanism, &world);
        prop_assert_eq!(fast, slow);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_epoch_equals_the_slow_reference(mechanism in mechanism(), world in world(10)) {
        let (fast, slow) = both(&mechanism, &world);
        prop_assert_eq!(fast, slow);
    }

    #[test]
    fn shares_sum_to_one_within_a_unit_a_slot(mechanism in mechanism(), world in world(40)) {
        let outcome = score(&mechanism, &world);
        let slots = world.slots() as u64;
        for (name, shares) in [
            ("incentives", &outcome.incentives),
            ("dividends", &outcome.dividends),
            ("active stake", &outcome.active_stake),
        ] {
            let sum: u64 = shares.iter().sum();
            prop_assert!(sum <= ONE && (sum == 0 || sum + slots >= ONE), "{name} sum to {sum}");
        }
        prop_assert!(outcome.trust.iter().all(|&trust| trust <= ONE));
        prop_assert!(outcome.consensus.iter().all(|&weight| weight <= ONE));
    }

    #[test]
    fn permuting_uids_permutes_the_result(mechanism in mechanism(), world in world(12), seed: u64) {
        // ties in stake are broken by uid, so that a limit on permits is left out
        let mechanism = world::without_limit(&mechanism);
        let order = world.order(seed);
        let (before, after) = (score(&mechanism, &world), score(&mechanism, &world.permuted(&order)));
        let slots = world.slots();
        let (old, new) = (before.bonds.to_dense(slots), after.bonds.to_dense(slots));
        for (from, &to) in order.iter().enumerate() {
            prop_assert_eq!(before.consensus[from], after.consensus[to]);
            prop_assert_eq!(before.incentives[from], after.incentives[to]);
            prop_assert_eq!(before.dividends[from], after.dividends[to]);
            prop_assert_eq!(before.trust[from], after.trust[to]);
            prop_assert_eq!(before.permits[from], after.permits[to]);
            for (column, &moved) in order.iter().enumerate() {
                prop_assert_eq!(old[(from, column)], new[(to, moved)]);
            }
        }
    }

    #[test]
    fn absent_equals_zero(mechanism in mechanism(), world in world(12)) {
        let explicit = |dense: &Vec<Vec<u16>>| {
            let mut rows = Rows::new();
            for row in dense {
                rows.push_row((0..).zip(row.iter().copied())).expect("dense rows ascend");
            }
            rows
        };
        let omitted = |dense: &Vec<Vec<u16>>| {
            let mut rows = Rows::new();
            for row in dense {
                let entries = (0..).zip(row.iter().copied()).filter(|&(_, value)| value != 0);
                rows.push_row(entries).expect("a part of a row ascends");
            }
            rows
        };
        prop_assert_eq!(explicit(&world.weights), omitted(&world.weights));
        // a row that was never pushed is an empty one
        let mut outcomes = [Outcome::default(), Outcome::default()];
        let mut short = omitted(&world.weights);
        let last = world.weights.iter().rposition(|row| row.iter().any(|&value| value != 0));
        let kept = last.map_or(0, |last| last + 1);
        short = {
            let mut rows = Rows::new();
            for row in short.iter().take(kept) {
                rows.push_row(row.iter()).expect("it was a row");
            }
            rows
        };
        let [whole, shortened] = &mut outcomes;
        world.with_input(|input| {
            let other = scoring_kernel::Input { weights: &short, ..*input };
            mechanism.score(input, &mut Workspace::default(), whole).expect("fits");
            mechanism.score(&other, &mut Workspace::default(), shortened).expect("fits");
        });
        prop_assert_eq!(&outcomes[0], &outcomes[1]);
    }

    #[test]
    fn consensus_falls_as_kappa_rises(world in world(16), low: u16, high: u16) {
        let (low, high) = (low.min(high), low.max(high));
        let at = |kappa| score(&Mechanism::Yuma(YumaParams { kappa, ..YumaParams::DEFAULT }), &world);
        let (easy, hard) = (at(low), at(high));
        for (easy, hard) in easy.consensus.iter().zip(&hard.consensus) {
            prop_assert!(easy >= hard);
        }
    }

    #[test]
    fn clipping_never_raises_a_weight(world in world(16), kappa: u16) {
        let outcome = score(&Mechanism::Yuma(YumaParams { kappa, ..YumaParams::DEFAULT }), &world);
        let unclipped = score(&Mechanism::Yuma(YumaParams { kappa: 0, ..YumaParams::DEFAULT }), &world);
        for (clipped, whole) in outcome.trust.iter().zip(&unclipped.trust) {
            prop_assert!(clipped <= whole);
        }
    }

    #[test]
    fn pages_equal_the_whole(mechanism in mechanism(), world in world(24), cuts: u64) {
        let whole = score(&mechanism, &world);
        let mut prepared = Prepared::default();
        let mut bonds = Rows::new();
        world.with_input(|input| {
            mechanism.prepare(input, &mut Workspace::default(), &mut prepared).expect("fits");
            for uid in 0..world.slots() {
                if cuts >> (uid % 64) & 1 == 1 {
                    prepared = prepared.clone(); // a page ends: all that survives is the record
                }
                let (weights, stored) = (input.weights.row(uid), input.bonds.row(uid));
                let uid = u16::try_from(uid).expect("few slots");
                mechanism.finish_row(&prepared, uid, weights, stored, &mut bonds);
            }
        });
        prop_assert_eq!(&bonds, &whole.bonds);
        prop_assert_eq!(&prepared.consensus, &whole.consensus);
        prop_assert_eq!(&prepared.incentives, &whole.incentives);
        prop_assert_eq!(&prepared.dividends, &whole.dividends);
        prop_assert_eq!(&prepared.trust, &whole.trust);
        prop_assert_eq!(&prepared.active_stake, &whole.active_stake);
        prop_assert_eq!(&prepared.permits, &whole.permits);
    }

    #[test]
    fn a_used_workspace_changes_nothing(
        first in mechanism(), second in mechanism(), before in world(20), after in world(20),
    ) {
        let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
        before.with_input(|input| first.score(input, &mut workspace, &mut outcome)).expect("fits");
        after.with_input(|input| second.score(input, &mut workspace, &mut outcome)).expect("fits");
        prop_assert_eq!(outcome, score(&second, &after));
    }

    #[test]
    fn splits_sum_to_the_total_and_differ_from_proportion_by_less_than_one(
        total in 0u128..1 << 95, scores in proptest::collection::vec(any::<u64>(), 0..40),
    ) {
        let parts = largest_remainder(total, &scores);
        let sum: u128 = scores.iter().map(|&score| u128::from(score)).sum();
        prop_assert_eq!(parts.iter().sum::<u128>(), if sum == 0 { 0 } else { total });
        for (&part, &score) in parts.iter().zip(&scores) {
            let exact = num_bigint::BigUint::from(total) * score;
            let floor = if sum == 0 { exact } else { exact / sum };
            let part = num_bigint::BigUint::from(part);
            prop_assert!(part == floor || part == floor + 1u8);
        }
    }

    #[test]
    fn nobody_earns_more_than_the_cap(params in metered(), world in world(30), cap in 1u16..) {
        let outcome = score(&Mechanism::Metered(MeteredParams { cap, ..params }), &world);
        let limit = (u64::from(cap) << 32) / 65_535;
        prop_assert!(outcome.incentives.iter().all(|&share| share <= limit));
        let earning = outcome.incentives.iter().filter(|&&share| share != 0).count() as u64;
        let sum: u64 = outcome.incentives.iter().sum();
        prop_assert!(sum <= ONE + earning);
        prop_assert!(earning * limit < ONE + earning || sum + 4 * earning + 4 >= ONE, "{sum}");
    }

    #[test]
    fn traces_add_up_to_what_was_paid(mechanism in mechanism(), world in world(12)) {
        let outcome = score(&mechanism, &world);
        let mut incomes = Vec::new();
        for uid in 0..world.slots() {
            let slot = u16::try_from(uid).expect("few slots");
            let (contributor, validator) = world.with_input(|input| {
                let contributor = mechanism.explain_contributor(input, slot).expect("fits");
                (contributor, mechanism.explain_validator(input, slot).expect("fits"))
            });
            prop_assert_eq!(contributor.incentive, outcome.incentives[uid]);
            if !matches!(mechanism, Mechanism::Metered(_)) {
                let whole = contributor.ranks.max(1);
                prop_assert_eq!(u128::from(contributor.incentive), (u128::from(contributor.rank) << 32) / u128::from(whole));
            }
            prop_assert_eq!(validator.dividend, outcome.dividends[uid]);
            let clipped: u64 = validator.holdings.iter().map(|holding| holding.clipped).sum();
            prop_assert_eq!(clipped, outcome.trust[uid]);
            for (to, stored) in outcome.bonds.row(uid).iter() {
                let traced = validator.holdings.iter().find(|holding| holding.to == to);
                prop_assert!(matches!(mechanism, Mechanism::Metered(_)) || traced.is_some_and(|holding| holding.bond_after == stored));
            }
            let by_stake =
                (u128::from(validator.income) * u128::from(validator.active_stake)) >> 32;
            incomes.push(match mechanism {
                Mechanism::Yuma(YumaParams { variant: YumaVariant::Classic, .. }) => u128::from(validator.income),
                _ => by_stake,
            });
        }
        if let Mechanism::Yuma(_) = mechanism {
            let whole = incomes.iter().sum::<u128>().max(1);
            for (income, &dividend) in incomes.iter().zip(&outcome.dividends) {
                prop_assert_eq!((income << 32) / whole, u128::from(dividend));
            }
        }
    }

    #[test]
    fn duplicate_columns_are_refused(uid: u16, a: u16, b: u16) {
        let duplicate = RowError::Duplicate { position: 1, uid };
        prop_assert_eq!(Rows::new().push_row([(uid, a), (uid, b)]), Err(duplicate));
        prop_assert_eq!(accept_row(&[(uid, a), (uid, b)], 1 << 16), Err(duplicate));
    }
}

#[test]
fn edge_worlds_equal_the_slow_reference() {
    let variants = world::variants().into_iter().map(Mechanism::Yuma);
    let mechanisms: Vec<Mechanism> = world::defaults().into_iter().chain(variants).collect();
    for (label, world) in world::edges() {
        for mechanism in &mechanisms {
            let (fast, slow) = both(mechanism, &world);
            assert_eq!(fast, slow, "{label}, {mechanism:?}");
        }
    }
}

#[test]
fn the_last_uid_is_a_uid_and_more_slots_are_refused() {
    let slots = 1 << 16;
    let (mut stakes, mut weights) = (vec![0; slots + 1], Rows::empty(slots - 2));
    (stakes[slots - 2], stakes[slots - 1]) = (1 << 62, 1 << 62);
    // the last two weigh two contributors and each other
    for other in [u16::MAX, u16::MAX - 1] {
        weights.push_row([(0, 1), (u16::MAX - 2, 1), (other, 1)]).expect("uids ascend");
    }
    let (permits, blocks, bonds) = (vec![true; slots], vec![1; slots], Rows::new());
    let input = scoring_kernel::Input {
        stakes: &stakes[..slots],
        weights: &weights,
        bonds: &bonds,
        permits: &permits,
        last_update: &blocks,
        registered: &vec![0; slots],
        block: 1,
        last_close: 1,
        owner: None,
        commit: None,
    };
    for mechanism in world::defaults() {
        let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
        mechanism.score(&input, &mut workspace, &mut outcome).expect("fits");
        // the last two have the support of a half, so that a measure alone gives each of four as much
        for uid in [0, slots - 3] {
            assert!(outcome.incentives[uid] + 2 >= ONE / 4, "{mechanism:?}, {uid}");
        }
        for uid in [slots - 2, slots - 1] {
            assert!(outcome.dividends[uid].abs_diff(ONE / 2) <= 1, "{mechanism:?}, {uid}");
        }
        let more = scoring_kernel::Input { stakes: &stakes, ..input };
        let error = mechanism.score(&more, &mut workspace, &mut outcome).unwrap_err();
        assert_eq!(error.to_string(), "65537 slots are more than 65536");
    }
}

#[test]
fn the_real_snapshot_equals_the_slow_reference() {
    let world = world::real();
    assert_eq!((world.slots(), world.entries()), (256, 1687));
    let (fast, slow) = both(&Mechanism::Yuma(YumaParams::DEFAULT), &world);
    assert_eq!(fast, slow);
    assert!(fast.incentives.iter().any(|&share| share != 0));
}

#[test]
fn shapes_that_do_not_fit_are_refused() {
    let world = world::real();
    let mut outcome = Outcome::default();
    world.with_input(|input| {
        let short = scoring_kernel::Input { permits: &input.permits[1..], ..*input };
        let error = Mechanism::Yuma(YumaParams::DEFAULT)
            .score(&short, &mut Workspace::default(), &mut outcome)
            .unwrap_err();
        assert_eq!(error.to_string(), "permits has 255 entries for 256 slots");
    });
    assert_eq!(outcome, Outcome::default());
}
