//! `moot diff`: where do two runs part?

use std::collections::BTreeSet;
use std::path::Path;

use protocol::ModuleId;
use simulator::run::Season;
use simulator::scenario::Scenario;

use crate::args::{Diff, Output};
use crate::exit::{Failure, Outcome};
use crate::files::{load, load_from};
use crate::print::say;

/// Plays both scenarios side by side and tells the first epoch and record that differ.
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
                say!("{}", serde_json::json!({ "epoch": epoch, "record": found }));
            }
            return Err(Failure::Differs(message));
        }
    }
    match output {
        Output::Json => say!("{}", serde_json::json!({ "epochs": epochs, "same": true })),
        Output::Human => say!("the same state in all {epochs} epochs"),
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
    let shown = |side: &simulator::engine::Export| {
        side.get(key).map_or("absent".to_owned(), |record| record.shown.clone())
    };
    format!("{}: {} against {}", module.name(), shown(&ours), shown(&theirs))
}
