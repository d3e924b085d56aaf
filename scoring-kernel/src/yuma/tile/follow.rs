//! Yuma3's bonds of a tile: each follows its own weight.

use super::Ambiguous;
use super::holder::{Held, Holder};
use super::reciprocal::Reciprocal;
use super::space::{CODED_ONE, COLUMNS, OCTETS, Space};
use super::walk::{Followed, Settle, Tile, to_stored};
use crate::fixed::{ONE, div_trunc};
use crate::lanes::{Lanes, Octet};
use crate::yuma::bonds::Averaging;
use crate::yuma::liquid::Sigmoid;

/// Yuma3's bonds, with liquid alpha or without.
#[derive(Clone, Copy, Debug)]
pub(super) struct Follow {
    /// The parameters.
    pub(super) averaging: Averaging,
    /// Liquid alpha.
    pub(super) sigmoid: Option<Sigmoid>,
    /// Whether one column has all incentive.
    pub(super) whole: bool,
}

/// Sums of a tile's columns, as lanes while rows are walked.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sums<L> {
    /// Of the lower halves, and of the upper ones.
    low: [L; OCTETS],
    high: [L; OCTETS],
    largest: [L; OCTETS],
    /// Where a weight and a bond of one meet: their average is one.
    overfull: L,
}

/// Sum and largest entry of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Column {
    pub(super) sum: u64,
    pub(super) largest: u32,
}

impl<L: Lanes> Sums<L> {
    #[inline(always)]
    pub(super) fn new() -> Self {
        let zero = [L::splat(0); OCTETS];
        Self { low: zero, high: zero, largest: zero, overfull: L::splat(0) }
    }

    /// The average of a coded weight and a coded bond, from that of their codes: a coded one times
    /// `x` is `x`, one more than the high half of the product.
    #[inline(always)]
    pub(super) fn correct(&mut self, single: bool, average: L, weight: L, bond: L) -> L {
        let one = L::splat(CODED_ONE);
        let whole = bond.equal(one);
        let corrected = average.sub(whole);
        if !single {
            return corrected;
        }
        let all = weight.equal(one);
        self.overfull = self.overfull.or(all.and(whole));
        corrected.sub(all)
    }

    #[inline(always)]
    pub(super) fn take(&mut self, octet: usize, average: L) {
        self.low[octet] = self.low[octet].add(average.and(L::splat(0xffff)));
        self.high[octet] = self.high[octet].add(average.shift::<16>());
        self.largest[octet] = self.largest[octet].max(average);
    }

    #[inline(always)]
    fn columns(&self) -> Result<[Column; COLUMNS], Ambiguous> {
        if self.overfull.any() {
            return Err(Ambiguous);
        }
        let mut columns = [Column::default(); COLUMNS];
        for (o, columns) in columns.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let (mut lows, mut highs, mut maxima) = ([0; 8], [0; 8], [0; 8]);
            self.low[o].store(&mut lows);
            self.high[o].store(&mut highs);
            self.largest[o].store(&mut maxima);
            for (column, ((low, high), largest)) in
                columns.iter_mut().zip(lows.into_iter().zip(highs).zip(maxima))
            {
                *column = Column { sum: u64::from(low) + (u64::from(high) << 16), largest };
            }
        }
        Ok(columns)
    }
}

/// `trunc(2^32 b / 65535)`, coded: `65537 b + trunc(b / 65535)`, so that 65535 has the code of one.
#[inline(always)]
pub(super) fn coded_bond<L: Lanes>(stored: L) -> L {
    stored.mul_low(L::splat(65_537))
}

/// Column sums of a tile, as divisors.
struct Totals {
    of: [[u64; 8]; OCTETS],
    reciprocals: [[Reciprocal; 8]; OCTETS],
    /// Whether a sum is above one.
    wide: bool,
    /// Whether a column has only one entry.
    single: bool,
}

/// Reciprocals of eight columns, of which some may be above one.
#[derive(Clone, Copy, Debug)]
struct Divisor<L> {
    shift: L,
    high: L,
    low: L,
    wide: L,
}

impl<L: Lanes> Divisor<L> {
    #[inline(always)]
    fn load(columns: &[Reciprocal; 8]) -> Self {
        let lanes = |part: fn(&Reciprocal) -> u32| L::load(&columns.each_ref().map(part));
        Self {
            shift: lanes(|r| r.shift),
            high: lanes(|r| r.high),
            low: lanes(|r| r.low),
            wide: lanes(|r| r.wide),
        }
    }

    /// `floor(2^32 n / d)`, coded, for columns whose sums are `totals`.
    #[inline(always)]
    fn share<const WIDE: bool, const ONES: bool>(&self, n: L, totals: &[u64; 8]) -> L {
        let zero = L::splat(0);
        let mut quotient = n.shl(self.shift).grow(self.high, self.low);
        if WIDE {
            quotient = quotient.sub(n.and(self.wide));
        }
        if ONES {
            let all = quotient.equal(zero).and_not(n.equal(zero)).and_not(self.wide);
            quotient = quotient.or(all);
        }
        if WIDE {
            let fraction = n.mul_high(self.low).add(n.mul_low(self.high));
            let doubtful = fraction.equal(zero).and_not(n.equal(zero)).and(self.wide);
            if doubtful.any() {
                return exact(n, totals);
            }
        }
        quotient
    }
}

/// Coded quotients of eight lanes, one by one.
#[inline(never)]
fn exact_octet(numbers: &Octet, totals: &[u64; 8]) -> Octet {
    let mut quotients = [0; 8];
    for ((quotient, &number), &total) in quotients.iter_mut().zip(numbers).zip(totals) {
        *quotient = u32::try_from(div_trunc(number.into(), total)).unwrap_or(CODED_ONE);
    }
    quotients
}

#[inline(always)]
fn exact<L: Lanes>(n: L, totals: &[u64; 8]) -> L {
    let mut numbers = [0; 8];
    n.store(&mut numbers);
    L::load(&exact_octet(&numbers, totals))
}

impl Settle for Follow {
    #[inline(always)]
    fn settle<L: Lanes, H: Holder>(
        &self,
        held: &mut Held<'_, H>,
        space: &mut Space,
        tile: Tile,
    ) -> Result<(), Ambiguous> {
        let mut columns;
        if let Some(sigmoid) = &self.sigmoid {
            columns = self.average_liquid::<L, H>(sigmoid, held.holders, space, tile).columns()?;
            if !space.doubts.is_empty() {
                self.resolve::<L, H>(sigmoid, held.holders, space, tile, &mut columns);
            }
        } else {
            columns = self.average::<L, H>(held.holders, space, tile).columns()?;
        }
        let totals = totals(&columns)?;
        match (totals.wide, totals.single || self.whole) {
            (false, false) => self.pay::<L, H, false, false>(held, space, tile, &totals),
            (false, true) => self.pay::<L, H, false, true>(held, space, tile, &totals),
            (true, false) => self.pay::<L, H, true, false>(held, space, tile, &totals),
            (true, true) => self.pay::<L, H, true, true>(held, space, tile, &totals),
        }
        Ok(())
    }
}

impl Follow {
    /// Writes `floor(alpha Wb) + floor((1 - alpha) B)` to the cells; its sums.
    #[inline(always)]
    fn average<L: Lanes, H: Holder>(
        &self,
        holders: &[H],
        space: &mut Space,
        tile: Tile,
    ) -> Sums<L> {
        let rows = holders.len();
        let consensus = space.consensus.get(tile.index).copied().unwrap_or_default();
        let followed = Followed::<L>::new(&self.averaging, &consensus);
        let range = tile.offset..tile.offset + rows;
        let weights = space.weights.get(range.clone()).unwrap_or(&[]);
        let bonds = space.bonds.get(range).unwrap_or(&[]);
        let kept = tile.kept.and_then(|start| space.kept.get(start..start + rows));
        let mut kept = kept.unwrap_or(&[]).iter();
        let alpha = L::splat(self.averaging.alpha() as u32);
        let rest = L::splat(0).sub(alpha);
        let mut sums = Sums::new();
        let all = space.cells.iter_mut().zip(holders).zip(weights).zip(bonds);
        for (((cells, holder), weights), bonds) in all {
            let weights = holder.weights::<L>(weights, kept.next());
            let weights = followed.of(holder.single(), weights);
            for o in 0..OCTETS {
                let bond = coded_bond(L::load_u16(&bonds.0[o]));
                let average = alpha.mul_high(weights[o]).add(rest.mul_high(bond));
                let average = sums.correct(holder.single(), average, weights[o], bond);
                sums.take(o, average);
                average.store(&mut cells.0[o]);
            }
        }
        sums
    }

    /// Pays each row `floor((B' / sum B') I)` and stores `floor(65535 B')`.
    #[inline(always)]
    fn pay<L: Lanes, H: Holder, const WIDE: bool, const ONES: bool>(
        &self,
        held: &mut Held<'_, H>,
        space: &mut Space,
        tile: Tile,
        totals: &Totals,
    ) {
        let rows = held.holders.len();
        let shares = totals.reciprocals.each_ref().map(Divisor::<L>::load);
        let incentives = space.incentives.get(tile.index).copied().unwrap_or_default();
        let (least, one) = (L::splat(1), L::splat(CODED_ONE));
        let whole = L::splat(if self.whole { CODED_ONE } else { 0 });
        let bonds = space.bonds.get_mut(tile.offset..tile.offset + rows).unwrap_or_default();
        let earnings = held.earned.iter_mut().zip(held.filled.iter_mut());
        let all = space.cells.iter().zip(bonds).zip(held.holders).zip(earnings);
        for (((cells, stored), holder), (earned, filled)) in all {
            let mut new = [L::splat(0); OCTETS];
            for o in 0..OCTETS {
                let (average, incentive) = (L::load(&cells.0[o]), L::load(&incentives.0[o]));
                let bond = shares[o].share::<WIDE, ONES>(average, &totals.of[o]);
                let mut product = bond.mul_high(incentive);
                if ONES {
                    let all = bond.equal(one);
                    product = product.and_not(all).or(incentive.and(all));
                    let all = incentive.equal(one).and(whole);
                    product = product.and_not(all).or(bond.and(all));
                }
                H::add(earned, o, product);
                new[o] = to_stored(average.sub(average.min(least)));
            }
            holder.store(new, filled, stored);
        }
    }
}

/// Divisors from column sums. A sum of one is ambiguous where an entry just below one has the code
/// of one.
#[inline(always)]
fn totals(columns: &[Column; COLUMNS]) -> Result<Totals, Ambiguous> {
    let mut totals = Totals {
        of: Default::default(),
        reciprocals: Default::default(),
        wide: false,
        single: false,
    };
    let targets =
        totals.of.as_flattened_mut().iter_mut().zip(totals.reciprocals.as_flattened_mut());
    for (&Column { sum, largest }, (total, reciprocal)) in columns.iter().zip(targets) {
        if sum == ONE && largest == CODED_ONE {
            return Err(Ambiguous);
        }
        totals.wide |= sum > ONE;
        totals.single |= sum == u64::from(largest) && sum != 0;
        *total = sum;
        *reciprocal = Reciprocal::new(sum);
    }
    Ok(totals)
}
