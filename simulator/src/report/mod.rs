//! What a run says to people: one page, one summary, one machine-readable file.
//!
//! [`ReportData`] is plain data: whoever runs a scenario fills it, and nothing here reads a trace,
//! a clock or the machine. The same data give the same bytes.
//!
//! Layers, each reading only the one before: data ([`ReportData`], [`Section`], [`Chart`],
//! [`Table`]), then their words and numbers made safe to print, then the three outputs.

mod chart;
mod data;
mod identity;
mod section;
mod verdict;

pub use chart::{Axis, Bar, Chart, Layer, Plot, Point, Scale, Series};
pub use data::{Earner, Earners, Headline, ReportData, RuleNote, SchemaVersion, WrittenFile};
pub use identity::{Contract, EngineRun, Identity};
pub use section::{Cell, Column, Row, Section, Table};
pub use verdict::{Estimate, Interval, Op, Outcome, Unit, Verdict};
