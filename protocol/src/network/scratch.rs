//! Memory that closes reuse.

use crate::{account::AccountId, network::Bonds, units::Power};
use scoring_kernel::{Input, Mechanism, Outcome, Prepared, Rows, Workspace};

/// Memory that closes reuse: an engine keeps one, a contract makes one a call. What is left in
/// it never changes a result.
#[derive(Debug, Default)]
pub struct Scratch {
    /// How the last command's first page was scored; `None` where it closed no first page.
    pub(super) frame: Option<Frame>,
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
    /// Who holds the slots whose power was read, and what it is now; ascending.
    pub(super) holders: Vec<(u16, AccountId, Power)>,
    /// Slots whose bond rows live, ascending: only they have bonds.
    pub(super) keepers: Vec<u16>,
    /// The groups of bonds that were gathered, as stored; ascending.
    pub(super) stored: Vec<(u16, Bonds)>,
}

/// How a close is scored: what its input has beside the gathered columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) mechanism: Mechanism,
    pub(super) block: u64,
    pub(super) last_close: u64,
    pub(super) owner: Option<u16>,
    pub(super) commit: Option<u64>,
}

/// The kernel's view of what was gathered. Not a method: what is not the input stays free.
macro_rules! input {
    ($scratch:ident, $frame:expr) => {
        scoring_kernel::Input {
            stakes: &$scratch.stakes,
            weights: &$scratch.weights,
            bonds: &$scratch.bonds,
            permits: &$scratch.permits,
            last_update: &$scratch.updated,
            registered: &$scratch.registered,
            block: $frame.block,
            last_close: $frame.last_close,
            owner: $frame.owner,
            commit: $frame.commit,
        }
    };
}
pub(super) use input;

impl Scratch {
    /// How the first page of a close that was the last command was scored, and from what: what
    /// explains its payouts. `None` after any other page, which reads less.
    pub fn last_scored(&self) -> Option<(Mechanism, Input<'_>)> {
        let frame = self.frame?;
        Some((frame.mechanism, input!(self, frame)))
    }
}
