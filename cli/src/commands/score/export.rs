//! A score's folder: page, summary, tables, and a copy of what was scored.

use std::path::Path;

use simulator::report::{Draft, ReportError};
use simulator::score::{Origin, csv, present};

use super::Result;
use crate::exit::{Failure, Outcome};

/// Writes the folder, which appears whole or not at all.
///
/// # Errors
/// A folder that cannot be written.
pub(crate) fn export(result: &Result, out: &Path) -> Outcome {
    let unwritten = |error: ReportError| Failure::Usage(format!("error: {error}"));
    let mut draft = Draft::beside(out).map_err(unwritten)?;
    for (input, folder) in result.inputs.iter().zip(["input", "input/stakes"]) {
        draft.add(&format!("{folder}/{}", input.name), &input.bytes).map_err(unwritten)?;
    }
    let standings = &result.standings;
    draft.add("scores.csv", csv(standings).as_bytes()).map_err(unwritten)?;
    let json = serde_json::to_vec_pretty(standings)?;
    draft.add("scores.json", &json).map_err(unwritten)?;
    let origin = Origin {
        file: &result.inputs[0].name,
        blake3: &result.blake3,
        mechanism: result.mechanism,
        command: &result.command,
    };
    let data = present(&result.graph, &result.scored, standings, &origin);
    draft.publish(&data).map_err(unwritten)
}
