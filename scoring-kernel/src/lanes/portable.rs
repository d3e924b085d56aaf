//! Lanes as a plain array, for any target; the compiler uses what vectors the target has.

use super::{Lanes, Octet, Octet16, TABLE};
use core::array::from_fn;

/// Eight lanes in an array.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Portable(Octet);

/// All ones where true.
#[inline(always)]
const fn mask(condition: bool) -> u32 {
    if condition { u32::MAX } else { 0 }
}

/// Applies a function lane by lane. Every index is below eight.
macro_rules! lanewise {
    ($lane:ident => $value:expr) => {
        Self(from_fn(|$lane| $value))
    };
}

#[expect(clippy::indexing_slicing, reason = "from_fn counts to eight, the length of every array")]
impl Lanes for Portable {
    #[inline(always)]
    fn splat(x: u32) -> Self {
        Self([x; 8])
    }

    #[inline(always)]
    fn load(from: &Octet) -> Self {
        Self(*from)
    }

    #[inline(always)]
    fn store(self, to: &mut Octet) {
        *to = self.0;
    }

    #[inline(always)]
    fn load_u16(from: &Octet16) -> Self {
        lanewise!(l => u32::from(from[l]))
    }

    #[inline(always)]
    fn store_u16(self, to: &mut Octet16) {
        *to = from_fn(|l| self.0[l] as u16); // below 2^16 by contract
    }

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        lanewise!(l => self.0[l].wrapping_add(other.0[l]))
    }

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        lanewise!(l => self.0[l].wrapping_sub(other.0[l]))
    }

    #[inline(always)]
    fn min(self, other: Self) -> Self {
        lanewise!(l => self.0[l].min(other.0[l]))
    }

    #[inline(always)]
    fn max(self, other: Self) -> Self {
        lanewise!(l => self.0[l].max(other.0[l]))
    }

    #[inline(always)]
    fn and(self, other: Self) -> Self {
        lanewise!(l => self.0[l] & other.0[l])
    }

    #[inline(always)]
    fn and_not(self, other: Self) -> Self {
        lanewise!(l => self.0[l] & !other.0[l])
    }

    #[inline(always)]
    fn or(self, other: Self) -> Self {
        lanewise!(l => self.0[l] | other.0[l])
    }

    #[inline(always)]
    fn xor(self, other: Self) -> Self {
        lanewise!(l => self.0[l] ^ other.0[l])
    }

    #[inline(always)]
    fn shl(self, by: Self) -> Self {
        lanewise!(l => self.0[l].checked_shl(by.0[l]).unwrap_or(0))
    }

    #[inline(always)]
    fn shr(self, by: Self) -> Self {
        lanewise!(l => self.0[l].checked_shr(by.0[l]).unwrap_or(0))
    }

    #[inline(always)]
    fn shift<const BY: i32>(self) -> Self {
        lanewise!(l => self.0[l] >> BY)
    }

    #[inline(always)]
    fn mul_high(self, other: Self) -> Self {
        lanewise!(l => (u64::from(self.0[l]).wrapping_mul(u64::from(other.0[l])) >> 32) as u32)
    }

    #[inline(always)]
    fn mul_low(self, other: Self) -> Self {
        lanewise!(l => self.0[l].wrapping_mul(other.0[l]))
    }

    #[inline(always)]
    fn grow(self, high: Self, low: Self) -> Self {
        lanewise!(l => {
            let n = u64::from(self.0[l]);
            let carry = n.wrapping_mul(u64::from(low.0[l])) >> 32;
            // (2^32 - 1)^2 + 2^32 - 1 fits
            let product = n.wrapping_mul(u64::from(high.0[l])).wrapping_add(carry) >> 32;
            n.wrapping_add(product) as u32
        })
    }

    #[inline(always)]
    fn equal(self, other: Self) -> Self {
        lanewise!(l => mask(self.0[l] == other.0[l]))
    }

    #[inline(always)]
    fn below_signed(self, other: Self) -> Self {
        lanewise!(l => mask((self.0[l] as i32) < other.0[l] as i32))
    }

    #[inline(always)]
    fn choose(self, yes: Self, no: Self) -> Self {
        lanewise!(l => yes.0[l] & self.0[l] | no.0[l] & !self.0[l])
    }

    #[inline(always)]
    fn look_up(self, table: &[[u32; 4]; TABLE]) -> [Self; 4] {
        let rows: [[u32; 4]; 8] = from_fn(|l| table[self.0[l] as usize % TABLE]);
        from_fn(|column| lanewise!(l => rows[l][column]))
    }

    #[inline(always)]
    fn bits(self) -> u32 {
        (0..8).fold(0, |bits, l| bits | self.0[l] >> 31 << l)
    }

    #[inline(always)]
    fn any(self) -> bool {
        self.0.iter().fold(0, |any, &lane| any | lane) != 0
    }
}
