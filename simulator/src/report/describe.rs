//! A chart in words, for those who do not see it.

use super::chart::{Bar, Chart, Layer, Plot, Point, Series, Span};
use super::number::show;
use super::text::{NAME, clean};
use super::verdict::Unit;

/// Things that are told one by one; of longer lists the first ones.
const MOST: usize = 6;

/// What a chart shows, in a few sentences.
pub(super) fn chart(chart: &Chart) -> String {
    let (kind, parts): (&str, Vec<String>) = match &chart.plot {
        Plot::Fan(series) => {
            ("Line chart", series.iter().take(MOST).map(|one| line(one, chart)).collect())
        }
        Plot::Stack { x, layers } => (
            "Stacked chart, from the lowest layer",
            layers.iter().take(MOST).map(|one| layer(one, x, chart)).collect(),
        ),
        Plot::Bars(bars) => {
            ("Bar chart", bars.iter().take(MOST).map(|one| bar(one, &chart.y.unit)).collect())
        }
        Plot::Points(points) => ("Scatter chart", scattered(points, chart)),
        Plot::Spans(spans) => {
            ("Timeline", spans.iter().take(MOST).map(|one| span(one, chart)).collect())
        }
    };
    let axes = match chart.plot {
        Plot::Bars(_) | Plot::Spans(_) => clean(&chart.y.title, NAME),
        _ => format!("{} against {}", clean(&chart.y.title, NAME), clean(&chart.x.title, NAME)),
    };
    format!("{kind}. {axes}. {}", parts.join(" "))
}

fn line(one: &Series, chart: &Chart) -> String {
    let at = |index: usize| {
        let x = one.x.get(index).map(|x| show(*x, &chart.x.unit)).unwrap_or_default();
        let y = one.median.get(index).map(|y| show(*y, &chart.y.unit)).unwrap_or_default();
        format!("{y} at {x}")
    };
    let Some(last) = one.median.len().checked_sub(1) else {
        return format!("{}: no values.", clean(&one.name, NAME));
    };
    let spread = match (one.p05.last(), one.p95.last()) {
        (Some(low), Some(high)) => {
            let unit = &chart.y.unit;
            format!(", nine seeds in ten between {} and {}", show(*low, unit), show(*high, unit))
        }
        _ => String::new(),
    };
    format!("{}: {}, {}{spread}.", clean(&one.name, NAME), at(0), at(last))
}

fn layer(one: &Layer, x: &[f64], chart: &Chart) -> String {
    let (first, last) = (one.values.first(), one.values.last());
    let shown = |value: Option<&f64>, x: Option<&f64>| match (value, x) {
        (Some(value), Some(x)) => {
            format!("{} at {}", show(*value, &chart.y.unit), show(*x, &chart.x.unit))
        }
        _ => "nothing".to_owned(),
    };
    format!("{}: {}, {}.", clean(&one.name, NAME), shown(first, x.first()), shown(last, x.last()))
}

fn bar(one: &Bar, unit: &Unit) -> String {
    format!("{}: {}.", clean(&one.name, NAME), show(one.estimate.value, unit))
}

fn span(one: &Span, chart: &Chart) -> String {
    let from = one.phases.first().map(|phase| show(phase.from, &chart.x.unit));
    let to = one.phases.last().map(|phase| show(phase.to, &chart.x.unit));
    let (from, to) = (from.unwrap_or_default(), to.unwrap_or_default());
    format!("{}: {from} to {to}, {}.", clean(&one.name, NAME), clean(&one.end, NAME))
}

fn scattered(points: &[Point], chart: &Chart) -> Vec<String> {
    let named = points.iter().filter(|point| point.emphasis).take(MOST).map(|point| {
        format!(
            "{}: {}, {}.",
            clean(&point.name, NAME),
            show(point.x, &chart.x.unit),
            show(point.y, &chart.y.unit)
        )
    });
    std::iter::once(format!("{} points.", points.len())).chain(named).collect()
}
