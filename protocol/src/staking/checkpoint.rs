//! A value as of any height: its last changes at hand, the older ones in a history table.

use crate::{
    staking::{CHUNK, Checkpoint},
    units::Height,
};

/// Changes that no longer fit the checkpoint and go into the history table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Displaced<T> {
    /// The number of the history's record, from 0.
    pub number: u32,
    /// What was set and in which block, oldest first.
    pub changes: [(T, Height); CHUNK],
}

impl<T: Copy + PartialEq + Default> Checkpoint<T> {
    /// The checkpoint after `value` is set in block `height`, and the changes that it displaces.
    ///
    /// The last write in a block wins; a write of the value that is there changes nothing.
    pub fn changed(self, value: T, height: Height) -> (Self, Option<Displaced<T>>) {
        if value == self.current {
            return (self, None);
        }
        if self.since == height {
            return (Self { current: value, ..self }, None);
        }
        let mut after = Self { current: value, since: height, ..self };
        // Before the first change there is the default, which nobody need be told.
        if self.since == Height::ZERO {
            return (after, None);
        }
        let last = (self.current, self.since);
        match after.recent.iter_mut().find(|change| change.1 == Height::ZERO) {
            Some(free) => {
                *free = last;
                (after, None)
            }
            None => {
                let displaced = Displaced { number: self.chunks, changes: self.recent };
                after.recent = [(T::default(), Height::ZERO); CHUNK];
                if let Some(first) = after.recent.first_mut() {
                    *first = last;
                }
                after.chunks = self.chunks.saturating_add(1);
                (after, Some(displaced))
            }
        }
    }
}

/// The last of `changes` before `height`.
fn last_before<T: Copy>(changes: &[(T, Height)], height: Height) -> Option<T> {
    let set = |change: &&(T, Height)| change.1 != Height::ZERO && change.1 < height;
    changes.iter().rev().find(set).map(|change| change.0)
}

/// The value read at `height`: the one set in the last block before it. `None` where the
/// checkpoint alone cannot tell, and the history must be asked.
///
/// Whoever queries the record raw decides with this whether a smart query is needed.
pub fn recent<T: Copy + Default>(checkpoint: &Checkpoint<T>, height: Height) -> Option<T> {
    if checkpoint.since < height {
        return Some(checkpoint.current);
    }
    let found = last_before(&checkpoint.recent, height);
    found.or_else(|| (checkpoint.chunks == 0).then(T::default))
}

/// The value read at `height`, from the checkpoint or by binary search in its history, which
/// `older` reads by number.
pub fn value_at<T: Copy + Default>(
    checkpoint: &Checkpoint<T>,
    height: Height,
    older: impl Fn(u32) -> [(T, Height); CHUNK],
) -> T {
    if let Some(value) = recent(checkpoint, height) {
        return value;
    }
    // Invariant: records below `low` begin before `height`, those from `high` on do not.
    let (mut low, mut high, mut found) = (0, checkpoint.chunks, T::default());
    while low < high {
        let middle = low + (high - low) / 2;
        match last_before(&older(middle), height) {
            Some(value) => (low, found) = (middle + 1, value),
            None => high = middle,
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Displaced, recent, value_at};
    use crate::{
        codec::{decode, encode},
        staking::Checkpoint,
        testing::PlainNames,
        units::Height,
    };
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
                    history.push(old.changes);
                }
                checkpoint = after;
            }
            prop_assert_eq!(checkpoint.chunks as usize, history.len());
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
    fn only_a_sixth_change_needs_the_history() {
        let mut c = Checkpoint::<u64>::default();
        for n in 1..=5 {
            let (after, none) = c.changed(n, Height::new(10 * n));
            assert_eq!((none, recent(&after, Height::new(10))), (None, Some(0)));
            c = after;
        }
        let (c, old) = c.changed(6, Height::new(60));
        let changes = [1, 2, 3, 4].map(|n| (n, Height::new(10 * n)));
        assert_eq!(old, Some(Displaced { number: 0, changes }));
        let read = [61, 60, 51, 50, 41].map(|at| recent(&c, Height::new(at)));
        assert_eq!(read, [Some(6), Some(5), Some(5), None, None]);
        assert_eq!(decode(&PlainNames, &encode(&PlainNames, &c)), Some(c));
        // One change that is there, and no room for a fifth.
        assert_eq!(
            decode::<Checkpoint<u8>>(&PlainNames, &[7, 20, 1, 6, 10, 0]).map(|c| c.recent[0].0),
            Some(6)
        );
        assert_eq!(
            decode::<Checkpoint<u8>>(&PlainNames, &[7, 60, 5, 2, 1, 3, 2, 4, 3, 5, 4, 6, 5, 0]),
            None
        );
    }
}
