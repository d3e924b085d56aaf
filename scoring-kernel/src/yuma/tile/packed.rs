//! The epoch on packed columns: for sparse rows.

use super::Ambiguous;
use super::agree::{rank_tile, settled};
use super::holder::{Held, Layer};
use super::median::{FLIP, Votes};
use super::pack::{Packing, rows_of};
use super::space::{CODED_ONE, COLUMNS, Cells, OCTETS, Space, decoded};
use super::walk::{Settle, Tile};
use crate::fixed::{mul_floor, normalise};
use crate::input::Input;
use crate::lanes::Lanes;
use crate::outcome::Prepared;
use crate::rows::Rows;

/// Packs the epoch; writes consensus, ranks (as incentives, not yet normalised) and trust.
#[inline(always)]
pub(super) fn agree<L: Lanes>(
    kappa: u64,
    input: &Input<'_>,
    prepared: &mut Prepared,
    space: &mut Space,
) {
    space.pack(input, prepared);
    let single = space.facts.iter().any(|fact| fact.single);
    for column in [&mut prepared.consensus, &mut prepared.incentives] {
        column.clear();
        column.resize(input.slots(), 0);
    }
    space.consensus.clear();
    space.packing.clear_sums();
    for tile in 0..space.packing.tiles() {
        space.packing.load(tile, single, true);
        let start = space.packing.range(tile).start;
        let layers = core::mem::take(&mut space.packing.layers);
        let votes = Votes::new(kappa, space, layers.len());
        let (absent, high) = load_tile::<L>(space, &layers, start, votes);
        let cells = space.cells.get(..layers.len()).unwrap_or(&[]);
        let consensus = votes.median::<L, _>(cells, &layers, &absent, &Cells::default(), &high);
        let ranks = rank_tile::<L, _>(cells, &layers, &mut space.packing.values, &consensus);
        space.packing.layers = layers;
        space.packing.add_values(tile, decoded);
        space.consensus.push(consensus);
        let columns = space.packing.order.chunks(COLUMNS).nth(tile).unwrap_or(&[]);
        for (&uid, (code, rank)) in columns.iter().zip(settled(&consensus, &ranks)) {
            let index = usize::from(uid);
            if let (Some(consensus), Some(incentive)) =
                (prepared.consensus.get_mut(index), prepared.incentives.get_mut(index))
            {
                (*consensus, *incentive) = (code, rank);
            }
        }
    }
    prepared.trust.clear();
    prepared.trust.resize(input.slots(), 0);
    for (fact, sum) in space.facts.iter().zip(space.packing.sums()) {
        if let Some(trust) = prepared.trust.get_mut(usize::from(fact.uid)) {
            *trust = sum;
        }
    }
}

/// Copies the tile's weights to the cells, flipped; votes that are absent and the largest weight that
/// has votes, by column.
#[inline(always)]
fn load_tile<L: Lanes>(
    space: &mut Space,
    layers: &[Layer],
    start: usize,
    votes: Votes,
) -> ([u32; COLUMNS], Cells) {
    let (flip, zero) = (L::splat(FLIP), L::splat(0));
    let (mut present, mut high) = ([zero; OCTETS], [zero; OCTETS]);
    let kept = space.kept.get(start..start + layers.len()).unwrap_or(&[]);
    for ((cells, kept), layer) in space.cells.iter_mut().zip(kept).zip(layers) {
        for o in 0..OCTETS {
            let (weight, vote) = (L::load(&kept.0[o]), L::load(&layer.votes.0[o]));
            present[o] = present[o].add(vote);
            high[o] = high[o].max(weight.and_not(vote.equal(zero)));
            weight.xor(flip).store(&mut cells.0[o]);
        }
    }
    let (mut sums, mut largest) = (Cells::default(), Cells::default());
    for o in 0..OCTETS {
        present[o].store(&mut sums.0[o]);
        high[o].store(&mut largest.0[o]);
    }
    let mut absent = [0; COLUMNS];
    for (absent, &present) in absent.iter_mut().zip(sums.0.as_flattened()) {
        *absent = votes.total.saturating_sub(present.into()) as u32; // below one, or nobody votes
    }
    (absent, largest)
}

impl Space {
    /// Codes the incentives by packed tile.
    pub(super) fn code_packed_incentives(&mut self, incentives: &[u64]) {
        self.incentives.clear();
        self.incentives.extend(self.packing.order.chunks(COLUMNS).map(|columns| {
            let mut cells = Cells::default();
            for (cell, &uid) in cells.0.as_flattened_mut().iter_mut().zip(columns) {
                let share = crate::outcome::entry(incentives, uid);
                *cell = u32::try_from(share).unwrap_or(CODED_ONE);
            }
            cells
        }));
    }
}

/// Settles every packed tile; writes dividends.
#[inline(always)]
pub(super) fn settle<L: Lanes>(
    rule: &impl Settle,
    whole: bool,
    by_stake: bool,
    prepared: &mut Prepared,
    space: &mut Space,
) -> Result<(), Ambiguous> {
    let single = space.facts.iter().any(|fact| fact.single);
    space.packing.clear_sums();
    for index in 0..space.packing.tiles() {
        space.packing.load(index, single, !by_stake); // only the classic form buys with stake
        let start = space.packing.range(index).start;
        let layers = core::mem::take(&mut space.packing.layers);
        let mut values = core::mem::take(&mut space.packing.values);
        let mut filled = vec![(); layers.len()]; // of no size, so no memory
        let mut held = Held { holders: &layers, earned: &mut values, filled: &mut filled };
        let tile = Tile { index, offset: start, kept: Some(start) };
        let settled = rule.settle::<L, Layer>(&mut held, space, tile);
        (space.packing.layers, space.packing.values) = (layers, values);
        settled?;
        space
            .packing
            .add_values(index, |income| if whole { decoded(income) } else { income.into() });
    }
    let dividends = &mut prepared.dividends;
    dividends.clear();
    dividends.resize(prepared.consensus.len(), 0);
    for (fact, earned) in space.facts.iter().zip(space.packing.sums()) {
        if let Some(dividend) = dividends.get_mut(usize::from(fact.uid)) {
            *dividend = if by_stake { mul_floor(earned, fact.stake.into()) } else { earned };
        }
    }
    normalise(dividends);
    Ok(())
}

/// Writes the rows of new bonds, of those who hold a permit.
pub(super) fn unpack(input: &Input<'_>, space: &mut Space, out: &mut Rows) {
    let Space { facts, packing, bonds, cursors, .. } = space;
    // cursors: the fact of each uid
    cursors.clear();
    cursors.resize(input.slots(), usize::MAX);
    for (index, fact) in facts.iter().enumerate() {
        if let Some(entry) = cursors.get_mut(usize::from(fact.uid)) {
            *entry = index;
        }
    }
    let Packing { positions, firsts, merged, .. } = packing;
    out.clear();
    for &index in cursors.iter() {
        if let (Some(fact), Some(&first)) = (facts.get(index), firsts.get(index))
            && fact.permit
        {
            let (weights, old) = rows_of(input, fact);
            let (uids, _, _) = merged.of(weights, old);
            let positions = positions.get(first..).unwrap_or(&[]);
            let values = positions.iter().map(|&position| {
                let cells = bonds.get(position as usize / COLUMNS);
                cells.map_or(0, |cells| cells.0.as_flattened()[position as usize % COLUMNS])
            });
            out.push_filled(uids, values);
        }
        out.end_row();
    }
}
