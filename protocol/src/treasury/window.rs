//! What was paid in a rolling window, with bounded state.
//!
//! Payments are added up by stretches of a 24th of the window. A payment counts for at least a
//! window and at most a window and a stretch, so that in no window whatever is more paid than
//! the cap.

use crate::{
    treasury::{BUCKETS, Bucket, MAX_BUCKETS, Outflow},
    units::{Amount, Timestamp},
};

impl Bucket {
    /// Whether any payment in it may be younger than a window.
    const fn counts(&self, now: Timestamp, window: u64) -> bool {
        self.end.after(window).get() > now.get()
    }
}

impl Outflow {
    /// What counts at `now`, in base units.
    pub fn spent(&self, now: Timestamp, window: u64) -> u128 {
        let counted = self.buckets.iter().filter(|bucket| bucket.counts(now, window));
        counted.fold(0, |sum, bucket| sum.saturating_add(bucket.amount.units()))
    }

    /// With a payment at `now`; what no longer counts is forgotten.
    pub fn with(mut self, now: Timestamp, window: u64, amount: Amount) -> Self {
        self.buckets.retain(|bucket| bucket.counts(now, window));
        if amount.is_zero() {
            return self;
        }
        match self.buckets.last_mut() {
            // A longer window had longer stretches: the last may reach beyond this one's.
            Some(last) if last.end >= now => last.amount = joined(last.amount, amount),
            _ => self.buckets.push(Bucket { end: end_of(now, window), amount }),
        }
        if self.buckets.len() > MAX_BUCKETS {
            let oldest = self.buckets.remove(0);
            if let Some(next) = self.buckets.first_mut() {
                next.amount = joined(next.amount, oldest.amount);
            }
        }
        self
    }
}

/// The last second of the stretch that holds `now`.
const fn end_of(now: Timestamp, window: u64) -> Timestamp {
    let stretch = if window == 0 { 1 } else { window.div_ceil(BUCKETS) };
    let start = now.get() - now.get() % stretch;
    Timestamp::new(start.saturating_add(stretch - 1))
}

/// Sums that would not fit count as the most: they are above any cap.
const fn joined(a: Amount, b: Amount) -> Amount {
    Amount::saturating(a.units() + b.units())
}

#[cfg(test)]
mod tests {
    use crate::{
        Timestamp,
        testing::amount,
        treasury::{BUCKETS, MAX_BUCKETS, Outflow},
    };
    use proptest::{
        collection::vec,
        prelude::{prop_assert, proptest},
    };

    const NOW: fn(u64) -> Timestamp = Timestamp::new;

    #[test]
    fn a_payment_counts_for_a_window_and_at_most_a_stretch_more() {
        let outflow = Outflow::default().with(NOW(1000), 240, amount(7));
        for (now, spent) in [(1000, 7), (1239, 7), (1240, 7), (1248, 7), (1249, 0), (9999, 0)] {
            assert_eq!(outflow.spent(NOW(now), 240), spent, "{now}");
        }
    }

    #[test]
    fn a_window_of_one_second_forgets_in_the_next() {
        let outflow = Outflow::default().with(NOW(5), 1, amount(7)).with(NOW(5), 1, amount(2));
        assert_eq!((outflow.spent(NOW(5), 1), outflow.spent(NOW(6), 1)), (9, 0));
    }

    #[test]
    fn a_longer_window_keeps_what_is_known_in_bounded_state() {
        let mut outflow = Outflow::default();
        for n in 0..200 {
            outflow = outflow.with(NOW(100 * n), if n < 10 { 24 } else { 1 << 20 }, amount(1));
        }
        // The first nine left their short window one by one.
        assert!(outflow.buckets.len() <= MAX_BUCKETS);
        assert_eq!(outflow.spent(NOW(20_000), 1 << 20), 191);
    }

    proptest! {
        /// The cap holds in every window: whatever is accepted under it, no interval of a
        /// window's length has paid more. And nothing counts longer than a stretch more.
        #[test]
        fn no_window_pays_more_than_the_cap(
            steps in vec((0u64..400, 0u128..60), 1..80), window in 1u64..2_000, cap in 1u128..100,
        ) {
            let (mut outflow, mut now, mut paid) = (Outflow::default(), 0u64, Vec::new());
            for (step, units) in steps {
                now += step;
                let spent = outflow.spent(NOW(now), window);
                let young = |most: u64, paid: &[(u64, u128)]| -> u128 {
                    let young = paid.iter().filter(|(at, _)| now - at < most);
                    young.map(|(_, units)| units).sum()
                };
                prop_assert!(young(window, &paid) <= spent);
                prop_assert!(spent <= young(window + window.div_ceil(BUCKETS), &paid));
                if spent + units <= cap {
                    outflow = outflow.with(NOW(now), window, amount(units));
                    paid.push((now, units));
                }
                prop_assert!(young(window, &paid) <= cap);
                prop_assert!(outflow.buckets.len() <= MAX_BUCKETS);
            }
        }

        /// However the window changes between payments, each counts for as long as the one in
        /// force says.
        #[test]
        fn a_changed_window_never_forgets_too_early(
            steps in vec((0u64..400, 1u64..4_000), 1..120),
        ) {
            let (mut outflow, mut now, mut paid) = (Outflow::default(), 0u64, Vec::new());
            for (step, window) in steps {
                now += step;
                outflow = outflow.with(NOW(now), window, amount(1));
                paid.push((now, 1u128));
                // What a shorter window once forgot, a longer one does not bring back.
                paid.retain(|(at, _)| now - at < window);
                let young: u128 = paid.iter().map(|(_, units)| units).sum();
                prop_assert!(young <= outflow.spent(NOW(now), window));
                prop_assert!(outflow.buckets.len() <= MAX_BUCKETS);
            }
        }
    }
}
