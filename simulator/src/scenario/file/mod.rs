//! Scenario files: TOML with comments, units, inheritance and errors that name the place.
//!
//! Bytes become tables (`load`: one file, then what it extends), tables become shapes (serde;
//! unknown keys are refused), shapes become a checked [`Scenario`]. What is wrong is reported
//! with the file, line and column it stands at (`locate`), all findings of a stage at once.

mod build;
mod happening;
mod load;
mod locate;
mod people;
mod problem;
mod quantity;
mod shape;
mod snapshot;
mod spread;

pub use load::{Disk, Source};
pub use problem::{FileError, Problem, Snippet};
pub use shape::schema;

use super::Scenario;

/// Reads a scenario file, with the files it extends and the snapshot it names.
///
/// `path` is relative to the source's root. Names inside of the file are relative to the file.
///
/// # Errors
/// What is wrong, with places; see [`FileError`].
pub fn read(source: &dyn Source, path: &str) -> Result<Scenario, FileError> {
    let loaded = load::load(source, path)?;
    let shape = loaded.shape()?;
    let snapshot = match &shape.snapshot {
        None => None,
        Some(name) => Some(snapshot::read(source, &loaded, name)?),
    };
    build::scenario(&shape, &loaded.table, snapshot, loaded.stem())
        .map_err(|problems| loaded.error(problems))
}
