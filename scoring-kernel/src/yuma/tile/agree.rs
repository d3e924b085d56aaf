//! Consensus, trust and ranks, tile by tile.

use super::gather::{Group, gather, mask_weights};
use super::holder::{Holder, octets};
use super::median::{FLIP, Votes};
use super::reciprocal::Reciprocals;
use super::space::{
    CODED_ONE, COLUMNS, Cells, Fact, GROUP, OCTETS, Space, Stored, decoded, lane_sum,
};
use crate::fixed::ONE;
use crate::input::Input;
use crate::lanes::Lanes;
use crate::outcome::Prepared;

/// Normalised weights of a row of a tile, one coded.
#[inline(always)]
pub(super) fn normalised<L: Lanes>(fact: &Fact, stored: &Stored) -> [L; OCTETS] {
    let mut weights = [L::splat(0); OCTETS];
    let zero = L::splat(0);
    if fact.single {
        for o in 0..OCTETS {
            weights[o] = L::splat(CODED_ONE).and_not(L::load_u16(&stored.0[o]).equal(zero));
        }
        return weights;
    }
    let sum = Reciprocals::<L>::splat(&fact.sum);
    for o in 0..OCTETS {
        weights[o] = sum.divide(L::load_u16(&stored.0[o]));
    }
    weights
}

/// `floor(S x)` of an octet of coded weights; only `single` rows hold coded ones.
#[inline(always)]
pub(super) fn staked<L: Lanes>(holder: &impl Holder, octet: usize, weight: L) -> L {
    let stake = holder.stake::<L>(octet);
    let product = stake.mul_high(weight);
    if !holder.single() {
        return product;
    }
    let one = weight.equal(L::splat(CODED_ONE));
    product.and_not(one).or(stake.and(one))
}

/// Gathers the weights of a group, masked.
#[inline(always)]
pub(super) fn gather_weights(
    input: &Input<'_>,
    prepared: &Prepared,
    space: &mut Space,
    group: Group,
) {
    let Space { facts, registered, cursors, weights, .. } = space;
    gather(input.weights, facts, |fact| fact.permitted, group, cursors, weights);
    mask_weights(prepared, facts, registered, group, weights);
}

/// Writes consensus, ranks (as incentives, not yet normalised) and trust. `keep` stores the
/// normalised weights for the bonds.
#[inline(always)]
pub(super) fn agree<L: Lanes>(
    kappa: u64,
    input: &Input<'_>,
    prepared: &mut Prepared,
    space: &mut Space,
    keep: bool,
) {
    let votes = Votes::new(kappa, space, space.voters);
    let present: u64 = space.facts.iter().map(|fact| u64::from(fact.vote)).sum();
    // below one unless nobody is present
    let absent = [votes.total.saturating_sub(present) as u32; COLUMNS];
    let rows = space.facts.len();
    prepared.consensus.clear();
    prepared.incentives.clear();
    space.consensus.clear();
    for group in Group::all(space.occupied.len()) {
        let busy = space.occupied.get(group.tiles()).is_some_and(|tiles| tiles.contains(&true));
        if busy {
            gather_weights(input, prepared, space, group);
        }
        for (tile, offset) in group.tiles().zip((0..GROUP).map(|index| index * rows)) {
            if !space.occupied.get(tile).copied().unwrap_or(false) {
                space.consensus.push(Cells::default());
                prepared.consensus.extend([0; COLUMNS]);
                prepared.incentives.extend([0; COLUMNS]);
                continue;
            }
            let (low, high) = normalise_tile::<L>(space, offset, keep.then_some(tile * rows));
            let facts = core::mem::take(&mut space.facts);
            let mut trust = core::mem::take(&mut space.trust);
            let voters = facts.get(..space.voters).unwrap_or(&[]);
            let consensus = votes.median::<L, _>(&space.cells, voters, &absent, &low, &high);
            let ranks = rank_tile::<L, _>(&space.cells, &facts, &mut trust, &consensus);
            (space.facts, space.trust) = (facts, trust);
            space.consensus.push(consensus);
            for (code, rank) in settled(&consensus, &ranks) {
                prepared.consensus.push(code);
                prepared.incentives.push(rank);
            }
        }
    }
    prepared.consensus.truncate(input.slots());
    prepared.incentives.truncate(input.slots());
}

/// Consensus and rank of each of a tile's columns.
pub(super) fn settled(consensus: &Cells, ranks: &Cells) -> impl Iterator<Item = (u64, u64)> {
    consensus.0.as_flattened().iter().zip(ranks.0.as_flattened()).map(|(&code, &rank)| {
        // a full rank wraps to zero; only a full consensus can have one
        let full = code == CODED_ONE && rank == 0;
        (decoded(code), if full { ONE } else { rank.into() })
    })
}

/// Normalises the tile at `offset` of the gathered ones into the cells; the least and the largest
/// weight of voters, by column.
#[inline(always)]
fn normalise_tile<L: Lanes>(
    space: &mut Space,
    offset: usize,
    kept: Option<usize>,
) -> (Cells, Cells) {
    let rows = space.facts.len();
    let (mut low, mut high) = ([L::splat(u32::MAX); OCTETS], [L::splat(0); OCTETS]);
    let flip = L::splat(FLIP);
    let stored = space.weights.get(offset..offset + rows).unwrap_or(&[]);
    let kept = kept.and_then(|start| space.kept.get_mut(start..start + rows)).unwrap_or_default();
    let mut kept = kept.iter_mut();
    let all = space.cells.iter_mut().zip(&space.facts).zip(stored);
    for ((cells, fact), stored) in all {
        let weights = normalised::<L>(fact, stored);
        for o in 0..OCTETS {
            weights[o].xor(flip).store(&mut cells.0[o]);
        }
        if fact.vote != 0 {
            for o in 0..OCTETS {
                low[o] = low[o].min(weights[o]);
                high[o] = high[o].max(weights[o]);
            }
        }
        if let Some(kept) = kept.next() {
            for o in 0..OCTETS {
                weights[o].store(&mut kept.0[o]);
            }
        }
    }
    let (mut least, mut largest) = (Cells::default(), Cells::default());
    for o in 0..OCTETS {
        low[o].store(&mut least.0[o]);
        high[o].store(&mut largest.0[o]);
    }
    (least, largest)
}

/// Clips the cells; adds to trust; ranks by column, modulo 2^32.
#[inline(always)]
pub(super) fn rank_tile<L: Lanes, H: Holder>(
    cells: &[Cells],
    holders: &[H],
    trust: &mut [H::Sum],
    consensus: &Cells,
) -> Cells {
    let flip = L::splat(FLIP);
    let mut ranks = [L::splat(0); OCTETS];
    let limits = octets::<L>(consensus);
    for ((cells, holder), trust) in cells.iter().zip(holders).zip(trust) {
        for o in 0..OCTETS {
            let clipped = L::load(&cells.0[o]).xor(flip).min(limits[o]);
            H::add(trust, o, clipped);
            ranks[o] = ranks[o].add(staked(holder, o, clipped));
        }
    }
    let mut columns = Cells::default();
    for o in 0..OCTETS {
        ranks[o].store(&mut columns.0[o]);
    }
    columns
}

/// Writes each row's trust.
pub(super) fn settle_trust(input: &Input<'_>, prepared: &mut Prepared, space: &Space) {
    prepared.trust.clear();
    prepared.trust.resize(input.slots(), 0);
    for (fact, lanes) in space.facts.iter().zip(&space.trust) {
        let sum = lane_sum(lanes);
        let trust = match (fact.single, sum) {
            (true, sum) if sum == u64::from(CODED_ONE) => ONE,
            // nothing, or a lane that reached one and wrapped to zero
            (_, 0) => slow_trust(input, prepared, fact.uid),
            (_, sum) => sum,
        };
        if let Some(entry) = prepared.trust.get_mut(usize::from(fact.uid)) {
            *entry = trust;
        }
    }
}

/// Trust of one row, entry by entry.
fn slow_trust(input: &Input<'_>, prepared: &Prepared, uid: u16) -> u64 {
    let row = input.weights.row(usize::from(uid));
    let sum = crate::mean::counted_sum(prepared, uid, row);
    row.iter()
        .filter(|&(to, _)| prepared.weighs(uid, to))
        .map(|(to, value)| {
            let weight = crate::fixed::div_trunc(value.into(), sum);
            weight.min(crate::outcome::entry(&prepared.consensus, to))
        })
        .sum()
}
