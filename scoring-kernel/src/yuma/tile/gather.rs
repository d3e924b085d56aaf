//! Copies rows, whatever their form, into dense tiles.

use super::plan::run;
use super::space::{COLUMNS, Fact, GROUP, Stored};
use crate::outcome::Prepared;
use crate::rows::{Row, Rows};

/// The tiles that are gathered together.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    /// First tile.
    pub(super) first: usize,
    /// Number of tiles, at most [`GROUP`].
    pub(super) len: usize,
}

impl Group {
    /// The groups that make up `tiles`.
    pub(super) fn all(tiles: usize) -> impl Iterator<Item = Self> {
        (0..tiles).step_by(GROUP).map(move |first| Self { first, len: GROUP.min(tiles - first) })
    }

    /// The tiles.
    pub(super) fn tiles(self) -> core::ops::Range<usize> {
        self.first..self.first + self.len
    }

    /// First column, and the one after the last.
    fn columns(self) -> (usize, usize) {
        (self.first * COLUMNS, (self.first + self.len) * COLUMNS)
    }
}

/// Fills `tiles` (tile by tile, row by row) with the group's columns of the rows of `source`.
///
/// `cursors` holds, for each row, the first entry that no earlier group took; groups ascend.
#[inline(always)]
pub(super) fn gather(
    source: &Rows,
    facts: &[Fact],
    wanted: impl Fn(&Fact) -> bool,
    group: Group,
    cursors: &mut [usize],
    tiles: &mut [Stored],
) {
    for (index, (fact, cursor)) in facts.iter().zip(cursors).enumerate() {
        let row = if wanted(fact) { source.row(usize::from(fact.uid)) } else { Row::default() };
        let places = (index..).step_by(facts.len().max(1));
        match run(row) {
            Some((first, _)) => copy_run(row.values(), first, group, places, tiles),
            None => scatter(row, cursor, group, places, tiles),
        }
    }
}

/// Copies consecutive values.
#[inline(always)]
fn copy_run(
    values: &[u16],
    first: usize,
    group: Group,
    places: impl Iterator<Item = usize>,
    tiles: &mut [Stored],
) {
    let (begin, end) = group.columns();
    if let Some(start) = begin.checked_sub(first)
        && let Some(all) = values.get(start..start + (end - begin))
    {
        let (chunks, _) = all.as_chunks::<COLUMNS>();
        for (place, chunk) in places.zip(chunks) {
            if let Some(target) = tiles.get_mut(place) {
                target.0.as_flattened_mut().copy_from_slice(chunk);
            }
        }
        return;
    }
    for (place, column) in places.zip((begin..end).step_by(COLUMNS)) {
        let Some(target) = tiles.get_mut(place) else { continue };
        *target = Stored::default();
        let from = column.max(first);
        let until = (column + COLUMNS).min(first + values.len());
        if from >= until {
            continue;
        }
        let cells = target.0.as_flattened_mut().get_mut(from - column..until - column);
        if let (Some(cells), Some(values)) = (cells, values.get(from - first..until - first)) {
            cells.copy_from_slice(values);
        }
    }
}

/// Writes listed values.
#[inline(always)]
fn scatter(
    row: Row<'_>,
    cursor: &mut usize,
    group: Group,
    places: impl Iterator<Item = usize>,
    tiles: &mut [Stored],
) {
    let mut next = *cursor;
    for (tile, place) in group.tiles().zip(places) {
        let Some(target) = tiles.get_mut(place) else { continue };
        *target = Stored::default();
        let cells = target.0.as_flattened_mut();
        let begin = tile * COLUMNS;
        let uids = row.uids().get(next..).unwrap_or(&[]);
        let values = row.values().get(next..).unwrap_or(&[]);
        // a tile's row has at most 32 entries: counting them is cheaper than leaving in their middle
        let near = uids.get(..COLUMNS.min(uids.len())).unwrap_or(&[]);
        let count =
            near.iter().map(|&uid| usize::from(usize::from(uid) < begin + COLUMNS)).sum::<usize>();
        for (&uid, &value) in uids.iter().zip(values).take(count) {
            if let Some(cell) = cells.get_mut(usize::from(uid).wrapping_sub(begin)) {
                *cell = value;
            }
        }
        next += count;
    }
    *cursor = next;
}

/// Zeroes the weights in `tiles` that do not count. `registered` is by tile.
#[inline(always)]
pub(super) fn mask_weights(
    prepared: &Prepared,
    facts: &[Fact],
    registered: &[u64],
    group: Group,
    tiles: &mut [Stored],
) {
    let (begin, end) = group.columns();
    for (index, fact) in facts.iter().enumerate() {
        let uid = usize::from(fact.uid);
        let own = uid >= begin && uid < end && prepared.owner != Some(fact.uid);
        if fact.fresh && !own {
            continue;
        }
        let updated = crate::outcome::entry(&prepared.last_update, fact.uid);
        let targets = tiles.iter_mut().skip(index).step_by(facts.len());
        for (tile, target) in group.tiles().zip(targets) {
            let latest = registered.get(tile).copied().unwrap_or(0);
            let stale = updated <= latest || prepared.commit.is_some_and(|commit| commit < latest);
            if !stale && uid / COLUMNS != tile {
                continue;
            }
            for (to, cell) in (tile * COLUMNS..).zip(target.0.as_flattened_mut()) {
                if *cell != 0 && !prepared.weighs(fact.uid, to as u16) {
                    *cell = 0; // columns of non-zero cells are uids
                }
            }
        }
    }
}

/// Zeroes the bonds in columns registered since the last close.
#[inline(always)]
pub(super) fn mask_bonds(
    prepared: &Prepared,
    rows: usize,
    registered: &[u64],
    group: Group,
    tiles: &mut [Stored],
) {
    for (tile, cells) in group.tiles().zip(tiles.chunks_exact_mut(rows.max(1))) {
        if registered.get(tile).is_none_or(|&latest| latest < prepared.last_close) {
            continue;
        }
        let mut mask = Stored::default();
        for (to, cell) in (tile * COLUMNS..).zip(mask.0.as_flattened_mut()) {
            *cell = if prepared.keeps_bonds(to as u16) { u16::MAX } else { 0 };
        }
        for row in cells {
            for (cell, mask) in row.0.as_flattened_mut().iter_mut().zip(mask.0.as_flattened()) {
                *cell &= mask;
            }
        }
    }
}
