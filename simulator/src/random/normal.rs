use super::normal_nodes::NODES;
use super::{Fixed, SampleError, Stream};

/// Fractional bits of a node.
const NODE_BITS: u32 = 28;
/// From a node to 32 fractional bits.
const NODE_SHIFT: u32 = 32 - NODE_BITS;
/// log2 of the number of segments in one octave of probability.
const SEGMENT_BITS: u32 = 6;
/// Bits of an aligned tail that say where in its segment it is.
const INSIDE_BITS: u32 = 30 - SEGMENT_BITS;
/// Where the segments of the top octave start, less those that its first bit counts.
const OCTAVES: u32 = INSIDE_BITS << SEGMENT_BITS;

/// The standard normal value of a random word, as an integer count of 2^-32.
///
/// Bit 31 is the sign. The other 31 bits, `v`, choose the upper tail probability
/// `p = (v + 1/2) / 2^32`, and the result is `z` with `P(N > z) = p`, read off a table:
/// each octave of `v` is cut into 64 segments, nodes are exact to 2^-29 and the inside is
/// linear. Floor of the linear part. Below `v = 128` each value has its own node.
///
/// Range: |z| <= 6.338. |z - exact| <= 4e-5; the variance exceeds 1 by less than 3e-5.
///
/// Nothing overflows: a fall is below 2^28, what is inside a segment below 2^24.
#[inline(always)]
pub(super) fn normal_bits(word: u32) -> i64 {
    let tail = word & 0x7fff_ffff;
    // The octave counted from the top; below 2^SEGMENT_BITS the octaves are one.
    let octave = (tail | 1 << SEGMENT_BITS).leading_zeros().wrapping_sub(1);
    // The first bit of the tail to bit 30, so that the segment and the place inside it
    // stand at fixed bits.
    let aligned = tail << (octave & 31);
    let index = OCTAVES.wrapping_sub(octave << SEGMENT_BITS).wrapping_add(aligned >> INSIDE_BITS);
    let inside = i64::from(aligned & ((1 << INSIDE_BITS) - 1));
    let [node, fall] = SEGMENTS[index as usize % SEGMENTS.len()].map(i64::from);
    let fallen = fall.wrapping_mul(inside) >> (INSIDE_BITS - NODE_SHIFT);
    let size = (node << NODE_SHIFT).wrapping_sub(fallen);
    // All ones where the sign bit is set: (x ^ -1) + 1 = -x.
    let sign = i64::from((word as i32) >> 31);
    (size ^ sign).wrapping_sub(sign)
}

/// The first node of each segment and how far the next one is below it; nought beyond the
/// last segment, where no word points.
static SEGMENTS: [[i32; 2]; 2_048] = {
    let mut segments = [[0; 2]; 2_048];
    let mut index = 0;
    while index + 1 < NODES.len() {
        segments[index] = [NODES[index], NODES[index] - NODES[index + 1]];
        index += 1;
    }
    segments
};

impl Stream {
    /// N(0, 1), in one word and integers only: the inverse of the distribution function by
    /// table, see the error bounds in the source. |z| <= 6.338.
    #[inline]
    pub fn standard_normal(&mut self) -> Fixed {
        Fixed::from_bits(normal_bits(self.next_u32()))
    }

    /// N(mean, deviation^2) = mean + deviation z, the product floored; one word. Saturates.
    ///
    /// # Errors
    /// [`SampleError::Negative`] if `deviation < 0`.
    pub fn normal(&mut self, mean: Fixed, deviation: Fixed) -> Result<Fixed, SampleError> {
        SampleError::refuse_negative("deviation", deviation)?;
        Ok(mean + deviation.mul_floor(self.standard_normal()))
    }

    /// e^N(mu, sigma^2), median e^mu, mean e^(mu + sigma^2 / 2); one word. Saturates.
    ///
    /// # Errors
    /// [`SampleError::Negative`] if `sigma < 0`.
    pub fn lognormal(&mut self, mu: Fixed, sigma: Fixed) -> Result<Fixed, SampleError> {
        Ok(Fixed::round(libm::exp(self.normal(mu, sigma)?.to_f64())))
    }
}

#[cfg(test)]
mod tests {
    use super::{NODE_BITS, NODES, SEGMENT_BITS, normal_bits};

    /// Upper tail quantile by bisection: the z with P(N > z) = p.
    fn quantile(p: f64) -> f64 {
        let (mut low, mut high) = (0.0, 8.0);
        for _ in 0..64 {
            let middle = (low + high) / 2.0;
            if libm::erfc(middle * std::f64::consts::FRAC_1_SQRT_2) / 2.0 > p {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }

    fn tail_of_node(index: usize) -> u32 {
        let segments = 1 << SEGMENT_BITS;
        if index < 2 * segments {
            return index as u32;
        }
        let shift = index / segments - 1;
        ((index % segments + segments) as u32) << shift
    }

    fn probability(tail: u32) -> f64 {
        (f64::from(tail) + 0.5) / 4_294_967_296.0
    }

    /// The table is what its formula gives; a mismatch prints what belongs there.
    #[test]
    fn nodes_are_the_quantiles() {
        let scale = f64::from(1 << NODE_BITS);
        for (index, node) in NODES.iter().enumerate() {
            let expected = libm::rint(quantile(probability(tail_of_node(index))) * scale) as i32;
            assert_eq!(*node, expected, "node {index}");
        }
    }

    #[test]
    fn values_are_within_4e_5_of_the_exact_quantile() {
        let mut worst: f64 = 0.0;
        // A stride prime to 2^31 visits every octave and segment.
        for step in 0..10_000_u32 {
            for tail in [step, step.wrapping_mul(2_654_435_761) & 0x7fff_ffff] {
                let exact = quantile(probability(tail));
                let value = normal_bits(tail) as f64 / 4_294_967_296.0;
                worst = worst.max((value - exact).abs());
            }
        }
        assert!(worst < 4e-5, "{worst}");
    }

    #[test]
    fn is_antisymmetric_and_falls_with_the_tail_probability() {
        let mut last = i64::MAX;
        for tail in (0..1 << 31).step_by(40_961) {
            let value = normal_bits(tail);
            assert!(value <= last && value >= 0, "{tail}");
            assert_eq!(normal_bits(tail | 1 << 31), -value);
            last = value;
        }
        assert_eq!(normal_bits(0) >> 4, i64::from(NODES[0]));
        assert_eq!(normal_bits(0x7fff_ffff) >> 20, 0);
    }

    /// The exact variance of the table: a segment from a to b has mean square
    /// (a^2 + ab + b^2) / 3 and the probability of its words.
    #[test]
    fn variance_is_one_within_3e_5() {
        let scale = f64::from(1 << NODE_BITS);
        let mut variance = 0.0;
        for index in 0..NODES.len() - 1 {
            let weight = f64::from(tail_of_node(index + 1) - tail_of_node(index)) / 2_147_483_648.0;
            let (a, b) = (f64::from(NODES[index]) / scale, f64::from(NODES[index + 1]) / scale);
            variance += weight * (a * a + a * b + b * b) / 3.0;
        }
        assert!((variance - 1.0).abs() < 3e-5, "{variance}");
    }
}
