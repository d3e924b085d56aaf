use std::collections::BTreeMap;
use std::num::NonZeroU64;

use super::{SampleError, Stream};

/// The whole of a probability given in parts per billion.
pub const BILLION: u32 = 1_000_000_000;

const BILLION_BOUND: NonZeroU64 = NonZeroU64::new(BILLION as u64).unwrap();

impl Stream {
    /// Uniform on 0, 1, ..., bound - 1, without bias: the high half of `word64 * bound`,
    /// redrawn while the low half is below `2^64 mod bound` (Lemire, "Fast Random Integer
    /// Generation in an Interval", ACM TOMACS 29, 2019).
    #[inline]
    pub fn below(&mut self, bound: NonZeroU64) -> u64 {
        let bound = bound.get();
        let mut product = u128::from(self.next_u64()) * u128::from(bound);
        if (product as u64) < bound {
            let threshold = bound.wrapping_neg() % bound;
            while (product as u64) < threshold {
                product = u128::from(self.next_u64()) * u128::from(bound);
            }
        }
        (product >> 64) as u64
    }

    /// Uniform on low, low + 1, ..., high, both ends included.
    ///
    /// # Errors
    /// [`SampleError::EmptyRange`] if `low > high`.
    pub fn uniform(&mut self, low: u64, high: u64) -> Result<u64, SampleError> {
        let span = high.checked_sub(low).ok_or(SampleError::EmptyRange { low, high })?;
        Ok(match span.checked_add(1).and_then(NonZeroU64::new) {
            Some(bound) => low + self.below(bound),
            None => self.next_u64(),
        })
    }

    /// True with probability exactly `parts / 10^9`.
    ///
    /// # Errors
    /// [`SampleError::AboveOne`] if `parts > 10^9`.
    pub fn bernoulli(&mut self, parts: u32) -> Result<bool, SampleError> {
        if parts > BILLION {
            return Err(SampleError::AboveOne { parts });
        }
        Ok(self.below(BILLION_BOUND) < u64::from(parts))
    }

    /// Puts the items into an order drawn uniformly from all orders (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in (1..items.len()).rev() {
            let bound = NonZeroU64::MIN.saturating_add(place as u64);
            items.swap(place, self.below(bound) as usize);
        }
    }

    /// `count` distinct numbers below `available`, every ordered selection equally likely.
    ///
    /// The first `count` steps of a Fisher-Yates shuffle, of which only the displaced
    /// entries are stored: time `count log count` whatever `available` is.
    ///
    /// # Errors
    /// [`SampleError::TooMany`] if `count > available`.
    pub fn choose(&mut self, available: u64, count: u64) -> Result<Vec<u64>, SampleError> {
        if count > available {
            return Err(SampleError::TooMany { wanted: count, available });
        }
        let mut displaced = BTreeMap::new();
        let mut chosen = Vec::new();
        for place in 0..count {
            // At least one is left, for place < count <= available.
            let left = NonZeroU64::MIN.saturating_add(available - place - 1);
            let other = place + self.below(left);
            let here = displaced.get(&place).copied().unwrap_or(place);
            chosen.push(displaced.insert(other, here).unwrap_or(other));
        }
        Ok(chosen)
    }
}

#[cfg(test)]
mod tests {
    use super::{BILLION, SampleError, Stream};

    #[test]
    fn full_range_is_reached_and_empty_range_refused() {
        let mut stream = Stream::from_key([1; 32]);
        assert!(stream.uniform(0, u64::MAX).is_ok());
        assert_eq!(stream.uniform(9, 9), Ok(9));
        assert_eq!(stream.uniform(9, 8), Err(SampleError::EmptyRange { low: 9, high: 8 }));
    }

    #[test]
    fn certain_and_impossible_events() {
        let mut stream = Stream::from_key([2; 32]);
        for _ in 0..1_000 {
            assert_eq!(stream.bernoulli(BILLION), Ok(true));
            assert_eq!(stream.bernoulli(0), Ok(false));
        }
        let parts = BILLION + 1;
        assert_eq!(stream.bernoulli(parts), Err(SampleError::AboveOne { parts }));
    }

    #[test]
    fn choosing_all_is_a_permutation() {
        let mut stream = Stream::from_key([3; 32]);
        let mut all = stream.choose(100, 100).unwrap();
        all.sort_unstable();
        assert_eq!(all, (0..100).collect::<Vec<_>>());
        assert_eq!(stream.choose(0, 0), Ok(vec![]));
        let refused = SampleError::TooMany { wanted: 2, available: 1 };
        assert_eq!(stream.choose(1, 2), Err(refused));
    }
}
