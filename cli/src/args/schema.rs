//! What may be written after `moot schema`.

use clap::{Args, ValueEnum};

/// `moot schema`.
#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// Of what.
    #[arg(value_enum)]
    pub(crate) of: SchemaOf,
}

/// What there are schemas of.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum SchemaOf {
    /// Scenario files.
    Scenario,
    /// Files of incidents as they were.
    Incident,
    /// Files of what is put onto a chain.
    Deployment,
    /// `report.json`.
    Report,
}
