//! Consensus, trust and ranks, tile by tile.

use super::gather::{Group, gather, mask_weights};
use super::median::{FLIP, Votes, as_cells, as_columns, median};
use super::reciprocal::Reciprocals;
use super::space::{CODED_ONE, Cells, Fact, GROUP, OCTETS, Space, Stored, decoded, lane_sum};
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

/// `floor(S x)` of a row's coded weight; `single` rows may hold a coded one.
#[inline(always)]
pub(super) fn staked<L: Lanes>(fact: &Fact, weight: L) -> L {
    let stake = L::splat(fact.stake);
    let product = stake.mul_high(weight);
    if !fact.single {
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
    let total: u64 = space.votes.iter().sum();
    let present: u64 = space.facts.iter().map(|fact| u64::from(fact.vote)).sum();
    let votes = Votes {
        absent: total.saturating_sub(present) as u32, // below one unless nobody is present
        minority: total.saturating_sub(kappa),
        halvings: space.voters.checked_ilog2().unwrap_or(0).saturating_sub(1),
    };
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
            let occupied = space.occupied.get(tile).copied().unwrap_or(false);
            let (mut low, high) = if occupied {
                let kept = keep.then_some(tile * rows);
                normalise_tile::<L>(space, offset, kept)
            } else {
                (Cells::default(), Cells::default())
            };
            if votes.absent != 0 || space.voters == 0 {
                low = Cells::default();
            }
            let (mut low, mut high) = (as_columns(&low), as_columns(&high));
            if space.voters == 0 || u64::from(votes.absent) > votes.minority {
                (low, high) = ([0; 32], [0; 32]);
            }
            let voters = space.facts.get(..space.voters).unwrap_or(&[]);
            median::<L>(&space.cells, voters, votes, &mut low, &mut high);
            let consensus = as_cells(&low);
            space.consensus.push(consensus);
            let ranks = if occupied { rank_tile::<L>(space, &consensus) } else { Cells::default() };
            for (&code, &rank) in consensus.0.as_flattened().iter().zip(ranks.0.as_flattened()) {
                prepared.consensus.push(decoded(code));
                // a full rank wraps to zero; only a full consensus can have one
                let full = code == CODED_ONE && rank == 0;
                prepared.incentives.push(if full { ONE } else { rank.into() });
            }
        }
    }
    prepared.consensus.truncate(input.slots());
    prepared.incentives.truncate(input.slots());
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
fn rank_tile<L: Lanes>(space: &mut Space, consensus: &Cells) -> Cells {
    let flip = L::splat(FLIP);
    let mut ranks = [L::splat(0); OCTETS];
    let mut limits = [L::splat(0); OCTETS];
    for o in 0..OCTETS {
        limits[o] = L::load(&consensus.0[o]);
    }
    for ((cells, fact), trust) in space.cells.iter().zip(&space.facts).zip(&mut space.trust) {
        let mut sum = L::load(trust);
        for o in 0..OCTETS {
            let clipped = L::load(&cells.0[o]).xor(flip).min(limits[o]);
            sum = sum.add(clipped);
            ranks[o] = ranks[o].add(staked(fact, clipped));
        }
        sum.store(trust);
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
