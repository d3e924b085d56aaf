//! Charts as data: what is drawn, never how.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::verdict::{Estimate, Unit};

/// One chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Chart {
    /// What it shows, as a heading: `Gini coefficient of stake`.
    pub title: String,
    /// What to read in it, below the chart; also its description for those who do not see it.
    pub caption: String,
    /// The horizontal axis. In [`Plot::Bars`], the axis of the bars' values is `y`.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// The marks.
    pub plot: Plot,
}

/// An axis.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Axis {
    /// Its title, without the unit: `Epoch`.
    pub title: String,
    /// Unit of the numbers along it.
    pub unit: Unit,
    /// How values are laid out along it.
    pub scale: Scale,
    /// Whether the axis must begin at zero (in [`Scale::Linear`]).
    pub from_zero: bool,
}

impl Axis {
    /// The axis of epochs.
    #[must_use]
    pub fn epochs() -> Self {
        Self::linear("Epoch", Unit::Count(String::new()))
    }

    /// A linear axis that shows the range of its data.
    #[must_use]
    pub fn linear(title: &str, unit: Unit) -> Self {
        Self { title: title.to_owned(), unit, scale: Scale::Linear, from_zero: false }
    }

    /// A linear axis that begins at zero.
    #[must_use]
    pub fn zero_based(title: &str, unit: Unit) -> Self {
        Self { from_zero: true, ..Self::linear(title, unit) }
    }

    /// A logarithmic axis.
    #[must_use]
    pub fn logarithmic(title: &str, unit: Unit) -> Self {
        Self { scale: Scale::Log, ..Self::linear(title, unit) }
    }
}

/// How values are laid out along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Scale {
    /// In proportion.
    Linear,
    /// By their logarithm; values at or below zero are drawn at the low edge.
    Log,
}

/// The marks of a chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Plot {
    /// Lines over x, each with bands over seeds where it has them: a fan chart.
    Fan(Vec<Series>),
    /// Layers stacked upon each other over a common x.
    Stack {
        /// Positions along x, ascending.
        x: Vec<f64>,
        /// The layers, the lowest first.
        layers: Vec<Layer>,
    },
    /// Horizontal bars, one below the other.
    Bars(Vec<Bar>),
    /// One mark a thing.
    Points(Vec<Point>),
    /// A timeline: one row a thing, each in phases along x.
    Spans(Vec<Span>),
}

/// A row of a timeline.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Its name, written before it.
    pub name: String,
    /// How it ended, written after it.
    pub end: String,
    /// Its phases, in order.
    pub phases: Vec<Phase>,
    /// Where along x it was done; drawn as a mark.
    pub done: Option<f64>,
    /// Whether it stands out.
    pub emphasis: bool,
}

/// A phase of a row.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Half the height of its bar in pixels; 0 is a line. Phases are told apart by it.
    pub half_height: u8,
    /// Where it begins.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
}

/// A line, with bands where there was more than one seed.
///
/// All vectors have the length of `x`, except that a pair of bands may be empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Its name, written at the end of the line.
    pub name: String,
    /// Positions along x, ascending.
    pub x: Vec<f64>,
    /// The line: the median over seeds, or the value itself.
    pub median: Vec<f64>,
    /// 5th percentile over seeds, or empty.
    #[serde(default)]
    pub p05: Vec<f64>,
    /// 25th percentile over seeds, or empty.
    #[serde(default)]
    pub p25: Vec<f64>,
    /// 75th percentile over seeds, or empty.
    #[serde(default)]
    pub p75: Vec<f64>,
    /// 95th percentile over seeds, or empty.
    #[serde(default)]
    pub p95: Vec<f64>,
}

impl Series {
    /// A line without bands.
    #[must_use]
    pub fn line(name: &str, x: Vec<f64>, y: Vec<f64>) -> Self {
        Self { name: name.to_owned(), x, median: y, ..Self::default() }
    }

    /// The median and bands of many runs.
    ///
    /// `runs` holds one vector a seed, each as long as `x`; a shorter one has nothing to say about
    /// the later positions. Quantiles interpolate linearly between order statistics: the quantile
    /// `q` of `n` sorted values is at position `q (n - 1)`. With a single run there are no bands.
    #[must_use]
    pub fn over_seeds(name: &str, x: Vec<f64>, runs: &[Vec<f64>]) -> Self {
        let columns: Vec<Vec<f64>> = (0..x.len())
            .map(|at| {
                let mut column: Vec<f64> =
                    runs.iter().filter_map(|run| run.get(at).copied()).collect();
                column.sort_by(f64::total_cmp);
                column
            })
            .take_while(|column| !column.is_empty())
            .collect();
        let at =
            |q: f64| -> Vec<f64> { columns.iter().map(|column| quantile(column, q)).collect() };
        let band = |q: f64| if runs.len() > 1 { at(q) } else { Vec::new() };
        Self {
            name: name.to_owned(),
            x: x.into_iter().take(columns.len()).collect(),
            median: at(0.5),
            p05: band(0.05),
            p25: band(0.25),
            p75: band(0.75),
            p95: band(0.95),
        }
    }
}

/// The quantile `q` of values sorted ascending, interpolated linearly; 0 for no values.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return 0.0 };
    let position = q * last as f64;
    let below = position.floor() as usize;
    let low = sorted[below.min(last)];
    let high = sorted[(below + 1).min(last)];
    low + (high - low) * (position - position.floor())
}

/// A layer of a stacked chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Layer {
    /// Its name.
    pub name: String,
    /// Its thickness at each x, never negative.
    pub values: Vec<f64>,
}

/// A bar.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Its name.
    pub name: String,
    /// Its length, with a whisker over its interval.
    pub estimate: Estimate,
    /// Whether it is to stand out.
    pub emphasis: bool,
}

/// A mark in a scatter chart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Point {
    /// Its name, written beside it when it stands out.
    pub name: String,
    /// Its group: one shape a group.
    pub group: String,
    /// Position along x.
    pub x: f64,
    /// Position along y.
    pub y: f64,
    /// Whether it is to stand out and be named.
    pub emphasis: bool,
}
