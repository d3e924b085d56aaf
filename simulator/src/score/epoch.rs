//! A metagraph as the kernel's input, and what the kernel makes of it.

use protocol::network::kernel_stakes;
use scoring_kernel::{Input, InputError, Mechanism, Outcome, Rows, Workspace};

use super::{Pay, Payouts};
use crate::metagraph::{Entries, Metagraph};

/// The state of a topic at its close, owned.
#[derive(Clone, Debug)]
pub struct Epoch {
    stakes: Vec<u64>,
    weights: Rows,
    bonds: Rows,
    permits: Vec<bool>,
    last_update: Vec<u64>,
    registered: Vec<u64>,
    block: u64,
    last_close: u64,
    owner: Option<u16>,
    commit: Option<u64>,
}

impl From<&Input<'_>> for Epoch {
    /// A copy of what the kernel was given.
    fn from(input: &Input<'_>) -> Self {
        Self {
            stakes: input.stakes.to_vec(),
            weights: input.weights.clone(),
            bonds: input.bonds.clone(),
            permits: input.permits.to_vec(),
            last_update: input.last_update.to_vec(),
            registered: input.registered.to_vec(),
            block: input.block,
            last_close: input.last_close,
            owner: input.owner,
            commit: input.commit,
        }
    }
}

/// An epoch with its outcome.
#[derive(Clone, Debug)]
pub struct Scored {
    /// How it was scored.
    pub mechanism: Mechanism,
    /// From what.
    pub epoch: Epoch,
    /// What came out.
    pub outcome: Outcome,
    /// What everybody is paid, where an emission was given.
    pub payouts: Option<Payouts>,
}

/// Scores a metagraph, and splits an emission by it.
///
/// Where the file does not say who has a permit, the stakes say it: whoever would be issued one
/// by this epoch had it in the last. Where it does not say when anybody submitted, whoever has no
/// row did not, and does not count.
///
/// # Errors
/// Parts that do not fit together, which a [`Metagraph`] that was read rules out.
pub fn score(
    graph: &Metagraph,
    mechanism: Mechanism,
    pay: Option<&Pay>,
) -> Result<Scored, InputError> {
    let mut epoch = Epoch::of(graph);
    let (mut workspace, mut outcome) = (Workspace::default(), Outcome::default());
    if graph.permits.is_none() {
        mechanism.score(&epoch.input(), &mut workspace, &mut outcome)?;
        epoch.permits.clone_from(&outcome.permits);
    }
    if graph.last_update.is_none() {
        let submitted = |slot: usize| !epoch.weights.row(slot).is_empty();
        let permits = epoch.permits.iter().enumerate();
        epoch.permits = permits.map(|(slot, permit)| *permit && submitted(slot)).collect();
    }
    mechanism.score(&epoch.input(), &mut workspace, &mut outcome)?;
    let payouts = pay.map(|pay| Payouts::of(&outcome, pay));
    Ok(Scored { mechanism, epoch, outcome, payouts })
}

impl Epoch {
    /// What the file says, and where it is silent: slots taken in block 0, every row submitted
    /// in the file's block, every bond of a slot taken before it kept.
    fn of(graph: &Metagraph) -> Self {
        let slots = graph.slots();
        let powers: Vec<u128> = graph.stakes.iter().map(|stake| stake.units()).collect();
        let mut stakes = Vec::new();
        kernel_stakes(&powers, 0, &mut stakes);
        let named = [&graph.last_update, &graph.registered].into_iter().flatten().flatten();
        let after_all = named.copied().max().unwrap_or(0).saturating_add(1);
        let block = graph.block.unwrap_or(after_all.max(graph.last_close.unwrap_or(0)));
        Self {
            stakes,
            weights: rows(slots, &graph.weights),
            bonds: rows(slots, &graph.bonds),
            permits: graph.permits.clone().unwrap_or_else(|| vec![true; slots]),
            last_update: graph.last_update.clone().unwrap_or_else(|| vec![block; slots]),
            registered: graph.registered.clone().unwrap_or_else(|| vec![0; slots]),
            block,
            last_close: graph.last_close.unwrap_or(block),
            owner: graph.owner,
            commit: None,
        }
    }

    /// The kernel's view of it.
    pub fn input(&self) -> Input<'_> {
        Input {
            stakes: &self.stakes,
            weights: &self.weights,
            bonds: &self.bonds,
            permits: &self.permits,
            last_update: &self.last_update,
            registered: &self.registered,
            block: self.block,
            last_close: self.last_close,
            owner: self.owner,
            commit: self.commit,
        }
    }
}

fn rows(slots: usize, listed: &[(u16, Entries)]) -> Rows {
    let mut rows = Rows::new();
    let mut listed = listed.iter().peekable();
    for uid in 0..slots {
        match listed.next_if(|(from, _)| usize::from(*from) == uid) {
            // Ascending and without duplicates: the metagraph was checked.
            Some((_, row)) if rows.push_row(row.iter().copied()).is_ok() => {}
            _ => rows.push_empty(),
        }
    }
    rows
}
