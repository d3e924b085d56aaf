//! Inference synthesis against the published simulator's rows, within 10^-9.

use scoring_kernel::synthesis::{
    Signed, class_shares, entropy, forecast_ratio, forecaster_score, forecasters_utility,
    inferer_score, regret, reputer_fractions, smoothed_fraction, topic_weight, weighted_mean,
    weights,
};
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
    let distance = found.minus(expected).magnitude();
    assert!(
        distance <= Signed::from_ratio_trunc(1, 1_000_000_000),
        "{label}: {found:?}, not {expected:?}"
    );
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
            close("regret", regret(*old, now["network_loss"], loss), new);
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
