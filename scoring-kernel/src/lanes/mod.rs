//! Eight numbers of 32 bits at a time.

#[cfg(target_arch = "x86_64")]
mod avx2;
mod portable;

use portable::Portable;

/// Eight numbers in memory.
pub(crate) type Octet = [u32; 8];

/// Eight stored numbers in memory.
pub(crate) type Octet16 = [u16; 8];

/// Rows of the table that lanes look up in.
pub(crate) const TABLE: usize = 4096;
const _: () = assert!(TABLE.is_power_of_two());

/// Arithmetic on eight lanes of `u32`; sums and differences wrap, masks are all ones or zero.
///
/// Every implementation gives the same bits.
pub(crate) trait Lanes: Copy {
    /// `x` in every lane.
    fn splat(x: u32) -> Self;
    /// Reads eight numbers.
    fn load(from: &Octet) -> Self;
    /// Writes eight numbers.
    fn store(self, to: &mut Octet);
    /// Reads eight stored numbers.
    fn load_u16(from: &Octet16) -> Self;
    /// Writes eight numbers below 2^16.
    fn store_u16(self, to: &mut Octet16);
    /// `a + b`.
    fn add(self, other: Self) -> Self;
    /// `a - b`.
    fn sub(self, other: Self) -> Self;
    /// The smaller, unsigned.
    fn min(self, other: Self) -> Self;
    /// The larger, unsigned.
    fn max(self, other: Self) -> Self;
    /// `a & b`.
    fn and(self, other: Self) -> Self;
    /// `a & !b`.
    fn and_not(self, other: Self) -> Self;
    /// `a | b`.
    fn or(self, other: Self) -> Self;
    /// `a ^ b`.
    fn xor(self, other: Self) -> Self;
    /// `a 2^by`, zero for shifts of 32 and more.
    fn shl(self, by: Self) -> Self;
    /// `floor(a / 2^by)`, zero for shifts of 32 and more.
    fn shr(self, by: Self) -> Self;
    /// `floor(a / 2^BY)`.
    fn shift<const BY: i32>(self) -> Self;
    /// `floor(a b / 2^32)`.
    fn mul_high(self, other: Self) -> Self;
    /// `a b` modulo 2^32.
    fn mul_low(self, other: Self) -> Self;
    /// `a + floor(a (2^32 high + low) / 2^64)`.
    fn grow(self, high: Self, low: Self) -> Self;
    /// Mask of `a = b`.
    fn equal(self, other: Self) -> Self;
    /// Mask of `a < b`, both signed.
    fn below_signed(self, other: Self) -> Self;
    /// `yes` where this mask is set, else `no`.
    fn choose(self, yes: Self, no: Self) -> Self;
    /// The four columns of the table's row that each lane names, modulo the number of rows.
    fn look_up(self, table: &[[u32; 4]; TABLE]) -> [Self; 4];
    /// The highest bit of every lane, the first lane's lowest.
    fn bits(self) -> u32;
    /// Whether any lane is not zero.
    fn any(self) -> bool;
}

/// What runs on lanes, whatever they are.
pub(crate) trait Run: Sized {
    /// What comes out.
    type Output;

    /// Runs on lanes of type `L`; to be inlined, so that it is compiled with the caller's features.
    fn run<L: Lanes>(self) -> Self::Output;

    /// Runs on the lanes that this processor is fastest with.
    fn on_fastest(self) -> Self::Output {
        #[cfg(target_arch = "x86_64")]
        let body = match avx2::Avx2::with(self) {
            Ok(output) => return output,
            Err(body) => body,
        };
        #[cfg(not(target_arch = "x86_64"))]
        let body = self;
        body.on_portable()
    }

    /// Runs on lanes that every processor has.
    fn on_portable(self) -> Self::Output {
        self.run::<Portable>()
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::{Lanes, Octet, Run, TABLE};

    /// Every operation on pairs of numbers that include the edges.
    struct Everything;

    impl Run for Everything {
        type Output = Vec<Octet>;

        #[inline(always)]
        fn run<L: Lanes>(self) -> Vec<Octet> {
            let edges = [0, 1, 2, 0x7fff_ffff, 0x8000_0000, 0xffff_0000, u32::MAX - 1, u32::MAX];
            let mut results = Vec::new();
            let rows: Vec<[u32; 4]> = (0..TABLE as u32)
                .map(|row| [row, row << 20 | 1, !row, row.wrapping_mul(0x9e37_79b9)])
                .collect();
            let table = rows.first_chunk::<TABLE>().expect("as many rows");
            for turn in 0..8 {
                let mut turned = edges;
                turned.rotate_left(turn);
                let (a, b) = (L::load(&edges), L::load(&turned));
                let by = L::load(&[0, 1, 15, 16, 31, 32, 33, u32::MAX]);
                let mut sixteen = [0; 8];
                a.shift::<16>().store_u16(&mut sixteen);
                let [first, second, third, fourth] = a.xor(b.shift::<16>()).look_up(table);
                for result in [
                    first,
                    second,
                    third,
                    fourth,
                    b.shr(by),
                    a.below_signed(b).choose(a, b),
                    L::splat(a.bits()),
                    L::splat(edges[turn]),
                    L::load_u16(&sixteen),
                    a.add(b),
                    a.sub(b),
                    a.min(b),
                    a.max(b),
                    a.and(b),
                    a.and_not(b),
                    a.or(b),
                    a.xor(b),
                    b.shl(by),
                    a.shift::<16>(),
                    a.shift::<1>(),
                    a.mul_high(b),
                    a.mul_low(b),
                    a.grow(b, a.xor(b)),
                    a.equal(b),
                    a.below_signed(b),
                    L::splat(u32::from(a.equal(b).any())),
                ] {
                    let mut octet = [0; 8];
                    result.store(&mut octet);
                    results.push(octet);
                }
            }
            results
        }
    }

    #[test]
    fn all_lanes_give_the_same_bits() {
        assert_eq!(Everything.on_fastest(), Everything.on_portable());
    }
}
