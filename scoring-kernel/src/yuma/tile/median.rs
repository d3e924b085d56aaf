//! The weighted median of 32 columns at once, by bisection.

use super::holder::Holder;
use super::space::{COLUMNS, Cells, OCTETS, Space};
use crate::lanes::Lanes;

/// Signed comparison is the one that lanes have: numbers are stored with this bit flipped.
pub(super) const FLIP: u32 = 1 << 31;

/// What a column's answer depends on besides its cells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Votes {
    /// All votes.
    pub(super) total: u64,
    /// Votes that may weigh less than the answer.
    minority: u64,
    /// Passes that only halve the interval.
    halvings: u32,
}

impl Votes {
    /// The votes of an epoch, for tiles with so many rows that have some.
    pub(super) fn new(kappa: u64, space: &Space, rows: usize) -> Self {
        let total: u64 = space.votes.iter().sum();
        Self {
            total,
            minority: total.saturating_sub(kappa),
            halvings: rows.checked_ilog2().unwrap_or(0).saturating_sub(1),
        }
    }

    /// Coded consensus of a tile whose voters' weights lie between `low` and `high`.
    #[inline(always)]
    pub(super) fn median<L: Lanes, H: Holder>(
        self,
        cells: &[Cells],
        voters: &[H],
        absent: &Columns,
        low: &Cells,
        high: &Cells,
    ) -> Cells {
        let (mut low, mut high) = (as_columns(low), as_columns(high));
        let mut absent = *absent;
        for ((low, high), absent) in low.iter_mut().zip(&mut high).zip(&mut absent) {
            if *absent != 0 || voters.is_empty() {
                *low = 0;
            }
            if voters.is_empty() || u64::from(*absent) > self.minority {
                // nothing is supported: the column is closed, and must stay so beside open ones
                (*high, *absent) = (0, 0);
            }
        }
        median::<L, H>(cells, voters, self, &absent, &mut low, &mut high);
        as_cells(&low)
    }
}

/// One number a column.
pub(super) type Columns = [u32; COLUMNS];

/// For each column the largest `t` between `low` and `high` such that at most `minority` votes weigh
/// less than `t`; `low` must be such a one, and `high` the largest weight that has votes. `absent`
/// are the votes of those who are not among the holders; they weigh zero. All sums are below one.
///
/// The answer is always a weight. A pass counts the votes below the middle of the interval; after
/// about `log2` of the voters have halved it, each also finds the weights next to the middle and jumps
/// there, so that the number of passes is bounded by the voters left and not by 32.
#[inline(always)]
fn median<L: Lanes, H: Holder>(
    cells: &[Cells],
    holders: &[H],
    votes: Votes,
    absent: &Columns,
    low: &mut Columns,
    high: &mut Columns,
) {
    let mut pass = 0usize;
    loop {
        let mut middle: Columns = [0; COLUMNS];
        let mut open = 0;
        for ((middle, &low), &high) in middle.iter_mut().zip(low.iter()).zip(high.iter()) {
            let width = high.wrapping_sub(low);
            open |= width;
            *middle = low.wrapping_add((width >> 1).wrapping_add(width & 1));
        }
        if open == 0 {
            return;
        }
        // each pass after the halvings leaves a weight behind, but for two that reach the first ones
        debug_assert!(pass <= votes.halvings as usize + holders.len() + 3, "a column stays open");
        if pass < votes.halvings as usize {
            let below = count::<L, H>(cells, holders, absent, &middle);
            for (((low, high), &middle), &below) in
                low.iter_mut().zip(high.iter_mut()).zip(&middle).zip(&below)
            {
                let rises = u64::from(below) <= votes.minority;
                *low = if rises { middle } else { *low };
                *high = if rises { *high } else { middle.wrapping_sub(1) };
            }
        } else {
            let (below, above, under) = count_and_find::<L, H>(cells, holders, absent, &middle);
            let found = middle.iter().zip(&below).zip(above.iter().zip(&under));
            for ((low, high), ((&middle, &below), (&above, &under))) in
                low.iter_mut().zip(high.iter_mut()).zip(found)
            {
                let rises = u64::from(below) <= votes.minority;
                let open = *low != *high;
                let next = middle.wrapping_add(above);
                let previous = middle.wrapping_sub(1).wrapping_sub(under);
                *low = if open && rises { next } else { *low };
                *high = if open && !rises { previous } else { *high };
            }
        }
        pass += 1;
    }
}

/// Splits 32 columns into lanes.
#[inline(always)]
fn lanes<L: Lanes>(columns: &Columns) -> [L; OCTETS] {
    let cells = as_cells(columns);
    let mut lanes = [L::splat(0); OCTETS];
    for o in 0..OCTETS {
        lanes[o] = L::load(&cells.0[o]);
    }
    lanes
}

/// Joins lanes into 32 columns.
#[inline(always)]
fn columns<L: Lanes>(lanes: &[L; OCTETS]) -> Columns {
    let mut cells = Cells::default();
    for o in 0..OCTETS {
        lanes[o].store(&mut cells.0[o]);
    }
    as_columns(&cells)
}

/// Votes below `middle`.
#[inline(always)]
fn count<L: Lanes, H: Holder>(
    cells: &[Cells],
    holders: &[H],
    absent: &Columns,
    middle: &Columns,
) -> Columns {
    let flip = L::splat(FLIP);
    let mut middle = lanes::<L>(middle);
    for o in 0..OCTETS {
        middle[o] = middle[o].xor(flip);
    }
    let mut below = lanes::<L>(absent);
    for (cells, holder) in cells.iter().zip(holders) {
        for o in 0..OCTETS {
            let vote = holder.vote::<L>(o);
            below[o] = below[o].add(L::load(&cells.0[o]).below_signed(middle[o]).and(vote));
        }
    }
    columns(&below)
}

/// Votes below `middle`, the distance up to the next weight from it, and down to the next below it.
#[inline(always)]
fn count_and_find<L: Lanes, H: Holder>(
    cells: &[Cells],
    holders: &[H],
    absent: &Columns,
    middle: &Columns,
) -> (Columns, Columns, Columns) {
    let (flip, one, far) = (L::splat(FLIP), L::splat(1), L::splat(u32::MAX));
    let plain = lanes::<L>(middle);
    let (mut middle, mut before) = (plain, plain);
    for o in 0..OCTETS {
        middle[o] = plain[o].xor(flip);
        before[o] = middle[o].sub(one);
    }
    let mut below = lanes::<L>(absent);
    let mut above = [far; OCTETS];
    // those who are absent weigh zero
    let mut under = lanes::<L>(absent);
    for o in 0..OCTETS {
        under[o] = under[o].equal(L::splat(0)).choose(far, plain[o].sub(one));
    }
    for (cells, holder) in cells.iter().zip(holders) {
        for o in 0..OCTETS {
            let vote = holder.vote::<L>(o);
            let weight = L::load(&cells.0[o]);
            below[o] = below[o].add(weight.below_signed(middle[o]).and(vote));
            above[o] = above[o].min(weight.sub(middle[o]));
            under[o] = under[o].min(before[o].sub(weight));
        }
    }
    (columns(&below), columns(&above), columns(&under))
}

/// The bits of 32 lanes' octets as columns.
#[inline(always)]
fn as_columns(cells: &Cells) -> Columns {
    let mut joined = [0; COLUMNS];
    joined.copy_from_slice(cells.0.as_flattened());
    joined
}

/// 32 columns as octets.
#[inline(always)]
fn as_cells(columns: &Columns) -> Cells {
    let mut cells = Cells::default();
    cells.0.as_flattened_mut().copy_from_slice(columns);
    cells
}
