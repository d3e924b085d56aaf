//! The loops of [`lanes`] in the widest vectors at hand: their code is compiled a second time
//! for AVX2 (1.4 times as fast as SSE2; AVX-512 gains nothing more) and chosen as it runs.
//! Both give the same integers.

use super::lanes::{self, Block, Payment, Sums};
use crate::random::Fixed;

/// [`lanes::pay_and_observe`].
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calls code compiled for AVX2, after asking the processor")
)]
pub(super) fn pay_and_observe(block: Block<'_>, noise: &[Fixed], payment: Payment) -> Sums {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function is safe but for needing AVX2, which was just found.
        return unsafe { avx2::pay_and_observe(block, noise, payment) };
    }
    lanes::pay_and_observe(block, noise, payment)
}

/// [`lanes::score_sum`].
#[cfg_attr(
    target_arch = "x86_64",
    expect(unsafe_code, reason = "calls code compiled for AVX2, after asking the processor")
)]
pub(super) fn score_sum(root: &[u32], seen: &[u32], half_mean: u32) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        // SAFETY: the function is safe but for needing AVX2, which was just found.
        return unsafe { avx2::score_sum(root, seen, half_mean) };
    }
    lanes::score_sum(root, seen, half_mean)
}

#[cfg(target_arch = "x86_64")]
mod avx2 {
    use super::lanes::{self, Block, Payment, Sums};
    use crate::random::Fixed;

    #[target_feature(enable = "avx2")]
    pub(super) fn pay_and_observe(block: Block<'_>, noise: &[Fixed], payment: Payment) -> Sums {
        lanes::pay_and_observe(block, noise, payment)
    }

    #[target_feature(enable = "avx2")]
    pub(super) fn score_sum(root: &[u32], seen: &[u32], half_mean: u32) -> u64 {
        lanes::score_sum(root, seen, half_mean)
    }
}

#[cfg(test)]
mod tests {
    use super::{Payment, lanes};
    use crate::economy::lanes::Columns;
    use crate::random::{Fixed, Stream};

    #[test]
    fn every_width_gives_the_same_integers() {
        let mut stream = Stream::from_key([3; 32]);
        for agents in [1, 2, 3, 7, 31, 64, 1_000, 1_024] {
            let mut narrow = Columns {
                stake: (0..agents).map(|_| stream.next_u64() >> 13).collect(),
                root: (0..agents).map(|_| stream.next_u32() >> 6).collect(),
                quality: (0..agents).map(|_| stream.next_u32() >> 8).collect(),
                seen: (0..agents).map(|_| stream.next_u32() >> 8).collect(),
            };
            let mut wide = narrow.clone();
            let mut noise = vec![Fixed::ZERO; agents];
            stream.fill_normal(&mut noise);
            let payment = Payment { index: stream.next_u64(), half_mean: 1 << 22 };
            assert_eq!(
                lanes::score_sum(&narrow.root, &narrow.seen, payment.half_mean),
                super::score_sum(&wide.root, &wide.seen, payment.half_mean)
            );
            for (narrow, wide) in narrow.blocks(agents).zip(wide.blocks(agents)) {
                assert_eq!(
                    lanes::pay_and_observe(narrow, &noise, payment),
                    super::pay_and_observe(wide, &noise, payment)
                );
            }
            assert_eq!(narrow, wide);
        }
    }
}
