//! The one byte form of a row of weights or bonds.
//!
//! A row is a list of pairs of uid and value, ascending by uid, no value zero. In a row of losses
//! and in memories of slots columns take the place of uids. All numbers are
//! big-endian `u16`. Two forms, and the shorter is the only valid one; at equal length, pairs:
//!
//! - **pairs**: uid, value; uid, value; ... Length 4 n for n pairs.
//! - **span**: the byte 1, the first uid, then a value for each uid from the first to the last,
//!   zeros included. Length 3 + 2 (last - first + 1), which is odd, so the two cannot be taken
//!   for each other.
//!
//! No bytes are the empty row, which is absent. So equal rows are equal bytes, whoever wrote
//! them, and the state hash may count bytes.

use crate::{
    codec::Bytes,
    network::reasons::{NO_SUCH_SLOT, UID_ORDER, UID_TWICE},
    refusal::Refusal,
};
use scoring_kernel::{Row, RowError, RowForm, Rows};

/// The tag of a span.
const SPAN: u8 = 1;
/// Bytes of a span before its values.
const SPAN_HEAD: usize = 3;

/// Checks a submitted row and brings it into its stored form: zeros dropped, weights scaled so
/// that the maximum is 65535 (`round(65535 value / maximum)`, halves up).
///
/// # Errors
/// `E0322` a column given twice, `E0323` a column below the one before, `E0324` one that does
/// not exist; each names the column, which is a uid in a row of weights.
pub fn accept(form: RowForm, submitted: &[(u16, u16)], slots: u16) -> Result<Bytes, Refusal> {
    let row = form.accept(submitted, usize::from(slots)).map_err(|error| match error {
        RowError::Duplicate { uid, .. } => UID_TWICE.refuse(uid.into(), 0),
        RowError::NotAscending { previous, uid, .. } => {
            UID_ORDER.refuse(uid.into(), u128::from(previous) + 1)
        }
        RowError::NoSuchSlot { uid, slots: columns, .. } => {
            NO_SUCH_SLOT.refuse(uid.into(), columns as u128)
        }
    })?;
    Ok(encode(&row))
}

/// The bytes of a row: pairs ascending by uid, no value zero.
pub fn encode(row: &[(u16, u16)]) -> Bytes {
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return Bytes::default() };
    let (uids, values) = (row.iter().map(|pair| pair.0), row.iter().map(|pair| pair.1));
    write(first.0, last.0, uids, values)
}

/// The bytes of one of the kernel's rows.
pub(super) fn encode_row(row: Row<'_>) -> Bytes {
    let (uids, values) = (row.uids(), row.values());
    let (Some(&first), Some(&last)) = (uids.first(), uids.last()) else { return Bytes::default() };
    write(first, last, uids.iter().copied(), values.iter().copied())
}

/// Bytes of the span from `first` to `last`.
fn span_length(first: u16, last: u16) -> usize {
    SPAN_HEAD + 2 * (usize::from(last.saturating_sub(first)) + 1)
}

/// Writes a row that is not empty in the shorter form.
fn write(
    first: u16,
    last: u16,
    uids: impl ExactSizeIterator<Item = u16>,
    values: impl ExactSizeIterator<Item = u16>,
) -> Bytes {
    let (n, span) = (values.len(), span_length(first, last));
    if span >= 4 * n {
        let mut out = vec![0; 4 * n];
        for (cell, (uid, value)) in out.as_chunks_mut::<4>().0.iter_mut().zip(uids.zip(values)) {
            *cell = (u32::from(uid) << 16 | u32::from(value)).to_be_bytes();
        }
        return Bytes(out);
    }
    let mut out = vec![0; span];
    if let Some((head, cells)) = out.split_first_chunk_mut::<SPAN_HEAD>() {
        let [high, low] = first.to_be_bytes();
        *head = [SPAN, high, low];
        let cells = cells.as_chunks_mut::<2>().0;
        if cells.len() == n {
            // Without holes: nothing but swapped bytes.
            cells.iter_mut().zip(values).for_each(|(cell, value)| *cell = value.to_be_bytes());
        } else {
            for (uid, value) in uids.zip(values) {
                if let Some(cell) = cells.get_mut(usize::from(uid.saturating_sub(first))) {
                    *cell = value.to_be_bytes();
                }
            }
        }
    }
    Bytes(out)
}

/// The pairs of a row; `None` where the bytes are not a row's one valid form.
pub fn decode(bytes: &Bytes) -> Option<Vec<(u16, u16)>> {
    let mut rows = Rows::new();
    push(bytes, &mut rows)?;
    Some(rows.row(0).iter().collect())
}

/// Appends the row to `rows`; `None`, with `rows` to be thrown away, where the bytes are not a
/// row's one valid form.
pub(super) fn push(bytes: &Bytes, rows: &mut Rows) -> Option<()> {
    let bytes = bytes.0.as_slice();
    match bytes {
        [] => {
            rows.push_empty();
            Some(())
        }
        [SPAN, span @ ..] if bytes.len() % 2 == 1 => push_span(span, rows),
        _ => push_pairs(bytes, rows),
    }
}

fn push_pairs(bytes: &[u8], rows: &mut Rows) -> Option<()> {
    let (pairs, []) = bytes.as_chunks::<4>() else { return None };
    let (&[a, b, ..], &[c, d, ..]) = (pairs.first()?, pairs.last()?);
    let (first, last) = (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d]));
    let before = rows.entries();
    let row =
        pairs.iter().map(|&[a, b, c, d]| (u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])));
    rows.push_row(row).ok()?;
    // Zeros are dropped by the push, so that one less is counted.
    let valid = rows.entries() - before == pairs.len() && bytes.len() <= span_length(first, last);
    valid.then_some(())
}

fn push_span(bytes: &[u8], rows: &mut Rows) -> Option<()> {
    let (first, bytes) = bytes.split_first_chunk::<2>()?;
    let (values, []) = bytes.as_chunks::<2>() else { return None };
    let first = u16::from_be_bytes(*first);
    let last = u16::try_from(usize::from(first) + values.len().checked_sub(1)?).ok()?;
    let before = rows.entries();
    // Not a range of uids, which asks at each step whether it ends; `last` fits 16 bits.
    let row = values
        .iter()
        .enumerate()
        .map(|(place, &value)| (first.wrapping_add(place as u16), u16::from_be_bytes(value)));
    rows.push_row(row).ok()?;
    let n = rows.entries() - before;
    let ends = *values.first()? != [0, 0] && *values.last()? != [0, 0];
    (ends && span_length(first, last) < 4 * n).then_some(())
}

#[cfg(test)]
mod tests {
    use super::{RowForm, accept, decode, encode};
    use crate::codec::Bytes;
    use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};
    use std::collections::BTreeMap;

    #[test]
    fn known_forms() {
        for (label, row, bytes) in [
            ("empty", vec![], vec![]),
            ("one pair", vec![(258, 3)], vec![1, 2, 0, 3]),
            ("two far apart", vec![(0, 1), (9, 2)], vec![0, 0, 0, 1, 0, 9, 0, 2]),
            ("span: 7 < 8", vec![(4, 1), (5, 2)], vec![1, 0, 4, 0, 1, 0, 2]),
            (
                "span with a hole: 11 < 12",
                vec![(4, 1), (6, 2), (7, 3)],
                vec![1, 0, 4, 0, 1, 0, 0, 0, 2, 0, 3],
            ),
            (
                "span too wide: 13 > 12",
                vec![(4, 1), (6, 2), (8, 3)],
                vec![0, 4, 0, 1, 0, 6, 0, 2, 0, 8, 0, 3],
            ),
        ] {
            assert_eq!(encode(&row).0, bytes, "{label}");
            assert_eq!(decode(&Bytes(bytes)), Some(row), "{label}");
        }
    }

    #[test]
    fn other_bytes_are_refused() {
        for (label, bytes) in [
            ("half a pair", vec![0, 1]),
            ("zero value", vec![0, 1, 0, 0]),
            ("descending", vec![0, 9, 0, 1, 0, 1, 0, 1]),
            ("twice", vec![0, 1, 0, 1, 0, 1, 0, 1]),
            ("pairs where a span is shorter", vec![0, 4, 0, 1, 0, 5, 0, 2]),
            ("a span where pairs are shorter", vec![1, 0, 4, 0, 1]),
            ("a span of nothing", vec![1, 0, 4]),
            ("another tag", vec![2, 0, 4, 0, 1, 0, 2]),
            ("first value zero", vec![1, 0, 4, 0, 0, 0, 2, 0, 3, 0, 4]),
            ("last value zero", vec![1, 0, 4, 0, 1, 0, 2, 0, 3, 0, 0]),
            ("beyond the last uid", vec![1, 255, 255, 0, 1, 0, 2]),
        ] {
            assert_eq!(decode(&Bytes(bytes)), None, "{label}");
        }
    }

    #[test]
    fn submitted_rows_name_the_offending_uid() {
        for (label, row, code, have, need) in [
            ("twice", vec![(3, 1), (3, 2)], 322, 3, 0),
            ("unsorted", vec![(5, 1), (3, 2)], 323, 3, 6),
            ("no such slot", vec![(3, 1), (8, 2)], 324, 8, 8),
        ] {
            let refusal = accept(RowForm::Weights, &row, 8).unwrap_err();
            assert_eq!((refusal.code(), refusal.have, refusal.need), (code, have, need), "{label}");
        }
        let row = [(0, 0), (2, 1), (3, 2)];
        assert_eq!(accept(RowForm::Weights, &row, 8), Ok(encode(&[(2, 32768), (3, 65535)])));
        // two columns, and three a slot
        assert_eq!(accept(RowForm::Losses, &row, 1), Ok(encode(&[(2, 1), (3, 2)])));
        let refusal = accept(RowForm::Losses, &[(5, 1)], 1).unwrap_err();
        assert_eq!((refusal.code(), refusal.have, refusal.need), (324, 5, 5));
    }

    proptest! {
        #[test]
        fn every_row_has_one_form(
            row in prop::collection::btree_map(0u16..600, 1u16.., 0..200),
            dense in prop::collection::btree_map(100u16..160, 1u16.., 0..60),
        ) {
            for row in [row, dense] {
                let row: Vec<_> = row.into_iter().collect();
                let bytes = encode(&row);
                prop_assert_eq!(decode(&bytes), Some(row.clone()));
                let span = row.first().map_or(0, |first| 2 * (row[row.len() - 1].0 - first.0 + 1) + 3);
                prop_assert_eq!(bytes.0.len(), (4 * row.len()).min(usize::from(span)));
            }
        }

        #[test]
        fn what_decodes_is_what_would_be_written(bytes in prop::collection::vec(any::<u8>(), 0..24)) {
            let bytes = Bytes(bytes);
            if let Some(row) = decode(&bytes) {
                prop_assert_eq!(encode(&row), bytes);
            }
        }

        #[test]
        fn altered_bytes_are_refused_or_another_row(
            row in prop::collection::btree_map(0u16..90, 1u16..9, 1..60), at: prop::sample::Index, by in 1u8..,
        ) {
            let row: BTreeMap<u16, u16> = row;
            let pairs: Vec<_> = row.iter().map(|(&uid, &value)| (uid, value)).collect();
            let bytes = encode(&pairs);
            let mut altered = bytes.clone();
            let at = at.index(altered.0.len());
            altered.0[at] = altered.0[at].wrapping_add(by);
            if let Some(other) = decode(&altered) {
                prop_assert!(other != pairs);
                prop_assert_eq!(encode(&other), altered);
            }
        }
    }
}
