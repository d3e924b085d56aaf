//! What changes over epochs.

use crate::{
    outcome::{Outcome, kept::is_charted},
    report::{Axis, Chart, Layer, Plot, Section, Series, Unit},
    scenario::Scenario,
};

/// Sections of charts over epochs, in reading order.
pub(super) fn sections(scenario: &Scenario, outcome: &Outcome) -> Vec<Section> {
    let symbol = || Unit::Tokens(scenario.token.symbol.clone());
    let validators = || Unit::Count(String::from("validators"));
    let ratio = |title| Axis::linear(title, Unit::Ratio);
    let fan = |column, title, caption, y| chart(outcome, column, title, caption, y);
    let mut all = vec![
        section(
            "Pay and quality",
            "",
            vec![fan(
                "rank_correlation",
                "Do contributors' rewards follow the quality of their work?",
                "Spearman's rank correlation of rewards between samples with true quality: 1 is the \
             same order, 0 is none.",
                ratio("Rank correlation"),
            )],
        ),
        section(
            "Concentration",
            "",
            vec![
                fan(
                    "nakamoto_half",
                    "Validators who together hold more than half of power",
                    "The Nakamoto coefficient: fewer is more concentrated.",
                    Axis::zero_based("Validators", validators()),
                ),
                fan(
                    "gini_stake",
                    "Gini coefficient of stake",
                    "0 where all holders have the same, towards 1 where one has all.",
                    ratio("Gini coefficient"),
                ),
            ],
        ),
        section(
            "Emission and supply",
            "",
            vec![
                emission(outcome, symbol()),
                fan(
                    "supply",
                    "Tokens that exist",
                    "Rewards are minted when they are claimed; what is accrued and unclaimed is not \
                 in it.",
                    Axis::linear("Supply", symbol()),
                ),
            ],
        ),
    ];
    let mut turnover = Vec::new();
    if varies(outcome, "contributors") {
        let y = Axis::zero_based("Contributors", Unit::Count(String::from("contributors")));
        let caption = "Those who hold a slot at the close.";
        turnover.push(fan("contributors", "Contributors at work", caption, y));
    }
    if varies(outcome, "slot_price") {
        let y = Axis::zero_based("Price", symbol());
        let caption = "It rises with each registration and halves with time, inside bounds.";
        turnover.push(fan("slot_price", "What a slot costs", caption, y));
    }
    if scenario.market.is_some() {
        let y = Axis::zero_based("Price", Unit::Of(String::from("quote")));
        let caption = "Quote for a token in the constant-product pool.";
        turnover.push(fan("token_price", "What a token costs", caption, y));
    }
    if !turnover.is_empty() {
        all.push(section("Who comes and goes", "", turnover));
    }
    all.retain_mut(|section| {
        section.charts.retain(has_marks);
        !section.charts.is_empty()
    });
    all
}

fn section(title: &str, text: &str, charts: Vec<Chart>) -> Section {
    Section { title: title.to_owned(), text: text.to_owned(), charts, tables: Vec::new() }
}

/// Charted epochs, counted from 1.
fn epochs(outcome: &Outcome) -> Vec<f64> {
    let Some(first) = &outcome.first else { return Vec::new() };
    let all = first.epochs.iter().enumerate();
    let charted = all.filter(|(at, _)| is_charted(*at, first.epochs.len()));
    charted.map(|(_, epoch)| (*epoch + 1) as f64).collect()
}

/// Each seed's values of a column.
fn runs(outcome: &Outcome, column: &str) -> Vec<Vec<f64>> {
    outcome.seasons.iter().map(|season| season.column(column)).collect()
}

fn varies(outcome: &Outcome, column: &str) -> bool {
    let mut values = runs(outcome, column).into_iter().flatten();
    let first = values.next();
    values.any(|value| Some(value.to_bits()) != first.map(f64::to_bits))
}

/// A fan chart of a column. Samples at which a seed has no value are left out.
fn chart(outcome: &Outcome, column: &str, title: &str, caption: &str, y: Axis) -> Chart {
    let (mut x, mut runs) = (epochs(outcome), runs(outcome, column));
    let whole = |at: usize| runs.iter().all(|run| run.get(at).is_none_or(|v| v.is_finite()));
    let keep: Vec<bool> = (0..x.len()).map(whole).collect();
    let mut kept = keep.iter().copied();
    x.retain(|_| kept.next().unwrap_or(false));
    for run in &mut runs {
        let mut kept = keep.iter().copied();
        run.retain(|_| kept.next().unwrap_or(false));
    }
    let series = Series::over_seeds(title_of(column), x, &runs);
    Chart {
        title: title.to_owned(),
        caption: caption.to_owned(),
        x: Axis::epochs(),
        y,
        plot: Plot::Fan(vec![series]),
    }
}

fn has_marks(chart: &Chart) -> bool {
    match &chart.plot {
        Plot::Fan(series) => series.iter().any(|series| series.x.len() > 1),
        Plot::Stack { x, .. } => x.len() > 1,
        Plot::Bars(bars) => !bars.is_empty(),
        Plot::Points(points) => !points.is_empty(),
        Plot::Spans(spans) => !spans.is_empty(),
    }
}

/// The short name written at a line's end.
fn title_of(column: &str) -> &'static str {
    match column {
        "rank_correlation" => "rank correlation",
        "nakamoto_half" => "half of power",
        "gini_stake" => "stake",
        "supply" => "supply",
        "contributors" => "contributors",
        "slot_price" => "slot",
        _ => "token",
    }
}

/// Where the first seed's emission went, stacked.
fn emission(outcome: &Outcome, symbol: Unit) -> Chart {
    let layer = |name: &str, column| {
        let values = runs(outcome, column).into_iter().next().unwrap_or_default();
        Layer { name: name.to_owned(), values }
    };
    let layers = vec![
        layer("contributors", "to_contributors"),
        layer("validators and delegators", "to_validators"),
        layer("treasury", "treasury"),
    ];
    let steps = layers.iter().map(|layer| layer.values.len()).min().unwrap_or(0);
    Chart {
        title: String::from("Where the emission went"),
        caption: String::from("Cumulative, of the first seed."),
        x: Axis::epochs(),
        y: Axis::zero_based("Distributed so far", symbol),
        plot: Plot::Stack { x: epochs(outcome).into_iter().take(steps).collect(), layers },
    }
}
