//! `moot diff`: where do two runs part?

use std::collections::BTreeSet;
use std::path::Path;

use protocol::{AccountId, ModuleId};
use simulator::engine::Export;
use simulator::run::Season;
use simulator::scenario::Scenario;

use crate::args::{Diff, Output};
use crate::exit::{Failure, Outcome};
use crate::files::{load, load_from};
use crate::print::say;

/// Plays both scenarios side by side and tells the first epoch and record that differ. Where one
/// run is longer, its rest is a difference too.
///
/// # Errors
/// A side that is neither a scenario nor a report; runs that differ.
pub(crate) fn diff(args: &Diff, output: Output) -> Outcome {
    let (a, b) = (side(&args.a)?, side(&args.b)?);
    let open = |scenario| Season::open(scenario, 0, false, &mut ());
    let wrong = |error| Failure::Usage(format!("error: {error}"));
    let (mut one, mut other) = (open(&a).map_err(wrong)?, open(&b).map_err(wrong)?);
    let epochs = a.epochs.min(b.epochs);
    for epoch in 0..epochs {
        let _ = one.epoch(epoch, &mut ()).map_err(wrong)?;
        let _ = other.epoch(epoch, &mut ()).map_err(wrong)?;
        if one.world().digests() != other.world().digests() {
            let found = part(&mut one, &mut other);
            let message = format!("epoch {epoch}, {found}");
            if output == Output::Json {
                let same = false;
                say!("{}", serde_json::json!({ "same": same, "epoch": epoch, "record": found }));
            }
            return Err(Failure::Differs(message));
        }
    }
    let same = a.epochs == b.epochs;
    if output == Output::Json {
        let (ours, theirs) = (a.epochs, b.epochs);
        say!("{}", serde_json::json!({ "same": same, "epochs": epochs, "of": [ours, theirs] }));
    }
    match same {
        true if output == Output::Human => say!("the same state in all {epochs} epochs"),
        true => {}
        false => {
            let (longer, more) = match a.epochs > b.epochs {
                true => (&args.a, a.epochs),
                false => (&args.b, b.epochs),
            };
            let longer = longer.display();
            return Err(Failure::Differs(format!(
                "the same state in all {epochs} epochs that both play; {longer} goes on to {more}"
            )));
        }
    }
    Ok(())
}

/// A scenario file, or the copy in a report's folder with the report's seed.
pub(crate) fn side(path: &Path) -> Outcome<Scenario> {
    if path.is_file() {
        return load(path).map(|loaded| loaded.scenario);
    }
    let data = super::verify::data(path)?;
    let run = super::verify::recorded(&data)?;
    if run.from.is_some() {
        return Err(Failure::Usage(format!(
            "error: the run of {} began in a snapshot; give its scenario and the state apart",
            path.display()
        )));
    }
    let name = super::verify::scenario_name(&data, &run)?;
    let loaded = load_from(&path.join("scenario"), &name)
        .map_err(|error| Failure::Usage(crate::snippet::render(&error)))?;
    let mut scenario = loaded.scenario;
    super::play::adapt(&mut scenario, &run.series);
    Ok(scenario)
}

/// The first record, by module and key, that is not the same in both.
fn part(one: &mut Season<'_>, other: &mut Season<'_>) -> String {
    let (ours, theirs) = (one.world().export(), other.world().export());
    let keys: BTreeSet<_> = ours.keys().chain(theirs.keys()).collect();
    let first = keys.into_iter().find(|key| ours.get(*key) != theirs.get(*key));
    let Some(key) = first else { return "no hashed record differs".to_owned() };
    let module: ModuleId = key.0;
    let shown = |side: &Export, season: &Season<'_>| {
        side.get(key).map_or("absent".to_owned(), |record| {
            format!("{} {}", record.table, named(season, &record.shown))
        })
    };
    format!("{}: {} against {}", module.name(), shown(&ours, one), shown(&theirs, other))
}

/// A shown record with accounts by name.
fn named(season: &Season<'_>, shown: &str) -> String {
    let mut parts = shown.split("AccountId(");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let handle =
            part.split_once(')').and_then(|(handle, rest)| Some((handle.parse().ok()?, rest)));
        match handle {
            Some((handle, rest)) => {
                out.push_str(&season.roster().name_of(AccountId::from_handle(handle)));
                out.push_str(rest);
            }
            None => out.push_str(part),
        }
    }
    out
}
