//! Splits that sum exactly: the largest-remainder rule.

use core::cmp::Ordering;

/// Memory for [`largest_remainder_into`]; kept by the caller so that repeated splits allocate once.
#[derive(Clone, Debug, Default)]
pub struct SplitScratch {
    /// Remainder of each score's product, and its index.
    remainders: Vec<(u128, u32)>,
}

/// Splits `total` in proportion to `scores`; the parts sum to `total` exactly.
///
/// Each part is `floor(total score / sum)`. The units that are left, fewer than there are scores, go
/// one each to the largest remainders of that division; ties to the lower index. A score of zero
/// receives nothing. If all scores are zero, so are all parts: the caller decides what happens to
/// the total.
pub fn largest_remainder(total: u128, scores: &[u64]) -> Vec<u128> {
    let mut parts = vec![0; scores.len()];
    largest_remainder_into(total, scores, &mut parts, &mut SplitScratch::default());
    parts
}

/// [`largest_remainder`] into memory of the caller. Parts beyond the scores become zero; scores
/// beyond the parts are ignored.
pub fn largest_remainder_into(
    total: u128,
    scores: &[u64],
    parts: &mut [u128],
    scratch: &mut SplitScratch,
) {
    parts.fill(0);
    let scores = scores.get(..parts.len()).unwrap_or(scores);
    let sum: u128 = scores.iter().map(|&score| u128::from(score)).sum();
    if sum == 0 {
        return;
    }
    let (each, rest) = (total / sum, total % sum);
    let mut left = total;
    scratch.remainders.clear();
    for ((index, &score), part) in (0u32..).zip(scores).zip(parts.iter_mut()) {
        let (quotient, remainder) = mul_div_rem(rest, score, sum);
        // each * score <= total, and the quotient is the rest of the same floor
        *part = each.wrapping_mul(u128::from(score)).wrapping_add(quotient);
        left = left.wrapping_sub(*part);
        if remainder != 0 {
            scratch.remainders.push((remainder, index));
        }
    }
    // The remainders sum to left * sum and each is below sum, so that more than `left` are positive.
    let Ok(units) = usize::try_from(left) else { return };
    if units == 0 {
        return;
    }
    if units < scratch.remainders.len() {
        scratch.remainders.select_nth_unstable_by(units, by_remainder_then_index);
    }
    for &(_, index) in scratch.remainders.iter().take(units) {
        if let Some(part) = parts.get_mut(index as usize) {
            *part = part.wrapping_add(1);
        }
    }
}

/// Larger remainders first, then lower indices.
fn by_remainder_then_index(a: &(u128, u32), b: &(u128, u32)) -> Ordering {
    b.0.cmp(&a.0).then(a.1.cmp(&b.1))
}

/// Quotient and remainder of `a b / d` for `a < d < 2^95`, without a product wider than 128 bits.
fn mul_div_rem(a: u128, b: u64, d: u128) -> (u128, u128) {
    let b_wide = u128::from(b);
    if d <= u128::from(u64::MAX) {
        let product = a.wrapping_mul(b_wide); // a < 2^64
        return (product / d, product % d);
    }
    // In base 2^32: every intermediate stays below d 2^32 + a 2^32 < 2^128.
    let high = a.wrapping_mul(b_wide >> 32);
    let (q_high, r_high) = (high / d, high % d);
    let low = (r_high << 32).wrapping_add(a.wrapping_mul(b_wide & 0xffff_ffff));
    ((q_high << 32).wrapping_add(low / d), low % d)
}

#[cfg(test)]
mod tests {
    use super::largest_remainder;

    #[test]
    fn splits_sum_to_the_total() {
        for (label, total, scores, parts) in [
            ("even", 9, vec![1, 1, 1], vec![3, 3, 3]),
            ("tie to the lower index", 10, vec![1, 1, 1], vec![4, 3, 3]),
            ("largest remainder", 10, vec![5, 3, 2], vec![5, 3, 2]),
            ("remainder before index", 7, vec![2, 3, 2], vec![2, 3, 2]),
            ("zero scores get nothing", 5, vec![0, 3, 0], vec![0, 5, 0]),
            ("all zero", 5, vec![0, 0], vec![0, 0]),
            ("nobody", 5, vec![], vec![]),
        ] {
            assert_eq!(largest_remainder(total, &scores), parts, "{label}");
        }
    }

    #[test]
    fn extremes_do_not_overflow() {
        let total = (1u128 << 95) - 1;
        let scores = vec![u64::MAX; 1000];
        let parts = largest_remainder(total, &scores);
        assert_eq!(parts.iter().sum::<u128>(), total);
        assert!(parts.windows(2).all(|pair| pair[0] >= pair[1] && pair[0] - pair[1] <= 1));
        let parts = largest_remainder(u128::MAX, &[u64::MAX, 1, u64::MAX]);
        assert_eq!(parts.iter().sum::<u128>(), u128::MAX);
    }
}
