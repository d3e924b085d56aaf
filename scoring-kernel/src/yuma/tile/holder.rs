//! Whose cells a tile's row has: one validator's, or of each column another's.

use super::agree::normalised;
use super::space::{Cells, Fact, OCTETS, Stored};
use crate::lanes::{Lanes, Octet};

/// Who a row of a tile belongs to, and what is added up of it.
///
/// A dense tile has a row a validator ([`Fact`]); a packed one has, in each column, whoever comes
/// next in it ([`Layer`]).
pub(super) trait Holder: Copy {
    /// What is added up of a row, over the octets of all tiles.
    type Sum: Copy + Default;
    /// Number of stored bonds of a row.
    type Count: Copy + Default;

    /// Votes of an octet's holders.
    fn vote<L: Lanes>(&self, octet: usize) -> L;
    /// Active stake of an octet's holders.
    fn stake<L: Lanes>(&self, octet: usize) -> L;
    /// Whether a weight in it may be a coded one.
    fn single(&self) -> bool;
    /// Normalised weights of a row, kept or computed again.
    fn weights<L: Lanes>(&self, stored: &Stored, kept: Option<&Cells>) -> [L; OCTETS];
    /// Adds what an octet's cells give.
    fn add<L: Lanes>(sum: &mut Self::Sum, octet: usize, value: L);
    /// Writes new bonds and counts those that are not zero.
    fn store<L: Lanes>(&self, bonds: [L; OCTETS], count: &mut Self::Count, stored: &mut Stored);
}

/// A row of cells in lanes.
#[inline(always)]
pub(super) fn octets<L: Lanes>(cells: &Cells) -> [L; OCTETS] {
    let mut lanes = [L::splat(0); OCTETS];
    for o in 0..OCTETS {
        lanes[o] = L::load(&cells.0[o]);
    }
    lanes
}

/// The rows of a tile, and their sums.
#[derive(Debug)]
pub(super) struct Held<'a, H: Holder> {
    /// Whose rows.
    pub(super) holders: &'a [H],
    /// Dividends of each.
    pub(super) earned: &'a mut [H::Sum],
    /// Number of non-zero new bonds of each.
    pub(super) filled: &'a mut [H::Count],
}

impl Holder for Fact {
    type Sum = Octet;
    type Count = Octet;

    #[inline(always)]
    fn vote<L: Lanes>(&self, _: usize) -> L {
        L::splat(self.vote)
    }

    #[inline(always)]
    fn stake<L: Lanes>(&self, _: usize) -> L {
        L::splat(self.stake)
    }

    #[inline(always)]
    fn single(&self) -> bool {
        self.single
    }

    #[inline(always)]
    fn weights<L: Lanes>(&self, stored: &Stored, kept: Option<&Cells>) -> [L; OCTETS] {
        match kept {
            Some(kept) => octets(kept),
            None => normalised(self, stored),
        }
    }

    #[inline(always)]
    fn add<L: Lanes>(sum: &mut Octet, _: usize, value: L) {
        L::load(sum).add(value).store(sum);
    }

    /// None are stored without a permit.
    #[inline(always)]
    fn store<L: Lanes>(&self, bonds: [L; OCTETS], count: &mut Octet, stored: &mut Stored) {
        if !self.permit {
            *stored = Stored::default();
            return;
        }
        let one = L::splat(1);
        let mut filled = L::load(count);
        for o in 0..OCTETS {
            filled = filled.add(bonds[o].min(one));
            bonds[o].store_u16(&mut stored.0[o]);
        }
        filled.store(count);
    }
}

/// The holders of a packed tile's row.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Layer {
    pub(super) votes: Cells,
    pub(super) stakes: Cells,
    /// Whether some row of the epoch has a weight of one.
    pub(super) single: bool,
}

impl Holder for Layer {
    type Sum = Cells;
    type Count = ();

    #[inline(always)]
    fn vote<L: Lanes>(&self, octet: usize) -> L {
        L::load(&self.votes.0[octet])
    }

    #[inline(always)]
    fn stake<L: Lanes>(&self, octet: usize) -> L {
        L::load(&self.stakes.0[octet])
    }

    #[inline(always)]
    fn single(&self) -> bool {
        self.single
    }

    /// Always kept: they are normalised before they are packed.
    #[inline(always)]
    fn weights<L: Lanes>(&self, _: &Stored, kept: Option<&Cells>) -> [L; OCTETS] {
        kept.map_or([L::splat(0); OCTETS], octets)
    }

    /// Every cell is another's: its value is kept, for whoever adds by holder.
    #[inline(always)]
    fn add<L: Lanes>(sum: &mut Cells, octet: usize, value: L) {
        value.store(&mut sum.0[octet]);
    }

    /// Whether they may be stored is asked when rows are written.
    #[inline(always)]
    fn store<L: Lanes>(&self, bonds: [L; OCTETS], (): &mut (), stored: &mut Stored) {
        for o in 0..OCTETS {
            bonds[o].store_u16(&mut stored.0[o]);
        }
    }
}
