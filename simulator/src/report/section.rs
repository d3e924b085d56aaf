//! A part of the report: words, charts and tables about one topic.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::chart::Chart;
use super::verdict::{Estimate, Unit};

/// Charts and tables about one topic.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// The topic: `Concentration`.
    pub title: String,
    /// A paragraph before the charts. May be empty.
    pub text: String,
    /// The charts, in order.
    #[serde(default)]
    pub charts: Vec<Chart>,
    /// The tables, after the charts.
    #[serde(default)]
    pub tables: Vec<Table>,
}

/// A table whose rows are named.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// What the table lists.
    pub title: String,
    /// What to read in it. May be empty.
    pub caption: String,
    /// Heading of the column of row names.
    pub of: String,
    /// The other columns.
    pub columns: Vec<Column>,
    /// The rows; each has as many cells as there are columns.
    pub rows: Vec<Row>,
}

/// A column of a [`Table`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Its heading.
    pub name: String,
    /// Unit of its numbers. `None` for a column of words.
    pub unit: Option<Unit>,
}

/// A row of a [`Table`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The row's name.
    pub name: String,
    /// Its cells, one a column.
    pub cells: Vec<Cell>,
}

/// The content of one cell.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Cell {
    /// A number without interval, in its column's unit.
    Number(f64),
    /// Words.
    Text(String),
    /// A number with its interval, in its column's unit.
    Estimate(Estimate),
    /// Nothing was measured.
    Absent,
}
