//! Writing bond rows.

use super::Close;
use crate::{
    codec::Bytes,
    network::{Bonds, Scratch, State, reasons::CORRUPT, row},
    refusal::Refusal,
    store::Has,
};
use scoring_kernel::Row;

/// Writes all bond rows of an epoch that was scored as a whole.
pub(super) fn write_whole(scratch: &Scratch, s: &mut impl State, close: &Close) {
    for (&uid, old) in scratch.validators.iter().zip(&scratch.stored) {
        write_row(s, close, uid, scratch.outcome.bonds.row(usize::from(uid)), old);
    }
}

/// Writes the next bond rows, at most `rows`; how many are written by now.
///
/// Only who had a permit for this epoch has bonds before or after it, so no other row is
/// looked at.
pub(super) fn write(
    scratch: &mut Scratch,
    s: &mut impl State,
    close: &Close,
    rows: u16,
) -> Result<u16, Refusal> {
    let mut cursor = close.closing.cursor;
    let left = scratch.validators.iter().skip(usize::from(cursor));
    // The bonds gathered begin with the cursor's, on the first page and on every other.
    for (&uid, old) in left.zip(&scratch.stored).take(usize::from(rows)) {
        let (weights, bonds) =
            (scratch.weights.row(usize::from(uid)), scratch.bonds.row(usize::from(uid)));
        let new = &mut scratch.new_bonds;
        new.clear();
        close.mechanism.finish_row(&scratch.prepared, uid, weights, bonds, new);
        write_row(s, close, uid, new.row(0), old);
        cursor = cursor.checked_add(1).ok_or(CORRUPT.bare())?;
    }
    Ok(cursor)
}

/// Writes one bond row, if it differs; an empty one where the form of bonds changes with the
/// next epoch.
fn write_row(s: &mut impl Has<Bonds>, close: &Close, uid: u16, new: Row<'_>, old: &Bytes) {
    let bonds = if close.resets_bonds() { Bytes::default() } else { row::encode_row(new) };
    if bonds != *old {
        s.set((close.number, uid), Bonds { bonds });
    }
}
