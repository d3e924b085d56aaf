//! Sums kept finer than a base unit, so that rounding is never lost.

use crate::wide::{mul_div_floor, mul_wide};

/// An unsigned number with 64 fractional bits and 128 whole ones.
///
/// Two things are kept in it: a reward index (base units owed per unit of power, since the
/// beginning) and what an account is owed (base units). One unit of power may be owed the
/// whole supply, so the whole part needs its 128 bits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Accrued {
    whole: u128,
    part: u64,
}

impl Accrued {
    /// Nothing.
    pub const ZERO: Self = Self { whole: 0, part: 0 };

    /// From the whole part and the 64 fractional bits.
    pub const fn new(whole: u128, part: u64) -> Self {
        Self { whole, part }
    }

    /// The whole part: base units.
    pub const fn whole(self) -> u128 {
        self.whole
    }

    /// The fractional bits, in parts of 2^-64.
    pub const fn part(self) -> u64 {
        self.part
    }

    /// The sum; saturates, which the bound on supply keeps out of reach.
    pub const fn plus(self, other: Self) -> Self {
        let (part, carry) = self.part.overflowing_add(other.part);
        Self { whole: self.whole.saturating_add(other.whole).saturating_add(carry as u128), part }
    }

    /// `self - earlier`, zero where that is larger.
    pub fn since(self, earlier: Self) -> Self {
        if self <= earlier {
            return Self::ZERO;
        }
        let (part, borrow) = self.part.overflowing_sub(earlier.part);
        Self { whole: self.whole - earlier.whole - u128::from(borrow), part }
    }

    /// `floor(self * power)` to 64 fractional bits; `None` above 2^128.
    pub const fn times(self, power: u128) -> Option<Self> {
        let (over, whole) = mul_wide(self.whole, power);
        let (high, low) = mul_wide(self.part as u128, power);
        // high < 2^64: the fraction's product is below 2^192.
        let carried = (high << 64) | (low >> 64);
        match whole.checked_add(carried) {
            Some(whole) if over == 0 => Some(Self { whole, part: low as u64 }),
            _ => None,
        }
    }

    /// `floor(amount * 2^64 / power)` as an index, and the remainder in units of
    /// 2^-64: `amount * 2^64 = index * power + remainder`. `None` with no power.
    pub const fn per(amount: u128, remainder: u128, power: u128) -> Option<(Self, u128)> {
        if power == 0 {
            return None;
        }
        let (whole, rest) = (amount / power, amount % power);
        // rest < power: the quotient of rest * 2^64 by power is below 2^64; the carried
        // remainder may be of another power, so it is split by itself.
        let Some((part, left)) = mul_div_floor(rest, 1 << 64, power) else { return None };
        let (more, left) = ((remainder / power), left + remainder % power);
        let (more, left) = (more + left / power, left % power);
        let sum =
            Self { whole, part: part as u64 }.plus(Self { whole: more >> 64, part: more as u64 });
        Some((sum, left))
    }

    /// Takes the whole part out and keeps the rest.
    pub const fn take_whole(self) -> (u128, Self) {
        (self.whole, Self { whole: 0, part: self.part })
    }
}

#[cfg(test)]
mod tests {
    use super::Accrued;
    use crate::wide::mul_wide;
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    proptest! {
        #[test]
        fn index_times_power_and_remainder_is_the_amount(
            amount in 0u128..1 << 95, remainder in 0u128..1 << 100, power in 1u128..1 << 100,
        ) {
            let (index, left) = Accrued::per(amount, remainder, power).unwrap();
            prop_assert!(left < power);
            let owed = index.times(power).unwrap();
            // owed * 2^64 + left = amount * 2^64 + remainder
            let (high, low) = mul_wide(amount, 1 << 64);
            let (low, carry) = low.overflowing_add(remainder);
            let ours = mul_wide(owed.whole(), 1 << 64);
            let (ours_low, ours_carry) = ours.1.overflowing_add(u128::from(owed.part()) + left);
            prop_assert_eq!((high + u128::from(carry), low), (ours.0 + u128::from(ours_carry), ours_low));
        }

        #[test]
        fn sums_and_differences_undo_each_other(a: u64, b: u64, c: u64, d: u64) {
            let (x, y) = (Accrued::new(a.into(), b), Accrued::new(c.into(), d));
            prop_assert_eq!(x.plus(y).since(y), x);
        }
    }
}
