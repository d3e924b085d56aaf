//! The memory of the tiled epoch, and what is known of each row.

use super::curve::Curve;
use super::pack::Packing;
use super::reciprocal::Reciprocal;
use crate::lanes::{Octet, Octet16};

/// Columns of a tile.
pub(super) const COLUMNS: usize = 32;
/// Octets of a tile's row.
pub(super) const OCTETS: usize = COLUMNS / 8;
/// Tiles gathered at a time: 128 columns of a row are read together.
pub(super) const GROUP: usize = 4;
/// The raw share one, in 32 bits: no other share that is coded takes this value.
pub(super) const CODED_ONE: u32 = u32::MAX;

/// One row of a tile of shares.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub(super) struct Cells(pub(super) [Octet; OCTETS]);

/// One row of a tile of stored values.
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub(super) struct Stored(pub(super) [Octet16; OCTETS]);

/// What is known of a row before its cells are looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fact {
    /// Whose row.
    pub(super) uid: u16,
    /// Active stake; below one.
    pub(super) stake: u32,
    /// Active stake divided by its sum once more; below one.
    pub(super) vote: u32,
    /// Of the sum of the weights that count.
    pub(super) sum: Reciprocal,
    /// Whether its weights count at all.
    pub(super) permitted: bool,
    /// Whether exactly one weight counts, which then is one.
    pub(super) single: bool,
    /// Whether the masks of slots leave its weights alone.
    pub(super) fresh: bool,
    /// Whether it holds a permit for the next epoch.
    pub(super) permit: bool,
}

/// Memory kept between epochs.
#[derive(Debug, Default)]
pub(in crate::yuma) struct Space {
    /// Rows with weights or bonds; those with votes first.
    pub(super) facts: Vec<Fact>,
    /// How many of them have votes.
    pub(super) voters: usize,
    /// The active stake as votes.
    pub(super) votes: Vec<u64>,
    /// Whether any row has an entry in a tile's columns.
    pub(super) occupied: Vec<bool>,
    /// The latest registration among a tile's columns.
    pub(super) registered: Vec<u64>,
    /// Columns registered after some row's last submission, or after the earliest commit.
    pub(super) recent: Vec<u16>,
    /// Position in each row from which the next tiles are gathered.
    pub(super) cursors: Vec<usize>,
    /// The same of bonds.
    pub(super) bond_cursors: Vec<usize>,
    /// Gathered weights: tile by tile, row by row.
    pub(super) weights: Vec<Stored>,
    /// Gathered bonds, then new ones.
    pub(super) bonds: Vec<Stored>,
    /// The tile being computed.
    pub(super) cells: Vec<Cells>,
    /// Normalised weights of all tiles, where they are small enough to keep.
    pub(super) kept: Vec<Cells>,
    /// Trust of each row, by lane.
    pub(super) trust: Vec<Octet>,
    /// Dividends of each row, by lane.
    pub(super) earned: Vec<Octet>,
    /// Number of non-zero new bonds of each row, by lane.
    pub(super) filled: Vec<Octet>,
    /// Coded consensus.
    pub(super) consensus: Vec<Cells>,
    /// Coded incentives.
    pub(super) incentives: Vec<Cells>,
    /// Where cells are when rows are sparse.
    pub(super) packing: Packing,
    /// Bounds of liquid alpha.
    pub(super) curve: Curve,
    /// Rows of the tile with bonds that those leave open, and which: a bit a column.
    pub(super) doubts: Vec<(usize, u32)>,
}

/// Sum of eight lanes.
pub(super) fn lane_sum(octet: &Octet) -> u64 {
    octet.iter().map(|&lane| u64::from(lane)).sum()
}

/// The share that a code stands for.
pub(super) const fn decoded(code: u32) -> u64 {
    if code == CODED_ONE { crate::fixed::ONE } else { code as u64 }
}
