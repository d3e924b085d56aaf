//! The laws of synthesis on random epochs, and against a slow reference.

#[path = "synthesis_laws/slow.rs"]
mod slow;
#[path = "synthesis_laws/world.rs"]
mod world;

use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, prop_assume, proptest};
use scoring_kernel::synthesis::{Column, Section, SlotMemory};
use scoring_kernel::{
    Input, InputError, Mechanism, Outcome, Prepared, RowForm, Rows, SynthesisParams, Workspace,
};
use world::{Dice, World, params};

const ONE: u64 = 1 << 32;

fn score(params: &SynthesisParams, world: &World) -> Outcome {
    let mut outcome = Outcome::default();
    let mechanism = Mechanism::Synthesis(*params);
    let scored =
        world.with_input(|input| mechanism.score(input, &mut Workspace::default(), &mut outcome));
    scored.expect("a world fits together");
    outcome
}

/// A world some epochs on, with parameters.
fn later(seed: u64, most: u64, epochs: u64) -> (SynthesisParams, World) {
    let mut dice = Dice::new(seed);
    let (params, mut world) = (params(&mut dice), World::new(most, &mut dice));
    world.report(&mut dice);
    for _ in 0..epochs {
        let outcome = score(&params, &world);
        world.bonds = outcome.bonds.iter().map(|row| row.iter().collect()).collect();
        world.permits = outcome.permits;
        world.report(&mut dice);
    }
    (params, world)
}

/// Within 10^-5.
fn close(label: &str, uid: usize, found: f64, expected: f64) -> Result<(), String> {
    let near = (found - expected).abs() <= 1e-5;
    near.then_some(()).ok_or(format!("{label} of {uid}: {found}, not {expected}"))
}

fn compare(outcome: &Outcome, slow: &slow::Epoch) -> Result<(), String> {
    let share = |raw: u64| raw as f64 / ONE as f64;
    for (label, found, expected) in [
        ("consensus", &outcome.consensus, &slow.consensus),
        ("incentive", &outcome.incentives, &slow.incentives),
        ("dividend", &outcome.dividends, &slow.dividends),
        ("trust", &outcome.trust, &slow.trust),
    ] {
        for (uid, (&found, &expected)) in found.iter().zip(expected).enumerate() {
            close(label, uid, share(found), expected)?;
        }
    }
    match (outcome.contributors, slow.contributors) {
        (Some(found), Some(expected)) => close("workers' part", 0, share(found), expected)?,
        (found, expected) if found.is_none() && expected.is_none() => {}
        (found, expected) => return Err(format!("{found:?}, not {expected:?}")),
    }
    for (uid, row) in outcome.bonds.iter().enumerate() {
        let memory = SlotMemory::of(row);
        let real = |number: scoring_kernel::synthesis::Signed| number.raw() as f64 / 2f64.powi(64);
        let found = [
            real(memory.regret),
            real(memory.naive_regret),
            real(memory.worker_fraction),
            real(memory.reputer_fraction),
            real(memory.unheard),
            real(memory.ratio),
        ];
        for (found, expected) in found.into_iter().zip(slow.numbers[uid]) {
            close("memory", uid, found, expected)?;
        }
        if memory.scores.as_slice() != slow.scores[uid] {
            return Err(format!("{:?}, not {:?}", memory.scores, slow.scores[uid]));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_epoch_is_close_to_the_slow_reference(seed: u64, epochs in 0u64..3) {
        let (params, world) = later(seed, 9, epochs);
        let slow = world.with_input(|input| slow::epoch(&params, input));
        prop_assume!(!slow.tie);
        let compared = compare(&score(&params, &world), &slow);
        prop_assert!(compared.is_ok(), "{compared:?}");
    }

    #[test]
    fn shares_sum_to_one_within_a_unit_a_slot(seed: u64, epochs in 0u64..3) {
        let (params, world) = later(seed, 30, epochs);
        let outcome = score(&params, &world);
        let slots = world.slots() as u64;
        for (name, shares) in [
            ("incentives", &outcome.incentives),
            ("dividends", &outcome.dividends),
            ("consensus", &outcome.consensus),
        ] {
            let sum: u64 = shares.iter().sum();
            prop_assert!(sum <= ONE && (sum == 0 || sum + slots >= ONE), "{name} sum to {sum}");
        }
        prop_assert!(outcome.trust.iter().all(|&trust| trust <= ONE));
        prop_assert!(outcome.contributors.is_none_or(|part| part <= ONE));
        prop_assert_eq!(outcome.contributors.is_none(), outcome.dividends.iter().all(|&d| d == 0));
    }

    #[test]
    fn permuting_slots_permutes_the_result(seed: u64, shuffle: u64, epochs in 0u64..3) {
        let (mut params, mut world) = later(seed, 12, epochs);
        params.electorate.max_validators = 32;
        world.epoch |= 1; // no owner by number
        world.epoch += u64::from(world.epoch.is_multiple_of(3)) * 2;
        let mut dice = Dice::new(shuffle);
        let mut order: Vec<usize> = (0..world.slots()).collect();
        for at in (1..order.len()).rev() {
            order.swap(at, dice.below(at as u64 + 1) as usize);
        }
        let (before, after) = (score(&params, &world), score(&params, &world.permuted(&order)));
        prop_assert_eq!(before.contributors, after.contributors);
        for (from, &to) in order.iter().enumerate() {
            prop_assert_eq!(before.consensus[from], after.consensus[to]);
            prop_assert_eq!(before.incentives[from], after.incentives[to]);
            prop_assert_eq!(before.dividends[from], after.dividends[to]);
            prop_assert_eq!(before.trust[from], after.trust[to]);
            let rows = [before.bonds.row(from), after.bonds.row(to)];
            let [old, new] = rows.map(|row| row.iter().collect::<Vec<_>>());
            prop_assert_eq!(old, new);
        }
    }

    #[test]
    fn pages_equal_the_whole(seed: u64, epochs in 0u64..3, cuts: u64) {
        let (params, world) = later(seed, 24, epochs);
        let mechanism = Mechanism::Synthesis(params);
        let whole = score(&params, &world);
        let (mut prepared, mut bonds) = (Prepared::default(), Rows::new());
        world.with_input(|input| {
            mechanism.prepare(input, &mut Workspace::default(), &mut prepared).expect("fits");
            for uid in 0..world.slots() {
                if cuts >> (uid % 64) & 1 == 1 {
                    prepared = prepared.clone(); // a page ends: all that survives is the record
                }
                let (weights, stored) = (input.weights.row(uid), input.bonds.row(uid));
                mechanism.finish_row(&prepared, uid as u16, weights, stored, &mut bonds);
            }
        });
        prop_assert_eq!(&bonds, &whole.bonds);
        prop_assert_eq!(&prepared.incentives, &whole.incentives);
        prop_assert_eq!(&prepared.dividends, &whole.dividends);
        prop_assert_eq!(&prepared.consensus, &whole.consensus);
        prop_assert_eq!(prepared.contributors, whole.contributors);
    }

    #[test]
    fn absent_equals_zero(seed: u64, epochs in 0u64..3) {
        let (params, world) = later(seed, 12, epochs);
        let mut filled = world.clone();
        for (rows, columns) in [(&mut filled.weights, 2 + 3 * 12), (&mut filled.bonds, 22)] {
            for row in rows {
                let word = |place| row.iter().find(|entry| entry.0 == place).map_or(0, |entry| entry.1);
                *row = (0..columns).map(|place| (place, word(place))).collect();
            }
        }
        prop_assert_eq!(score(&params, &world), score(&params, &filled));
        // rows that were never pushed are empty ones
        let last = world.weights.iter().rposition(|row| !row.is_empty());
        filled.weights.truncate(last.map_or(0, |last| last + 1));
        prop_assert_eq!(score(&params, &world), score(&params, &filled));
    }

    #[test]
    fn traces_say_what_was_paid(seed: u64, epochs in 0u64..3) {
        let (params, world) = later(seed, 12, epochs);
        let (outcome, mechanism) = (score(&params, &world), Mechanism::Synthesis(params));
        for uid in 0..world.slots() {
            let trace = world.with_input(|input| mechanism.explain_synthesis(input, uid as u16));
            let Some(trace) = trace.expect("fits") else {
                prop_assert_eq!(outcome.contributors, None);
                continue;
            };
            let worker = trace.worker.as_ref();
            prop_assert_eq!(worker.map_or(0, |worker| worker.incentive), outcome.incentives[uid]);
            prop_assert_eq!(worker.map_or(0, |worker| worker.weight), outcome.consensus[uid]);
            let dividend = trace.reputer.map_or(0, |reputer| reputer.dividend);
            prop_assert_eq!(dividend, outcome.dividends[uid]);
            let stored = SlotMemory::of(outcome.bonds.row(uid));
            prop_assert_eq!(trace.memory.scores, stored.scores);
            if let (Some(worker), Some(part)) = (worker, outcome.contributors) {
                // incentive = part of the reward over what both classes earn
                let (part_of_one, part) = (worker.part.to_share_floor() as f64, part as f64);
                prop_assert!((worker.incentive as f64 - part_of_one / part * ONE as f64).abs() < 64.0);
            }
        }
    }

    #[test]
    fn any_words_are_a_memory(words in proptest::collection::vec(any::<u16>(), 22), seed: u64) {
        let (params, mut world) = later(seed, 4, 0);
        world.bonds[0] = (0..).zip(words).filter(|&(_, word)| word != 0).collect();
        let outcome = score(&params, &world);
        prop_assert!(outcome.incentives.iter().sum::<u64>() <= ONE);
    }
}

/// A topic of these stakes in which everybody may report.
fn topic(stakes: Vec<u64>, weights: Vec<Vec<(u16, u16)>>) -> World {
    let mut world = World::new(1, &mut Dice::new(0));
    let slots = stakes.len();
    (world.stakes, world.weights, world.bonds) = (stakes, weights, vec![vec![]; slots]);
    (world.last_update, world.registered) = (vec![1_500; slots], vec![0; slots]);
    (world.permits, world.epoch) = (vec![true; slots], 1);
    world
}

/// Slot 0 works, slot 1 reports.
fn two(row: Vec<(u16, u16)>) -> Outcome {
    score(&SynthesisParams::DEFAULT, &topic(vec![0, 7], vec![vec![], row]))
}

#[test]
fn edges_of_a_topic_of_two() {
    let own = |word| (Column::Of(0, Section::Own).place(), word);
    let self_report = (Column::Of(1, Section::Own).place(), 9);
    for (label, row, earns) in [
        ("one worker, one reputer", vec![(0, 30_000), own(30_000)], true),
        ("no combined loss", vec![own(30_000)], false),
        ("no worker", vec![(0, 30_000), (1, 30_000)], false),
        ("nothing", vec![], false),
        ("only itself", vec![(0, 30_000), self_report], false),
    ] {
        let outcome = two(row);
        let all = if earns { ONE } else { 0 };
        assert_eq!(outcome.incentives, [all, 0], "{label}");
        assert_eq!(outcome.dividends, [0, all], "{label}");
        assert_eq!(outcome.consensus, [all, 0], "{label}");
        // one participant of each class: entropies are alike
        let part = outcome.contributors.map(|part| part.abs_diff(ONE / 2) <= 1);
        assert_eq!(part, earns.then_some(true), "{label}");
        assert_eq!(outcome.bonds.entries() != 0, earns, "{label}");
    }
}

#[test]
fn topics_in_which_nobody_says_anything_pay_nobody() {
    let own = (Column::Of(0, Section::Own).place(), 30_000);
    for (label, stakes, row) in [
        ("no slot", vec![], None),
        ("one slot", vec![5], None),
        ("all rows empty", vec![5, 5, 5], None),
        ("rows of noughts", vec![5, 5, 5], Some(vec![(0, 0), (1, 0), (2, 0)])),
        ("no stake", vec![0, 0, 0], Some(vec![(0, 30_000), own])),
    ] {
        let rows = vec![row.unwrap_or_default(); stakes.len()];
        let outcome = score(&SynthesisParams::DEFAULT, &topic(stakes.clone(), rows));
        let nothing = vec![0; stakes.len()];
        for column in [&outcome.incentives, &outcome.dividends, &outcome.consensus] {
            assert_eq!(*column, nothing, "{label}");
        }
        assert_eq!((outcome.contributors, outcome.bonds.entries()), (None, 0), "{label}");
    }
}

#[test]
fn extremes_stay_shares() {
    let all = |word| (0..2 + 3 * 4).map(|place| (place, word)).collect::<Vec<_>>();
    for (label, words) in [
        ("the best losses", [1, 1, 1, 1]),
        ("the worst losses", [u16::MAX; 4]),
        ("the best against the worst", [1, u16::MAX, 1, u16::MAX]),
    ] {
        for stakes in [vec![1 << 61; 4], vec![(1 << 63) - 4, 1, 1, 1], vec![1, 0, 0, 0]] {
            let mut world = topic(stakes, words.map(all).to_vec());
            for _ in 0..3 {
                let outcome = score(&SynthesisParams::DEFAULT, &world);
                for column in [&outcome.incentives, &outcome.dividends, &outcome.consensus] {
                    let sum: u64 = column.iter().sum();
                    assert!(sum <= ONE && (sum == 0 || sum + 4 >= ONE), "{label}: {sum}");
                }
                assert!(outcome.contributors.is_none_or(|part| part <= ONE), "{label}");
                world.bonds = outcome.bonds.iter().map(|row| row.iter().collect()).collect();
            }
        }
    }
}

#[test]
fn a_minority_is_not_heard() {
    let own = |uid| (Column::Of(uid, Section::Own).place(), 30_000);
    let rows = vec![vec![], vec![], vec![(0, 30_000), own(0)], vec![(0, 29_000), own(0), own(1)]];
    let world = topic(vec![0, 0, 5, 4], rows);
    let outcome = score(&SynthesisParams::DEFAULT, &world);
    assert_eq!(outcome.incentives, [ONE, 0, 0, 0]);
    // the larger reputer agrees with the consensus that it mostly is
    assert!(outcome.trust[2] > outcome.trust[3]);
}

#[test]
fn rows_beyond_the_columns_are_refused() {
    let mut weights = Rows::new();
    weights.push_row([(8, 1)]).expect("one entry");
    let (stakes, flags, blocks) = ([1, 1], [true, true], [0, 0]);
    let bonds = Rows::new();
    let input = Input {
        stakes: &stakes,
        weights: &weights,
        bonds: &bonds,
        permits: &flags,
        last_update: &blocks,
        registered: &blocks,
        block: 1,
        last_close: 0,
        owner: None,
        commit: None,
    };
    let error = InputError::NoSuchColumn { part: "weights", row: 0, uid: 8, columns: 8 };
    assert_eq!(input.validate(RowForm::Losses), Err(error));
    let error = InputError::NoSuchColumn { part: "weights", row: 0, uid: 8, columns: 2 };
    assert_eq!(input.validate(RowForm::Weights), Err(error));
}
