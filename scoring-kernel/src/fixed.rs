//! The arithmetic of consensus on raw shares: `u64` with 32 fractional bits.
//!
//! Products floor, quotients truncate, a quotient by zero is zero, and nothing overflows. These are
//! the bits of the live network's signed 32.32 numbers on \[0, 1\]; sums are exact, hence the same in
//! any order.

/// One, as a raw share.
pub(crate) const ONE: u64 = 1 << 32;

/// The largest stored weight or bond.
pub(crate) const U16_ONE: u64 = u16::MAX as u64;

/// `floor(a b / 2^32)`, saturating at `u64::MAX`.
#[inline(always)]
pub(crate) const fn mul_floor(a: u64, b: u64) -> u64 {
    if (a | b) < ONE {
        return a.wrapping_mul(b) >> 32; // both below 2^32: the product fits
    }
    let wide = (a as u128 * b as u128) >> 32;
    if wide > u64::MAX as u128 { u64::MAX } else { wide as u64 }
}

/// `trunc(a 2^32 / b)`, zero when `b` is zero, saturating at `u64::MAX`.
#[inline(always)]
pub(crate) const fn div_trunc(a: u64, b: u64) -> u64 {
    if b == 0 {
        return 0;
    }
    if a < ONE {
        return (a << 32) / b;
    }
    let wide = ((a as u128) << 32) / b as u128;
    if wide > u64::MAX as u128 { u64::MAX } else { wide as u64 }
}

/// `floor(65535 x / 2^32)` for `x` at most one; larger values saturate at 65535.
#[inline(always)]
pub(crate) const fn to_u16_floor(x: u64) -> u16 {
    if x >= ONE {
        return u16::MAX;
    }
    ((x * U16_ONE) >> 32) as u16
}

/// `trunc(2^32 x / 65535)`.
#[inline(always)]
pub(crate) const fn from_u16(x: u16) -> u64 {
    ((x as u64) << 32) / U16_ONE
}

/// Divides every value by the sum of all; leaves them alone when that is zero.
///
/// Each quotient is truncated, so the new sum lies within `n` units of 2^-32 below one.
pub(crate) fn normalise(values: &mut [u64]) {
    let sum = values.iter().fold(0u64, |sum, &x| sum.saturating_add(x));
    if sum == 0 {
        return;
    }
    for x in values {
        *x = div_trunc(*x, sum);
    }
}

#[cfg(test)]
mod tests {
    use super::{ONE, div_trunc, from_u16, mul_floor, normalise, to_u16_floor};

    #[test]
    fn products_floor_and_saturate() {
        for (label, a, b, product) in [
            ("one by one", ONE, ONE, ONE),
            ("below one by one", ONE - 1, ONE, ONE - 1),
            ("floors", ONE - 1, ONE - 1, ONE - 2),
            ("smallest", 1, ONE - 1, 0),
            ("saturates", u64::MAX, u64::MAX, u64::MAX),
        ] {
            assert_eq!(mul_floor(a, b), product, "{label}");
        }
    }

    #[test]
    fn quotients_truncate_and_zero_divides_to_zero() {
        for (label, a, b, quotient) in [
            ("by zero", 7, 0, 0),
            ("equal", 7, 7, ONE),
            ("a third", 1, 3, ONE / 3),
            ("one by one", ONE, ONE, ONE),
            ("saturates", u64::MAX, 1, u64::MAX),
        ] {
            assert_eq!(div_trunc(a, b), quotient, "{label}");
        }
    }

    #[test]
    fn storage_in_sixteen_bits_floors() {
        assert_eq!(to_u16_floor(ONE), u16::MAX);
        assert_eq!(to_u16_floor(ONE - 1), u16::MAX - 1);
        assert_eq!(to_u16_floor(ONE / 2), 32767);
        assert_eq!(from_u16(u16::MAX), ONE);
        assert_eq!(from_u16(0), 0);
    }

    #[test]
    fn nothing_is_normalised_to_nothing() {
        let mut values = [0, 0];
        normalise(&mut values);
        assert_eq!(values, [0, 0]);
    }
}
