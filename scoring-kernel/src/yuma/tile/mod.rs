//! The epoch on tiles of 32 columns, eight lanes at a time: the bits of the row-by-row rules, faster.
//!
//! Dense rows are gathered into tiles as they are, sparse ones are packed by column; the tiles are
//! computed by the same body.
//! Cells are shares in 32 bits. One, which needs a 33rd, is coded as 2^32 - 1: a quotient `n / d` with
//! `d < 2^32` never takes that value, so that the code is unambiguous for weights, bonds and their
//! normalised forms; where it could be ambiguous, [`score`] gives up and the caller goes row by row.

mod agree;
mod classic;
mod curve;
mod follow;
mod gather;
mod holder;
mod liquid;
mod median;
mod pack;
mod packed;
mod plan;
mod reciprocal;
mod space;
mod walk;

pub(super) use space::Space;

use super::bonds::Averaging;
use crate::fixed::{ONE, mul_floor, normalise};
use crate::input::Input;
use crate::lanes::{Lanes, Octet, Run};
use crate::outcome::Prepared;
use crate::params::YumaParams;
use crate::rows::Rows;
use classic::Classic;
use follow::Follow;
use space::{CODED_ONE, COLUMNS, Cells, GROUP, Stored, lane_sum};
use walk::{Settle, walk};

/// Normalised weights are kept between the passes while they take no more memory than this.
const KEPT_CELLS: usize = 1 << 18;

/// An epoch has a share that 32 bits cannot hold unambiguously.
#[derive(Clone, Copy, Debug)]
struct Ambiguous;

/// Computes what `prepared` holds of an epoch, except for the columns that only pages need, and its
/// bond rows. `false` if this way cannot; then both must be computed row by row.
pub(super) fn score(
    params: &YumaParams,
    input: &Input<'_>,
    prepared: &mut Prepared,
    space: &mut Space,
    out: &mut Rows,
) -> bool {
    if !Averaging::new(params, true).fits_lanes() || !space.plan(input, prepared) {
        return false;
    }
    let packed = space.is_sparse(input);
    Epoch { params, input, prepared, space, out, packed }.on_fastest().is_ok()
}

/// [`score`] in a given form, on the lanes that every processor has or on the fastest.
#[cfg(test)]
pub(super) fn score_as(
    (packed, portable): (bool, bool),
    params: &YumaParams,
    input: &Input<'_>,
    prepared: &mut Prepared,
    space: &mut Space,
    out: &mut Rows,
) -> bool {
    if !space.plan(input, prepared) {
        return false;
    }
    space.find_occupied(input);
    let epoch = Epoch { params, input, prepared, space, out, packed };
    if portable { epoch.on_portable().is_ok() } else { epoch.on_fastest().is_ok() }
}

/// Everything that an epoch works on.
struct Epoch<'a> {
    params: &'a YumaParams,
    input: &'a Input<'a>,
    prepared: &'a mut Prepared,
    space: &'a mut Space,
    out: &'a mut Rows,
    /// Whether columns are packed; else rows are spread out.
    packed: bool,
}

impl Run for Epoch<'_> {
    type Output = Result<(), Ambiguous>;

    #[inline(always)]
    fn run<L: Lanes>(self) -> Result<(), Ambiguous> {
        let Self { params, input, prepared, space, out, packed } = self;
        let keep = space.facts.len() * space.occupied.len() * COLUMNS <= KEPT_CELLS;
        if packed {
            packed::agree::<L>(params.kappa_raw(), input, prepared, space);
        } else {
            let rows = space.facts.len();
            space.make_room(rows, if keep { rows * space.occupied.len() } else { 0 });
            agree::agree::<L>(params.kappa_raw(), input, prepared, space, keep);
            agree::settle_trust(input, prepared, space);
        }
        normalise(&mut prepared.incentives);
        prepared.liquid = params.liquid().is_some() && prepared.consensus.iter().any(|&c| c != 0);
        let averaging = Averaging::new(params, prepared.liquid);
        let whole = prepared.incentives.contains(&ONE);
        let mut last = Last { input, prepared, space, out, whole, keep, packed };
        match averaging.follows() {
            None => last.settle::<L>(&Classic { averaging, whole }, false),
            Some(sigmoid) => {
                if sigmoid.is_some_and(|sigmoid| !last.space.curve.draw(sigmoid.slope())) {
                    return Err(Ambiguous); // too steep to be bounded
                }
                last.settle::<L>(&Follow { averaging, sigmoid, whole }, true)
            }
        }
    }
}

/// What follows consensus: bonds and dividends.
struct Last<'a> {
    input: &'a Input<'a>,
    prepared: &'a mut Prepared,
    space: &'a mut Space,
    out: &'a mut Rows,
    /// Whether one column has all incentive.
    whole: bool,
    keep: bool,
    packed: bool,
}

impl Last<'_> {
    /// Settles all tiles. `by_stake`: dividends are proportional to stake.
    #[inline(always)]
    fn settle<L: Lanes>(&mut self, rule: &impl Settle, by_stake: bool) -> Result<(), Ambiguous> {
        let Self { input, prepared, space, out, whole, keep, packed } = self;
        if *packed {
            space.code_packed_incentives(&prepared.incentives);
            packed::settle::<L>(rule, *whole, by_stake, prepared, space)?;
            packed::unpack(input, space, out);
            return Ok(());
        }
        space.code_incentives(&prepared.incentives);
        let stored = out.lay_out(space.facts.len(), input.slots());
        walk::<L>(rule, input, prepared, space, stored, *keep)?;
        settle_dividends(input, prepared, space, *whole, by_stake)?;
        settle_bonds(input, space, out);
        Ok(())
    }
}

/// Per cent of a dense tile's cells: below, entries are cheaper packed.
const SPARSE_PERCENT: usize = 40;
/// Entries up to which positions fit 32 bits.
const PACKED_ENTRIES: usize = 1 << 28;

impl Space {
    /// Whether the entries are few enough to be packed. If not, finds the tiles that have some.
    fn is_sparse(&mut self, input: &Input<'_>) -> bool {
        let entries = input.weights.entries().max(input.bonds.entries());
        let rows = self.facts.len();
        let few = |columns: usize| entries * 100 < rows * columns * SPARSE_PERCENT;
        let packed = entries <= PACKED_ENTRIES;
        if packed && few(input.slots() / 2) {
            return true; // whichever half of the columns has none
        }
        self.find_occupied(input);
        let tiles = self.occupied.iter().filter(|&&occupied| occupied).count();
        packed && few(tiles * COLUMNS)
    }
}

impl Space {
    /// Sizes the tiles.
    fn make_room(&mut self, rows: usize, kept: usize) {
        self.cursors.clear();
        self.cursors.resize(rows, 0);
        self.weights.resize(rows * GROUP, Stored::default());
        self.bonds.resize(rows * GROUP, Stored::default());
        self.cells.resize(rows, Cells::default());
        self.kept.resize(kept, Cells::default());
        for lanes in [&mut self.trust, &mut self.earned, &mut self.filled] {
            lanes.clear();
            lanes.resize(rows, Octet::default());
        }
    }

    /// Codes the incentives by tile.
    fn code_incentives(&mut self, incentives: &[u64]) {
        self.incentives.clear();
        self.incentives.extend(incentives.chunks(COLUMNS).map(|shares| {
            let mut cells = Cells::default();
            for (cell, &share) in cells.0.as_flattened_mut().iter_mut().zip(shares) {
                *cell = u32::try_from(share).unwrap_or(CODED_ONE);
            }
            cells
        }));
    }
}

/// Writes dividends from what each row earned. `whole`: one column has all incentive.
fn settle_dividends(
    input: &Input<'_>,
    prepared: &mut Prepared,
    space: &Space,
    whole: bool,
    by_stake: bool,
) -> Result<(), Ambiguous> {
    let mut total = 0;
    prepared.dividends.clear();
    prepared.dividends.resize(input.slots(), 0);
    for (fact, lanes) in space.facts.iter().zip(&space.earned) {
        let sum = lane_sum(lanes);
        let earned = if whole && sum == u64::from(CODED_ONE) { ONE } else { sum };
        total += earned;
        if let Some(dividend) = prepared.dividends.get_mut(usize::from(fact.uid)) {
            *dividend = if by_stake { mul_floor(earned, fact.stake.into()) } else { earned };
        }
    }
    if total == 0 && prepared.incentives.iter().any(|&share| share != 0) {
        return Err(Ambiguous); // nothing, or a lane that reached one and wrapped to zero
    }
    normalise(&mut prepared.dividends);
    Ok(())
}

/// Turns the dense bond rows that were written into sparse ones.
fn settle_bonds(input: &Input<'_>, space: &mut Space, out: &mut Rows) {
    let slots = input.slots();
    let Space { facts, filled, cursors, .. } = space;
    // cursors: the row of each uid in the layout, by uid
    cursors.clear();
    cursors.resize(slots, usize::MAX);
    for (index, fact) in facts.iter().enumerate() {
        if let Some(entry) = cursors.get_mut(usize::from(fact.uid)) {
            *entry = index;
        }
    }
    for &index in cursors.iter() {
        match (facts.get(index), filled.get(index)) {
            (Some(fact), Some(lanes)) if fact.permit => {
                out.end_dense_row(index, slots, lane_sum(lanes) as usize);
            }
            _ => out.push_empty(),
        }
    }
}
