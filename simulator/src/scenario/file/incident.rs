//! The keys of an incident's file: a scenario whose rule is that of a system that was broken.

use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;

use super::build::gate;
use super::load::Loaded;
use super::problem::{FileError, Problem};
use super::shape::ExpectShape;
use crate::foreign::{Incident, System};

/// An incident as it was.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct IncidentShape {
    /// Another file of the kind, relative to this one, on which this one is laid.
    #[expect(dead_code, reason = "taken out before; here for the schema")]
    extends: Option<String>,
    /// One line.
    title: String,
    /// What the tale is to answer.
    question: String,
    /// What it takes for granted, numbers that no source gives among them.
    assumptions: Vec<String>,
    /// What the author expects to see.
    expected: String,
    /// What the tale does not show.
    #[serde(default)]
    limits: Vec<String>,
    /// Where the numbers come from.
    sources: Vec<String>,
    /// What was checked, against what.
    checked: String,
    /// The system whose rule it was, with its numbers: whole tokens, parts as `[2, 3]`.
    foreign: System,
    /// What must hold at the end.
    #[serde(default)]
    expect: Vec<ExpectShape>,
}

/// The incident that a loaded file is.
pub(super) fn incident(loaded: &Loaded) -> Result<Incident, FileError> {
    let shape: IncidentShape =
        super::load::shape(&loaded.table, "").map_err(|problem| loaded.error(vec![problem]))?;
    let mut problems = Vec::new();
    if shape.sources.is_empty() {
        let fix = "name where the numbers come from";
        problems.push(Problem::at("sources", "there are none", fix));
    }
    let mut gates = Vec::new();
    for (number, expect) in shape.expect.iter().enumerate() {
        if expect.over.is_some() {
            let place = format!("expect[{number}].over");
            problems.push(Problem::at(place, "there are no seeds here", "remove it"));
        }
        match gate(number, expect) {
            Ok(gate) => gates.push(gate),
            Err(problem) => problems.push(problem),
        }
    }
    if !problems.is_empty() {
        return Err(loaded.error(problems));
    }
    Ok(Incident {
        name: loaded.stem().to_owned(),
        title: shape.title,
        question: shape.question,
        assumptions: shape.assumptions,
        expected: shape.expected,
        limits: shape.limits,
        sources: shape.sources,
        checked: shape.checked,
        system: shape.foreign,
        gates,
    })
}

/// The JSON Schema of incidents' files, for editors.
pub fn incident_schema() -> Schema {
    schema_for!(IncidentShape)
}
