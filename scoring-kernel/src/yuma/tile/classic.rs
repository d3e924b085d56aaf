//! Classic bonds of a tile.

use super::Ambiguous;
use super::agree::staked;
use super::holder::{Held, Holder};
use super::reciprocal::{Reciprocal, Reciprocals};
use super::space::{CODED_ONE, Cells, OCTETS, Space};
use super::walk::{Followed, Settle, Tile, to_stored};
use crate::fixed::{ONE, div_trunc};
use crate::lanes::Lanes;
use crate::yuma::bonds::Averaging;

/// Classic bonds: purchases and stored bonds are shares of their columns, so is their average.
#[derive(Clone, Copy, Debug)]
pub(super) struct Classic {
    /// The parameters.
    pub(super) averaging: Averaging,
    /// Whether one column has all incentive.
    pub(super) whole: bool,
}

/// Sums and maxima of a tile's columns, as lanes while rows are walked.
#[derive(Clone, Copy, Debug)]
struct Sums<L> {
    sum: [L; OCTETS],
    largest: [L; OCTETS],
}

/// Divisors of a tile's columns.
struct Divisors {
    of: [[Reciprocal; 8]; OCTETS],
    /// Largest entry of each column over its sum, coded.
    top: Cells,
    /// Whether a column has only one entry: then its share is one.
    single: bool,
}

impl<L: Lanes> Sums<L> {
    #[inline(always)]
    fn new() -> Self {
        Self { sum: [L::splat(0); OCTETS], largest: [L::splat(0); OCTETS] }
    }

    #[inline(always)]
    fn take(&mut self, octet: usize, value: L) {
        self.sum[octet] = self.sum[octet].add(value);
        self.largest[octet] = self.largest[octet].max(value);
    }

    /// The divisors. Sums are at most one; a sum of one wraps to zero, and is ambiguous where an
    /// entry just below one has the code of one.
    #[inline(always)]
    fn divisors(&self) -> Result<Divisors, Ambiguous> {
        let mut divisors =
            Divisors { of: Default::default(), top: Cells::default(), single: false };
        let columns = self.sum.iter().zip(&self.largest);
        let targets = divisors.of.iter_mut().zip(&mut divisors.top.0);
        for ((sum, largest), (reciprocals, tops)) in columns.zip(targets) {
            let (mut sums, mut maxima) = ([0; 8], [0; 8]);
            sum.store(&mut sums);
            largest.store(&mut maxima);
            let lanes = sums.into_iter().zip(maxima);
            for ((sum, largest), (reciprocal, top)) in lanes.zip(reciprocals.iter_mut().zip(tops)) {
                let sum = if sum == 0 && largest != 0 { ONE } else { sum.into() };
                if sum == ONE && largest == CODED_ONE {
                    return Err(Ambiguous);
                }
                divisors.single |= sum == u64::from(largest) && sum != 0;
                *reciprocal = Reciprocal::new(sum);
                *top = u32::try_from(div_trunc(largest.into(), sum)).unwrap_or(CODED_ONE);
            }
        }
        Ok(divisors)
    }
}

impl Divisors {
    #[inline(always)]
    fn lanes<L: Lanes>(&self) -> [Reciprocals<L>; OCTETS] {
        self.of.each_ref().map(Reciprocals::load)
    }
}

impl Settle for Classic {
    #[inline(always)]
    fn settle<L: Lanes, H: Holder>(
        &self,
        rows: &mut Held<'_, H>,
        space: &mut Space,
        tile: Tile,
    ) -> Result<(), Ambiguous> {
        let (bought, held) = self.buy::<L, H>(rows.holders, space, tile);
        let (bought, held) = (bought.divisors()?, held.divisors()?);
        let averaged = if bought.single || held.single {
            self.average::<L, true>(rows.holders.len(), space, tile, &bought, &held)
        } else {
            self.average::<L, false>(rows.holders.len(), space, tile, &bought, &held)
        };
        let averaged = averaged.divisors()?;
        if averaged.single || self.whole {
            self.pay::<L, H, true>(rows, space, tile, &averaged);
        } else {
            self.pay::<L, H, false>(rows, space, tile, &averaged);
        }
        Ok(())
    }
}

impl Classic {
    /// Writes `floor(S Wb)` to the cells; sums of it and of the stored bonds.
    #[inline(always)]
    fn buy<L: Lanes, H: Holder>(
        &self,
        holders: &[H],
        space: &mut Space,
        tile: Tile,
    ) -> (Sums<L>, Sums<L>) {
        let rows = holders.len();
        let consensus = space.consensus.get(tile.index).copied().unwrap_or_default();
        let followed = Followed::<L>::new(&self.averaging, &consensus);
        let range = tile.offset..tile.offset + rows;
        let weights = space.weights.get(range.clone()).unwrap_or(&[]);
        let bonds = space.bonds.get(range).unwrap_or(&[]);
        let kept = tile.kept.and_then(|start| space.kept.get(start..start + rows));
        let mut kept = kept.unwrap_or(&[]).iter();
        let (mut bought, mut held) = (Sums::new(), Sums::new());
        let all = space.cells.iter_mut().zip(holders).zip(weights).zip(bonds);
        for (((cells, holder), weights), bonds) in all {
            let weights = holder.weights::<L>(weights, kept.next());
            let weights = followed.of(holder.single(), weights);
            for o in 0..OCTETS {
                let purchase = staked(holder, o, weights[o]);
                bought.take(o, purchase);
                purchase.store(&mut cells.0[o]);
                held.take(o, L::load_u16(&bonds.0[o]));
            }
        }
        (bought, held)
    }

    /// Replaces purchases by `floor(alpha D) + floor((1 - alpha) B)`, both divided by their columns.
    #[inline(always)]
    fn average<L: Lanes, const ONES: bool>(
        &self,
        rows: usize,
        space: &mut Space,
        tile: Tile,
        bought: &Divisors,
        held: &Divisors,
    ) -> Sums<L> {
        let (bought, held) = (bought.lanes::<L>(), held.lanes::<L>());
        let alpha = L::splat(self.averaging.alpha() as u32);
        let rest = L::splat((ONE - self.averaging.alpha()) as u32);
        let one = L::splat(CODED_ONE);
        let bonds = space.bonds.get(tile.offset..tile.offset + rows).unwrap_or(&[]);
        let mut averaged = Sums::new();
        for (cells, bonds) in space.cells.iter_mut().zip(bonds) {
            for o in 0..OCTETS {
                let (purchase, bond) = (L::load(&cells.0[o]), L::load_u16(&bonds.0[o]));
                let average = if ONES {
                    let (new, old) = (bought[o].divide_coded(purchase), held[o].divide_coded(bond));
                    let (all_new, all_old) = (new.equal(one), old.equal(one));
                    // a coded one times x is x, one more than the high half
                    let new = alpha.mul_high(new).sub(all_new);
                    let old = rest.mul_high(old).sub(all_old);
                    new.add(old).or(all_new.and(all_old))
                } else {
                    let (new, old) = (bought[o].divide(purchase), held[o].divide(bond));
                    alpha.mul_high(new).add(rest.mul_high(old))
                };
                averaged.take(o, average);
                average.store(&mut cells.0[o]);
            }
        }
        averaged
    }

    /// Pays each row `floor(B' I)` and stores `floor(65535 B' / max B')`.
    #[inline(always)]
    fn pay<L: Lanes, H: Holder, const ONES: bool>(
        &self,
        held: &mut Held<'_, H>,
        space: &mut Space,
        tile: Tile,
        averaged: &Divisors,
    ) {
        let rows = held.holders.len();
        let shares = averaged.lanes::<L>();
        let tops = averaged.top.0.each_ref().map(|octet| {
            let reciprocals = octet.map(|top| Reciprocal::new(top.into()));
            Reciprocals::<L>::load(&reciprocals)
        });
        let incentives = space.incentives.get(tile.index).copied().unwrap_or_default();
        let (least, one) = (L::splat(1), L::splat(CODED_ONE));
        let whole = L::splat(if self.whole { CODED_ONE } else { 0 });
        let bonds = space.bonds.get_mut(tile.offset..tile.offset + rows).unwrap_or_default();
        let earnings = held.earned.iter_mut().zip(held.filled.iter_mut());
        let all = space.cells.iter().zip(bonds).zip(held.holders).zip(earnings);
        for (((cells, stored), holder), (earned, filled)) in all {
            let mut scaled = [L::splat(0); OCTETS];
            for o in 0..OCTETS {
                let (cell, incentive) = (L::load(&cells.0[o]), L::load(&incentives.0[o]));
                let bond = if ONES { shares[o].divide_coded(cell) } else { shares[o].divide(cell) };
                let mut product = bond.mul_high(incentive);
                if ONES {
                    let all = bond.equal(one);
                    product = product.and_not(all).or(incentive.and(all));
                    let all = incentive.equal(one).and(whole);
                    product = product.and_not(all).or(bond.and(all));
                }
                H::add(earned, o, product);
                // one less than the quotient, whose one wraps to zero
                scaled[o] = to_stored(tops[o].divide(bond).sub(bond.min(least)));
            }
            holder.store(scaled, filled, stored);
        }
    }
}
