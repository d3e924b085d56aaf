//! Inference synthesis against the published simulator's rows: within 10^-9, reputers' scores within
//! 0.002 of themselves.

use scoring_kernel::synthesis::{
    Column, Section, Signed, SlotMemory, SynthesisTrace, class_shares, entropy, forecast_ratio,
    forecaster_score, forecasters_utility, inferer_score, listening_coefficients, regret,
    reputer_fractions, reputer_scores, smoothed_fraction, topic_weight, weighted_mean, weights,
    word_of, worker_fractions,
};
use scoring_kernel::{Input, Mechanism, Outcome, Rows, SynthesisParams, Workspace};
use std::collections::BTreeMap;

const INFERERS: usize = 5;
const FORECASTERS: usize = 3;
const REPUTERS: usize = 5;

/// One epoch's columns.
type Epoch = BTreeMap<&'static str, Signed>;

/// The six epochs, in order.
fn epochs() -> Vec<Epoch> {
    let mut lines = include_str!("data/allora_synthesis.csv").lines();
    let count = lines.next().expect("a header").split(',').count() - 1;
    let mut epochs = vec![Epoch::new(); count];
    for line in lines {
        let mut fields = line.split(',');
        let column = fields.next().expect("a name");
        for (epoch, text) in epochs.iter_mut().zip(fields) {
            epoch.insert(column, number(text));
        }
    }
    epochs
}

/// A decimal, truncated to 64 fractional bits.
fn number(text: &str) -> Signed {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (negative, digits) =
        mantissa.strip_prefix('-').map_or((false, mantissa), |rest| (true, rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits: num_bigint::BigInt = format!("{whole}{fraction}").parse().expect("digits");
    let places = fraction.len() as i32 - exponent.parse::<i32>().expect("an exponent");
    let ten = num_bigint::BigInt::from(10);
    let scaled = if places >= 0 {
        (digits << 64) / ten.pow(places as u32)
    } else {
        (digits << 64) * ten.pow(places.unsigned_abs())
    };
    let raw = i128::try_from(scaled).expect("a number in range");
    Signed::from_raw(if negative { -raw } else { raw })
}

/// The numbered columns `prefix0`, `prefix1`, ...
fn list(epoch: &Epoch, prefix: &str, count: usize) -> Vec<Signed> {
    (0..count).map(|index| epoch[format!("{prefix}{index}").as_str()]).collect()
}

/// All workers: inferers, then what forecasters imply.
fn workers(epoch: &Epoch, inferer: &str, forecaster: &str) -> Vec<Signed> {
    let mut all = list(epoch, inferer, INFERERS);
    all.extend(list(epoch, forecaster, FORECASTERS));
    all
}

fn close(label: &str, found: Signed, expected: Signed) {
    near(label, found, expected, Signed::from_ratio_trunc(1, 1_000_000_000));
}

fn near(label: &str, found: Signed, expected: Signed, bound: Signed) {
    let distance = found.minus(expected).magnitude();
    assert!(distance <= bound, "{label}: {found:?}, not {expected:?}");
}

/// Within 0.002 of what is expected.
fn near_score(label: &str, found: Signed, expected: Signed) {
    near(label, found, expected, expected.mul_trunc(Signed::from_ratio_trunc(2, 1_000)));
}

/// Every loss that each reputer reports.
fn reports(epoch: &Epoch) -> Vec<Vec<Signed>> {
    let of = |reputer: usize| {
        let prefix = format!("reputer_{reputer}_loss_");
        let columns = epoch.iter().filter(|(column, _)| column.starts_with(&prefix));
        columns.map(|(_, loss)| *loss).collect()
    };
    (0..REPUTERS).map(of).collect()
}

#[test]
fn network_losses_are_means_by_stake() {
    for epoch in epochs() {
        let stakes = list(&epoch, "reputer_stake_", REPUTERS);
        let reported = |column: &str| {
            (0..REPUTERS)
                .map(|r| epoch[format!("reputer_{r}_{column}").as_str()])
                .collect::<Vec<_>>()
        };
        close(
            "network",
            weighted_mean(&stakes, &reported("loss_network_inference")),
            epoch["network_loss"],
        );
        for inferer in 0..INFERERS {
            let losses = reported(&format!("loss_inference_{inferer}"));
            close(
                "inferer",
                weighted_mean(&stakes, &losses),
                list(&epoch, "inference_loss_", INFERERS)[inferer],
            );
        }
    }
}

#[test]
fn regrets_and_combined_inferences_follow_the_epoch_before() {
    let epochs = epochs();
    assert_eq!(epochs.len(), 6);
    for pair in epochs.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let old = list(before, "inference_regret_worker_", INFERERS + FORECASTERS);
        let losses = workers(now, "inference_loss_", "forecast_implied_inference_loss_");
        let new = list(now, "inference_regret_worker_", INFERERS + FORECASTERS);
        for ((old, loss), new) in old.iter().zip(losses).zip(new) {
            let tenth = Signed::from_ratio_trunc(1, 10);
            close("regret", regret(tenth, *old, now["network_loss"], loss), new);
        }
        let values = workers(now, "inference_", "forecast_implied_inference_");
        close("combined", weighted_mean(&weights(&old), &values), now["network_inference"]);
        let naive = list(before, "naive_inference_regret_worker_", INFERERS);
        let combined = weighted_mean(&weights(&naive), &values[..INFERERS]);
        close("naive", combined, now["network_naive_inference"]);
    }
}

#[test]
fn scores_are_what_the_network_would_lose() {
    for epoch in epochs() {
        let without = list(&epoch, "network_loss_oneout_", INFERERS + FORECASTERS);
        let network = epoch["network_loss"];
        for (score, without) in list(&epoch, "inferer_score_", INFERERS).into_iter().zip(&without) {
            close("inferer", inferer_score(*without, network), score);
        }
        let with = list(&epoch, "network_naive_loss_onein_", FORECASTERS);
        let scores = list(&epoch, "forecaster_score_", FORECASTERS);
        for ((score, with), without) in scores.into_iter().zip(with).zip(&without[INFERERS..]) {
            let naive = epoch["network_naive_loss"];
            close("forecaster", forecaster_score(naive, with, *without, network, 3), score);
        }
    }
}

#[test]
fn entropies_and_utility_split_the_reward() {
    for epoch in epochs() {
        for (class, prefix, count) in [
            ("inferers_entropy", "inferer_reward_fraction_smooth_", INFERERS),
            ("forecasters_entropy", "forecaster_reward_fraction_smooth_", FORECASTERS),
            ("reputers_entropy", "reputer_reward_fraction_smooth_", REPUTERS),
        ] {
            close(class, entropy(&list(&epoch, prefix, count)), epoch[class]);
        }
        let utility = forecasters_utility(epoch["forecaster_score_ratio"]);
        close("utility", utility, epoch["forecasters_utility"]);
        let shares = class_shares(
            epoch["inferers_entropy"],
            epoch["forecasters_entropy"],
            epoch["reputers_entropy"],
            utility,
        );
        close("inferers", shares.inferers, epoch["inferers_reward_fraction"]);
        close("forecasters", shares.forecasters, epoch["forecasters_reward_fraction"]);
        close("reputers", shares.reputers, epoch["reputers_reward_fraction"]);
        let stakes = list(&epoch, "reputer_stake_", REPUTERS);
        let fractions = reputer_fractions(&stakes, &list(&epoch, "reputer_score_", REPUTERS));
        let expected = list(&epoch, "reputer_reward_fraction_", REPUTERS);
        fractions
            .into_iter()
            .zip(expected)
            .for_each(|(found, known)| close("reputer", found, known));
    }
}

#[test]
fn reputers_score_by_their_distance_from_consensus() {
    for epoch in epochs() {
        let stakes = list(&epoch, "reputer_stake_", REPUTERS);
        let listening = list(&epoch, "reputer_listening_coefficient_", REPUTERS);
        let scores = reputer_scores(&reports(&epoch), &stakes, &listening);
        assert_eq!(reports(&epoch)[0].len(), 36);
        for (found, known) in scores.into_iter().zip(list(&epoch, "reputer_score_", REPUTERS)) {
            near_score("score", found, known);
        }
    }
}

#[test]
fn listening_coefficients_climb_from_the_epoch_before() {
    for pair in epochs().windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let stakes = list(now, "reputer_stake_", REPUTERS);
        let old = list(before, "reputer_listening_coefficient_", REPUTERS);
        let new = listening_coefficients(&reports(now), &stakes, &old);
        let known = list(now, "reputer_listening_coefficient_", REPUTERS);
        for (found, known) in new.iter().zip(known) {
            near("coefficient", *found, known, Signed::from_ratio_trunc(1, 100));
        }
        let scores = reputer_scores(&reports(now), &stakes, &new);
        for (found, known) in scores.into_iter().zip(list(now, "reputer_score_", REPUTERS)) {
            near_score("score", found, known);
        }
    }
}

/// The deviations are of ten epochs, of which six are published: that one deviation explains the
/// fractions of a class shows the formula.
#[test]
fn one_deviation_explains_the_fractions_of_a_class() {
    for epoch in epochs() {
        for (class, count) in [("inferer", INFERERS), ("forecaster", FORECASTERS)] {
            let scores = list(&epoch, &format!("{class}_score_"), count);
            let known = list(&epoch, &format!("{class}_reward_fraction_"), count);
            let error = |deviation: Signed| {
                let found = worker_fractions(&scores, deviation);
                let apart = found.iter().zip(&known).map(|(a, b)| a.minus(*b).magnitude());
                apart.max().expect("a worker")
            };
            // the best of 64 deviations below 2, then of 64 between its neighbours, three times
            let (mut from, mut step) = (0i128, 1i128 << 59);
            for _ in 0..4 {
                let at = |n: i128| Signed::from_raw(from + n * step);
                let best = (0..64).min_by_key(|&n| error(at(n))).expect("64 of them");
                from = (at(best).raw() - step).max(0);
                step /= 32;
            }
            let least = (0..64).map(|n| error(Signed::from_raw(from + n * step))).min();
            assert!(least < Some(Signed::from_ratio_trunc(1, 5_000)), "{class}: {least:?}");
        }
    }
}

#[test]
fn averages_follow_the_epoch_before() {
    let epochs = epochs();
    for pair in epochs.windows(2) {
        let (before, now) = (&pair[0], &pair[1]);
        let old = list(before, "inferer_reward_fraction_smooth_", INFERERS);
        let fractions = list(now, "inferer_reward_fraction_", INFERERS);
        let new = list(now, "inferer_reward_fraction_smooth_", INFERERS);
        for ((old, fraction), new) in old.into_iter().zip(fractions).zip(new) {
            close("fraction", smoothed_fraction(old, fraction), new);
        }
        let best = list(now, "inferer_score_", INFERERS).into_iter().max().expect("inferers");
        let ratio =
            forecast_ratio(before["forecaster_score_ratio"], now["forecaster_task_score"], best);
        close("ratio", ratio, now["forecaster_score_ratio"]);
    }
}

#[test]
fn edges_have_values() {
    close("one participant", entropy(&[Signed::ONE]), number("0.173286795139986"));
    assert_eq!(entropy(&[]), Signed::ZERO);
    assert_eq!(weights(&[]), []);
    assert_eq!(weighted_mean(&[], &[]), Signed::ZERO);
    let topic = topic_weight(Signed::from_int(4), Signed::from_int(9), Signed::from_int(4));
    close("topic", topic, Signed::from_int(5));
}

/// Slots: inferers, forecasters, then reputers.
const SLOTS: usize = INFERERS + FORECASTERS + REPUTERS;

/// A reputer's published losses as a row.
fn row(epoch: &Epoch, reputer: usize) -> Vec<(u16, u16)> {
    let mut row = Vec::new();
    let mut push = |column: Column, name: String| {
        let loss = epoch[format!("reputer_{reputer}_loss_{name}").as_str()];
        row.push((column.place(), word_of(loss)));
    };
    push(Column::Combined, "network_inference".into());
    push(Column::Naive, "naive_network_inference".into());
    for worker in 0..INFERERS + FORECASTERS {
        let uid = u16::try_from(worker).expect("few workers");
        let forecaster = worker.checked_sub(INFERERS);
        let own = match forecaster {
            Some(forecaster) => format!("forecast_implied_inference_{forecaster}"),
            None => format!("inference_{worker}"),
        };
        push(Column::Of(uid, Section::Own), own);
        let without = format!("network_inference_oneout_{worker}");
        push(Column::Of(uid, Section::Without), without);
        if let Some(forecaster) = forecaster {
            let with = format!("naive_network_inference_onein_{forecaster}");
            push(Column::Of(uid, Section::With), with);
        }
    }
    row
}

/// An epoch of published reports scored by the mechanism.
fn played(epoch: &Epoch, bonds: &Rows) -> (Outcome, Vec<SynthesisTrace>) {
    let mut weights = Rows::empty(INFERERS + FORECASTERS);
    for reputer in 0..REPUTERS {
        weights.push_row(row(epoch, reputer)).expect("columns ascend");
    }
    let stakes = list(epoch, "reputer_stake_", REPUTERS);
    let mut all = vec![0; INFERERS + FORECASTERS];
    all.extend(stakes.iter().map(|stake| u64::try_from(stake.raw() >> 40).expect("positive")));
    let input = Input {
        stakes: &all,
        weights: &weights,
        bonds,
        permits: &[true; SLOTS],
        last_update: &[150; SLOTS],
        registered: &[0; SLOTS],
        block: 200,
        last_close: 100,
        owner: None,
        commit: None,
    };
    let mechanism = Mechanism::Synthesis(SynthesisParams::DEFAULT);
    let mut outcome = Outcome::default();
    mechanism.score(&input, &mut Workspace::default(), &mut outcome).expect("it fits");
    let explain = |uid| mechanism.explain_synthesis(&input, uid).expect("it fits");
    let traces = (0..SLOTS as u16).map(|uid| explain(uid).expect("it counts")).collect();
    (outcome, traces)
}

/// Scores are differences of two losses, each within half a step of the grid, 0.00025.
#[test]
fn the_mechanism_gives_the_published_scores_and_regrets() {
    let grid = Signed::from_ratio_trunc(1, 2_048);
    let mut bonds = Rows::empty(SLOTS);
    let mut before: Option<Vec<Signed>> = None;
    for epoch in epochs() {
        let (outcome, traces) = played(&epoch, &bonds);
        let mut scores = list(&epoch, "inferer_score_", INFERERS);
        scores.extend(list(&epoch, "forecaster_score_", FORECASTERS));
        let known = list(&epoch, "inference_regret_worker_", INFERERS + FORECASTERS);
        let mut apart = Vec::new();
        for (uid, known_score) in scores.into_iter().enumerate() {
            let trace = &traces[uid];
            near("network", trace.network_loss, epoch["network_loss"], grid);
            let worker = trace.worker.as_ref().expect("a worker");
            assert_eq!(worker.forecasts, uid >= INFERERS);
            near("score", worker.score, known_score, grid);
            // from the second epoch on regrets differ by the first ones, by 9 tenths less each time
            apart.push(trace.memory.regret.minus(known[uid]));
            if let Some(before) = &before {
                let left = before[uid].mul_trunc(Signed::from_ratio_trunc(9, 10));
                near("regret", apart[uid], left, grid);
            }
        }
        let parts = outcome.contributors.expect("the mechanism splits");
        let workers: Signed = traces[0].inferers.plus(traces[0].forecasters);
        assert_eq!(parts, workers.to_share_floor());
        before = Some(apart);
        bonds.clone_from(&outcome.bonds);
        let listening: Vec<Signed> = (0..REPUTERS)
            .map(|r| SlotMemory::of(bonds.row(INFERERS + FORECASTERS + r)).listening())
            .collect();
        assert!(listening.iter().all(|a| *a <= Signed::ONE && *a > Signed::ZERO));
    }
}
