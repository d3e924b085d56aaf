use std::fmt;
use std::ops::{Add, Neg, Sub};

/// A signed number with 32 fractional bits: `bits / 2^32`, from -2^31 to 2^31 - 2^-32.
///
/// What samplers return and take, so that no float leaves them.
/// The operators saturate at [`Fixed::MIN`] and [`Fixed::MAX`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
#[repr(transparent)]
pub struct Fixed(i64);

impl Fixed {
    /// Nought.
    pub const ZERO: Self = Self(0);
    /// One: 2^32 bits.
    pub const ONE: Self = Self(1 << 32);
    /// The least value, -2^31.
    pub const MIN: Self = Self(i64::MIN);
    /// The greatest value, 2^31 - 2^-32.
    pub const MAX: Self = Self(i64::MAX);

    /// The value `bits / 2^32`.
    pub const fn from_bits(bits: i64) -> Self {
        Self(bits)
    }

    /// The value as an integer count of 2^-32.
    pub const fn bits(self) -> i64 {
        self.0
    }

    /// An integer, exactly.
    pub const fn from_integer(value: i32) -> Self {
        Self((value as i64) << 32)
    }

    /// `parts / 10^9`, rounded to the nearest bit, halves away from nought; saturates.
    pub const fn from_billionths(parts: i64) -> Self {
        let scaled = (parts as i128) << 32;
        let half = if parts < 0 { -500_000_000 } else { 500_000_000 };
        let rounded = (scaled + half) / 1_000_000_000;
        if rounded > i64::MAX as i128 {
            Self::MAX
        } else if rounded < i64::MIN as i128 {
            Self::MIN
        } else {
            Self(rounded as i64)
        }
    }

    /// Product, floored to a bit; saturates.
    pub const fn mul_floor(self, other: Self) -> Self {
        let product = (self.0 as i128 * other.0 as i128) >> 32;
        if product > i64::MAX as i128 {
            Self::MAX
        } else if product < i64::MIN as i128 {
            Self::MIN
        } else {
            Self(product as i64)
        }
    }

    /// For reports and metrics, where floats begin: the nearest double.
    pub const fn to_f64(self) -> f64 {
        self.0 as f64 / TWO_POW_32
    }

    /// How a sampler leaves `f64`: to the nearest bit, halves to even, saturating.
    /// Samplers never pass NaN; it would give nought.
    pub(super) fn round(value: f64) -> Self {
        Self(libm::rint(value * TWO_POW_32) as i64)
    }
}

const TWO_POW_32: f64 = 4_294_967_296.0;

impl Add for Fixed {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Fixed {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Fixed {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl fmt::Display for Fixed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.to_f64(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::Fixed;

    #[test]
    fn billionths_round_to_the_nearest_bit() {
        assert_eq!(Fixed::from_billionths(1_000_000_000), Fixed::ONE);
        assert_eq!(Fixed::from_billionths(-500_000_000).bits(), -(1 << 31));
        // 2^32 / 10^9 = 4.29.
        assert_eq!(Fixed::from_billionths(1).bits(), 4);
        assert_eq!(Fixed::from_billionths(i64::MAX), Fixed::MAX);
    }

    #[test]
    fn products_floor_and_saturate() {
        assert_eq!(Fixed::from_bits(-1).mul_floor(Fixed::from_bits(1)).bits(), -1);
        assert_eq!(Fixed::MAX.mul_floor(Fixed::MAX), Fixed::MAX);
        assert_eq!(
            Fixed::from_integer(-3).mul_floor(Fixed::from_integer(4)),
            Fixed::from_integer(-12)
        );
    }
}
