//! The passes over the agents, written so that each becomes a vector loop. Callers go through
//! [`super::width`].
//!
//! Sums wrap, as vector lanes do; that they never reach 2^64 is said at each.

use super::SEEN_ONE;
use crate::random::Fixed;

/// One tenth, with 32 fractional bits.
const TENTH: i64 = 429_496_730;
/// Where a stake is cut in two: both halves are below 2^26.
const CUT: u32 = 26;
const LOW: u64 = (1 << CUT) - 1;

/// The agents, one column an attribute; all columns are equally long.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Columns {
    /// Base units, below 2^52.
    pub(super) stake: Vec<u64>,
    /// floor(sqrt(stake)), below 2^26.
    pub(super) root: Vec<u32>,
    /// 24 fractional bits, below 1.
    pub(super) quality: Vec<u32>,
    /// 24 fractional bits, 0 to 1.
    pub(super) seen: Vec<u32>,
}

/// A run of agents.
pub(super) struct Block<'a> {
    stake: &'a mut [u64],
    root: &'a mut [u32],
    quality: &'a [u32],
    seen: &'a mut [u32],
}

impl Block<'_> {
    pub(super) fn len(&self) -> usize {
        self.stake.len()
    }
}

impl Columns {
    /// The agents in runs of at most `length`.
    pub(super) fn blocks(&mut self, length: usize) -> impl Iterator<Item = Block<'_>> {
        let stakes = self.stake.chunks_mut(length);
        let roots = self.root.chunks_mut(length);
        let qualities = self.quality.chunks(length);
        let seens = self.seen.chunks_mut(length);
        stakes.zip(roots).zip(qualities).zip(seens).map(|(((stake, root), quality), seen)| Block {
            stake,
            root,
            quality,
            seen,
        })
    }
}

/// How the rewards of a step are paid.
#[derive(Clone, Copy)]
pub(super) struct Payment {
    /// Half reward of one unit of score, with 64 fractional bits.
    pub(super) index: u64,
    /// Floor of half the mean seen quality, with 24 fractional bits.
    pub(super) half_mean: u32,
}

/// Sums over a block of at most 2^10 agents; each term of each is below 2^52. A stake is
/// `high 2^26 + low`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) struct Sums {
    /// Of the stakes.
    pub(super) stake: u64,
    low_seen: u64,
    high_seen: u64,
    low_low: u64,
    low_high: u64,
    high_high: u64,
}

impl Sums {
    /// Sum of stake^2.
    pub(super) fn stake_squared(&self) -> u128 {
        let [low, mixed, high] = [self.low_low, self.low_high, self.high_high].map(u128::from);
        low + (mixed << (CUT + 1)) + (high << (2 * CUT))
    }

    /// Sum of stake times seen quality.
    pub(super) fn stake_seen(&self) -> u128 {
        u128::from(self.low_seen) + (u128::from(self.high_seen) << CUT)
    }
}

/// Pays every agent of a block, takes the new root, sees it anew, and sums.
#[inline(always)]
pub(super) fn pay_and_observe(block: Block<'_>, noise: &[Fixed], payment: Payment) -> Sums {
    let mut sums = Sums::default();
    let agents = block.stake.iter_mut().zip(block.root).zip(block.quality).zip(block.seen);
    for ((((stake, root), quality), seen), noise) in agents.zip(noise) {
        let score = score(*root, *seen, payment.half_mean);
        let paid = stake.wrapping_add(high_product(score, payment.index));
        *stake = paid;
        *root = integer_root(paid);
        *seen = observe(*quality, *noise);
        let (low, high, weight) = (paid & LOW, paid >> CUT, u64::from(*seen));
        sums.stake = sums.stake.wrapping_add(paid);
        sums.low_seen = sums.low_seen.wrapping_add(product(low, weight));
        sums.high_seen = sums.high_seen.wrapping_add(product(high, weight));
        sums.low_low = sums.low_low.wrapping_add(product(low, low));
        sums.low_high = sums.low_high.wrapping_add(product(low, high));
        sums.high_high = sums.high_high.wrapping_add(product(high, high));
    }
    sums
}

/// Sum of the scores of at most 2^14 agents.
#[inline(always)]
pub(super) fn score_sum(root: &[u32], seen: &[u32], half_mean: u32) -> u64 {
    let mut sum = 0_u64;
    for (root, seen) in root.iter().zip(seen) {
        sum = sum.wrapping_add(score(*root, *seen, half_mean));
    }
    sum
}

/// root max(seen - half mean, 0), below 2^50.
#[inline(always)]
fn score(root: u32, seen: u32, half_mean: u32) -> u64 {
    product(u64::from(root), u64::from(seen.max(half_mean).wrapping_sub(half_mean)))
}

/// Quality plus a tenth of the noise, clipped to 0..=1.
#[inline(always)]
fn observe(quality: u32, noise: Fixed) -> u32 {
    // |noise| < 6.4, so it fits 32 bits with 28 fractional ones.
    let noise = (noise.bits() >> 4) as i32;
    let tenth = ((i64::from(noise).wrapping_mul(TENTH)) >> 32) as i32 >> 4;
    (quality as i32).wrapping_add(tenth).clamp(0, SEEN_ONE as i32) as u32
}

/// The product of two numbers below 2^32, said so that one vector multiplication does it.
#[inline(always)]
fn product(a: u64, b: u64) -> u64 {
    (a & 0xffff_ffff).wrapping_mul(b & 0xffff_ffff)
}

/// floor(a b / 2^64) for a below 2^63, by halves of 32 bits.
#[inline(always)]
fn high_product(a: u64, b: u64) -> u64 {
    let (a_high, b_high) = (a >> 32, b >> 32);
    // Below (2^31 - 1)(2^32 - 1) + 2^32 < 2^63.
    let middle = product(a_high, b).wrapping_add(product(a, b) >> 32);
    // At most (2^32 - 1)^2 + 2^32 - 1 < 2^64.
    let rest = product(a, b_high).wrapping_add(middle & 0xffff_ffff);
    product(a_high, b_high).wrapping_add(middle >> 32).wrapping_add(rest >> 32)
}

/// floor(sqrt(x)) for x below 2^52.
///
/// x is exact as a double: put into the mantissa of 2^52 + x, less 2^52. IEEE 754 rounds the
/// root correctly, so it lies within 2^-27 of sqrt(x) < 2^26. Adding 2^52 rounds it to an
/// integer, which is floor(sqrt(x)) or one more; it is one more if its square exceeds x.
#[inline(always)]
fn integer_root(x: u64) -> u32 {
    const TWO_POW_52: f64 = 4_503_599_627_370_496.0;
    let value = f64::from_bits(x | TWO_POW_52.to_bits()) - TWO_POW_52;
    let near = (value.sqrt() + TWO_POW_52).to_bits() & 0xffff_ffff;
    near.wrapping_sub(u64::from(product(near, near) > x)) as u32
}

#[cfg(test)]
mod tests {
    use super::{high_product, integer_root, observe};
    use crate::random::{Fixed, Stream};

    #[test]
    fn roots_are_integer_roots() {
        let mut stream = Stream::from_key([1; 32]);
        let drawn = (0..300_000).map(|_| stream.next_u64() >> 12 >> (stream.next_u32() % 52));
        let squares = (1_u64..1 << 26).step_by(997).flat_map(|r| [r * r - 1, r * r, r * r + 1]);
        let edges = [0, 1, 2, 3, 4, (1 << 52) - 1, ((1 << 26) - 1) * ((1 << 26) - 1)];
        for x in drawn.chain(squares).chain(edges) {
            assert_eq!(u64::from(integer_root(x)), x.isqrt(), "{x}");
        }
    }

    #[test]
    fn high_products_are_exact() {
        let mut stream = Stream::from_key([2; 32]);
        let edges = [0, 1, 0xffff_ffff, 1 << 32, (1 << 63) - 1];
        let drawn = (0..200_000).map(|_| (stream.next_u64() >> 1, stream.next_u64()));
        let extremes = edges.into_iter().flat_map(|a| [(a, u64::MAX), (a, 1 << 32), (a, a)]);
        for (a, b) in drawn.chain(extremes) {
            let exact = (u128::from(a) * u128::from(b)) >> 64;
            assert_eq!(u128::from(high_product(a, b)), exact, "{a} {b}");
        }
    }

    #[test]
    fn what_is_seen_stays_between_nought_and_one() {
        assert_eq!(observe(0, Fixed::from_integer(-1)), 0);
        assert_eq!(observe((1 << 24) - 1, Fixed::from_integer(6)), 1 << 24);
        assert_eq!(observe(1 << 23, Fixed::ONE), (1 << 23) + 1_677_721);
        assert_eq!(observe(1 << 23, -Fixed::ONE), (1 << 23) - 1_677_722);
    }
}
