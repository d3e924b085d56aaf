//! Charts of one epoch: who earns, how unequally, and stake against dividend.

use super::Standing;
use crate::report::{Axis, Bar, Chart, Estimate, Plot, Point, Section, Series, Unit};

/// One token in base units.
const TOKEN: f64 = 1e9;

/// The sections of charts, in reading order; those without marks are left out.
pub(super) fn sections(standings: &[Standing]) -> Vec<Section> {
    let mut all = vec![
        section(
            "Who earns",
            vec![
                bars(standings, "Contributors' shares", "Incentive", |row| row.incentive),
                bars(standings, "Validators' shares", "Dividend", |row| row.dividend),
            ],
        ),
        section("How unequally", vec![lorenz(standings)]),
        section("Stake and dividend", vec![stake_and_dividend(standings)]),
    ];
    all.retain_mut(|section| {
        section.charts.retain(has_marks);
        !section.charts.is_empty()
    });
    all
}

fn section(title: &str, charts: Vec<Chart>) -> Section {
    Section { title: title.to_owned(), text: String::new(), charts, tables: Vec::new() }
}

fn has_marks(chart: &Chart) -> bool {
    match &chart.plot {
        Plot::Fan(series) => !series.is_empty(),
        Plot::Stack { layers, .. } => !layers.is_empty(),
        Plot::Bars(bars) => !bars.is_empty(),
        Plot::Points(points) => !points.is_empty(),
        Plot::Spans(spans) => !spans.is_empty(),
    }
}

/// The largest shares, one bar each.
fn bars(standings: &[Standing], title: &str, y: &str, share: fn(&Standing) -> f64) -> Chart {
    let mut earners: Vec<&Standing> = standings.iter().filter(|row| share(row) > 0.0).collect();
    earners.sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.uid.cmp(&b.uid)));
    let bar = |row: &&Standing| Bar {
        name: format!("uid {}", row.uid),
        estimate: Estimate::exact(share(row)),
        emphasis: false,
    };
    Chart {
        title: title.to_owned(),
        caption: String::from("Sorted; they sum to one."),
        x: Axis::linear("Slot", Unit::Count(String::new())),
        y: Axis::zero_based(y, Unit::Fraction),
        plot: Plot::Bars(earners.iter().map(bar).collect()),
    }
}

/// A column of the table, by its name.
type Column = (&'static str, fn(&Standing) -> f64);

/// Lorenz curves: the share of all that the poorest part of those who have any holds.
fn lorenz(standings: &[Standing]) -> Chart {
    let columns: [Column; 3] = [
        ("stake", |row| row.stake as f64),
        ("incentive", |row| row.incentive),
        ("dividend", |row| row.dividend),
    ];
    let series = columns.iter().filter_map(|(name, column)| {
        let mut held: Vec<f64> = standings.iter().map(column).filter(|held| *held > 0.0).collect();
        held.sort_by(f64::total_cmp);
        let (count, all) = (held.len(), held.iter().sum::<f64>());
        if count < 2 {
            return None;
        }
        let x: Vec<f64> = (0..=count).map(|at| at as f64 / count as f64).collect();
        let mut sum = 0.0;
        let sums = held.iter().map(|held| {
            sum += held;
            (sum / all).min(1.0)
        });
        Some(Series::line(name, x, std::iter::once(0.0).chain(sums).collect()))
    });
    Chart {
        title: String::from("What the poorest part holds"),
        caption: String::from(
            "Lorenz curves over the slots that have any: a diagonal is equality, the corner below \
             right is one who has all.",
        ),
        x: Axis::zero_based("Poorest part of the slots", Unit::Fraction),
        y: Axis::zero_based("Part of all that it holds", Unit::Fraction),
        plot: Plot::Fan(series.collect()),
    }
}

/// Every validator that counts: what it has, and what it earns of the validators' part.
fn stake_and_dividend(standings: &[Standing]) -> Chart {
    let counts = standings.iter().filter(|row| row.active_stake > 0.0);
    let most = counts.clone().map(|row| row.dividend - row.active_stake).fold(0.0, f64::max);
    let point = |row: &Standing| Point {
        name: format!("uid {}", row.uid),
        group: String::from(match row.dividend >= row.active_stake {
            true => "at least its share",
            false => "less",
        }),
        x: row.stake as f64 / TOKEN,
        y: row.dividend,
        emphasis: most > 0.0 && row.dividend - row.active_stake == most,
    };
    Chart {
        title: String::from("What stake earns"),
        caption: String::from(
            "Each validator that counted: its stake in tokens, and its share of the dividends, against its share of that stake.",
        ),
        x: Axis::logarithmic("Stake", Unit::Tokens(String::from("tokens"))),
        y: Axis::zero_based("Dividend", Unit::Fraction),
        plot: Plot::Points(counts.map(point).collect()),
    }
}
