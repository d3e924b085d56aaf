//! Who earned what, and what each population came to.

use super::{banded, find, median, unit};
use crate::{
    metrics::quantile,
    outcome::{Kept, Outcome, kept::Of},
    report::{
        Axis, Bar, Cell, Chart, Column, Earner, Earners, Estimate, Plot, Row, Scale, Section,
        Table, Unit,
    },
    run::Member,
    scenario::{Role, Scenario},
};

/// The most agents that a table lists.
const MOST_ROWS: usize = 512;
/// The most holders in a chart of stake.
const MOST_BARS: usize = 16;

/// Who earned what. `None` where nobody earned anything.
pub(super) fn earners(scenario: &Scenario, outcome: &Outcome) -> Option<Earners> {
    let roster = &outcome.first.as_ref()?.roster;
    let emitted = total(outcome);
    if emitted <= 0.0 {
        return None;
    }
    let all = roster.iter().enumerate();
    let mut rows: Vec<Earner> = all
        .map(|(index, member)| earner(scenario, outcome, emitted, index, member))
        .filter(|earner| earner.earned > 0.0 || earner.true_quality.is_some())
        .collect();
    rows.sort_by(|a, b| b.earned.total_cmp(&a.earned).then_with(|| a.name.cmp(&b.name)));
    // Whoever deviates is listed, however little it earned.
    let mut listed = 0;
    rows.retain(|row| {
        listed += 1;
        row.deviates || listed <= MOST_ROWS
    });
    let (seeds, epochs) = (outcome.seasons.len(), scenario.epochs);
    let over = match seeds {
        1 => format!("1 seed, epochs 1 to {epochs}"),
        _ => format!("median of {seeds} seeds, epochs 1 to {epochs}"),
    };
    Some(Earners {
        symbol: scenario.token.symbol.clone(),
        over,
        quality: String::from("quality of the work, 0 to 1, that estimates scatter around"),
        rank_correlation: find(outcome, "rank_correlation")
            .and_then(|(at, _)| median(&outcome.of(at)?)),
        scale: scale(&rows),
        rows,
    })
}

/// Logarithmic where what people earn spans more than two decades.
fn scale(rows: &[Earner]) -> Scale {
    let earned = || rows.iter().filter(|row| row.earned > 0.0 && row.true_quality.is_some());
    let least = earned().map(|row| row.earned).fold(f64::INFINITY, f64::min);
    let most = earned().map(|row| row.earned).fold(0.0, f64::max);
    if most > 100.0 * least { Scale::Log } else { Scale::Linear }
}

/// What all agents earned together, in the median over seeds.
fn total(outcome: &Outcome) -> f64 {
    let totals: Vec<f64> = outcome.seasons.iter().map(Kept::rewards).collect();
    quantile(&totals, 0.5).unwrap_or(0.0)
}

/// A number of one member over seeds.
fn over_seeds(seasons: &[Kept], index: usize, of: Of) -> Vec<f64> {
    seasons.iter().filter_map(|season| season.member(index, of)).collect()
}

fn earner(
    scenario: &Scenario,
    outcome: &Outcome,
    emitted: f64,
    index: usize,
    member: &Member,
) -> Earner {
    let population = &scenario.populations[member.group];
    let deviates = scenario.deviates(member.group);
    let middle = |of| quantile(&over_seeds(&outcome.seasons, index, of), 0.5).unwrap_or(0.0);
    let (earned, stake) = (middle(Of::Rewards), middle(Of::Stake));
    let quality = middle(Of::Quality);
    let pairs = outcome.seasons.iter().zip(&outcome.honest);
    let gains: Vec<f64> = pairs
        .filter_map(|(here, honest)| {
            Some(here.member(index, Of::Rewards)? - honest.member(index, Of::Rewards)?)
        })
        .collect();
    Earner {
        name: member.name.clone(),
        group: match deviates {
            true => population.behaviour.name().to_owned(),
            false => population.name.clone(),
        },
        deviates,
        true_quality: (population.role == Role::Contributor).then_some(quality),
        earned,
        emission_share: earned / emitted,
        // A contributor's stake is not what it earns with.
        return_on_stake: (population.role != Role::Contributor && stake > 0.0)
            .then(|| earned / stake),
        against_honest: median(&gains),
    }
}

/// Stake by holder, and each population's season.
pub(super) fn populations(scenario: &Scenario, outcome: &Outcome) -> Vec<Section> {
    let stake = Section {
        title: String::from("Stake by holder"),
        text: String::new(),
        charts: stake(scenario, outcome).into_iter().collect(),
        tables: Vec::new(),
    };
    let table = Section {
        title: String::from("Populations"),
        text: String::new(),
        charts: Vec::new(),
        tables: vec![table(scenario, outcome)],
    };
    [stake, table]
        .into_iter()
        .filter(|section| !(section.charts.is_empty() && section.tables.is_empty()))
        .collect()
}

/// The largest stakes after the last epoch, and all others together.
fn stake(scenario: &Scenario, outcome: &Outcome) -> Option<Chart> {
    let roster = &outcome.first.as_ref()?.roster;
    let held = |index| over_seeds(&outcome.seasons, index, Of::LastStake);
    let mut stakes: Vec<(usize, Vec<f64>)> = (0..roster.len())
        .map(|index| (index, held(index)))
        .filter(|(_, stakes)| stakes.iter().any(|stake| *stake > 0.0))
        .collect();
    let middle = |stakes: &[f64]| quantile(stakes, 0.5).unwrap_or(0.0);
    stakes.sort_by(|a, b| middle(&b.1).total_cmp(&middle(&a.1)).then(a.0.cmp(&b.0)));
    let others = stakes.split_off(stakes.len().min(MOST_BARS));
    let deviates = |index: usize| scenario.deviates(roster[index].group);
    let mut bars: Vec<Bar> = stakes
        .iter()
        .map(|(index, stakes)| Bar {
            name: roster[*index].name.clone(),
            estimate: banded(middle(stakes), stakes),
            emphasis: deviates(*index),
        })
        .collect();
    if !others.is_empty() {
        let sum = others.iter().map(|(_, stakes)| middle(stakes)).sum();
        let name = format!("{} others together", others.len());
        bars.push(Bar { name, estimate: Estimate::exact(sum), emphasis: false });
    }
    (!bars.is_empty()).then(|| Chart {
        title: String::from("Bonded after the last epoch"),
        caption: String::from("The largest holders, delegated stake with who owns it."),
        x: Axis::linear("Holder", Unit::Count(String::new())),
        y: Axis::zero_based("Stake", Unit::Tokens(scenario.token.symbol.clone())),
        plot: Plot::Bars(bars),
    })
}

/// One row a population: the metrics that gates could be about.
fn table(scenario: &Scenario, outcome: &Outcome) -> Table {
    let mut suffixes = vec!["earned", "emission_share", "return_per_stake", "relative_return"];
    if scenario.compared_with_honest {
        suffixes.extend(["gain", "excess_return"]);
    }
    let heading = |suffix: &&str| match *suffix {
        "earned" => "Earned",
        "emission_share" => "Of all rewards",
        "return_per_stake" => "Per stake",
        "relative_return" => "Against the honest",
        "gain" => "Against its own honesty",
        _ => "Excess per stake",
    };
    let columns = suffixes.iter().map(|suffix| {
        let name = format!("{}.{suffix}", scenario.populations[0].name);
        let measure = find(outcome, &name).map(|(_, metric)| metric.measure);
        Column {
            name: heading(suffix).to_owned(),
            unit: measure.map(|measure| unit(scenario, measure)),
        }
    });
    let cell = |group: &str, suffix: &str| {
        let found = find(outcome, &format!("{group}.{suffix}"));
        let estimate = found.and_then(|(at, _)| median(&outcome.of(at)?));
        estimate.map_or(Cell::Absent, Cell::Estimate)
    };
    let rows = scenario.populations.iter().map(|group| Row {
        name: group.name.clone(),
        cells: suffixes.iter().map(|suffix| cell(&group.name, suffix)).collect(),
    });
    Table {
        title: String::from("What each population came to"),
        caption: String::from(
            "Medians over seeds, with the band from the 5th to the 95th percentile.",
        ),
        of: String::from("Population"),
        columns: columns.collect(),
        rows: rows.collect(),
    }
}
