//! From seeds to verdicts: aggregates of metrics, compared with bounds.

use super::metric::Metric;
use crate::{
    metrics::{mean, quantile},
    scenario::{Aggregate, Comparison, Gate, Scenario},
};

/// A gate with what was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// The gate.
    pub gate: Gate,
    /// Index of its metric in the catalogue.
    pub metric: usize,
    /// What is compared; `None` where a seed did not have the metric.
    pub measured: Option<f64>,
    /// Whether it holds; a gate that measured nothing does not.
    pub holds: bool,
}

/// A gate on a metric that the scenario does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expect.{name}: there is no such metric{}", suggest(.nearest))]
pub struct UnknownMetric {
    /// The name given.
    pub name: String,
    /// Names like it, the nearest first.
    pub nearest: Vec<String>,
}

impl UnknownMetric {
    /// The metric of this name that is none, with those that are like it.
    pub fn among<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Self {
        Self { name: name.to_owned(), nearest: nearest(name, known) }
    }
}

fn suggest(nearest: &[String]) -> String {
    match nearest {
        [] => String::from("; `moot explain` lists them"),
        names => format!("; did you mean {}?", names.join(" or ")),
    }
}

/// The metric of each gate.
///
/// # Errors
/// The first gate whose metric is not in the catalogue.
pub fn resolve(scenario: &Scenario, catalogue: &[Metric]) -> Result<Vec<usize>, UnknownMetric> {
    let find = |gate: &Gate| {
        let found = catalogue.iter().position(|metric| metric.name == gate.metric);
        found.ok_or_else(|| {
            UnknownMetric::among(&gate.metric, catalogue.iter().map(|metric| metric.name.as_str()))
        })
    };
    scenario.gates.iter().map(find).collect()
}

/// At most three names that differ little from the given one.
fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut near: Vec<(f64, &str)> = known
        .map(|known| (strsim::jaro_winkler(name, known), known))
        .filter(|(likeness, _)| *likeness > 0.8)
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0));
    near.into_iter().take(3).map(|(_, name)| format!("`{name}`")).collect()
}

/// Judges a gate by the values that its metric has over seeds.
pub(super) fn judge(gate: &Gate, metric: usize, values: &[Option<f64>]) -> Judged {
    let all: Option<Vec<f64>> = values.iter().copied().collect();
    let measured = all.and_then(|values| aggregate(gate.over, &values));
    let holds = measured.is_some_and(|value| compare(value, gate.comparison, gate.bound));
    Judged { gate: gate.clone(), metric, measured, holds }
}

/// All seeds' values as one.
pub fn aggregate(over: Aggregate, values: &[f64]) -> Option<f64> {
    match over {
        Aggregate::Mean => mean(values),
        Aggregate::Percentile(percent) => quantile(values, f64::from(percent) / 100.0),
    }
}

#[expect(clippy::float_cmp, reason = "a gate that asks for equality means equality")]
fn compare(value: f64, comparison: Comparison, bound: f64) -> bool {
    match comparison {
        Comparison::Below => value < bound,
        Comparison::AtMost => value <= bound,
        Comparison::Equal => value == bound,
        Comparison::NotEqual => value != bound,
        Comparison::AtLeast => value >= bound,
        Comparison::Above => value > bound,
    }
}
