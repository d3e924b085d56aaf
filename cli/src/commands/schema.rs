//! `moot schema`: for editors and programs.

use crate::args::{Schema, SchemaOf};
use crate::exit::Outcome;
use crate::print::say;

/// Prints a JSON Schema.
///
/// # Errors
/// None in practice.
pub(crate) fn schema(args: &Schema) -> Outcome {
    let schema = match args.of {
        SchemaOf::Scenario => simulator::scenario::file::schema().to_value(),
        SchemaOf::Incident => simulator::scenario::file::incident_schema().to_value(),
        SchemaOf::Deployment => simulator::deployment::schema().to_value(),
        SchemaOf::Report => simulator::report::schema(),
    };
    say!("{}", serde_json::to_string_pretty(&schema)?);
    Ok(())
}
