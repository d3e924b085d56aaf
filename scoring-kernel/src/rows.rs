//! Sparse rows: one a uid, pairs of uid and 16-bit value, absent equals zero.

use crate::input::MAX_SLOTS;
use ndarray::{Array2, ArrayView2};

/// Why a row is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// The same uid appears twice.
    #[error("entry {position}: uid {uid} appears twice")]
    Duplicate {
        /// Index of the second of the two in the row.
        position: usize,
        /// The uid.
        uid: u16,
    },
    /// A uid is lower than the one before it.
    #[error("entry {position}: uid {uid} comes after {previous}; uids must ascend")]
    NotAscending {
        /// Index of the entry in the row.
        position: usize,
        /// The uid before.
        previous: u16,
        /// The uid.
        uid: u16,
    },
    /// A uid names no slot.
    #[error("entry {position}: uid {uid} is not below {slots}, the number of slots")]
    NoSuchSlot {
        /// Index of the entry in the row.
        position: usize,
        /// The uid.
        uid: u16,
        /// Number of slots.
        slots: usize,
    },
}

/// One row: ascending uids and their values, the same number of each, no value zero.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Row<'a> {
    uids: &'a [u16],
    values: &'a [u16],
}

impl<'a> Row<'a> {
    /// The uids, ascending.
    pub const fn uids(self) -> &'a [u16] {
        self.uids
    }

    /// The values, none zero, in the order of [`Row::uids`].
    pub const fn values(self) -> &'a [u16] {
        self.values
    }

    /// Number of entries.
    pub const fn len(self) -> usize {
        self.uids.len()
    }

    /// Whether there is no entry.
    pub const fn is_empty(self) -> bool {
        self.uids.is_empty()
    }

    /// The pairs of uid and value, ascending by uid.
    pub fn iter(self) -> impl Iterator<Item = (u16, u16)> + 'a {
        self.uids.iter().copied().zip(self.values.iter().copied())
    }
}

/// Where a row's uids are.
#[derive(Clone, Copy, Debug)]
enum Uids {
    /// In the list, from this position.
    Listed(usize),
    /// Consecutive, from this one: a dense row.
    From(u16),
}

/// Where a row is.
#[derive(Clone, Copy, Debug)]
struct Span {
    uids: Uids,
    values: usize,
    len: usize,
}

impl Span {
    const EMPTY: Self = Self { uids: Uids::From(0), values: 0, len: 0 };
}

/// Rows of a sparse matrix; row `i` belongs to uid `i`.
///
/// Values are proportions over 65535. Uids ascend within a row and no value is stored as zero, so
/// that equal matrices are equal values. A row whose uids are consecutive stores only its values.
/// [`Rows::clear`] keeps the memory.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    spans: Vec<Span>,
    uids: Vec<u16>,
    values: Vec<u16>,
    /// 0, 1, 2, ...: the uids of consecutive rows, as far as one reaches.
    ramp: Vec<u16>,
    /// Number of stored entries.
    entries: usize,
    /// Positions in `uids` and `values` at which the row being written begins.
    open: (usize, usize),
}

impl PartialEq for Rows {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for Rows {}

impl Rows {
    /// No row at all.
    pub fn new() -> Self {
        Self::default()
    }

    /// `rows` empty rows.
    pub fn empty(rows: usize) -> Self {
        Self { spans: vec![Span::EMPTY; rows], ..Self::default() }
    }

    /// Removes every row and keeps the memory.
    pub fn clear(&mut self) {
        self.spans.clear();
        self.uids.clear();
        self.values.clear();
        self.entries = 0;
        self.open = (0, 0);
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of stored entries of all rows, which is the number of non-zero values.
    pub fn entries(&self) -> usize {
        self.entries
    }

    /// Row `index`; an empty one beyond the last.
    pub fn row(&self, index: usize) -> Row<'_> {
        let Some(span) = self.spans.get(index) else { return Row::default() };
        let uids = match span.uids {
            Uids::Listed(start) => self.uids.get(start..start + span.len),
            Uids::From(first) => self.ramp.get(usize::from(first)..usize::from(first) + span.len),
        };
        match (uids, self.values.get(span.values..span.values + span.len)) {
            (Some(uids), Some(values)) => Row { uids, values },
            _ => Row::default(),
        }
    }

    /// All rows, the one of uid 0 first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Row<'_>> {
        (0..self.len()).map(|index| self.row(index))
    }

    /// Appends a row of ascending pairs of uid and value; zeros are dropped.
    ///
    /// # Errors
    /// [`RowError::Duplicate`] and [`RowError::NotAscending`]; the rows are then as before.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u16, u16)>) -> Result<(), RowError> {
        let mut previous = None;
        for (position, (uid, value)) in row.into_iter().enumerate() {
            if let Err(error) = ascends(position, previous, uid) {
                self.uids.truncate(self.open.0);
                self.values.truncate(self.open.1);
                return Err(error);
            }
            previous = Some(uid);
            if value != 0 {
                self.push(uid, value);
            }
        }
        self.end_row();
        Ok(())
    }

    /// Appends a row without an entry.
    pub fn push_empty(&mut self) {
        self.end_row();
    }

    /// Appends an entry to the row being written; the caller keeps uids ascending and values above 0.
    #[inline(always)]
    pub(crate) fn push(&mut self, uid: u16, value: u16) {
        self.uids.push(uid);
        self.values.push(value);
    }

    /// Appends the entries that are not zero to the row being written: ascending uids and their values.
    #[inline(always)]
    pub(crate) fn push_filled(&mut self, uids: &[u16], values: impl Iterator<Item = u16>) {
        let (old_uids, old_values) = (self.uids.len(), self.values.len());
        self.uids.resize(old_uids + uids.len(), 0);
        self.values.resize(old_values + uids.len(), 0);
        let to_uids = self.uids.get_mut(old_uids..).unwrap_or_default();
        let to_values = self.values.get_mut(old_values..).unwrap_or_default();
        // every entry is written where the next one kept belongs: no branch to mispredict
        let mut kept = 0usize;
        for (&uid, value) in uids.iter().zip(values) {
            if let (Some(to), Some(cell)) = (to_uids.get_mut(kept), to_values.get_mut(kept)) {
                (*to, *cell) = (uid, value);
            }
            kept = kept.wrapping_add(usize::from(value != 0));
        }
        self.uids.truncate(old_uids + kept);
        self.values.truncate(old_values + kept);
    }

    /// Ends the row being written.
    pub(crate) fn end_row(&mut self) {
        let (uids, values) = self.open;
        let len = self.values.len() - values;
        let span = match self.uids.get(uids..) {
            Some(&[first, .., last]) if usize::from(last) - usize::from(first) + 1 == len => {
                self.uids.truncate(uids);
                self.reach(usize::from(last) + 1);
                Span { uids: Uids::From(first), values, len }
            }
            _ => Span { uids: Uids::Listed(uids), values, len },
        };
        self.spans.push(span);
        self.entries += len;
        self.open = (self.uids.len(), self.values.len());
    }

    /// Removes every row and makes room for `rows` dense ones of `slots` values, whose content is
    /// left over from earlier use. [`Rows::end_dense_row`] then appends them one by one.
    pub(crate) fn lay_out(&mut self, rows: usize, slots: usize) -> &mut [u16] {
        let mut values = core::mem::take(&mut self.values);
        self.clear();
        self.reach(slots);
        values.resize(rows * slots, 0); // touches only what is new
        self.values = values;
        self.open = (0, self.values.len());
        &mut self.values
    }

    /// Appends row `index` of those laid out, of which `filled` values are not zero.
    pub(crate) fn end_dense_row(&mut self, index: usize, slots: usize, filled: usize) {
        let start = index * slots;
        let cells = self.values.get_mut(start..start + slots).unwrap_or_default();
        let first = cells.iter().position(|&value| value != 0).unwrap_or(0);
        let last = cells.iter().rposition(|&value| value != 0).unwrap_or(0);
        let consecutive = filled != 0 && last - first + 1 == filled;
        let span = if consecutive {
            // slots are at most 2^16
            Span { uids: Uids::From(first as u16), values: start + first, len: filled }
        } else {
            // every value is written where the next one kept belongs: no branch to mispredict
            let uids = self.uids.len();
            self.uids.resize(uids + filled + 1, 0);
            let list = self.uids.get_mut(uids..).unwrap_or_default();
            let mut kept = 0;
            for index in 0..cells.len() {
                let value = cells.get(index).copied().unwrap_or(0);
                if let (Some(uid), Some(cell)) = (list.get_mut(kept), cells.get_mut(kept)) {
                    *uid = index as u16; // slots are at most 2^16
                    *cell = value;
                }
                kept += usize::from(value != 0);
            }
            self.uids.truncate(uids + kept);
            Span { uids: Uids::Listed(uids), values: start, len: kept }
        };
        self.spans.push(span);
        self.entries += span.len;
        self.open = (self.uids.len(), self.values.len());
    }

    /// Extends the ramp to `len` uids.
    fn reach(&mut self, len: usize) {
        let len = len.min(MAX_SLOTS);
        if self.ramp.len() < len {
            let known = self.ramp.len();
            self.ramp.extend((known..len).map(|uid| uid as u16)); // below 2^16
        }
    }

    /// The dense matrix of shape (rows, columns); entries beyond the columns are left out.
    pub fn to_dense(&self, columns: usize) -> Array2<u16> {
        let mut dense = Array2::zeros((self.len(), columns));
        for (row, mut out) in self.iter().zip(dense.rows_mut()) {
            for (uid, value) in row.iter() {
                if let Some(cell) = out.get_mut(usize::from(uid)) {
                    *cell = value;
                }
            }
        }
        dense
    }
}

/// A dense matrix, at most 65536 columns wide; columns beyond are left out.
impl From<ArrayView2<'_, u16>> for Rows {
    fn from(dense: ArrayView2<'_, u16>) -> Self {
        let mut rows = Self::new();
        for row in dense.rows() {
            for (uid, &value) in (0..=u16::MAX).zip(row) {
                if value != 0 {
                    rows.push(uid, value);
                }
            }
            rows.end_row();
        }
        rows
    }
}

/// Checks a submitted weight row and brings it into its stored form.
///
/// Uids must ascend and lie below `slots`. Zeros are dropped and the rest is scaled by
/// [`max_upscale`]. An empty result is a row that weighs nobody.
///
/// # Errors
/// The first [`RowError`] of the row.
pub fn accept_row(submitted: &[(u16, u16)], slots: usize) -> Result<Vec<(u16, u16)>, RowError> {
    let mut accepted = check_row(submitted, slots)?;
    max_upscale(&mut accepted);
    Ok(accepted)
}

/// The entries of a submitted row that are not zero, for columns below `slots`, ascending.
pub(crate) fn check_row(
    submitted: &[(u16, u16)],
    slots: usize,
) -> Result<Vec<(u16, u16)>, RowError> {
    let mut previous = None;
    let mut accepted = Vec::with_capacity(submitted.len());
    for (position, &(uid, value)) in submitted.iter().enumerate() {
        ascends(position, previous, uid)?;
        if usize::from(uid) >= slots {
            return Err(RowError::NoSuchSlot { position, uid, slots });
        }
        previous = Some(uid);
        if value != 0 {
            accepted.push((uid, value));
        }
    }
    Ok(accepted)
}

/// Scales a row so that its maximum becomes 65535: `round(65535 value / maximum)`, halves up.
///
/// It is the only place of the mechanism that rounds to nearest. All zeros stay so.
pub fn max_upscale(row: &mut [(u16, u16)]) {
    let maximum = row.iter().map(|&(_, value)| u32::from(value)).max().unwrap_or(0);
    if maximum == 0 || maximum == u32::from(u16::MAX) {
        return;
    }
    for (_, value) in row {
        let scaled = (u64::from(*value) * 2 * u64::from(u16::MAX) + u64::from(maximum))
            / (2 * u64::from(maximum));
        *value = u16::try_from(scaled).unwrap_or(u16::MAX);
    }
}

/// Checks that `uid` is above the one before it.
fn ascends(position: usize, previous: Option<u16>, uid: u16) -> Result<(), RowError> {
    match previous {
        Some(previous) if uid == previous => Err(RowError::Duplicate { position, uid }),
        Some(previous) if uid < previous => Err(RowError::NotAscending { position, previous, uid }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::{RowError, Rows, accept_row};
    use ndarray::array;

    #[test]
    fn a_refused_row_leaves_the_rows_alone() {
        let mut rows = Rows::new();
        rows.push_row([(1, 5), (3, 0), (4, 7)]).unwrap();
        let before = rows.clone();
        assert_eq!(
            rows.push_row([(1, 5), (1, 6)]),
            Err(RowError::Duplicate { position: 1, uid: 1 })
        );
        assert_eq!(
            rows.push_row([(2, 5), (1, 6)]),
            Err(RowError::NotAscending { position: 1, previous: 2, uid: 1 })
        );
        assert_eq!(rows, before);
        assert_eq!(rows.row(0).iter().collect::<Vec<_>>(), [(1, 5), (4, 7)]);
        assert!(rows.row(1).is_empty());
    }

    #[test]
    fn dense_and_sparse_are_the_same_rows() {
        let dense = array![[0, 3, 0], [0, 0, 0], [65535, 0, 1]];
        let rows = Rows::from(dense.view());
        assert_eq!(rows.entries(), 3);
        assert_eq!(rows.to_dense(3), dense);
    }

    #[test]
    fn submitted_rows_are_checked_and_upscaled() {
        assert_eq!(accept_row(&[(0, 1), (2, 0), (5, 2)], 6), Ok(vec![(0, 32768), (5, 65535)]));
        assert_eq!(accept_row(&[], 6), Ok(vec![]));
        assert_eq!(
            accept_row(&[(6, 1)], 6),
            Err(RowError::NoSuchSlot { position: 0, uid: 6, slots: 6 })
        );
    }
}
