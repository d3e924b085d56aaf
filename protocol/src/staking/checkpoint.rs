//! A value as of any height: two changes at hand, the older ones in a history table.

use crate::{staking::Checkpoint, units::Height};

/// A change that no longer fits the checkpoint and goes into the history table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Displaced<T> {
    /// Its number in the history, from 0.
    pub number: u32,
    /// What was set.
    pub value: T,
    /// In which block.
    pub since: Height,
}

impl<T: Copy + PartialEq> Checkpoint<T> {
    /// The checkpoint after `value` is set in block `height`, and the change that it displaces.
    ///
    /// The last write in a block wins; a write of the value that is there changes nothing.
    pub fn changed(self, value: T, height: Height) -> (Self, Option<Displaced<T>>) {
        if value == self.current {
            return (self, None);
        }
        if self.since == height {
            return (Self { current: value, ..self }, None);
        }
        // Before the first change there is the default, which the history need not tell.
        let displaced = (self.previous_since != Height::ZERO).then_some(Displaced {
            number: self.older,
            value: self.previous,
            since: self.previous_since,
        });
        let after = Self {
            current: value,
            since: height,
            previous: self.current,
            previous_since: self.since,
            older: self.older.saturating_add(u32::from(displaced.is_some())),
        };
        (after, displaced)
    }
}

/// The value read at `height`: the one set in the last block before it. `None` where the
/// checkpoint alone cannot tell, and the history must be asked.
///
/// Whoever queries the record raw decides with this whether a smart query is needed.
pub fn recent<T: Copy>(checkpoint: &Checkpoint<T>, height: Height) -> Option<T> {
    if checkpoint.since < height {
        Some(checkpoint.current)
    } else if checkpoint.previous_since < height {
        Some(checkpoint.previous)
    } else {
        None
    }
}

/// The value read at `height`, from the checkpoint or by binary search in its history, which
/// `older` reads by number.
pub fn value_at<T: Copy + Default>(
    checkpoint: &Checkpoint<T>,
    height: Height,
    older: impl Fn(u32) -> (T, Height),
) -> T {
    if let Some(value) = recent(checkpoint, height) {
        return value;
    }
    // Invariant: changes below `low` are before `height`, those from `high` on are not.
    let (mut low, mut high, mut found) = (0, checkpoint.older, T::default());
    while low < high {
        let middle = low + (high - low) / 2;
        let (value, since) = older(middle);
        if since < height {
            (low, found) = (middle + 1, value);
        } else {
            high = middle;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{recent, value_at};
    use crate::{staking::Checkpoint, units::Height};
    use proptest::{
        collection::vec,
        prelude::{prop_assert_eq, proptest},
    };

    proptest! {
        /// Law 5: a change in block h is invisible at h and visible at h + 1; the last write
        /// in a block wins. The reference is the list of all writes.
        #[test]
        fn law_05_a_read_sees_the_last_write_before_its_height(
            writes in vec((1u64..40, 0u64..4), 0..40),
        ) {
            let mut writes = writes;
            writes.sort_by_key(|(height, _)| *height);
            let (mut checkpoint, mut history) = (Checkpoint::<u64>::default(), Vec::new());
            for (height, value) in &writes {
                let (after, displaced) = checkpoint.changed(*value, Height::new(*height));
                if let Some(old) = displaced {
                    prop_assert_eq!(old.number as usize, history.len());
                    history.push((old.value, old.since));
                }
                checkpoint = after;
            }
            prop_assert_eq!(checkpoint.older as usize, history.len());
            for height in 0..45 {
                let last = writes.iter().rev().find(|(at, _)| *at < height);
                let want = last.map_or(0, |(_, value)| *value);
                let at = Height::new(height);
                prop_assert_eq!(value_at(&checkpoint, at, |n| history[n as usize]), want);
                if let Some(value) = recent(&checkpoint, at) {
                    prop_assert_eq!(value, want);
                }
            }
        }
    }

    #[test]
    fn only_a_third_change_needs_the_history() {
        let set = |c: Checkpoint<u64>, value, at| c.changed(value, Height::new(at));
        let (c, none) = set(Checkpoint::default(), 1, 10);
        assert_eq!((none, recent(&c, Height::new(10))), (None, Some(0)));
        let (c, none) = set(c, 2, 20);
        assert_eq!((none, recent(&c, Height::new(10))), (None, None));
        let (c, old) = set(c, 3, 30);
        assert_eq!(old.map(|old| (old.number, old.value, old.since.get())), Some((0, 1, 10)));
        assert_eq!(recent(&c, Height::new(21)), Some(2));
        assert_eq!(recent(&c, Height::new(20)), None);
    }
}
