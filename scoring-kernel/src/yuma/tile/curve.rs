//! Bounds of liquid alpha's logistic share, for lanes.
//!
//! The exact share of a distance `d` is `floor(2^64 / (2^32 + exp(x)))` with `x = floor(slope (1/2 - d))`
//! and the truncated series of [`liquid`](crate::yuma::liquid): up to thirty divisions an element. All
//! of them err to one side, so the share lies a little beside the true logistic curve
//! `G(d) = 1 / (1 + e^(slope (1/2 - d)))`, by no more than can be told beforehand. [`Curve`] holds `G`
//! as cubic pieces, with a lower bound and a width each. Where both ends of an interval give the same
//! result, that is the exact one; where not, the caller computes the series.
//!
//! **What the series loses.** With `m = |x|`, `t_i = floor(t_(i-1) m / i)` and `T_i = m^i / i!`, the gap
//! `L_i = T_i - t_i` is at least zero, at most `T_i`, and `L_i <= L_(i-1) m / i + 1`: [`lost`] adds these
//! up to 31, and what lies beyond. So `exp(m)` lies in `[e^m - lost, e^m]`.
//!
//! **What that does to the share.** `d(1 / (1 + r)) / dr = -1 / (1 + r)^2`. Below 1/2, where `x > 0`, the
//! share lies in `[G, G + lost G^2]`. Above, the power is `floor(1 / exp(m))`, in
//! `(e^-m - 1 unit, e^-m + lost e^-2m]`, and the share in `[G - lost (1 - G)^2, G + G^2 unit]`. A slope
//! that is no whole number makes `x` up to a unit smaller, the share up to `G (1 - G)` units larger.
//!
//! **What the pieces lose.** In units of 2^-40, with pieces so short that slope times length is at most
//! 10/1024: the cubic through four points is within `0.131 s^4 / (24 81)` of the curve, below 1; every
//! rounding of [`Curve::bounds`] is a floor, and together they move its result by -10.4 to +6.4.

use crate::fixed::ONE;
use crate::lanes::{Lanes, TABLE};

/// The steepest slope, of `MAX_STEEPNESS`: 40.
const STEEPEST: u64 = 40 * ONE;
/// Bits below a share's lowest that pieces have.
const FINE: i32 = 8;
/// How far the lanes' result may lie above the curve, and below, in fine units.
const ABOVE: u64 = 8;
const BELOW: u64 = 12;
/// Steps at which the series' loss is known; between them the larger counts.
const LEVELS: u64 = 64;

/// The curve of one slope, as cubic pieces.
#[derive(Debug, Default)]
pub(super) struct Curve {
    slope: u64,
    /// There are `2^bits` pieces, of equal length.
    bits: u32,
    /// Of each piece: the lower bound at its left end; the linear coefficient; the quadratic one plus
    /// 2^31; the cubic one plus 2^13 (14 bits, in four fine units), width (10 bits) and fraction of
    /// the bound (8 bits), both fine.
    pieces: Vec<[u32; 4]>,
    /// `1 / (1 + e^(slope t))` for distances `t` from the middle by thirds of a piece; 63 bits.
    nodes: Vec<u64>,
    /// What the series loses up to each level.
    losses: Vec<u128>,
}

impl Curve {
    /// Draws the curve of a slope, unless it is that already. `false` if it is too steep.
    pub(super) fn draw(&mut self, slope: u64) -> bool {
        if slope > STEEPEST {
            return false;
        }
        if slope == self.slope && !self.pieces.is_empty() {
            return true;
        }
        self.slope = slope;
        self.bits = match slope {
            ..=0xa_0000_0000 => 10,
            0xa_0000_0001..=0x14_0000_0000 => 11,
            _ => 12,
        };
        self.find_nodes();
        self.losses.clear();
        self.losses.extend((1..=LEVELS).map(|level| lost((slope / 2 + 1) * level / LEVELS + 1)));
        let mut pieces = core::mem::take(&mut self.pieces);
        pieces.clear();
        pieces.extend((0..1 << self.bits).map(|index| self.piece(index)));
        pieces.resize(TABLE, [0; 4]);
        self.pieces = pieces;
        true
    }

    /// Writes the nodes of one side: powers of one ratio.
    fn find_nodes(&mut self) {
        const UNIT: u128 = 1 << 64;
        let step = (u128::from(self.slope) << 32) / (3 << self.bits);
        // e^-step, alternating: step is below 2^-6, so that eight terms are enough
        let (mut term, mut ratio) = (UNIT, UNIT);
        for divisor in 1..=8 {
            term = term * step / (UNIT * divisor);
            ratio = if divisor % 2 == 1 { ratio - term } else { ratio + term };
        }
        let mut power = UNIT;
        self.nodes.clear();
        for _ in 0..=3 << (self.bits - 1) {
            self.nodes.push(((power << 63) / (UNIT + power)) as u64); // at most 2^62
            power = power.checked_mul(ratio).map_or(power, |product| product >> 64);
        }
    }

    /// The curve at a node, counted from distance zero; 63 bits.
    fn node(&self, index: usize) -> i128 {
        let middle = 3 << (self.bits - 1);
        let lower = |t: usize| i128::from(self.nodes.get(t).copied().unwrap_or(0));
        if index <= middle { lower(middle - index) } else { (1 << 63) - lower(index - middle) }
    }

    /// The piece of a number.
    fn piece(&self, index: usize) -> [u32; 4] {
        let [y0, y1, y2, y3] = [0, 1, 2, 3].map(|third| self.node(3 * index + third));
        let (first, second, third) = (y1 - y0, y2 - 2 * y1 + y0, y3 - 3 * y2 + 3 * y1 - y0);
        let linear = (6 * first - 3 * second + 2 * third) >> 24;
        let quadratic = (9 * (second - third)) >> 24;
        let cubic = (9 * third) >> 26;
        let (below, above) = self.margins(index);
        let bound = ((y0 >> 23) as u64).saturating_sub(below + ABOVE);
        let width = (below + above + ABOVE + BELOW).min(0x3ff); // below 3 units by the argument above
        let rest = ((cubic + (1 << 13)) as u64) << 18 | width << FINE | bound & 0xff;
        [(bound >> FINE) as u32, linear as u32, (quadratic + (1 << 31)) as u32, rest as u32]
    }

    /// How far the exact share may lie below and above the curve on a piece, in fine units.
    fn margins(&self, index: usize) -> (u64, u64) {
        let half = 1 << (self.bits - 1);
        let left = index < half;
        // distances from the middle, in pieces
        let (near, far) =
            if left { (half - index - 1, half - index) } else { (index - half, index - half + 1) };
        let level = (far as u64 * LEVELS).div_ceil(half as u64).max(1) as usize;
        let loss = self.losses.get(level - 1).copied().unwrap_or(u128::MAX >> 64);
        // the larger of G and 1 - G on the other side's terms: 32 bits, rounded up
        let minor = |t: usize| u128::from(self.nodes.get(3 * t).copied().unwrap_or(0) >> 31) + 1;
        let small = minor(near);
        let series = ((loss * small * small) >> (16 + 64 - FINE)) as u64 + 1;
        let whole = self.slope.is_multiple_of(ONE);
        let floored = if whole { 0 } else { (small >> (32 - FINE)) as u64 + 2 };
        if left {
            return (0, series + floored);
        }
        let large = u128::from(ONE) + 1 - (minor(far) - 1);
        let power = ((large * large) >> (64 - FINE)) as u64 + 1;
        (series, power + floored)
    }

    /// The pieces as lanes look them up, and their bits.
    pub(super) fn table(&self) -> (&[[u32; 4]; TABLE], u32) {
        (self.pieces.first_chunk().unwrap_or(&[[0; 4]; TABLE]), self.bits)
    }

    /// Bounds of the exact share at distances below one.
    #[inline(always)]
    pub(super) fn bounds<L: Lanes>(
        (pieces, bits): (&[[u32; 4]; TABLE], u32),
        distance: L,
    ) -> (L, L) {
        let [base, linear, quadratic, rest] = distance.shr(L::splat(32 - bits)).look_up(pieces);
        let within = distance.shl(L::splat(bits));
        let rough = within.shift::<16>();
        let bend = quadratic.add(rough.mul_high(rest)).sub(rough.shift::<1>());
        let rise = linear.add(within.mul_high(bend)).sub(within.shift::<1>());
        let fine = within.mul_high(rise).add(rest.and(L::splat(0xff)));
        let width = rest.shift::<FINE>().and(L::splat(0x3ff));
        (base.add(fine.shift::<FINE>()), base.add(fine.add(width).shift::<FINE>()))
    }
}

/// Upper bound of `e^m` less its truncated series, in units of 2^-48.
fn lost(m: u64) -> u128 {
    let m = u128::from(m);
    let (mut term, mut gap, mut sum) = (m << 16, 0, 0);
    for i in 2..=31u128 {
        term = (term * m).div_ceil(i << 32);
        gap = ((gap * m).div_ceil(i << 32) + (1 << 16)).min(term);
        sum += gap;
    }
    // the terms from the 32nd on fall by at least 20/33 each
    sum + 3 * (term * m).div_ceil(32 << 32)
}

#[cfg(test)]
mod tests {
    use super::{Curve, STEEPEST};
    use crate::fixed::ONE;
    use crate::lanes::{Lanes, Octet, Run};
    use crate::params::{Liquid, MAX_STEEPNESS};
    use crate::yuma::liquid::Sigmoid;

    struct Bounds<'a>(&'a Curve, Octet);

    impl Run for Bounds<'_> {
        type Output = (Octet, Octet);

        #[inline(always)]
        fn run<L: Lanes>(self) -> (Octet, Octet) {
            let (low, high) = Curve::bounds(self.0.table(), L::load(&self.1));
            let (mut lows, mut highs) = ([0; 8], [0; 8]);
            low.store(&mut lows);
            high.store(&mut highs);
            (lows, highs)
        }
    }

    #[test]
    fn the_exact_share_lies_within_its_bounds() {
        let mut state = 3u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state >> 32
        };
        let (mut curve, mut open, mut all) = (Curve::default(), 0, 0);
        for steepness in [1, 7, 99, 250, 333, 1000, 1001, 1700, 2000, 2999, 3300, MAX_STEEPNESS] {
            let sigmoid = Sigmoid::new(Liquid { steepness, ..Liquid::DEFAULT });
            assert!(curve.draw(sigmoid.slope()));
            for turn in 0..20_000u64 {
                let distances: Octet = core::array::from_fn(|lane| match turn % 4 {
                    0 => next() as u32,
                    1 => (ONE / 2).wrapping_add(next() >> 12).wrapping_sub(1 << 19) as u32,
                    2 => (next() as u32) << 20 | (next() as u32 & 3).wrapping_sub(1) & 0xf_ffff,
                    _ => (turn as u32).wrapping_mul(if lane < 4 { 1 } else { u32::MAX }),
                });
                let (lows, highs) = Bounds(&curve, distances).on_fastest();
                assert_eq!((lows, highs), Bounds(&curve, distances).on_portable());
                for ((distance, low), high) in distances.into_iter().zip(lows).zip(highs) {
                    let share = sigmoid.share(distance.into());
                    let (low, high) = (u64::from(low), u64::from(high));
                    assert!(
                        low <= share && share <= high,
                        "{steepness}: {distance} {low} {share} {high}"
                    );
                    assert!(high - low <= 3, "{steepness}: {distance} {low} {high}");
                    open += high - low;
                    all += 1;
                }
            }
        }
        println!("{} of 1000 are open", 1000 * open / all);
        assert!(!curve.draw(STEEPEST + 1));
    }
}
