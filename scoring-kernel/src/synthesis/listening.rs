//! Reputers' scores, and how much of each reputer's stake the consensus on losses listens to.
//!
//! With stake `S`, listening coefficients `a` and `N` reputers: consensus `c` is the mean of their
//! losses weighted by `min(N a S / sum(a S), 1)`, so that nobody counts for more than one of `N`. A
//! reputer scores `1 / (|l - c| / |c| + 0.01)` with the vector `l` of all losses that it reports.
//! Coefficients climb towards the largest sum of scores, while at least half of stake is listened to.
//!
//! Distances come from the products of reports less their mean, which are computed once: a set of
//! coefficients then costs `N^2` products, however many losses there are.

use super::{Signed, TOLERANCE, ratio, sum};

/// How far coefficients move along the gradient.
const RATE: (i64, i64) = (1, 20);
/// The most steps of an epoch.
const STEPS: usize = 10;
/// By how much a coefficient is changed to see what that does to scores.
const PROBE: (i64, i64) = (1, 1_000);
/// No further step once no coefficient moved by more than this times the rate.
const STILL: (i64, i64) = (1, 1_000);
/// The least part of stake that is listened to.
const HEARD: (i64, i64) = (1, 2);

/// What all reputers reported, as far as scores depend on it.
pub(super) struct Panel<'a> {
    /// Stakes by reputer.
    stakes: &'a [Signed],
    /// Products of each pair of reports less the mean, row by row.
    products: Vec<Signed>,
    /// Product of the mean and each report less the mean.
    along: Vec<Signed>,
    /// The mean's own product.
    square: Signed,
}

impl<'a> Panel<'a> {
    /// Reports by reputer, all of the same losses; `mean` is any vector near them.
    pub(super) fn new(reports: &[Vec<Signed>], mean: &[Signed], stakes: &'a [Signed]) -> Self {
        let apart: Vec<Vec<Signed>> = reports
            .iter()
            .map(|report| report.iter().zip(mean).map(|(loss, mean)| loss.minus(*mean)).collect())
            .collect();
        let pairs = apart.iter().flat_map(|a| apart.iter().map(|b| product(a, b)));
        Self {
            stakes,
            products: pairs.collect(),
            along: apart.iter().map(|report| product(report, mean)).collect(),
            square: product(mean, mean),
        }
    }

    /// Stakes as consensus counts them: `min(N a S / sum(a S), 1)`.
    pub(super) fn adjusted(&self, listening: &[Signed]) -> Vec<Signed> {
        let heard: Vec<Signed> =
            self.stakes.iter().zip(listening).map(|(stake, a)| stake.mul_trunc(*a)).collect();
        let count = Signed::from_int(i64::try_from(heard.len()).unwrap_or(i64::MAX));
        let all = sum(heard.iter().copied());
        heard
            .into_iter()
            .map(|heard| count.mul_trunc(heard).div_trunc(all).min(Signed::ONE))
            .collect()
    }

    /// Each reputer's distance from consensus, over the length of consensus.
    pub(super) fn distances(&self, listening: &[Signed]) -> Vec<Signed> {
        let weights = self.adjusted(listening);
        let whole = sum(weights.iter().copied());
        let count = weights.len().max(1);
        let near: Vec<Signed> = self
            .products
            .chunks(count)
            .map(|row| product(row, &weights).div_trunc(whole))
            .collect();
        let own = self.products.iter().step_by(count + 1);
        let spread = product(&near, &weights).div_trunc(whole);
        let along = product(&self.along, &weights).div_trunc(whole);
        let length = self.square.plus(along).plus(along).plus(spread).sqrt();
        own.zip(&near)
            .map(|(own, near)| own.minus(*near).minus(*near).plus(spread).sqrt().div_trunc(length))
            .collect()
    }

    /// Each reputer's score.
    pub(super) fn scores(&self, listening: &[Signed]) -> Vec<Signed> {
        let distances = self.distances(listening).into_iter();
        distances.map(|distance| Signed::ONE.div_trunc(distance.plus(ratio(TOLERANCE)))).collect()
    }

    /// The coefficients after an epoch.
    pub(super) fn listen(&self, before: &[Signed]) -> Vec<Signed> {
        let mut listening = raised(self.stakes, before);
        for _ in 0..STEPS {
            let next = self.step(&listening);
            let moved = next.iter().zip(&listening).map(|(a, b)| a.minus(*b).magnitude()).max();
            listening = next;
            if moved.unwrap_or(Signed::ZERO) <= ratio(STILL).mul_trunc(ratio(RATE)) {
                break;
            }
        }
        listening
    }

    /// One step along the gradient, not beyond where half of stake is listened to.
    fn step(&self, listening: &[Signed]) -> Vec<Signed> {
        let now = sum(self.scores(listening));
        let mut probed = listening.to_vec();
        let mut next = Vec::with_capacity(listening.len());
        for (at, &coefficient) in listening.iter().enumerate() {
            let forth = ratio(PROBE);
            let probe = if coefficient == Signed::ONE { Signed::ZERO.minus(forth) } else { forth };
            let mut set = |value| probed.get_mut(at).map(|slot| *slot = value);
            set(coefficient.plus(probe));
            let then = sum(self.scores(&probed));
            probed.clone_from_slice(listening);
            let gradient = Signed::ONE.minus(now.div_trunc(then)).div_trunc(probe);
            let moved = coefficient.plus(ratio(RATE).mul_trunc(gradient));
            next.push(moved.max(Signed::ZERO).min(Signed::ONE));
        }
        let (before, after, least) =
            (heard(self.stakes, listening), heard(self.stakes, &next), ratio(HEARD));
        if after < least {
            let part = before.minus(least).div_trunc(before.minus(after));
            for (next, old) in next.iter_mut().zip(listening) {
                *next = old.plus(next.minus(*old).mul_trunc(part));
            }
            return raised(self.stakes, &next);
        }
        next
    }
}

/// Coefficients brought closer to one, all alike, until half of stake is listened to: they may have
/// fallen behind because stakes moved.
pub(super) fn raised(stakes: &[Signed], listening: &[Signed]) -> Vec<Signed> {
    let (heard, least) = (heard(stakes, listening), ratio(HEARD));
    if heard >= least {
        return listening.to_vec();
    }
    let part = least.minus(heard).div_trunc(Signed::ONE.minus(heard));
    listening.iter().map(|a| a.plus(Signed::ONE.minus(*a).mul_trunc(part))).collect()
}

/// The part of stake that is listened to.
fn heard(stakes: &[Signed], listening: &[Signed]) -> Signed {
    product(stakes, listening).div_trunc(sum(stakes.iter().copied()))
}

/// The sum of products.
fn product(a: &[Signed], b: &[Signed]) -> Signed {
    sum(a.iter().zip(b).map(|(a, b)| a.mul_trunc(*b)))
}

/// Reputers' scores by their reports of the same losses, stakes and listening coefficients.
pub fn reputer_scores(
    reports: &[Vec<Signed>],
    stakes: &[Signed],
    listening: &[Signed],
) -> Vec<Signed> {
    Panel::new(reports, &mean(reports, stakes), stakes).scores(listening)
}

/// Listening coefficients after an epoch with these reports. Gradient ascent of the sum of scores:
/// rate 0.05, at most ten steps, differences by 0.001, until none moves by more than 0.00005; at least
/// half of stake stays listened to, and where stakes have moved since, all are raised to that alike.
pub fn listening_coefficients(
    reports: &[Vec<Signed>],
    stakes: &[Signed],
    before: &[Signed],
) -> Vec<Signed> {
    Panel::new(reports, &mean(reports, stakes), stakes).listen(before)
}

/// The mean of the reports by stake.
fn mean(reports: &[Vec<Signed>], stakes: &[Signed]) -> Vec<Signed> {
    let width = reports.iter().map(Vec::len).max().unwrap_or(0);
    let loss = |at: usize| {
        let reported: Vec<Signed> =
            reports.iter().map(|report| report.get(at).copied().unwrap_or(Signed::ZERO)).collect();
        super::weighted_mean(stakes, &reported)
    };
    (0..width).map(loss).collect()
}

#[cfg(test)]
mod tests {
    use super::{listening_coefficients, reputer_scores};
    use crate::synthesis::Signed;

    fn losses(numbers: &[i64]) -> Vec<Signed> {
        numbers.iter().map(|&tenths| Signed::from_ratio_trunc(tenths, 10)).collect()
    }

    #[test]
    fn agreement_scores_a_hundred() {
        let reports = vec![losses(&[-10, -20]); 3];
        let stakes = losses(&[10, 20, 30]);
        let whole = [Signed::ONE; 3];
        for score in reputer_scores(&reports, &stakes, &whole) {
            assert!(score.minus(Signed::from_int(100)).magnitude() < Signed::from_raw(1 << 32));
        }
        assert_eq!(listening_coefficients(&reports, &stakes, &whole), whole);
    }

    #[test]
    fn who_reports_otherwise_is_listened_to_less() {
        let reports = [losses(&[-10, -20]), losses(&[-11, -20]), losses(&[-30, -5])];
        let stakes = losses(&[10, 10, 10]);
        let scores = reputer_scores(&reports, &stakes, &[Signed::ONE; 3]);
        assert!(scores[2] < scores[0] && scores[2] < scores[1]);
        let mut listening = vec![Signed::ONE; 3];
        for _ in 0..20 {
            listening = listening_coefficients(&reports, &stakes, &listening);
        }
        assert!(listening[2] < Signed::from_ratio_trunc(1, 2));
        assert!(listening[0] > Signed::from_ratio_trunc(4, 5));
    }

    #[test]
    fn half_of_stake_is_always_listened_to() {
        let reports = [losses(&[-10, -20]), losses(&[-10, -20]), losses(&[-30, -5])];
        for (label, stakes, before) in [
            ("a lying majority", [10, 10, 80], [10, 10, 10]),
            ("stakes moved", [10, 10, 80], [10, 10, 0]),
            ("nobody", [10, 10, 80], [0, 0, 0]),
        ] {
            let (stakes, mut listening) = (losses(&stakes), losses(&before));
            for _ in 0..30 {
                listening = listening_coefficients(&reports, &stakes, &listening);
                let heard: i128 =
                    stakes.iter().zip(&listening).map(|(s, a)| s.mul_trunc(*a).raw()).sum();
                let all: i128 = stakes.iter().map(|stake| stake.raw()).sum();
                assert!(heard * 2 >= all - 1_000, "{label}: {listening:?}");
            }
        }
    }
}
