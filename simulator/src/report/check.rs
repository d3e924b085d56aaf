//! What must hold of a report's data before anything is drawn from it.

use std::fmt;

use super::chart::{Chart, Plot, Series};
use super::data::{Headline, ReportData};
use super::section::{Cell, Table};
use super::verdict::{Estimate, Outcome, Verdict};

/// Largest size of a number in a report. Beyond it, spans between numbers overflow.
const LARGEST: f64 = 1e100;

/// Something in [`ReportData`] that cannot be reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Defect {
    /// Where: `sections[1].charts[0].x`.
    pub place: String,
    /// What is wrong there.
    pub problem: Problem,
}

/// What is wrong with a part of [`ReportData`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A number is infinite, not a number, or larger than 10^100.
    NotFinite,
    /// An interval's lower end is above its upper end.
    IntervalUpsideDown,
    /// Vectors that belong together have different lengths.
    Lengths {
        /// How many values there must be.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// Positions along x do not ascend.
    NotAscending,
    /// A layer of a stack is negative.
    Negative,
    /// A verdict says something else than its numbers do.
    OutcomeContradicted,
}

impl fmt::Display for Defect {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: ", self.place)?;
        match &self.problem {
            Problem::NotFinite => write!(out, "not a finite number below 10^100"),
            Problem::IntervalUpsideDown => write!(out, "interval's lower end is above its upper"),
            Problem::Lengths { expected, got } => write!(out, "{got} values, expected {expected}"),
            Problem::NotAscending => write!(out, "positions do not ascend"),
            Problem::Negative => write!(out, "negative thickness"),
            Problem::OutcomeContradicted => write!(out, "outcome contradicts the numbers"),
        }
    }
}

/// Every defect of the data, in reading order.
#[must_use]
pub fn defects(data: &ReportData) -> Vec<Defect> {
    let mut found = Found(Vec::new());
    for (at, verdict) in data.verdicts.iter().enumerate() {
        found.verdict(&format!("verdicts[{at}]"), verdict);
    }
    for (at, headline) in data.headlines.iter().enumerate() {
        found.estimate(&format!("headlines[{at}].estimate"), &headline.estimate);
    }
    if let Some(earners) = &data.earners {
        if let Some(correlation) = &earners.rank_correlation {
            found.estimate("earners.rank_correlation", correlation);
        }
        for (at, row) in earners.rows.iter().enumerate() {
            let place = format!("earners.rows[{at}]");
            found.numbers(&place, [row.earned, row.emission_share]);
            found.numbers(&place, row.true_quality.into_iter().chain(row.return_on_stake));
            if let Some(difference) = &row.against_honest {
                found.estimate(&place, difference);
            }
        }
    }
    for (at, section) in data.sections.iter().enumerate() {
        for (index, chart) in section.charts.iter().enumerate() {
            found.chart(&format!("sections[{at}].charts[{index}]"), chart);
        }
        for (index, table) in section.tables.iter().enumerate() {
            found.table(&format!("sections[{at}].tables[{index}]"), table);
        }
    }
    for (at, rule) in data.rules.iter().enumerate() {
        if let Some(Headline { estimate, .. }) = &rule.evidence {
            found.estimate(&format!("rules[{at}].evidence"), estimate);
        }
    }
    found.0
}

struct Found(Vec<Defect>);

impl Found {
    fn report(&mut self, place: &str, problem: Problem) {
        self.0.push(Defect { place: place.to_owned(), problem });
    }

    fn numbers(&mut self, place: &str, numbers: impl IntoIterator<Item = f64>) {
        let sound = |number: f64| number.is_finite() && number.abs() <= LARGEST;
        if !numbers.into_iter().all(sound) {
            self.report(place, Problem::NotFinite);
        }
    }

    fn length(&mut self, place: &str, expected: usize, got: usize) {
        if got != expected {
            self.report(place, Problem::Lengths { expected, got });
        }
    }

    fn estimate(&mut self, place: &str, estimate: &Estimate) {
        self.numbers(place, [estimate.value]);
        if let Some(interval) = estimate.interval {
            self.numbers(place, [interval.low, interval.high, interval.level]);
            if interval.low > interval.high {
                self.report(place, Problem::IntervalUpsideDown);
            }
        }
    }

    fn verdict(&mut self, place: &str, verdict: &Verdict) {
        self.numbers(place, [verdict.bound]);
        match &verdict.measured {
            Some(measured) => self.estimate(place, measured),
            None if verdict.outcome != Outcome::NotMeasured => {
                self.report(place, Problem::OutcomeContradicted);
            }
            None => {}
        }
        let judged = Verdict::judge(verdict.measured.as_ref(), verdict.op, verdict.bound);
        if verdict.measured.is_some() && verdict.outcome != judged {
            self.report(place, Problem::OutcomeContradicted);
        }
    }

    fn chart(&mut self, place: &str, chart: &Chart) {
        match &chart.plot {
            Plot::Fan(series) => {
                for (at, one) in series.iter().enumerate() {
                    self.series(&format!("{place}.fan[{at}]"), one);
                }
            }
            Plot::Stack { x, layers } => {
                self.ascending(&format!("{place}.x"), x);
                for (at, layer) in layers.iter().enumerate() {
                    let place = format!("{place}.layers[{at}]");
                    self.numbers(&place, layer.values.iter().copied());
                    self.length(&place, x.len(), layer.values.len());
                    if layer.values.iter().any(|value| *value < 0.0) {
                        self.report(&place, Problem::Negative);
                    }
                }
            }
            Plot::Bars(bars) => {
                for (at, bar) in bars.iter().enumerate() {
                    self.estimate(&format!("{place}.bars[{at}]"), &bar.estimate);
                }
            }
            Plot::Spans(spans) => {
                for (at, span) in spans.iter().enumerate() {
                    let place = format!("{place}.spans[{at}]");
                    self.numbers(&place, span.done);
                    let ends = span.phases.iter().flat_map(|phase| [phase.from, phase.to]);
                    self.ascending(&place, &ends.collect::<Vec<_>>());
                }
            }
            Plot::Points(points) => {
                self.numbers(place, points.iter().flat_map(|point| [point.x, point.y]));
            }
        }
    }

    fn series(&mut self, place: &str, one: &Series) {
        self.ascending(place, &one.x);
        self.numbers(place, one.median.iter().copied());
        self.length(place, one.x.len(), one.median.len());
        for (low, high) in [(&one.p05, &one.p95), (&one.p25, &one.p75)] {
            self.numbers(place, low.iter().chain(high).copied());
            self.length(place, low.len(), high.len());
            if !low.is_empty() {
                self.length(place, one.x.len(), low.len());
            }
        }
    }

    fn ascending(&mut self, place: &str, positions: &[f64]) {
        self.numbers(place, positions.iter().copied());
        if positions.windows(2).any(|pair| pair[0] > pair[1]) {
            self.report(place, Problem::NotAscending);
        }
    }

    fn table(&mut self, place: &str, table: &Table) {
        for (at, row) in table.rows.iter().enumerate() {
            let place = format!("{place}.rows[{at}]");
            self.length(&place, table.columns.len(), row.cells.len());
            for cell in &row.cells {
                match cell {
                    Cell::Number(number) => self.numbers(&place, [*number]),
                    Cell::Estimate(estimate) => self.estimate(&place, estimate),
                    Cell::Text(_) | Cell::Absent => {}
                }
            }
        }
    }
}
