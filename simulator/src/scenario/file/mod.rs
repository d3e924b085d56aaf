//! Scenario files: TOML with comments, units, inheritance and errors that name the place.
//!
//! Bytes become tables (`load`: one file, then what it extends), tables become shapes (serde;
//! unknown keys are refused), shapes become a checked [`Scenario`]. What is wrong is reported
//! with the file, line and column it stands at (`locate`), all findings of a stage at once.

mod build;
mod deployed;
mod governance;
mod happening;
mod incident;
mod load;
mod locate;
mod people;
mod political;
mod problem;
mod proposing;
mod quantity;
mod restated;
mod shape;
mod snapshot;
mod spread;
mod wish;

pub use deployed::deployment_schema;
pub use incident::incident_schema;
pub use load::{Disk, Source};
pub(crate) use locate::{explain, suggestion};
pub use problem::{FileError, Problem, Snippet};
#[cfg(feature = "report")]
pub(crate) use quantity::{Part, coins, hundredths, millionths, of_65535};
#[cfg(feature = "report")]
pub(crate) use restated::{emission_keys, governance_keys, topic_keys, treasury_keys};
pub use shape::schema;
pub use wish::{Present, Wish, read_wish};

use super::Scenario;
use crate::deployment::Deployment;
use crate::foreign::Incident;
use crate::lint::{self, Finding, Severity};

/// What a scenario file is.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// A season to play by our rules.
    Season(Box<Scenario>),
    /// An incident to tell by the rules of the system that was broken.
    Incident(Box<Incident>),
}

/// Reads a scenario file of either kind: one with a `foreign` table is an incident.
///
/// # Errors
/// What is wrong, with places; see [`FileError`].
pub fn open(source: &dyn Source, path: &str) -> Result<Subject, FileError> {
    let loaded = load::load(source, path)?;
    if loaded.table.contains_key("foreign") {
        return Ok(Subject::Incident(Box::new(incident::incident(&loaded)?)));
    }
    no_deployment(&loaded)?;
    season(source, &loaded).map(|scenario| Subject::Season(Box::new(scenario)))
}

/// Reads a scenario file, with the files it extends and the snapshot it names.
///
/// An incident is refused: it is told, not played.
///
/// `path` is relative to the source's root. Names inside of the file are relative to the file.
///
/// # Errors
/// What is wrong, with places; see [`FileError`].
pub fn read(source: &dyn Source, path: &str) -> Result<Scenario, FileError> {
    let loaded = load::load(source, path)?;
    if loaded.table.contains_key("foreign") {
        let what = "is an incident as it was: its rule is in no engine";
        let fix = "`moot run`, `check` and `explain` read it";
        return Err(loaded.error(vec![problem::Problem::at("foreign", what, fix)]));
    }
    no_deployment(&loaded)?;
    season(source, &loaded)
}

/// Reads a deployment's file, with the files it extends.
///
/// # Errors
/// What is wrong, with places, what the rules refuse included; see [`FileError`].
pub fn read_deployment(source: &dyn Source, path: &str) -> Result<Deployment, FileError> {
    let loaded = load::load(source, path)?;
    let deployment = deployed::deployment(&loaded)?;
    let found = lint::deployed(&deployment);
    let refused: Vec<Finding> =
        found.into_iter().filter(|one| one.severity == Severity::Violation).collect();
    if refused.is_empty() { Ok(deployment) } else { Err(loaded.error(problems(refused))) }
}

/// What is wrong or doubtful about the parameters of a season or a deployment, each with its place
/// in the file.
///
/// An incident has no parameters of ours: nothing is found.
///
/// # Errors
/// What keeps the file from being read.
pub fn lint(source: &dyn Source, path: &str) -> Result<Vec<(Severity, Problem)>, FileError> {
    let loaded = load::load(source, path)?;
    if loaded.table.contains_key("foreign") {
        incident::incident(&loaded)?;
        return Ok(Vec::new());
    }
    let found = match loaded.table.contains_key(DEPLOYMENT) {
        true => lint::deployed(&deployed::deployment(&loaded)?),
        false => lint::findings(&season(source, &loaded)?),
    };
    let severities: Vec<Severity> = found.iter().map(|finding| finding.severity).collect();
    let located = loaded.error(problems(found));
    Ok(severities.into_iter().zip(located.problems).collect())
}

/// The table that makes a file a deployment's.
const DEPLOYMENT: &str = "deployment";

fn problems(found: Vec<Finding>) -> Vec<Problem> {
    found.into_iter().map(|one| Problem::at(one.place, one.what, one.fix)).collect()
}

/// Refuses a deployment where a scenario is wanted.
fn no_deployment(loaded: &load::Loaded) -> Result<(), FileError> {
    if !loaded.table.contains_key(DEPLOYMENT) {
        return Ok(());
    }
    let fix = "`moot lint` and `moot deploy` read it";
    Err(loaded.error(vec![Problem::at(DEPLOYMENT, "is put onto a chain, not played", fix)]))
}

fn season(source: &dyn Source, loaded: &load::Loaded) -> Result<Scenario, FileError> {
    // Else every other key of an incident or a deployment would be told as unknown before this one.
    let near = |key: &String| locate::suggestion(key, &["foreign", DEPLOYMENT]);
    if let Some((key, meant)) =
        loaded.table.keys().find_map(|key| near(key).map(|meant| (key, meant)))
    {
        let what = format!("unknown key `{key}`");
        let problem = problem::Problem::at(key, what, format!("did you mean `{meant}`?"));
        return Err(loaded.error(vec![problem]));
    }
    let shape = loaded.shape()?;
    let snapshot = match &shape.snapshot {
        None => None,
        Some(name) => Some(snapshot::read(source, loaded, name)?),
    };
    build::scenario(&shape, &loaded.table, snapshot, loaded.stem())
        .map_err(|problems| loaded.error(problems))
}
