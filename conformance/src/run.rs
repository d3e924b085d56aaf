//! A scenario through every engine, and what came of it.

use std::path::Path;

use cosmwasm_std::testing::MockApi;
use simulator::run::Season;
use simulator::scenario::Scenario;

use crate::chain::Chain;
use crate::codes::Codes;
use crate::compare::Mismatch;
use crate::error::ConformError;
use crate::rehearsal::{Rehearsal, Search};
use crate::vm::{Instances, Library};

/// An epoch in which all engines agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which, from 0.
    pub epoch: u64,
    /// How many there will be.
    pub epochs: u64,
    /// The state hash that all have.
    pub state_hash: [u8; 32],
}

/// What a comparison found.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The scenario's name.
    pub scenario: String,
    /// The engines, the native one first.
    pub engines: Vec<&'static str>,
    /// Epochs after which all state hashes were equal.
    pub epochs: u64,
    /// Commands that all engines judged alike.
    pub commands: u64,
    /// Of them, refused.
    pub refused: u64,
    /// The last state hash that was compared, the native engine's.
    pub state_hash: [u8; 32],
    /// Where the first engine parted, if any did.
    pub mismatch: Option<Mismatch>,
}

impl Report {
    /// Whether all engines agreed to the end.
    pub fn agrees(&self) -> bool {
        self.mismatch.is_none()
    }
}

/// Runs the first `epochs` epochs of a scenario (all it has, where that is fewer), its
/// first seed, in the native engine, in the contracts, and in the Wasm in `artifacts`.
/// `progress` hears of each epoch in which they agreed.
///
/// # Errors
/// Wasm that is missing or refused; a scenario that does not run. A difference is no error:
/// it is in the report.
pub fn run(
    scenario: &Scenario,
    epochs: u64,
    artifacts: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, ConformError> {
    let library = Library::new(MockApi::default())?;
    let chains = || {
        let wasm = Codes::wasm(&library, artifacts, Instances::Reused)?;
        Ok(vec![Chain::new("contracts", Codes::rust()), Chain::new("wasm", wasm)])
    };
    run_with(scenario, epochs, &chains, progress)
}

/// The same with chains of the caller's making; they are made again where a difference is
/// to be found.
///
/// # Errors
/// As [`run`]; and an engine that parts once and not again.
pub fn run_with(
    scenario: &Scenario,
    epochs: u64,
    chains: &dyn Fn() -> Result<Vec<Chain>, ConformError>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Report, ConformError> {
    let epochs = epochs.min(scenario.epochs);
    let mut told = |epoch, state_hash| progress(Progress { epoch, epochs, state_hash });
    let mut rehearsal = Rehearsal::new(chains()?, &mut told);
    let mut season = Season::open(scenario, 0, false, &mut rehearsal)?;
    for epoch in 0..epochs {
        if rehearsal.failed.is_some() || season.epoch(epoch, &mut rehearsal)?.is_break() {
            break;
        }
    }
    let Rehearsal { parted, failed, totals, chains: used, .. } = rehearsal;
    if let Some(error) = failed {
        return Err(error);
    }
    let names = used.iter().map(simulator::engine::Engine::name);
    Ok(Report {
        scenario: scenario.name.clone(),
        engines: std::iter::once("native").chain(names).collect(),
        epochs: totals.epochs,
        commands: totals.commands,
        refused: totals.refused,
        state_hash: totals.state_hash,
        mismatch: match parted {
            None => None,
            Some((index, epoch)) => Some(locate(scenario, chains()?, index, epoch)?),
        },
    })
}

/// Runs again up to the epoch in which a chain parted, and finds the command and the record.
fn locate(
    scenario: &Scenario,
    mut chains: Vec<Chain>,
    index: usize,
    epoch: u64,
) -> Result<Mismatch, ConformError> {
    let chain = chains.swap_remove(index);
    let engine = simulator::engine::Engine::name(&chain);
    let mut search = Search::new(chain, epoch);
    let mut season = Season::open(scenario, 0, false, &mut search)?;
    for number in 0..=epoch {
        if search.found.is_some() || season.epoch(number, &mut search)?.is_break() {
            break;
        }
    }
    search.found.ok_or(ConformError::Unsteady { engine, epoch })
}
