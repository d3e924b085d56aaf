//! Exact decimals: prices of gas and adjustments are written with a point, and never rounded.

/// `digits / 10^scale`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimal {
    digits: u64,
    scale: u32,
}

impl Decimal {
    /// Digits after the point that can be read at most.
    const MAX_SCALE: u32 = 18;

    /// Reads `1.25`, `25` or `2.5e-2`.
    pub fn read(text: &str) -> Option<Self> {
        let (text, exponent) = match text.split_once(['e', 'E']) {
            Some((text, exponent)) => (text, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        if whole.is_empty() || !whole.bytes().chain(part.bytes()).all(|one| one.is_ascii_digit()) {
            return None;
        }
        let part = part.trim_end_matches('0');
        let digits: u64 = [whole, part].concat().parse().ok()?;
        let scale = i32::try_from(part.len()).ok()?.checked_sub(exponent)?;
        let up = 10_u64.checked_pow(u32::try_from(-scale.min(0)).ok()?)?;
        let scale = u32::try_from(scale.max(0)).ok().filter(|scale| *scale <= Self::MAX_SCALE)?;
        Some(Self { digits: digits.checked_mul(up)?, scale })
    }

    /// ceil(self * n); `None` above 2^128.
    pub fn times_ceiling(self, n: u64) -> Option<u128> {
        let product = u128::from(self.digits).checked_mul(u128::from(n))?;
        Some(product.div_ceil(10_u128.pow(self.scale)))
    }
}

impl Decimal {
    /// The whole number nearest to self * n, halves down; `None` above 2^64.
    pub fn times_nearest(self, n: u64) -> Option<u64> {
        let one = 10_u128.pow(self.scale);
        let product = u128::from(self.digits).checked_mul(u128::from(n))?;
        // Halves down: what is exactly between goes to the lower.
        u64::try_from((product + (one - 1) / 2) / one).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn products_are_exact_and_rounded_up_once() {
        for (text, n, product) in [
            ("0.025", 100_000, Some(2_500)),
            ("0.025", 100_001, Some(2_501)),
            ("1.3", 10, Some(13)),
            ("2.5e-2", 1_000, Some(25)),
            ("1e3", 7, Some(7_000)),
            ("0", 5, Some(0)),
            ("-1", 5, None),
            (".5", 5, None),
            ("1.x", 5, None),
            ("", 5, None),
            ("NaN", 5, None),
            ("99999999999999999999", 5, None),
        ] {
            let got = Decimal::read(text).and_then(|decimal| decimal.times_ceiling(n));
            assert_eq!(got, product, "{text} * {n}");
        }
    }
}
