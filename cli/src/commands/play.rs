//! Playing a scenario: options laid on it, progress shown, the report's folder filled.

use std::fs::File;
use std::io::BufWriter;
use std::num::NonZeroUsize;
use std::path::Path;

use simulator::outcome::{
    Options, Outcome as Played, ParquetSink, SimulateError, Sink, columns, present, simulate,
};
use simulator::report::{Draft, ReportData};
use simulator::scenario::Scenario;
use simulator::snapshot::Snapshot;

use crate::args::Series;
use crate::exit::{Failure, Outcome};
use crate::files::Loaded;
use crate::progress;

/// The snapshot's name in a report's folder.
pub(crate) const SNAPSHOT: &str = "snapshot.json";

/// Lays the options of a series on a scenario.
pub(crate) fn adapt(scenario: &mut Scenario, series: &Series) {
    scenario.seeds = series.seeds.unwrap_or(scenario.seeds);
    scenario.seed = series.seed.unwrap_or(scenario.seed);
    if let Some(epochs) = series.epochs {
        scenario.epochs = epochs;
        scenario.events.retain(|event| event.epoch < epochs);
    }
}

/// Plays all seeds, from a snapshot's state where one is given; `sink` gets each one's season.
///
/// # Errors
/// A scenario that cannot be played.
pub(crate) fn play(
    scenario: &Scenario,
    from: Option<&Snapshot>,
    threads: Option<u16>,
    sink: &mut dyn Sink,
) -> Outcome<Played> {
    let bar = progress::bar(&scenario.name, scenario.seeds.into());
    let threads = threads.and_then(|threads| NonZeroUsize::new(threads.into()));
    let done = |seeds: u32| bar.set_position(seeds.into());
    let options = Options { seeds: None, threads, laws: true, from, progress: &done };
    let outcome = simulate(scenario, &options, sink);
    bar.finish_and_clear();
    outcome.map_err(|error| failed(scenario, error))
}

fn failed(scenario: &Scenario, error: SimulateError) -> Failure {
    match error {
        SimulateError::Sink(error) => Failure::Internal(error.into()),
        SimulateError::Threads(why) => Failure::Internal(anyhow::anyhow!("no threads: {why}")),
        SimulateError::Metric(_) | SimulateError::Run { .. } => {
            Failure::Usage(format!("error: {}: {error}", scenario.name))
        }
    }
}

/// Plays a scenario and writes its report's folder, which appears whole or not at all. Its
/// files are the traces, and the scenario with all that it names.
///
/// # Errors
/// A scenario that cannot be played; a folder that cannot be written.
pub(crate) fn report(
    loaded: &Loaded,
    threads: Option<u16>,
    command: &str,
    out: &Path,
) -> Outcome<(Played, ReportData)> {
    let scenario = &loaded.scenario;
    let mut draft = Draft::beside(out).map_err(unwritten)?;
    let create = |name: &str| -> Outcome<_> {
        let path = draft.path(name).map_err(unwritten)?;
        Ok(BufWriter::new(File::create(path)?))
    };
    let (epochs, agents) = (create("epochs.parquet")?, create("agents.parquet")?);
    let mut sink = ParquetSink::new(scenario, &columns(scenario), epochs, agents)?;
    let from = loaded.from.as_ref();
    let outcome = play(scenario, from.map(|(snapshot, _)| snapshot), threads, &mut sink)?;
    drop(sink.close()?);
    for (name, bytes) in &loaded.files {
        draft.add(&format!("scenario/{name}"), bytes).map_err(unwritten)?;
    }
    let mut data = present(scenario, &outcome, command);
    if let Some((snapshot, bytes)) = from {
        draft.add(SNAPSHOT, bytes).map_err(unwritten)?;
        begun_in(snapshot, &mut data);
    }
    draft.publish(&data).map_err(unwritten)?;
    Ok((outcome, data))
}

/// Says in a report in which state it began.
fn begun_in(snapshot: &Snapshot, data: &mut ReportData) {
    let hash: String = snapshot.state_hash().iter().map(|byte| format!("{byte:02x}")).collect();
    data.identity.assumptions.push(format!(
        "It begins in the state of a snapshot ({}, block {}, state hash {hash}): parameters, balances, \
         stakes, slots and proposals are those of the snapshot, agents and market the scenario's.",
        snapshot.about().source,
        snapshot.height().get(),
    ));
    data.limits.push(String::from(
        "Whoever in the snapshot is no member of the scenario: they hold what they have and do \
         nothing. Proposals that were open already have nobody who likes them.",
    ));
}

fn unwritten(error: simulator::report::ReportError) -> Failure {
    Failure::Usage(format!("error: {error}"))
}
