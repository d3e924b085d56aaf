//! A real network's stakes and weights: a metagraph's file beside the scenarios.

use super::load::{Loaded, Source, beside};
use super::problem::{FileError, Problem};
use crate::metagraph;
use crate::scenario::Snapshot;

/// Reads the snapshot that a scenario names. A token has 10^9 base units here, whatever the
/// scenario's token has: the file's numbers are of another network.
pub(super) fn read(
    source: &dyn Source,
    loaded: &Loaded,
    name: &str,
) -> Result<Snapshot, FileError> {
    let failed = |what: String, fix: &str| loaded.error(vec![Problem::at("snapshot", what, fix)]);
    let path = beside(&loaded.file_of("snapshot"), name).ok_or_else(|| {
        failed(format!("`{name}` leaves the scenarios' folder"), "name a file below it")
    })?;
    let bytes = source
        .bytes(&path)
        .map_err(|why| failed(format!("{path} cannot be read: {why}"), "check the name"))?;
    let graph = metagraph::read(&path, &bytes, None)?;
    Ok(Snapshot { source: graph.source, stakes: graph.stakes, rows: graph.weights })
}
