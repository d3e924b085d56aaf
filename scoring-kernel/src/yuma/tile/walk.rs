//! Walks the tiles of weights and bonds together, and writes the new bonds.

use super::Ambiguous;
use super::agree::gather_weights;
use super::gather::{Group, gather, mask_bonds};
use super::holder::{Held, Holder};
use super::space::{CODED_ONE, COLUMNS, Cells, Fact, GROUP, OCTETS, Space, decoded};
use crate::fixed::ONE;
use crate::input::Input;
use crate::lanes::Lanes;
use crate::outcome::Prepared;
use crate::yuma::bonds::Averaging;

/// What happens to one tile.
pub(super) trait Settle {
    /// Replaces the tile's bonds by the new ones and adds to what its rows earned.
    fn settle<L: Lanes, H: Holder>(
        &self,
        held: &mut Held<'_, H>,
        space: &mut Space,
        tile: Tile,
    ) -> Result<(), Ambiguous>;
}

/// A tile, and where its gathered rows begin.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tile {
    /// Its number: it begins at column `32 index`.
    pub(super) index: usize,
    /// The first of its rows among the gathered ones.
    pub(super) offset: usize,
    /// The first of its rows among the kept ones, if they are.
    pub(super) kept: Option<usize>,
}

/// Settles every occupied tile and writes all rows of bonds, `slots` values each, to `out`.
#[inline(always)]
pub(super) fn walk<L: Lanes>(
    rule: &impl Settle,
    input: &Input<'_>,
    prepared: &Prepared,
    space: &mut Space,
    out: &mut [u16],
    keep: bool,
) -> Result<(), Ambiguous> {
    let rows = space.facts.len();
    let mut bond_cursors = core::mem::take(&mut space.bond_cursors);
    bond_cursors.clear();
    bond_cursors.resize(rows, 0);
    space.cursors.fill(0);
    for group in Group::all(space.occupied.len()) {
        let busy = space.occupied.get(group.tiles()).is_some_and(|tiles| tiles.contains(&true));
        if busy && !keep {
            gather_weights(input, prepared, space, group);
        }
        if busy {
            let Space { facts, registered, bonds, .. } = &mut *space;
            gather(input.bonds, facts, |_| true, group, &mut bond_cursors, bonds);
            mask_bonds(prepared, rows, registered, group, bonds);
        }
        for (index, offset) in group.tiles().zip((0..GROUP).map(|index| index * rows)) {
            if space.occupied.get(index).copied().unwrap_or(false) {
                let kept = keep.then_some(index * rows);
                settle_dense::<L>(rule, space, Tile { index, offset, kept })?;
            }
        }
        write_back(space, group, input.slots(), out);
    }
    space.bond_cursors = bond_cursors;
    Ok(())
}

/// Settles a tile with a row a validator.
#[inline(always)]
fn settle_dense<L: Lanes>(
    rule: &impl Settle,
    space: &mut Space,
    tile: Tile,
) -> Result<(), Ambiguous> {
    let facts = core::mem::take(&mut space.facts);
    let mut earned = core::mem::take(&mut space.earned);
    let mut filled = core::mem::take(&mut space.filled);
    let mut held = Held { holders: &facts, earned: &mut earned, filled: &mut filled };
    let settled = rule.settle::<L, Fact>(&mut held, space, tile);
    (space.facts, space.earned, space.filled) = (facts, earned, filled);
    settled
}

/// Copies the group's new bonds to where the rows are laid out; zeros where nothing is gathered.
#[inline(always)]
fn write_back(space: &Space, group: Group, slots: usize, out: &mut [u16]) {
    let rows = space.facts.len();
    for (row, target) in out.chunks_exact_mut(slots.max(1)).enumerate() {
        let columns = group.tiles().start * COLUMNS..slots.min(group.tiles().end * COLUMNS);
        let target = target.get_mut(columns).unwrap_or_default();
        let sources = space.bonds.iter().skip(row).step_by(rows);
        let occupied = space.occupied.get(group.tiles()).unwrap_or(&[]);
        for ((chunk, source), &occupied) in target.chunks_mut(COLUMNS).zip(sources).zip(occupied) {
            let values = source.0.as_flattened();
            match (occupied, values.get(..chunk.len())) {
                (true, Some(values)) => chunk.copy_from_slice(values),
                _ => chunk.fill(0),
            }
        }
    }
}

/// The weights that bonds follow: clipped in part or in full.
#[derive(Clone, Copy, Debug)]
pub(super) struct Followed<L> {
    limits: [L; OCTETS],
    /// What a coded weight of one becomes.
    ones: [L; OCTETS],
    penalty: L,
    full: bool,
}

impl<L: Lanes> Followed<L> {
    /// For a tile with this coded consensus.
    #[inline(always)]
    pub(super) fn new(averaging: &Averaging, consensus: &Cells) -> Self {
        let full = averaging.penalty() == ONE;
        let penalty = L::splat(u32::try_from(averaging.penalty()).unwrap_or(CODED_ONE));
        let (mut limits, mut ones) = ([L::splat(0); OCTETS], [L::splat(0); OCTETS]);
        for o in 0..OCTETS {
            limits[o] = L::load(&consensus.0[o]);
            if !full {
                ones[o] = L::load(&consensus.0[o].map(|code| {
                    let weight = averaging.bond_weight(ONE, decoded(code));
                    u32::try_from(weight).unwrap_or(CODED_ONE)
                }));
            }
        }
        Self { limits, ones, penalty, full }
    }

    /// The coded weights that a row's bonds follow.
    #[inline(always)]
    pub(super) fn of(&self, single: bool, weights: [L; OCTETS]) -> [L; OCTETS] {
        let mut followed = weights;
        if self.full {
            for o in 0..OCTETS {
                followed[o] = weights[o].min(self.limits[o]);
            }
            return followed;
        }
        let (zero, one) = (L::splat(0), L::splat(1));
        for o in 0..OCTETS {
            let weight = weights[o];
            let excess = weight.sub(weight.min(self.limits[o]));
            // ceil(excess penalty / 2^32)
            let inexact = one.and_not(excess.mul_low(self.penalty).equal(zero));
            followed[o] = weight.sub(excess.mul_high(self.penalty).add(inexact));
            if single {
                let whole = weight.equal(L::splat(CODED_ONE));
                followed[o] = followed[o].and_not(whole).or(self.ones[o].and(whole));
            }
        }
        followed
    }
}

/// `floor(65535 (z + 1) / 2^32)` for the share `z + 1`, or zero for `z = 0`.
#[inline(always)]
pub(super) fn to_stored<L: Lanes>(z: L) -> L {
    z.sub(z.shift::<16>()).shift::<16>()
}
