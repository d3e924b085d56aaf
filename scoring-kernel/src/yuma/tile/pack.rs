//! Packs sparse rows: every column is the list of its entries, and 32 columns of like length a tile.
//!
//! Columns are taken by falling number of entries, so that tiles waste little; what is missing in the
//! shorter ones is filled up by a holder of nothing. A tile has as many rows, [`Layer`]s, as its first
//! column has entries.

use super::holder::Layer;
use super::space::{COLUMNS, Cells, Fact, Space, Stored};
use crate::input::Input;
use crate::outcome::Prepared;
use crate::rows::Row;

/// Where packed cells are, and whose.
#[derive(Debug, Default)]
pub(super) struct Packing {
    /// Columns that have entries, the longest first; the `p`-th is column `p mod 32` of a tile.
    pub(super) order: Vec<u16>,
    /// The first layer of each tile, and the number of all layers.
    pub(super) starts: Vec<usize>,
    /// By layer: the indices of the facts whose cells these are.
    pub(super) owners: Vec<[u16; COLUMNS]>,
    /// Where each entry went: by fact, ascending by uid.
    pub(super) positions: Vec<u32>,
    /// By fact: the first of its positions.
    pub(super) firsts: Vec<usize>,
    /// By column: number of entries, then the position of the next.
    next: Vec<u32>,
    /// Number of columns by number of entries, then where such columns go.
    ranks: Vec<u32>,
    /// Vote and stake of each fact, and of nobody.
    powers: Vec<(u32, u32)>,
    /// Sums by fact, in four parts so that neighbouring lanes do not wait for each other.
    sums: Vec<[u64; 4]>,
    /// A row being walked.
    pub(super) merged: Merged,
    /// The tile being computed.
    pub(super) layers: Vec<Layer>,
    pub(super) values: Vec<Cells>,
}

/// The weights and bonds of a fact's row.
pub(super) fn rows_of<'a>(input: &Input<'a>, fact: &Fact) -> (Row<'a>, Row<'a>) {
    let index = usize::from(fact.uid);
    let weights = if fact.permitted { input.weights.row(index) } else { Row::default() };
    (weights, input.bonds.row(index))
}

/// The entries of a weight row and a bond row together, ascending by uid.
#[derive(Debug, Default)]
pub(super) struct Merged {
    uids: Vec<u16>,
    weights: Vec<u16>,
    bonds: Vec<u16>,
}

impl Merged {
    /// Uids, weights and bonds of two rows: as they are, if both name the same uids, else merged here.
    pub(super) fn of<'a>(
        &'a mut self,
        weights: Row<'a>,
        bonds: Row<'a>,
    ) -> (&'a [u16], &'a [u16], &'a [u16]) {
        if weights.uids() == bonds.uids() {
            return (weights.uids(), weights.values(), bonds.values());
        }
        let most = weights.len() + bonds.len();
        for column in [&mut self.uids, &mut self.weights, &mut self.bonds] {
            column.resize(most.max(column.len()), 0);
        }
        let (mut from_weights, mut from_bonds, mut len) = (0, 0, 0);
        // what is at an end is beyond every uid
        let uid_at =
            |row: Row<'_>, at: usize| row.uids().get(at).map_or(u32::MAX, |&uid| uid.into());
        let value_at = |row: Row<'_>, at: usize| row.values().get(at).copied().unwrap_or(0);
        while from_weights + from_bonds < most {
            let (left, right) = (uid_at(weights, from_weights), uid_at(bonds, from_bonds));
            let uid = left.min(right);
            if let (Some(to), Some(weight), Some(bond)) =
                (self.uids.get_mut(len), self.weights.get_mut(len), self.bonds.get_mut(len))
            {
                *to = uid as u16; // one of the two is a uid
                *weight = if left == uid { value_at(weights, from_weights) } else { 0 };
                *bond = if right == uid { value_at(bonds, from_bonds) } else { 0 };
            }
            from_weights += usize::from(left == uid);
            from_bonds += usize::from(right == uid);
            len += 1;
        }
        let first = |column: &'a Vec<u16>| column.get(..len).unwrap_or(&[]);
        (first(&self.uids), first(&self.weights), first(&self.bonds))
    }
}

impl Packing {
    /// Number of tiles.
    pub(super) fn tiles(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Counts entries, orders columns and sizes tiles.
    fn arrange(&mut self, input: &Input<'_>, facts: &[Fact]) {
        self.next.clear();
        self.next.resize(input.slots(), 0);
        let mut entries = 0;
        for fact in facts {
            let (weights, bonds) = rows_of(input, fact);
            let (uids, _, _) = self.merged.of(weights, bonds);
            entries += uids.len();
            for &uid in uids {
                if let Some(count) = self.next.get_mut(usize::from(uid)) {
                    *count = count.wrapping_add(1); // at most one a fact
                }
            }
        }
        self.positions.resize(entries, 0);
        self.rank_columns(facts.len());
        self.starts.clear();
        let mut layers = 0;
        for columns in self.order.chunks(COLUMNS) {
            self.starts.push(layers);
            let longest = columns.first().and_then(|&uid| self.next.get(usize::from(uid)));
            layers += longest.copied().unwrap_or(0) as usize;
        }
        self.starts.push(layers);
        for (columns, &start) in self.order.chunks(COLUMNS).zip(&self.starts) {
            for (lane, &uid) in columns.iter().enumerate() {
                if let Some(next) = self.next.get_mut(usize::from(uid)) {
                    *next = (start * COLUMNS + lane) as u32; // cells are fewer than 2^32
                }
            }
        }
        let nobody = facts.len() as u16; // facts are fewer than slots
        self.owners.clear();
        self.owners.resize(layers, [nobody; COLUMNS]);
    }

    /// Orders the columns that have entries by falling number of them.
    fn rank_columns(&mut self, most: usize) {
        self.ranks.clear();
        self.ranks.resize(most + 2, 0);
        for &count in &self.next {
            // to the place of the next smaller number
            if count != 0
                && let Some(rank) = self.ranks.get_mut(most + 1 - count as usize)
            {
                *rank += 1;
            }
        }
        let mut total = 0;
        for rank in &mut self.ranks {
            (*rank, total) = (total, total + *rank);
        }
        self.order.clear();
        self.order.resize(total as usize, 0);
        for (uid, &count) in (0..=u16::MAX).zip(&self.next) {
            if count != 0
                && let Some(rank) = self.ranks.get_mut(most + 1 - count as usize)
                && let Some(place) = self.order.get_mut(*rank as usize)
            {
                *place = uid;
                *rank += 1;
            }
        }
    }

    /// Fills the layers of a tile, with the powers of their owners if they are `wanted`.
    pub(super) fn load(&mut self, tile: usize, single: bool, wanted: bool) {
        let range = self.range(tile);
        self.layers.clear();
        self.layers.resize(range.len(), Layer { single, ..Layer::default() });
        self.values.resize(range.len(), Cells::default());
        if !wanted {
            return;
        }
        let owners = self.owners.get(range).unwrap_or(&[]);
        for (layer, owners) in self.layers.iter_mut().zip(owners) {
            let (votes, stakes) =
                (layer.votes.0.as_flattened_mut(), layer.stakes.0.as_flattened_mut());
            for lane in 0..COLUMNS {
                let power = self.powers.get(usize::from(owners[lane]));
                (votes[lane], stakes[lane]) = power.copied().unwrap_or_default();
            }
        }
    }

    /// The layers of a tile.
    pub(super) fn range(&self, tile: usize) -> core::ops::Range<usize> {
        let bound = |index: usize| self.starts.get(index).copied().unwrap_or(0);
        bound(tile)..bound(tile + 1)
    }

    /// Begins sums by fact.
    pub(super) fn clear_sums(&mut self) {
        self.sums.clear();
        self.sums.resize(self.powers.len(), [0; 4]);
    }

    /// Adds the values of a tile to the sums of their owners. `decoded`: what a cell stands for.
    #[inline(always)]
    pub(super) fn add_values(&mut self, tile: usize, decoded: impl Fn(u32) -> u64) {
        let range = self.range(tile);
        let owners = self.owners.get(range).unwrap_or(&[]);
        for (owners, values) in owners.iter().zip(&self.values) {
            let values = values.0.as_flattened();
            for lane in 0..COLUMNS {
                if let Some(sums) = self.sums.get_mut(usize::from(owners[lane])) {
                    let sum = &mut sums[lane % 4];
                    *sum = sum.wrapping_add(decoded(values[lane])); // shares of one
                }
            }
        }
    }

    /// The sums by fact.
    pub(super) fn sums(&self) -> impl Iterator<Item = u64> {
        self.sums.iter().map(|parts| parts.iter().sum())
    }
}

impl Space {
    /// Packs the epoch's entries: normalised weights into `kept`, stored bonds into `bonds`.
    pub(super) fn pack(&mut self, input: &Input<'_>, prepared: &Prepared) {
        let Self { facts, packing, kept, bonds, weights, cells, .. } = self;
        packing.arrange(input, facts);
        packing.powers.clear();
        packing.powers.extend(facts.iter().map(|fact| (fact.vote, fact.stake)));
        packing.powers.push((0, 0));
        let layers = packing.owners.len();
        kept.clear();
        kept.resize(layers, Cells::default());
        bonds.clear();
        bonds.resize(layers, Stored::default());
        weights.resize(layers, Stored::default()); // walked beside the others, not read
        let deepest = (0..packing.tiles()).map(|tile| packing.range(tile).len()).max().unwrap_or(0);
        cells.resize(deepest, Cells::default());
        let young = input.registered.iter().any(|&at| at >= prepared.last_close);
        let Packing { next, owners, positions, firsts, merged, .. } = packing;
        firsts.clear();
        let mut first = 0;
        for (owner, fact) in (0..=u16::MAX).zip(&*facts) {
            let (weight_row, bond_row) = rows_of(input, fact);
            let (uids, weights, old) = merged.of(weight_row, bond_row);
            firsts.push(first);
            let places = positions.get_mut(first..).unwrap_or_default();
            first += uids.len();
            for (((&uid, &weight), &old), place) in uids.iter().zip(weights).zip(old).zip(places) {
                let Some(next) = next.get_mut(usize::from(uid)) else { continue };
                *place = *next;
                *next = place.wrapping_add(COLUMNS as u32);
                let counts = fact.fresh && uid != fact.uid || prepared.weighs(fact.uid, uid);
                let (layer, lane) = (*place as usize / COLUMNS, *place as usize % COLUMNS);
                if let (Some(shares), Some(bonds), Some(owners)) =
                    (kept.get_mut(layer), bonds.get_mut(layer), owners.get_mut(layer))
                {
                    let share = if counts { fact.normalised(weight) } else { 0 };
                    shares.0.as_flattened_mut()[lane] = share;
                    let bond = if !young || prepared.keeps_bonds(uid) { old } else { 0 };
                    bonds.0.as_flattened_mut()[lane] = bond;
                    owners[lane] = owner;
                }
            }
        }
    }
}

impl Fact {
    /// The coded share of a weight that counts.
    #[inline(always)]
    fn normalised(&self, weight: u16) -> u32 {
        if self.single && weight != 0 { super::space::CODED_ONE } else { self.sum.share(weight) }
    }
}
