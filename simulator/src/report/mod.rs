//! What a run says to people: one page, one summary, one machine-readable file.
//!
//! [`ReportData`] is plain data: whoever runs a scenario fills it, and nothing here reads a trace,
//! a clock or the machine. The same data give the same bytes.
//!
//! Layers, each reading only those before it: the data ([`ReportData`], [`Section`], [`Chart`],
//! [`Table`]); words and numbers made safe and short; charts drawn; the outputs; their folder.

mod chart;
mod check;
mod command;
mod console;
mod data;
mod describe;
mod draw;
mod error;
mod folder;
mod identity;
mod ink;
mod json;
mod number;
mod page;
mod section;
mod summary;
mod svg;
mod table;
mod text;
mod ticks;
mod verdict;

pub use chart::{Axis, Bar, Chart, Layer, Phase, Plot, Point, Scale, Series, Span};
pub use check::{Defect, Problem, defects};
pub use command::reproducing;
pub use console::{content_hash, plain, readable, verdict_rows, words};
pub use data::{Earner, Earners, Headline, ReportData, RuleNote, SchemaVersion, WrittenFile};
pub use error::ReportError;
pub use folder::{Draft, ExtraFile, write};
pub use identity::{Contract, EngineRun, Identity, ScoredFile};
pub use number::show;
pub use section::{Cell, Column, Row, Section, Table};
pub use summary::forum;
pub use verdict::{Estimate, Interval, Op, Outcome, Unit, Verdict};

/// The three outputs of a report, as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outputs {
    /// `report.html`: one page without scripts or anything from elsewhere.
    pub html: String,
    /// `summary.md`: the verdicts and headlines, in GitHub's Markdown.
    pub markdown: String,
    /// `report.json`: the data themselves.
    pub json: String,
}

/// Renders all three outputs; the same data give the same bytes.
///
/// # Errors
/// When the data are defective ([`defects`]) or cannot be rendered.
pub fn render(data: &ReportData) -> Result<Outputs, ReportError> {
    let defects = defects(data);
    if !defects.is_empty() {
        return Err(ReportError::Defective(defects));
    }
    Ok(Outputs {
        html: page::html(data)?,
        markdown: summary::markdown(data),
        json: json::text(data)?,
    })
}

/// The JSON Schema of `report.json`.
#[must_use]
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(ReportData).to_value()
}
