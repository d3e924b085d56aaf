//! `moot snapshot`: the whole state of a rehearsal as a file.

use std::fs;
use std::path::Path;

use serde_json::json;
use simulator::report::plain;
use simulator::run::Season;
use simulator::snapshot::{About, Snapshot, write_whole};

use crate::args::{Output, Snapshot as Args};
use crate::commands::chain;
use crate::commands::diff::side;
use crate::exit::{Failure, Outcome};
use crate::print::say;

/// Plays a run to the end of an epoch and writes its state.
///
/// # Errors
/// A run or an epoch that is none; a place that cannot be written.
pub(crate) fn snapshot(args: &Args, output: Output) -> Outcome {
    let Some(run) = &args.run else {
        return kept(&chain::state(&args.chain)?, &args.out, output);
    };
    let mut scenario = side(run)?;
    scenario.seed = args.seed.unwrap_or(scenario.seed);
    let last = scenario.epochs.saturating_sub(1);
    let epoch = args.epoch.unwrap_or(last);
    if epoch > last {
        return Err(Failure::Usage(format!(
            "error: there is no epoch {epoch}; the run has {}, numbered from 0",
            scenario.epochs
        )));
    }
    let failed = |error| Failure::Usage(format!("error: {}: {error}", scenario.name));
    let mut season = Season::open(&scenario, args.number, false, &mut ()).map_err(failed)?;
    for epoch in 0..=epoch {
        let _goes_on = season.epoch(epoch, &mut ()).map_err(failed)?;
    }
    let (name, seed, run) = (&scenario.name, scenario.seed, args.number);
    let source = format!("scenario {name}, seed {seed}, run {run}, after epoch {epoch}");
    let snapshot = Snapshot::take(season.world(), About::run(&scenario, source));
    kept(&snapshot, &args.out, output)
}

fn kept(snapshot: &Snapshot, out: &Path, output: Output) -> Outcome {
    let written = write_whole(out, snapshot.to_json().as_bytes());
    written.map_err(|error| {
        Failure::Usage(format!("error: could not write {}: {error}", out.display()))
    })?;
    told(snapshot, out, output)
}

fn told(snapshot: &Snapshot, out: &Path, output: Output) -> Outcome {
    let records: usize = snapshot.modules().iter().map(|(_, records)| records.len()).sum();
    let hash: String = snapshot.state_hash().iter().map(|byte| format!("{byte:02x}")).collect();
    let (height, accounts) = (snapshot.height().get(), snapshot.accounts().len());
    match output {
        Output::Json => {
            let value = json!({
                "snapshot": out.display().to_string(),
                "source": snapshot.about().source,
                "height": height,
                "time": snapshot.time().get(),
                "state_hash": hash,
                "records": records,
                "accounts": accounts,
            });
            say!("{}", serde_json::to_string_pretty(&value)?);
        }
        Output::Human => {
            say!("{}: {records} records of {accounts} accounts at block {height}", out.display());
            say!("State hash {hash}");
        }
    }
    Ok(())
}

/// Reads a snapshot.
///
/// # Errors
/// A file that cannot be read, or that is none: what is wrong with it, and where.
pub(crate) fn open(path: &Path) -> Outcome<Snapshot> {
    read(path).map(|(snapshot, _)| snapshot)
}

/// Reads a snapshot, and its file's bytes.
///
/// # Errors
/// As [`open`].
pub(crate) fn read(path: &Path) -> Outcome<(Snapshot, Vec<u8>)> {
    let wrong = |why: String| Failure::Usage(format!("error: {}: {why}", path.display()));
    let bytes = fs::read(path).map_err(|error| wrong(error.to_string()))?;
    match Snapshot::parse(&bytes) {
        Ok(snapshot) => Ok((snapshot, bytes)),
        Err(error) => Err(wrong(plain(&error.to_string(), 600))),
    }
}
