//! Writing bond rows.

use super::Close;
use crate::{
    codec::Bytes,
    network::{Bonds, Scratch, State, row, slots},
};
use scoring_kernel::Row;
use std::ops::Range;

/// Writes the next bond rows, at most `rows`: those at the cursor, in the list of keepers. Returns the
/// cursor after them.
///
/// Only keepers have bonds before or after the epoch, so no other row is looked at. A group that does not change is not written.
pub(super) fn write(
    scratch: &mut Scratch,
    s: &mut impl State,
    close: &Close,
    whole: bool,
    rows: u16,
) -> u16 {
    let cursor = close.closing.cursor;
    let end = cursor.saturating_add(rows).min(scratch.keepers.len() as u16);
    let page = usize::from(cursor)..usize::from(end);
    let keepers = std::mem::take(&mut scratch.keepers);
    let stored = std::mem::take(&mut scratch.stored);
    let mut at = 0;
    for members in keepers.chunk_by(|a, b| slots::group(*a) == slots::group(*b)) {
        let from = at;
        at += members.len();
        let group = members.first().map_or(0, |&uid| slots::group(uid));
        // Groups without a row in this page were not gathered, or are not due.
        let Some((_, old)) = stored.iter().find(|old| old.0 == group) else { continue };
        let due = page.start.max(from)..page.end.min(at);
        if !due.is_empty() {
            write_group(scratch, s, close, whole, (from, members, due), (group, old));
        }
    }
    (scratch.keepers, scratch.stored) = (keepers, stored);
    end
}

/// Writes one group, if it changes: new rows for the `due` ones of its keepers, the stored
/// ones for the rest. `from` is the place of the first member in the list of keepers.
fn write_group(
    scratch: &mut Scratch,
    s: &mut impl State,
    close: &Close,
    whole: bool,
    (from, members, due): (usize, &[u16], Range<usize>),
    (group, old): (u16, &Bonds),
) {
    let mut rows = Vec::with_capacity(members.len());
    for (at, &uid) in (from..).zip(members) {
        let bytes = if !due.contains(&at) {
            slots::bonds_of(old, uid).cloned().unwrap_or_default()
        } else if close.resets_bonds() {
            Bytes::default()
        } else {
            row::encode_row(new_row(scratch, close, whole, uid))
        };
        if bytes != Bytes::default() {
            rows.push((uid, bytes));
        }
    }
    if rows != old.rows {
        s.set((close.number, group), Bonds { rows });
    }
}

/// The new bonds of a slot: of the epoch that was scored at once, or finished now.
fn new_row<'a>(scratch: &'a mut Scratch, close: &Close, whole: bool, uid: u16) -> Row<'a> {
    let at = usize::from(uid);
    if whole {
        return scratch.outcome.bonds.row(at);
    }
    let new = &mut scratch.new_bonds;
    new.clear();
    let (weights, bonds) = (scratch.weights.row(at), scratch.bonds.row(at));
    close.mechanism.finish_row(&scratch.prepared, uid, weights, bonds, new);
    new.row(0)
}
