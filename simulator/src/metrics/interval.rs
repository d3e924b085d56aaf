use std::num::NonZeroU64;

use super::quantile::{mean, of_sorted};
use crate::random::Stream;

/// An estimate between its bounds.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Interval {
    /// Lower bound.
    pub low: f64,
    /// What the sample says.
    pub estimate: f64,
    /// Upper bound.
    pub high: f64,
}

/// The mean of a sample with a percentile bootstrap interval: of `resamples` samples of the
/// same size drawn with replacement, the means' quantiles at (1 -+ confidence) / 2.
///
/// Time `resamples` times n. Takes n times `resamples` draws of the stream, so the interval
/// is a function of the stream's key (and of the sample's order). One value gives an
/// interval of width 0. `None` for an empty sample, a value that is not finite, no
/// resamples, or a confidence outside 0 to 1. Source: Efron, "Bootstrap Methods", 1979.
pub fn bootstrap_mean(
    values: &[f64],
    confidence: f64,
    resamples: usize,
    stream: &mut Stream,
) -> Option<Interval> {
    let estimate = mean(values)?;
    let count = NonZeroU64::new(values.len() as u64)?;
    let mut means: Vec<f64> = (0..resamples)
        .map(|_| {
            let drawn = (0..values.len()).map(|_| values[stream.below(count) as usize]);
            drawn.sum::<f64>() / values.len() as f64
        })
        .collect();
    means.sort_unstable_by(f64::total_cmp);
    let low = of_sorted(&means, (1.0 - confidence) / 2.0)?;
    let high = of_sorted(&means, (1.0 + confidence) / 2.0)?;
    (confidence >= 0.0).then_some(Interval { low, estimate, high })
}

/// A probability estimated from `successes` out of `trials`, with Wilson's score interval:
/// `(p + z^2/2n -+ z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)`, z the normal
/// quantile at (1 + confidence) / 2.
///
/// Bounds stay within 0 to 1 and are honest at 0 and n successes. `None` for no trials, more
/// successes than trials, or a confidence not within 0 to 1, 1 excluded. Source: Wilson,
/// "Probable Inference", 1927.
pub fn wilson(successes: u64, trials: u64, confidence: f64) -> Option<Interval> {
    if trials == 0 || successes > trials || !(0.0..1.0).contains(&confidence) {
        return None;
    }
    let count = trials as f64;
    let estimate = successes as f64 / count;
    let z = normal_quantile((1.0 + confidence) / 2.0);
    let square = z * z / count;
    let middle = estimate + square / 2.0;
    let reach = z * libm::sqrt((estimate * (1.0 - estimate) + square / 4.0) / count);
    let scale = 1.0 + square;
    // At the ends the formula gives the end itself but for rounding.
    let low = if successes == 0 { 0.0 } else { ((middle - reach) / scale).max(0.0) };
    let high = if successes == trials { 1.0 } else { ((middle + reach) / scale).min(1.0) };
    Some(Interval { low, estimate, high })
}

/// The z with P(N <= z) = p, for p from 1/2 to below 1, by bisection.
fn normal_quantile(p: f64) -> f64 {
    let (mut low, mut high) = (0.0, 10.0);
    for _ in 0..64 {
        let middle = (low + high) / 2.0;
        if libm::erfc(middle * std::f64::consts::FRAC_1_SQRT_2) / 2.0 > 1.0 - p {
            low = middle;
        } else {
            high = middle;
        }
    }
    (low + high) / 2.0
}
