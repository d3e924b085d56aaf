//! Fractions with 32 fractional bits.

use crate::fixed;

/// A fraction: `raw / 2^32`, so that `raw = 2^32` is one.
///
/// Consensus quantities lie in \[0, 1\]; larger values are possible and every operation saturates.
/// Products floor, quotients truncate, `x / 0 = 0`: the bits of the live network's `I32F32`
/// (opentensor/subtensor `pallets/subtensor/src/epoch/math.rs`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(transparent)]
pub struct Share(u64);

impl Share {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The whole: raw 2^32.
    pub const ONE: Self = Self(fixed::ONE);

    /// The share whose raw value, in units of 2^-32, is `raw`.
    pub const fn from_raw(raw: u64) -> Self {
        Self(raw)
    }

    /// The raw value, in units of 2^-32.
    pub const fn raw(self) -> u64 {
        self.0
    }

    /// `trunc(2^32 numerator / denominator)`; zero when the denominator is; saturating.
    pub const fn from_ratio_trunc(numerator: u64, denominator: u64) -> Self {
        Self(fixed::div_trunc(numerator, denominator))
    }

    /// `trunc(2^32 stored / 65535)`: what a stored 16-bit proportion stands for.
    pub const fn from_u16(stored: u16) -> Self {
        Self(fixed::from_u16(stored))
    }

    /// `floor(65535 self)`: the 16-bit form in which bonds are stored. Above one it is 65535.
    pub const fn to_u16_floor(self) -> u16 {
        fixed::to_u16_floor(self.0)
    }

    /// `floor(self other)`, saturating.
    #[must_use]
    pub const fn mul_floor(self, other: Self) -> Self {
        Self(fixed::mul_floor(self.0, other.0))
    }

    /// `trunc(self / other)`, zero when `other` is; saturating.
    #[must_use]
    pub const fn div_trunc(self, other: Self) -> Self {
        Self(fixed::div_trunc(self.0, other.0))
    }

    /// `self + other`, saturating.
    #[must_use]
    pub const fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// `self - other`, at least zero.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `floor(self amount)` of an amount below 2^95, for shares up to one; saturating above.
    pub const fn of_floor(self, amount: u128) -> u128 {
        let (high, low) = (amount >> 32, amount & 0xffff_ffff);
        let share = self.0 as u128;
        high.saturating_mul(share).saturating_add(low.saturating_mul(share) >> 32)
    }
}

#[cfg(test)]
mod tests {
    use super::Share;

    #[test]
    fn a_share_of_an_amount_floors() {
        let third = Share::from_ratio_trunc(1, 3);
        assert_eq!(third.of_floor(9), 2);
        assert_eq!(Share::ONE.of_floor((1 << 95) - 1), (1 << 95) - 1);
        assert_eq!(Share::from_ratio_trunc(1, 2).of_floor((1 << 95) - 1), (1 << 94) - 1);
    }

    #[test]
    fn stored_proportions_round_trip() {
        for stored in [0, 1, 2, 32767, 65534, 65535] {
            let back = Share::from_u16(stored).to_u16_floor();
            assert!(back == stored || back + 1 == stored, "{stored} came back as {back}");
        }
    }
}
