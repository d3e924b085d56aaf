//! The report of a scored metagraph, as data.

use super::{Scored, Standing, charts, parameters, shown};
use crate::metagraph::Metagraph;
use crate::metrics::{Threshold, gini, nakamoto};
use crate::report::{
    Cell, Column, Estimate, Headline, Identity, ReportData, Row, ScoredFile, Section, Table, Unit,
};

/// Where a score comes from.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// The file's name.
    pub file: &'a str,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub blake3: &'a str,
    /// The mechanism's name.
    pub mechanism: &'a str,
    /// The command that makes the same again.
    pub command: &'a str,
}

/// The report: charts, and a table of every slot.
pub fn present(
    graph: &Metagraph,
    scored: &Scored,
    standings: &[Standing],
    origin: &Origin<'_>,
) -> ReportData {
    let mut report = ReportData::new(identity(graph, scored, origin));
    report.finding = finding(standings);
    report.headlines = headlines(standings);
    report.sections = charts::sections(standings);
    report.sections.push(table(scored, standings));
    report.limits = limits(graph);
    report
}

fn identity(graph: &Metagraph, scored: &Scored, origin: &Origin<'_>) -> Identity {
    let parameters = parameters(&scored.mechanism);
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), value));
    Identity {
        scenario: origin.file.to_owned(),
        title: format!("{} slots scored by {}", graph.slots(), origin.mechanism),
        question: String::from("Who earns what in this epoch?"),
        assumptions: assumed(graph),
        expected: String::new(),
        scenario_hash: origin.blake3.to_owned(),
        seed: 0,
        seeds: 0,
        epochs: 1,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engines: Vec::new(),
        contracts: Vec::new(),
        command: origin.command.to_owned(),
        scored: Some(ScoredFile {
            source: graph.source.clone(),
            mechanism: origin.mechanism.to_owned(),
            parameters: parameters.collect(),
        }),
    }
}

/// What was taken for granted because the file does not say it.
fn assumed(graph: &Metagraph) -> Vec<String> {
    let mut assumed = Vec::new();
    let mut silent = |absent: bool, words: &str| {
        if absent {
            assumed.push(words.to_owned());
        }
    };
    silent(graph.permits.is_none(), "Permits: whoever the stakes give one to had one already.");
    silent(
        graph.last_update.is_none(),
        "Every row was submitted in the block of the file; who has none does not count.",
    );
    silent(graph.registered.is_none(), "Every slot was taken before all rows and bonds.");
    silent(graph.bonds.is_empty(), "There were no bonds before: this is a first epoch.");
    assumed
}

fn finding(standings: &[Standing]) -> String {
    let count = |has: fn(&Standing) -> bool| standings.iter().filter(|row| has(row)).count();
    let (slots, validators) = (standings.len(), count(|row| row.active_stake_raw > 0));
    let contributors = count(|row| row.incentive_raw > 0);
    let best = standings.iter().max_by_key(|row| (row.incentive_raw, std::cmp::Reverse(row.uid)));
    let best = match best.filter(|row| row.incentive_raw > 0) {
        Some(best) => format!(
            " Uid {} earns most: {:.2} % of the contributors' part.",
            best.uid,
            100.0 * best.incentive
        ),
        None => String::from(" Nobody is weighed by stake that counts: the treasury gets it."),
    };
    format!("Of {slots} slots, {validators} weigh with stake and {contributors} are paid.{best}")
}

fn headlines(standings: &[Standing]) -> Vec<Headline> {
    let held = |column: fn(&Standing) -> u128| -> Vec<u128> {
        standings.iter().map(column).filter(|held| *held > 0).collect()
    };
    let (stake, incentives) = (held(|row| row.stake), held(|row| row.incentive_raw.into()));
    let active = held(|row| row.active_stake_raw.into());
    let headline = |label: &str, value: Option<f64>, unit: Unit, note: &str| {
        Some(Headline {
            label: label.to_owned(),
            estimate: Estimate::exact(value?),
            unit,
            note: note.to_owned(),
        })
    };
    let half = nakamoto(&active, Threshold::Half).map(|count| count as f64);
    let confirmed: u128 = standings
        .iter()
        .map(|row| u128::from(row.active_stake_raw) * u128::from(row.trust_raw))
        .sum();
    let confirmed = shown((confirmed >> 32) as u64);
    let paid = incentives.len() as f64;
    [
        headline("Contributors who are paid", Some(paid), Unit::Count(String::new()), ""),
        headline("Gini coefficient of incentives", gini(&incentives), Unit::Ratio, "of the paid"),
        headline("Gini coefficient of stake", gini(&stake), Unit::Ratio, "of those with any"),
        headline(
            "Validators with half of the stake",
            half,
            Unit::Count(String::new()),
            "of the stake that counts",
        ),
        headline(
            "Weight that consensus confirms",
            Some(confirmed),
            Unit::Fraction,
            "by stake; the rest is clipped",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Every slot that has, earns or weighs anything, the largest earners first.
fn table(scored: &Scored, standings: &[Standing]) -> Section {
    let symbol = scored.payouts.as_ref().map(|payouts| payouts.pay.symbol.clone());
    let column = |name: &str, unit: Option<Unit>| Column { name: name.to_owned(), unit };
    let mut columns = vec![column("Stake", Some(Unit::Tokens(String::from("tokens"))))];
    for name in ["Trust", "Consensus", "Incentive", "Dividend", "Emission"] {
        columns.push(column(name, Some(Unit::Fraction)));
    }
    if let Some(symbol) = &symbol {
        columns.push(column("Paid", Some(Unit::Tokens(symbol.clone()))));
    }
    columns.push(column("Permit", None));
    let mut rows: Vec<&Standing> = standings.iter().filter(|row| counts(row)).collect();
    rows.sort_by(|a, b| b.emission.total_cmp(&a.emission).then(a.uid.cmp(&b.uid)));
    let rows = rows.into_iter().map(|row| {
        let shares = [row.trust, row.consensus, row.incentive, row.dividend, row.emission];
        let mut cells = vec![Cell::Number(row.stake as f64 / 1e9)];
        cells.extend(shares.map(Cell::Number));
        if symbol.is_some() {
            let paid = row.paid_contributor.unwrap_or(0) + row.paid_validator.unwrap_or(0);
            cells.push(Cell::Number(paid as f64 / 1e9));
        }
        cells.push(Cell::Text(String::from(if row.permit { "yes" } else { "no" })));
        Row { name: format!("uid {}", row.uid), cells }
    });
    Section {
        title: String::from("Every slot"),
        text: String::from("Slots without stake, weight or pay are left out; scores.csv has all."),
        charts: Vec::new(),
        tables: vec![Table {
            title: String::from("Standings"),
            caption: String::new(),
            of: String::from("Slot"),
            columns,
            rows: rows.collect(),
        }],
    }
}

/// Whether there is anything to say of a slot.
fn counts(row: &Standing) -> bool {
    row.stake > 0 || row.trust_raw > 0 || row.incentive_raw > 0 || row.dividend_raw > 0
}

fn limits(graph: &Metagraph) -> Vec<String> {
    let mut limits = vec![String::from(
        "One epoch: what validators would do differently if they were paid so is not played. \
         `moot run` plays it.",
    )];
    if graph.bonds.is_empty() {
        limits.push(String::from(
            "Without the bonds of earlier epochs, dividends follow the weights of this one alone.",
        ));
    }
    limits
}
