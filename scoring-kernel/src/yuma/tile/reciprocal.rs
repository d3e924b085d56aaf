//! Exact quotients without dividing.

use crate::fixed::ONE;
use crate::lanes::{Lanes, Octet};

/// A divisor `d` in the form that lanes multiply by.
///
/// For `d` up to 2^32: with `2^31 < d 2^shift <= 2^32` and `m = ceil(2^96 / (d 2^shift)) - 2^64`, and
/// `n' = n 2^shift` for `n <= d`, the quotient `floor(2^32 n / d)` is `n' + floor(n' m / 2^64)`
/// exactly, because the error of `m`, below one, times `n' < 2^32 + 1` stays below the distance
/// `2^64 / (d 2^shift)` of a quotient's fraction from one. `n = d` wraps to zero.
///
/// For `d` above 2^32, where `n < d` may be any `u32`: `m = ceil(2^96 / d)` and the estimate
/// `floor(n m / 2^64)` is the quotient or one more; the latter only if the next 32 bits of the product
/// are zero. Then `wide` is all ones.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reciprocal {
    pub(super) shift: u32,
    pub(super) high: u32,
    pub(super) low: u32,
    pub(super) wide: u32,
}

impl Reciprocal {
    /// The reciprocal of `d`; everything divided by zero is zero, as long as it is zero.
    pub(super) fn new(d: u64) -> Self {
        if d <= 1 {
            // by one: a shift of 32 wraps n = 1 to zero
            return Self { shift: if d == 0 { 0 } else { 32 }, ..Self::default() };
        }
        if d > ONE {
            // ceil(2^96 / d) by long division in base 2^32: at most 2^64 - 1
            let (q_high, rest) = (u64::MAX / d, (u64::MAX % d).wrapping_add(1));
            let (q_high, rest) = if rest == d { (q_high + 1, 0) } else { (q_high, rest) };
            let q_low = ((u128::from(rest) << 32).div_ceil(u128::from(d))) as u64;
            let m = (q_high << 32).wrapping_add(q_low);
            return Self { shift: 0, high: (m >> 32) as u32, low: m as u32, wide: u32::MAX };
        }
        let shift = (d - 1).leading_zeros() - 32;
        let normal = d << shift;
        if normal == ONE {
            return Self { shift, ..Self::default() };
        }
        let q_high = u64::MAX / normal; // 2^64 is no multiple of it
        let rest = q_high.wrapping_mul(normal).wrapping_neg();
        let q_low = (rest << 32).div_ceil(normal);
        let m = ((q_high - ONE) << 32).wrapping_add(q_low);
        Self { shift, high: (m >> 32) as u32, low: m as u32, wide: 0 }
    }
}

impl Reciprocal {
    /// `floor(2^32 n / d)` of one `n < d`, for `d` up to 2^32.
    #[inline(always)]
    pub(super) fn share(&self, n: u16) -> u32 {
        let n = u64::from(n) << self.shift; // at most 2^32 for n < d, and zero for d = 0
        let carry = n.wrapping_mul(self.low.into()) >> 32;
        n.wrapping_add(n.wrapping_mul(self.high.into()).wrapping_add(carry) >> 32) as u32
    }
}

/// Reciprocals of eight columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reciprocals<L> {
    shift: L,
    high: L,
    low: L,
}

impl<L: Lanes> Reciprocals<L> {
    /// The same divisor in every lane.
    #[inline(always)]
    pub(super) fn splat(reciprocal: &Reciprocal) -> Self {
        Self {
            shift: L::splat(reciprocal.shift),
            high: L::splat(reciprocal.high),
            low: L::splat(reciprocal.low),
        }
    }

    /// One divisor a lane.
    #[inline(always)]
    pub(super) fn load(columns: &[Reciprocal; 8]) -> Self {
        let lanes = |part: fn(&Reciprocal) -> u32| {
            let octet: Octet = columns.each_ref().map(part);
            L::load(&octet)
        };
        Self { shift: lanes(|r| r.shift), high: lanes(|r| r.high), low: lanes(|r| r.low) }
    }

    /// `floor(2^32 n / d)`; zero where `n = d`.
    #[inline(always)]
    pub(super) fn divide(self, n: L) -> L {
        n.shl(self.shift).grow(self.high, self.low)
    }

    /// [`Self::divide`], all ones where `n = d > 0`: the code for one.
    #[inline(always)]
    pub(super) fn divide_coded(self, n: L) -> L {
        let zero = L::splat(0);
        let quotient = self.divide(n);
        quotient.or(quotient.equal(zero).and_not(n.equal(zero)))
    }
}

#[cfg(test)]
mod tests {
    use super::{Reciprocal, Reciprocals};
    use crate::fixed::{ONE, div_trunc};
    use crate::lanes::{Lanes, Octet, Run};

    struct Quotient(u32, u64);

    impl Run for Quotient {
        type Output = u32;

        #[inline(always)]
        fn run<L: Lanes>(self) -> u32 {
            let lanes = Reciprocals::<L>::splat(&Reciprocal::new(self.1));
            let mut octet: Octet = [0; 8];
            lanes.divide_coded(L::splat(self.0)).store(&mut octet);
            octet[0]
        }
    }

    #[test]
    fn quotients_are_exact() {
        let mut state = 7u64;
        let mut next = || {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            state >> 16
        };
        for turn in 0..100_000u64 {
            let d = match turn % 4 {
                0 => 1 + next() % ONE,
                1 => 1 + (next() >> (next() % 47)) % ONE,
                2 => (1 << (turn / 4 % 33)) - u64::from(turn % 2 == 1 && turn / 4 % 33 > 0),
                _ => ONE - next() % 1_000,
            };
            let limit = d.min(ONE - 1);
            let n = match turn % 3 {
                0 => next() % (limit + 1),
                1 => limit - (next() % 4).min(limit),
                _ => (((next() % ONE) * (d >> 1).min(ONE - 1)) >> 31).min(limit),
            };
            let exact = div_trunc(n, d).min(ONE - 1);
            let quotient = u64::from(Quotient(n as u32, d).on_fastest());
            assert_eq!(quotient, exact, "{n} / {d}");
        }
    }
}
