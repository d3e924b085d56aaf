//! Bonds that follow at their own pace: liquid alpha between its bounds, and exactly where they differ.

use super::curve::Curve;
use super::follow::{Column, Follow, Sums, coded_bond};
use super::holder::Holder;
use super::space::{CODED_ONE, COLUMNS, Cells, OCTETS, Space, decoded};
use super::walk::{Followed, Tile};
use crate::fixed::{ONE, from_u16, mul_floor};
use crate::lanes::{Lanes, TABLE};
use crate::yuma::liquid::Sigmoid;

/// Liquid alpha as lanes compute it.
struct Interval<'a, L> {
    table: (&'a [[u32; 4]; TABLE], u32),
    low: L,
    span: L,
    /// Alpha at distance zero, and at one.
    nearest: L,
    farthest: L,
}

/// A coded weight and a coded bond, averaged.
#[derive(Clone, Copy, Debug)]
struct Average<L> {
    /// `floor(alpha Wb) + floor((1 - alpha) B)`, or less where it is in doubt.
    bond: L,
    /// Where it is in doubt.
    doubt: L,
}

impl<'a, L: Lanes> Interval<'a, L> {
    #[inline(always)]
    fn new(sigmoid: &Sigmoid, curve: &'a Curve) -> Self {
        let (low, span) = sigmoid.range();
        // every alpha is below one
        let splat = |share: u64| L::splat(share as u32);
        Self {
            table: curve.table(),
            low: splat(low),
            span: splat(span),
            nearest: splat(sigmoid.at(0)),
            farthest: splat(sigmoid.at(ONE)),
        }
    }

    /// Least and largest alpha at a distance, of which some are not zero, and none is one.
    #[inline(always)]
    fn alphas(&self, distance: L) -> (L, L) {
        let (low, high) = Curve::bounds(self.table, distance);
        let none = distance.equal(L::splat(0));
        (self.alpha(low, none), self.alpha(high, none))
    }

    /// Alpha of a share, except where the distance is zero.
    #[inline(always)]
    fn alpha(&self, share: L, none: L) -> L {
        none.choose(self.nearest, self.low.add(self.span.mul_high(share)))
    }

    /// Averages a weight that bonds follow and a bond.
    #[inline(always)]
    fn average(&self, weight: L, bond: L, limit: L) -> Average<L> {
        let zero = L::splat(0);
        let top = weight.max(bond);
        let sold = top.sub(weight);
        let above = weight.sub(weight.min(limit)).and(sold.equal(zero));
        let mut distance = sold.or(above);
        if !distance.any() {
            let kept = zero.sub(self.nearest).mul_high(bond);
            return Average { bond: self.nearest.mul_high(weight).add(kept), doubt: zero };
        }
        let ones = top.equal(L::splat(CODED_ONE)).and_not(distance.equal(zero));
        if ones.any() {
            distance = distance.sub(ones); // from one, not from its code
        }
        let (mut low, mut high) = self.alphas(distance);
        if ones.any() {
            let full = ones.and(distance.equal(zero));
            (low, high) = (full.choose(self.farthest, low), full.choose(self.farthest, high));
        }
        let (bought, more) = (low.mul_high(weight), high.mul_high(weight));
        let (kept, less) = (zero.sub(low).mul_high(bond), zero.sub(high).mul_high(bond));
        let known = bought.equal(more).and(kept.equal(less));
        Average { bond: bought.add(less), doubt: L::splat(u32::MAX).and_not(known) }
    }
}

impl Follow {
    /// Writes the new bonds of a tile to the cells; their sums. Those in doubt are counted as what
    /// they at least are, and listed in `space.doubts`.
    #[inline(always)]
    pub(super) fn average_liquid<L: Lanes, H: Holder>(
        &self,
        sigmoid: &Sigmoid,
        holders: &[H],
        space: &mut Space,
        tile: Tile,
    ) -> Sums<L> {
        let rows = holders.len();
        let consensus = space.consensus.get(tile.index).copied().unwrap_or_default();
        let followed = Followed::<L>::new(&self.averaging, &consensus);
        let interval = Interval::<L>::new(sigmoid, &space.curve);
        let range = tile.offset..tile.offset + rows;
        let weights = space.weights.get(range.clone()).unwrap_or(&[]);
        let bonds = space.bonds.get(range).unwrap_or(&[]);
        let kept = tile.kept.and_then(|start| space.kept.get(start..start + rows));
        let mut kept = kept.unwrap_or(&[]).iter();
        let mut sums = Sums::new();
        let all = space.cells.iter_mut().zip(holders).zip(weights).zip(bonds);
        space.doubts.clear();
        for ((((cells, holder), weights), bonds), row) in all.zip(0..) {
            let weights = holder.weights::<L>(weights, kept.next());
            let weights = followed.of(holder.single(), weights);
            let mut doubts = 0;
            for o in 0..OCTETS {
                let bond = coded_bond(L::load_u16(&bonds.0[o]));
                let limit = L::load(&consensus.0[o]);
                let mut average = interval.average(weights[o], bond, limit);
                average.bond = sums.correct(holder.single(), average.bond, weights[o], bond);
                sums.take(o, average.bond);
                average.bond.store(&mut cells.0[o]);
                doubts |= average.doubt.bits() << (8 * o);
            }
            if doubts != 0 {
                space.doubts.push((row, doubts));
            }
        }
        sums
    }

    /// Computes the bonds in doubt exactly, and corrects sums and maxima of their columns.
    #[inline(always)]
    pub(super) fn resolve<L: Lanes, H: Holder>(
        &self,
        sigmoid: &Sigmoid,
        holders: &[H],
        space: &mut Space,
        tile: Tile,
        columns: &mut [Column; COLUMNS],
    ) {
        let consensus = space.consensus.get(tile.index).copied().unwrap_or_default();
        let followed = Followed::<L>::new(&self.averaging, &consensus);
        let doubts = core::mem::take(&mut space.doubts);
        let mut batch = Batch::default();
        for &(row, mut doubtful) in &doubts {
            let place = tile.offset + row;
            let (Some(holder), Some(weights), Some(bonds)) =
                (holders.get(row), space.weights.get(place), space.bonds.get(place))
            else {
                continue;
            };
            let kept = tile.kept.and_then(|start| space.kept.get(start + row));
            let weights = followed.of(holder.single(), holder.weights::<L>(weights, kept));
            let mut coded = Cells::default();
            for o in 0..OCTETS {
                weights[o].store(&mut coded.0[o]);
            }
            while doubtful != 0 {
                let column = doubtful.trailing_zeros() as usize;
                doubtful &= doubtful - 1;
                let (o, lane) = (column / 8, column % 8);
                batch.take(Doubt {
                    row,
                    column,
                    weight: decoded(coded.0[o][lane]),
                    bond: from_u16(bonds.0[o][lane]),
                    consensus: decoded(consensus.0[o][lane]),
                });
                if batch.is_full() {
                    batch.resolve(sigmoid, &mut space.cells, columns);
                }
            }
        }
        batch.resolve(sigmoid, &mut space.cells, columns);
        space.doubts = doubts;
    }
}

/// An element that the bounds leave open.
#[derive(Clone, Copy, Debug, Default)]
struct Doubt {
    row: usize,
    column: usize,
    weight: u64,
    bond: u64,
    consensus: u64,
}

/// As many of them as the series is computed of at a time.
#[derive(Debug, Default)]
struct Batch {
    doubts: [Doubt; 8],
    len: usize,
}

impl Batch {
    fn is_full(&self) -> bool {
        self.len == self.doubts.len()
    }

    #[inline(always)]
    fn take(&mut self, doubt: Doubt) {
        self.doubts[self.len % 8] = doubt;
        self.len += 1;
    }

    /// Writes the exact bonds and empties the batch.
    #[inline(always)]
    fn resolve(&mut self, sigmoid: &Sigmoid, cells: &mut [Cells], columns: &mut [Column; COLUMNS]) {
        let of = |part: fn(&Doubt) -> u64| self.doubts.each_ref().map(part);
        let alphas = sigmoid.alphas(
            of(|doubt| doubt.weight),
            of(|doubt| doubt.bond),
            of(|doubt| doubt.consensus),
        );
        for (doubt, alpha) in self.doubts.iter().zip(alphas).take(self.len) {
            let bought = mul_floor(alpha, doubt.weight);
            // below one: an element of one is no doubt, it ends the tile
            let exact = (bought + mul_floor(ONE - alpha, doubt.bond)) as u32;
            let Some(row) = cells.get_mut(doubt.row) else { continue };
            let cell = &mut row.0[doubt.column / 8][doubt.column % 8];
            let column = &mut columns[doubt.column];
            column.sum += u64::from(exact) - u64::from(*cell);
            column.largest = column.largest.max(exact);
            *cell = exact;
        }
        self.len = 0;
    }
}
