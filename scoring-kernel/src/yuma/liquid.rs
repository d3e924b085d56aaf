//! Liquid alpha: how fast one bond follows one weight.

use crate::fixed::{ONE, from_u16, mul_floor};
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
        self.at(distance(weight, bond, consensus))
    }

    /// Whether every alpha and its complement lie strictly between zero and one.
    pub(crate) const fn fits_lanes(&self) -> bool {
        self.low > 0 && self.low + self.span < ONE
    }

    /// `|slope|`, as a raw share.
    pub(crate) const fn slope(&self) -> u64 {
        self.slope.unsigned_abs()
    }

    /// The least alpha, and what is added to it.
    pub(crate) const fn range(&self) -> (u64, u64) {
        (self.low, self.span)
    }

    /// [`Sigmoid::alpha`] of eight elements.
    #[inline(always)]
    pub(crate) fn alphas(
        &self,
        weights: [u64; 8],
        bonds: [u64; 8],
        consensus: [u64; 8],
    ) -> [u64; 8] {
        let mut exponents = [0; 8];
        for (((exponent, weight), bond), consensus) in
            exponents.iter_mut().zip(weights).zip(bonds).zip(consensus)
        {
            *exponent = self.exponent(distance(weight, bond, consensus));
        }
        exps(exponents).map(|power| self.blend(power))
    }

    /// The sigmoid at distance `d` in \[0, 1\].
    pub(crate) fn at(&self, distance: u64) -> u64 {
        self.blend(exp(self.exponent(distance)))
    }

    /// The share of the span that is added at distance `d` in \[0, 1\].
    #[cfg(test)]
    pub(crate) fn share(&self, distance: u64) -> u64 {
        inverse(ONE.saturating_add(exp(self.exponent(distance))))
    }

    /// `floor(slope (d - 1/2))`, signed 32.32.
    #[inline(always)]
    fn exponent(&self, distance: u64) -> i64 {
        // |d - 1/2| <= 2^31 and |slope| < 2^42: the shifted product is below 2^41
        let centred = distance as i64 - (ONE / 2) as i64;
        ((i128::from(self.slope) * i128::from(centred)) >> 32) as i64
    }

    /// `low + floor(span / (1 + power))`.
    #[inline(always)]
    fn blend(&self, power: u64) -> u64 {
        let share = inverse(ONE.saturating_add(power));
        self.low.saturating_add(mul_floor(self.span, share))
    }
}

/// How far a bond that is bought lies above consensus, or one that is sold above its weight.
#[inline(always)]
fn distance(weight: u64, bond: u64, consensus: u64) -> u64 {
    let distance =
        if weight >= bond { weight.saturating_sub(consensus) } else { bond.saturating_sub(weight) };
    distance.min(ONE)
}

/// `trunc(2^64 / d)` for `d` of at least one.
#[inline(always)]
fn inverse(d: u64) -> u64 {
    let (quotient, rest) = (u64::MAX / d, u64::MAX % d);
    quotient.wrapping_add(u64::from(rest.wrapping_add(1) == d))
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
    if x < 0 { inverse(sum) } else { sum }
}

/// Magnitudes up to which [`exps`] has a faster way: 8, as at slopes of 16 and less.
const SMALL: u64 = 8 * ONE;

/// `ceil(2^64 / i)` for `i` from 2 to 31.
const RECIPROCALS: [u64; 30] = {
    let mut reciprocals = [0; 30];
    let mut index = 0;
    while index < 30 {
        reciprocals[index] = u64::MAX / (index as u64 + 2) + 1;
        index += 1;
    }
    reciprocals
};

/// [`exp`] of eight numbers.
///
/// For magnitudes up to 8 every term is below 2^41, so that `floor(t |x| / 2^32)` is the high half of
/// `(2^8 t) (2^24 |x|)`, below 2^44, and its division by `i` the high half of its product with
/// `ceil(2^64 / i)`: the error, below 2^44 / 2^64, cannot reach the next multiple of 1 / i.
#[inline(always)]
fn exps(x: [i64; 8]) -> [u64; 8] {
    let magnitudes = x.map(i64::unsigned_abs);
    if magnitudes.iter().any(|&magnitude| magnitude > SMALL) {
        return x.map(exp);
    }
    let mut results = magnitudes;
    for (results, x) in results.as_chunks_mut::<4>().0.iter_mut().zip(x.as_chunks::<4>().0) {
        *results = small_exps(*results);
        for (result, &x) in results.iter_mut().zip(x) {
            if x < 0 {
                *result = inverse(*result);
            }
        }
    }
    results
}

/// `e^|x|` of four magnitudes up to 8: as many as a processor keeps in registers.
#[inline(always)]
fn small_exps(magnitudes: [u64; 4]) -> [u64; 4] {
    let high = |a: u64, b: u64| ((u128::from(a) * u128::from(b)) >> 64) as u64;
    let scaled = magnitudes.map(|magnitude| magnitude << 24);
    let mut terms = magnitudes;
    let mut sums = magnitudes.map(|magnitude| ONE.wrapping_add(magnitude));
    for reciprocals in RECIPROCALS.as_chunks::<3>().0 {
        for &reciprocal in reciprocals {
            for ((term, sum), scaled) in terms.iter_mut().zip(&mut sums).zip(scaled) {
                *term = high(high(*term << 8, scaled), reciprocal);
                *sum = sum.wrapping_add(*term); // e^8 is below 2^12
            }
        }
        if terms == [0; 4] {
            break;
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::{ONE, Sigmoid, exp, exps};
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
    fn eight_at_a_time_are_the_same() {
        let one = ONE as i64;
        for turn in 0..20_000 {
            let x = core::array::from_fn(|lane| match (turn + lane as i64) % 4 {
                0 => (turn * 2_654_435_761 * (lane as i64 + 1)) % (8 * one),
                1 => -((turn * 805_459_861 * (lane as i64 + 1)) % (8 * one)),
                2 => (turn - 10_000) * (lane as i64 + 1),
                _ => 5 * one - turn,
            });
            assert_eq!(exps(x), x.map(exp), "{x:?}");
        }
        let large = [9 * one, -9 * one, 0, 1, -1, one, 8 * one, -8 * one];
        assert_eq!(exps(large), large.map(exp));
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
