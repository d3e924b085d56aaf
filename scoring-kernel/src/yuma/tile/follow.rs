//! Yuma3's bonds of a tile: each follows its own weight.

use super::Ambiguous;
use super::reciprocal::Reciprocal;
use super::space::{CODED_ONE, Cells, OCTETS, Space, decoded};
use super::walk::{Followed, Settle, Tile, store_bonds, to_stored, weights_of};
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

/// Column sums of a tile.
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
    fn settle<L: Lanes>(&self, space: &mut Space, tile: Tile) -> Result<(), Ambiguous> {
        let totals = self.average::<L>(space, tile)?;
        match (totals.wide, totals.single || self.whole) {
            (false, false) => self.pay::<L, false, false>(space, tile, &totals),
            (false, true) => self.pay::<L, false, true>(space, tile, &totals),
            (true, false) => self.pay::<L, true, false>(space, tile, &totals),
            (true, true) => self.pay::<L, true, true>(space, tile, &totals),
        }
        Ok(())
    }
}

impl Follow {
    /// Writes `floor(alpha Wb) + floor((1 - alpha) B)` to the cells; its sums.
    #[inline(always)]
    fn average<L: Lanes>(&self, space: &mut Space, tile: Tile) -> Result<Totals, Ambiguous> {
        let rows = space.facts.len();
        let consensus = space.consensus.get(tile.index).copied().unwrap_or_default();
        let followed = Followed::<L>::new(&self.averaging, &consensus);
        let range = tile.offset..tile.offset + rows;
        let weights = space.weights.get(range.clone()).unwrap_or(&[]);
        let bonds = space.bonds.get(range).unwrap_or(&[]);
        let kept = tile.kept.and_then(|start| space.kept.get(start..start + rows));
        let mut kept = kept.unwrap_or(&[]).iter();
        let zero = L::splat(0);
        let (one, half) = (L::splat(CODED_ONE), L::splat(0xffff));
        let (mut low, mut high, mut largest) = ([zero; OCTETS], [zero; OCTETS], [zero; OCTETS]);
        let mut overfull = zero;
        let all = space.cells.iter_mut().zip(&space.facts).zip(weights).zip(bonds);
        for (((cells, fact), weights), bonds) in all {
            let weights = followed.of(fact, weights_of::<L>(fact, weights, kept.next()));
            for o in 0..OCTETS {
                let weight = weights[o];
                // 2^32 b / 65535 = 65537 b + b / 65535: the code of one for b = 65535
                let bond = L::load_u16(&bonds.0[o]).mul_low(L::splat(65_537));
                let alpha = self.alpha(weight, bond, &consensus.0[o]);
                let rest = zero.sub(alpha);
                let whole = bond.equal(one);
                let mut new = alpha.mul_high(weight);
                if fact.single {
                    let all = weight.equal(one);
                    new = new.sub(all); // a coded one times x is x
                    overfull = overfull.or(all.and(whole));
                }
                let average = new.add(rest.mul_high(bond).sub(whole));
                low[o] = low[o].add(average.and(half));
                high[o] = high[o].add(average.shr16());
                largest[o] = largest[o].max(average);
                average.store(&mut cells.0[o]);
            }
        }
        if overfull.any() {
            return Err(Ambiguous);
        }
        totals(low, high, largest)
    }

    /// Alpha of eight elements, strictly between zero and one.
    #[inline(always)]
    fn alpha<L: Lanes>(&self, weight: L, bond: L, consensus: &Octet) -> L {
        let Some(sigmoid) = &self.sigmoid else {
            return L::splat(self.averaging.alpha() as u32);
        };
        let limit = L::load(consensus);
        let sold = weight.max(bond).sub(weight);
        let above = weight.sub(weight.min(limit)).and(sold.equal(L::splat(0)));
        if !sold.or(above).any() {
            return L::splat(sigmoid.at(0) as u32);
        }
        let (mut weights, mut bonds) = ([0; 8], [0; 8]);
        weight.store(&mut weights);
        bond.store(&mut bonds);
        L::load(&liquid_octet(sigmoid, &weights, &bonds, consensus))
    }

    /// Pays each row `floor((B' / sum B') I)` and stores `floor(65535 B')`.
    #[inline(always)]
    fn pay<L: Lanes, const WIDE: bool, const ONES: bool>(
        &self,
        space: &mut Space,
        tile: Tile,
        totals: &Totals,
    ) {
        let rows = space.facts.len();
        let shares = totals.reciprocals.each_ref().map(Divisor::<L>::load);
        let incentives = space.incentives.get(tile.index).copied().unwrap_or_default();
        let (least, one) = (L::splat(1), L::splat(CODED_ONE));
        let whole = L::splat(if self.whole { CODED_ONE } else { 0 });
        let bonds = space.bonds.get_mut(tile.offset..tile.offset + rows).unwrap_or_default();
        let earnings = space.earned.iter_mut().zip(&mut space.filled);
        let all = space.cells.iter().zip(bonds).zip(&space.facts).zip(earnings);
        for (((cells, stored), fact), (earned, filled)) in all {
            let mut income = L::load(earned);
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
                income = income.add(product);
                new[o] = to_stored(average.sub(average.min(least)));
            }
            income.store(earned);
            store_bonds(fact, new, filled, stored);
        }
    }
}

/// Column sums from their halves. A sum of one is ambiguous where an entry just below one has the
/// code of one.
#[inline(always)]
fn totals<L: Lanes>(
    low: [L; OCTETS],
    high: [L; OCTETS],
    largest: [L; OCTETS],
) -> Result<Totals, Ambiguous> {
    let mut totals = Totals {
        of: Default::default(),
        reciprocals: Default::default(),
        wide: false,
        single: false,
    };
    let targets = totals.of.iter_mut().zip(&mut totals.reciprocals);
    for (((low, high), largest), (sums, reciprocals)) in
        low.iter().zip(&high).zip(&largest).zip(targets)
    {
        let mut parts = Cells::default();
        let [lows, highs, maxima, _] = &mut parts.0;
        low.store(lows);
        high.store(highs);
        largest.store(maxima);
        let lanes = lows.iter().zip(highs.iter()).zip(maxima.iter());
        for (((&low, &high), &largest), (sum, reciprocal)) in
            lanes.zip(sums.iter_mut().zip(reciprocals))
        {
            *sum = u64::from(low) + (u64::from(high) << 16);
            if *sum == ONE && largest == CODED_ONE {
                return Err(Ambiguous);
            }
            totals.wide |= *sum > ONE;
            totals.single |= *sum == u64::from(largest) && *sum != 0;
            *reciprocal = Reciprocal::new(*sum);
        }
    }
    Ok(totals)
}

/// Liquid alpha of eight coded elements.
#[inline(always)]
fn liquid_octet(sigmoid: &Sigmoid, weights: &Octet, bonds: &Octet, consensus: &Octet) -> Octet {
    let [weights, bonds, consensus] = [weights, bonds, consensus].map(|codes| codes.map(decoded));
    sigmoid.alphas(weights, bonds, consensus).map(|alpha| alpha as u32) // below one
}
