//! Memory that closes reuse.

use crate::{account::AccountId, network::Bonds};
use scoring_kernel::{Outcome, Prepared, Rows, Workspace};

/// Memory that closes reuse: an engine keeps one, a contract makes one a call. What is left in
/// it never changes a result.
#[derive(Debug, Default)]
pub struct Scratch {
    pub(super) workspace: Workspace,
    pub(super) outcome: Outcome,
    pub(super) prepared: Prepared,
    /// One row a slot, as far as the last that is not empty.
    pub(super) weights: Rows,
    /// Likewise.
    pub(super) bonds: Rows,
    /// New bond rows.
    pub(super) new_bonds: Rows,
    pub(super) powers: Vec<u128>,
    pub(super) stakes: Vec<u64>,
    pub(super) permits: Vec<bool>,
    pub(super) updated: Vec<u64>,
    pub(super) registered: Vec<u64>,
    /// Who holds the slots whose power was read; ascending.
    pub(super) holders: Vec<(u16, AccountId)>,
    /// Slots whose bond rows live, ascending: only they have bonds.
    pub(super) keepers: Vec<u16>,
    /// The groups of bonds that were gathered, as stored; ascending.
    pub(super) stored: Vec<(u16, Bonds)>,
}
