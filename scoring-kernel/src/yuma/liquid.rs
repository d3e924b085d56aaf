//! Liquid alpha: how fast one bond follows one weight.

use crate::fixed::{ONE, div_trunc, from_u16, mul_floor};
use crate::params::Liquid;

/// The largest positive signed 32.32 number, where the live network saturates.
const FIXED_MAX: u64 = i64::MAX as u64;

/// Liquid alpha with its constants as raw shares.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sigmoid {
    low: u64,
    span: u64,
    /// `trunc(-steepness / 100)`, signed 32.32.
    slope: i64,
}

impl Sigmoid {
    /// The sigmoid of `liquid`.
    pub(crate) fn new(liquid: Liquid) -> Self {
        let low = from_u16(liquid.alpha_low);
        Self {
            low,
            span: from_u16(liquid.alpha_high).saturating_sub(low),
            slope: -((i64::from(liquid.steepness) << 32) / 100),
        }
    }

    /// `low + span / (1 + exp(slope (d - 1/2)))`, where `d` is how far a bond that is bought lies
    /// above consensus, or how far one that is sold lies above its weight.
    ///
    /// `d = clamp(weight - consensus)` if `weight >= bond`, else `bond - weight`. All in \[0, 1\].
    pub(crate) fn alpha(&self, weight: u64, bond: u64, consensus: u64) -> u64 {
        let distance = if weight >= bond {
            weight.saturating_sub(consensus)
        } else {
            bond.saturating_sub(weight)
        };
        self.at(distance.min(ONE))
    }

    /// The sigmoid at distance `d` in \[0, 1\].
    fn at(&self, distance: u64) -> u64 {
        // |d - 1/2| <= 2^31 and |slope| < 2^48
        let centred = distance as i64 - (ONE / 2) as i64;
        let exponent = ((i128::from(self.slope) * i128::from(centred)) >> 32) as i64;
        let share = div_trunc(ONE, ONE.saturating_add(exp(exponent)));
        self.low.saturating_add(mul_floor(self.span, share))
    }
}

/// `e^x` of a signed 32.32 number, as the truncated Taylor series of the live network:
/// `r = 1 + |x|`, `t = |x|`; for `i` in 2..=31 `t = trunc(floor(t |x|) / i)`, `r += t`; the result is
/// `r`, or `trunc(1 / r)` for negative `x`. Saturates at the largest signed 32.32 number.
fn exp(x: i64) -> u64 {
    let magnitude = x.unsigned_abs();
    let mut term = magnitude;
    let mut sum = ONE.saturating_add(magnitude);
    for divisor in 2..=31 {
        term = mul_floor(term, magnitude).min(FIXED_MAX) / divisor;
        if term == 0 {
            break;
        }
        sum = sum.saturating_add(term).min(FIXED_MAX);
    }
    if x < 0 { div_trunc(ONE, sum) } else { sum }
}

#[cfg(test)]
mod tests {
    use super::{ONE, Sigmoid, exp};
    use crate::params::Liquid;

    #[test]
    fn the_exponential_is_close_below_the_true_one() {
        for (label, x, expected) in [
            ("zero", 0, 1.0),
            ("one", 1, core::f64::consts::E),
            ("five", 5, 148.413_159_102_576_6),
            ("minus five", -5, 0.006_737_946_999_085_467),
        ] {
            let raw = exp(x * ONE as i64) as f64 / ONE as f64;
            assert!((raw - expected).abs() <= expected.max(1.0) * 1e-8, "{label}: {raw}");
        }
    }

    #[test]
    fn alpha_rises_with_distance_between_its_bounds() {
        let sigmoid = Sigmoid::new(Liquid::DEFAULT);
        let alphas: Vec<u64> = (0..=64).map(|step| sigmoid.at(step * (ONE / 64))).collect();
        assert!(alphas.is_sorted());
        assert!(alphas.iter().all(|&a| a >= sigmoid.low && a <= sigmoid.low + sigmoid.span));
    }

    #[test]
    fn the_steepest_sigmoid_saturates_without_overflow() {
        let liquid = Liquid { alpha_low: 0, alpha_high: u16::MAX, steepness: u16::MAX };
        let sigmoid = Sigmoid::new(liquid);
        assert_eq!(sigmoid.at(0), 1);
        assert_eq!(sigmoid.at(ONE), ONE - 2);
    }
}
