//! Signed numbers with 64 fractional bits.

/// One, as a magnitude.
const ONE: u128 = 1 << 64;
/// The largest magnitude.
const LIMIT: u128 = i128::MAX as u128;
/// `ln 2` in units of 2^-64.
const LN_2: i128 = 12_786_308_645_202_655_660;

/// A signed number `raw / 2^64`, between -2^63 and 2^63.
///
/// Products and quotients are truncated towards zero and everything saturates; `x / 0 = 0`. The
/// exponential, the logarithm and the root are within a few units of 2^-64, relative to results above
/// one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Signed(i128);

impl Signed {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One.
    pub const ONE: Self = Self(ONE as i128);

    /// The number whose raw value, in units of 2^-64, is `raw`.
    pub const fn from_raw(raw: i128) -> Self {
        Self(raw)
    }

    /// The raw value, in units of 2^-64.
    pub const fn raw(self) -> i128 {
        self.0
    }

    /// A whole number.
    pub const fn from_int(n: i64) -> Self {
        // the largest would be 2^63, one unit above what fits
        Self((n as i128).saturating_mul(ONE as i128))
    }

    /// A share of 32 fractional bits.
    pub const fn from_share(raw: u64) -> Self {
        let raw = raw as i128;
        Self(if raw > i128::MAX >> 32 { i128::MAX } else { raw << 32 })
    }

    /// As a share of 32 fractional bits, floored; nothing below zero, saturating.
    pub const fn to_share_floor(self) -> u64 {
        let raw = self.0 >> 32;
        if raw < 0 {
            0
        } else if raw > u64::MAX as i128 {
            u64::MAX
        } else {
            raw as u64
        }
    }

    /// `trunc(numerator / denominator)`, zero when the denominator is.
    #[must_use]
    pub const fn from_ratio_trunc(numerator: i64, denominator: i64) -> Self {
        Self::from_int(numerator).div_trunc(Self::from_int(denominator))
    }

    /// `a + b`, saturating.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `a - b`, saturating.
    #[must_use]
    pub const fn minus(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `|a|`, saturating.
    #[must_use]
    pub const fn magnitude(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// `a b`, truncated, saturating.
    #[must_use]
    pub const fn mul_trunc(self, other: Self) -> Self {
        let (a, b) = (self.0.unsigned_abs(), other.0.unsigned_abs());
        let (a_high, a_low) = (a >> 64, a % ONE);
        let (b_high, b_low) = (b >> 64, b % ONE);
        // the cross products are below 2^127 + 2^64 each
        let cross = (a_high * b_low).saturating_add(a_low * b_high);
        let low = a_low.wrapping_mul(b_low) >> 64; // both below 2^64
        let high = a_high * b_high;
        let high = if high >= 1 << 63 { LIMIT } else { high << 64 };
        Self::of_magnitude(
            high.saturating_add(cross).saturating_add(low),
            (self.0 < 0) != (other.0 < 0),
        )
    }

    /// `a / b`, truncated, saturating, zero when `b` is.
    #[must_use]
    pub const fn div_trunc(self, other: Self) -> Self {
        let (a, b) = (self.0.unsigned_abs(), other.0.unsigned_abs());
        if b == 0 {
            return Self::ZERO;
        }
        let (whole, mut rest) = (a / b, a % b);
        if whole >= 1 << 63 {
            return Self::of_magnitude(LIMIT, (self.0 < 0) != (other.0 < 0));
        }
        if rest < ONE {
            // at once: rest 2^64 fits
            return Self::of_magnitude(
                (whole << 64) | ((rest << 64) / b),
                (self.0 < 0) != (other.0 < 0),
            );
        }
        let mut quotient = whole;
        let mut bit = 0;
        while bit < 64 {
            // rest < b <= 2^127
            rest <<= 1;
            quotient <<= 1;
            if rest >= b {
                rest -= b;
                quotient += 1;
            }
            bit += 1;
        }
        Self::of_magnitude(quotient, (self.0 < 0) != (other.0 < 0))
    }

    /// `e^a`, saturating.
    #[must_use]
    pub const fn exp(self) -> Self {
        if self.0 >= 44 * ONE as i128 {
            return Self(i128::MAX); // e^44 is above 2^63
        }
        if self.0 <= -45 * (ONE as i128) {
            return Self::ZERO; // e^-45 is below 2^-64
        }
        let twos = (self.0 + LN_2 / 2).div_euclid(LN_2);
        let rest = Self(self.0 - twos * LN_2);
        let (mut term, mut sum, mut i) = (Self::ONE, Self::ONE, 1);
        while term.0 != 0 {
            term = Self(term.mul_trunc(rest).0 / i);
            sum = sum.plus(term);
            i += 1;
        }
        if twos < 0 {
            return Self(sum.0 >> -twos);
        }
        let room = sum.0.leading_zeros() as i128 - 1;
        if twos > room { Self(i128::MAX) } else { Self(sum.0 << twos) }
    }

    /// The natural logarithm of a positive number; the least number for others.
    #[must_use]
    pub const fn ln(self) -> Self {
        if self.0 <= 0 {
            return Self(-i128::MAX);
        }
        let twos = 63 - self.0.leading_zeros() as i128;
        let mantissa = if twos >= 0 { self.0 >> twos } else { self.0 << -twos };
        // ln m = 2 atanh z with z = (m - 1) / (m + 1), at most a third
        let mantissa = Self(mantissa);
        let z = mantissa.minus(Self::ONE).div_trunc(mantissa.plus(Self::ONE));
        let square = z.mul_trunc(z);
        let (mut power, mut sum, mut i) = (z, Self::ZERO, 1);
        while power.0 != 0 {
            sum = sum.plus(Self(power.0 / i));
            power = power.mul_trunc(square);
            i += 2;
        }
        Self(2 * sum.0 + twos * LN_2)
    }

    /// The square root, floored to half the places that a shift leaves; zero for negative numbers.
    #[must_use]
    pub const fn sqrt(self) -> Self {
        if self.0 <= 0 {
            return Self::ZERO;
        }
        let raw = self.0 as u128;
        let room = raw.leading_zeros() & !1;
        let shift = if room < 64 { room } else { 64 };
        let root = (raw << shift).isqrt() << ((64 - shift) / 2);
        Self(root as i128) // at most 2^95.5
    }

    /// A magnitude with a sign.
    const fn of_magnitude(magnitude: u128, negative: bool) -> Self {
        let magnitude = if magnitude > LIMIT { LIMIT } else { magnitude } as i128;
        Self(if negative { -magnitude } else { magnitude })
    }
}

#[cfg(test)]
mod tests {
    use super::Signed;

    fn close(label: &str, found: Signed, expected: f64) {
        let found = found.raw() as f64 / 2f64.powi(64);
        let bound = 1e-14 * expected.abs().max(1.0);
        assert!((found - expected).abs() <= bound, "{label}: {found}, not {expected}");
    }

    #[test]
    fn functions_are_close_to_the_true_ones() {
        for (label, n, d) in [
            ("zero", 0, 1),
            ("one", 1, 1),
            ("a third", 1, 3),
            ("below zero", -7, 5),
            ("large", 40, 1),
            ("small", -40, 1),
        ] {
            let x = Signed::from_ratio_trunc(n, d);
            let float = n as f64 / d as f64;
            close(label, x.exp(), float.exp());
            if n > 0 {
                close(label, x.ln(), float.ln());
                close(label, x.sqrt(), float.sqrt());
            }
        }
    }

    #[test]
    fn products_and_quotients_truncate_towards_zero() {
        let (third, minus) = (Signed::from_ratio_trunc(1, 3), Signed::from_ratio_trunc(-1, 3));
        assert_eq!(third.raw(), -minus.raw());
        assert_eq!(third.mul_trunc(minus).raw(), -third.mul_trunc(third).raw());
        assert_eq!(Signed::from_int(6).div_trunc(Signed::from_int(-3)), Signed::from_int(-2));
        assert_eq!(Signed::ONE.div_trunc(Signed::ZERO), Signed::ZERO);
    }

    #[test]
    fn extremes_saturate() {
        let (most, least) = (Signed::from_raw(i128::MAX), Signed::from_raw(-i128::MAX));
        assert_eq!(most.mul_trunc(most), most);
        assert_eq!(most.mul_trunc(least), least);
        assert_eq!(most.div_trunc(Signed::from_raw(1)), most);
        assert_eq!(most.plus(most), most);
        assert_eq!(Signed::from_int(1_000).exp(), most);
        assert_eq!(Signed::from_int(-1_000).exp(), Signed::ZERO);
        assert_eq!(Signed::ZERO.ln(), least);
    }
}
