//! Products of 128-bit numbers, through 256 bits.

/// `a * b` as (high, low) halves.
pub(crate) const fn mul_wide(a: u128, b: u128) -> (u128, u128) {
    const LOW: u128 = u64::MAX as u128;
    let (a1, a0, b1, b0) = (a >> 64, a & LOW, b >> 64, b & LOW);
    let (low, mid1, mid2, high) = (a0 * b0, a0 * b1, a1 * b0, a1 * b1);
    // Each term is below 2^128, and the carry below 3 * 2^64.
    let carry = (low >> 64) + (mid1 & LOW) + (mid2 & LOW);
    (high + (mid1 >> 64) + (mid2 >> 64) + (carry >> 64), (carry << 64) | (low & LOW))
}

/// `floor((high * 2^128 + low) / d)` and the remainder; `None` where `d` is zero or the
/// quotient does not fit.
const fn div_wide(high: u128, low: u128, d: u128) -> Option<(u128, u128)> {
    if high >= d {
        return None;
    }
    if high == 0 {
        return Some((low / d, low % d));
    }
    let (mut rest, mut quotient, mut bit) = (high, 0u128, 128);
    while bit > 0 {
        bit -= 1;
        let carry = rest >> 127 == 1;
        rest = (rest << 1) | ((low >> bit) & 1);
        if carry || rest >= d {
            rest = rest.wrapping_sub(d);
            quotient |= 1 << bit;
        }
    }
    Some((quotient, rest))
}

/// `floor(a * b / d)` and the remainder `a * b - quotient * d`; `None` where `d` is zero or
/// the quotient does not fit `u128`.
pub const fn mul_div_floor(a: u128, b: u128, d: u128) -> Option<(u128, u128)> {
    let (high, low) = mul_wide(a, b);
    div_wide(high, low, d)
}

#[cfg(test)]
mod tests {
    use super::{mul_div_floor, mul_wide};

    #[test]
    fn products_through_256_bits() {
        assert_eq!(mul_wide(u128::MAX, u128::MAX), (u128::MAX - 1, 1));
        assert_eq!(mul_wide(1 << 100, 1 << 100), (1 << 72, 0));
        for (label, a, b, d, want) in [
            ("small", 7, 3, 2, Some((10, 1))),
            ("zero divisor", 7, 3, 0, None),
            ("wide and back", u128::MAX, u128::MAX, u128::MAX, Some((u128::MAX, 0))),
            ("too large", u128::MAX, 2, 1, None),
            // 2^159 / (3 * 2^64): 2^95 = 3 q + 2.
            ("wide remainder", 1 << 95, 1 << 64, 3 << 64, Some(((1 << 95) / 3, 2 << 64))),
        ] {
            assert_eq!(mul_div_floor(a, b, d), want, "{label}");
        }
    }

    proptest::proptest! {
        #[test]
        fn quotient_and_remainder_give_the_product(a: u128, b: u128, d in 1u128..) {
            if let Some((q, r)) = mul_div_floor(a, b, d) {
                let (high, low) = mul_wide(q, d);
                let (sum, carry) = low.overflowing_add(r);
                proptest::prop_assert!(r < d);
                proptest::prop_assert_eq!((high + u128::from(carry), sum), mul_wide(a, b));
            }
        }
    }
}
