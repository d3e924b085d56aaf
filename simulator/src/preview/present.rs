//! The report of a preview, as data.

use protocol::Track;

use super::{
    Coalitions, Difference, Gain, Measured, Preview,
    compare::{LEVEL, payouts, signed, staked, voting},
    words::told,
};
use crate::{
    metrics::{Threshold, gini, hhi, nakamoto},
    native::World,
    report::{
        Cell, Column, EngineRun, Estimate, Headline, Identity, Interval, ReportData, Row, Section,
        Table, Unit,
    },
    scenario::Scenario,
    snapshot::{About, Snapshot},
};

/// The most accounts on either side of a table.
const MOST_ROWS: usize = 12;

/// Where a preview comes from, and how its amounts are told.
#[derive(Clone, Copy, Debug)]
pub struct Origin<'a> {
    /// What a token is called, how fine it is, and how long blocks take.
    pub about: &'a About,
    /// Epochs that were run.
    pub epochs: u64,
    /// The scenario whose agents ran it forward; `None`: everybody repeated.
    pub scenario: Option<&'a Scenario>,
    /// The command that makes the same again.
    pub command: &'a str,
}

impl Origin<'_> {
    fn tokens(&self) -> Unit {
        Unit::Tokens(self.about.symbol.clone())
    }

    fn scaled(&self, units: f64) -> f64 {
        units / 10f64.powi(i32::from(self.about.decimals))
    }
}

/// The report: who gains and loses, concentration, coalitions, the treasury. `world` is the
/// snapshot's state.
pub fn present(
    snapshot: &Snapshot,
    world: &World,
    preview: &Preview,
    origin: &Origin<'_>,
) -> ReportData {
    let gains = preview.gains();
    let mut report = ReportData::new(identity(snapshot, preview, origin));
    report.finding = finding(preview, &gains, origin);
    report.headlines = headlines(preview, origin);
    report.sections = vec![
        actions(world, preview, origin),
        people(preview, &gains, origin),
        concentration(preview),
    ];
    report.sections.extend(coalitions(preview));
    report.sections.push(treasury(preview, origin));
    report.limits = limits(preview, origin);
    report
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn identity(snapshot: &Snapshot, preview: &Preview, origin: &Origin<'_>) -> Identity {
    let engine = |what: &str, hash: &[u8; 32]| EngineRun {
        engine: format!("native, {what} the proposal"),
        epochs: origin.epochs,
        state_hash: hex(hash),
    };
    let [without, with] = &preview.hashes;
    let number = preview.change.number.map(|number| format!("Proposal {number}: "));
    Identity {
        scenario: snapshot.about().source.clone(),
        title: format!("{}{}", number.unwrap_or_default(), preview.change.title),
        question: format!(
            "What would it change for whom, in {} epochs from block {} on?",
            origin.epochs,
            snapshot.height().get(),
        ),
        assumptions: vec![
            String::from(
                "The proposal is carried out in the first block after the snapshot, as if it had \
                 passed and its timelock were over; no other proposal is.",
            ),
            behaviour(origin),
            format!("A block takes {} s.", origin.about.block_seconds),
        ],
        expected: String::new(),
        scenario_hash: hex(&snapshot.state_hash()),
        seed: origin.scenario.map_or(0, |scenario| scenario.seed),
        seeds: preview.runs.len() as u64,
        epochs: origin.epochs,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engines: vec![engine("without", without), engine("with", with)],
        contracts: Vec::new(),
        command: origin.command.to_owned(),
        scored: None,
    }
}

fn behaviour(origin: &Origin<'_>) -> String {
    match origin.scenario {
        None => String::from(
            "Everybody repeats what the snapshot holds: rows that still count are submitted again \
             each epoch, stakes and delegations stay, nobody claims, sells, joins or leaves.",
        ),
        Some(scenario) => format!(
            "Members of the scenario {} behave as it says, with the same draws with and without \
             the proposal; all other accounts do nothing.",
            scenario.name
        ),
    }
}

fn finding(preview: &Preview, gains: &[Gain], origin: &Origin<'_>) -> String {
    if let Some(refused) = &preview.refused {
        return format!(
            "It would fail and change nothing: carried out now, it is refused with {}",
            refused.text
        );
    }
    let changed = |gain: &&Gain| gain.gained.difference.estimate.abs() >= 1.0;
    let (more, less): (Vec<&Gain>, Vec<&Gain>) =
        gains.iter().filter(changed).partition(|gain| gain.gained.difference.estimate > 0.0);
    let amount = |gain: &Gain| {
        let value = origin.scaled(gain.gained.difference.estimate.abs());
        crate::report::show(value, &origin.tokens())
    };
    let by = |gain: &&&Gain| gain.gained.difference.estimate.abs();
    let most = |all: &[&Gain], word: &str| {
        let most = all.iter().max_by(|a, b| by(a).total_cmp(&by(b)));
        most.map_or(String::new(), |gain| format!(" {} {word} most: {}.", gain.name, amount(gain)))
    };
    match (more.len(), less.len()) {
        (0, 0) => String::from("Nobody has more or less at the end than without it."),
        (gainers, losers) => {
            let have = |count: usize| match count {
                1 => String::from("1 account has"),
                count => format!("{count} accounts have"),
            };
            let (gain, lose) = (most(&more, "gains"), most(&less, "loses"));
            format!(
                "{} more at the end than without it, {} less.{gain}{lose}",
                have(gainers),
                have(losers),
            )
        }
    }
}

/// A mean with its interval over seeds, where there are several.
fn estimate(difference: &Difference, seeds: usize, scale: impl Fn(f64) -> f64) -> Estimate {
    let found = difference.difference;
    let exact = Estimate::exact(scale(found.estimate));
    if seeds < 2 {
        return exact;
    }
    let (low, high) = (scale(found.low), scale(found.high));
    Estimate { interval: Some(Interval { low, high, level: LEVEL }), ..exact }
}

fn headlines(preview: &Preview, origin: &Origin<'_>) -> Vec<Headline> {
    let seeds = preview.runs.len();
    let mut all = Vec::new();
    let mut add = |label: &str, found: Option<Difference>, unit: Unit, scaled: bool| {
        let Some(found) = found else { return };
        let scale = |value: f64| if scaled { origin.scaled(value) } else { value };
        let note = format!(
            "{} without, {} with",
            crate::report::show(scale(found.without), &unit),
            crate::report::show(scale(found.with), &unit),
        );
        let estimate = estimate(&found, seeds, scale);
        all.push(Headline { label: label.to_owned(), estimate, unit, note });
    };
    let before = &preview.before;
    let treasury = preview.difference(|end| Some(signed(end.treasury, before.treasury)));
    add("Treasury over the horizon, difference", treasury, origin.tokens(), true);
    let issued = preview.difference(|end| Some(signed(end.issued, before.issued)));
    add("Tokens issued, difference", issued, origin.tokens(), true);
    let pay = |of: fn(&[u128]) -> Option<f64>| {
        preview.difference(|end| {
            of(&payouts(end, before).into_iter().filter(|paid| *paid > 0).collect::<Vec<_>>())
        })
    };
    add("Gini coefficient of payouts, difference", pay(gini), Unit::Ratio, false);
    let half = |paid: &[u128]| nakamoto(paid, Threshold::Half).map(|count| count as f64);
    add("Accounts that earn half, difference", pay(half), Unit::Count(String::new()), false);
    all
}

fn column(name: &str, unit: Option<Unit>) -> Column {
    Column { name: name.to_owned(), unit }
}

fn section(title: &str, text: &str, tables: Vec<Table>) -> Section {
    Section { title: title.to_owned(), text: text.to_owned(), charts: Vec::new(), tables }
}

/// What the proposal does, in words, against the state that it would be carried out in.
fn actions(world: &World, preview: &Preview, origin: &Origin<'_>) -> Section {
    let tokens = |units: u128| crate::report::show(origin.scaled(units as f64), &origin.tokens());
    let change = &preview.change;
    let steps = change.actions.iter().enumerate().flat_map(|(number, action)| {
        let lines = told(world, action, &tokens).into_iter();
        lines
            .map(move |line| Row { name: format!("{}", number + 1), cells: vec![Cell::Text(line)] })
    });
    let table = Table {
        title: String::from("What it does"),
        caption: match &change.option {
            Some(option) => format!("The option {option}; the {} track.", change.track.name()),
            None => format!("The {} track.", change.track.name()),
        },
        of: String::from("Step"),
        columns: vec![column("What", None)],
        rows: steps.collect(),
    };
    section("The proposal", "", vec![table])
}

fn people(preview: &Preview, gains: &[Gain], origin: &Origin<'_>) -> Section {
    let seeds = preview.runs.len();
    let cells = |gained: &Difference| {
        vec![
            Cell::Number(origin.scaled(gained.without)),
            Cell::Number(origin.scaled(gained.with)),
            Cell::Estimate(estimate(gained, seeds, |value| origin.scaled(value))),
        ]
    };
    let columns = || {
        vec![
            column("Gains without", Some(origin.tokens())),
            column("Gains with", Some(origin.tokens())),
            column("Difference", Some(origin.tokens())),
        ]
    };
    let groups = preview.group_gains();
    let group = |(gain, members): &(Gain, usize)| {
        let mut cells = cells(&gain.gained);
        cells.insert(0, Cell::Number(*members as f64));
        Row { name: gain.name.clone(), cells }
    };
    let mut by_group = columns();
    by_group.insert(0, column("Accounts", Some(Unit::Count(String::new()))));
    let groups = Table {
        title: String::from("By population"),
        caption: String::from(
            "What all of them have at the end, free, staked and owed, less what they had.",
        ),
        of: String::from("Population"),
        columns: by_group,
        rows: groups.iter().map(group).collect(),
    };
    let mut sorted: Vec<&Gain> = gains.iter().collect();
    let key = |gain: &Gain| gain.gained.difference.estimate;
    sorted.sort_by(|a, b| key(b).total_cmp(&key(a)).then_with(|| a.name.cmp(&b.name)));
    let most = |title: &str, all: Vec<&Gain>| Table {
        title: title.to_owned(),
        caption: String::new(),
        of: String::from("Account"),
        columns: [vec![column("Population", None)], columns()].concat(),
        rows: all
            .into_iter()
            .take(MOST_ROWS)
            .map(|gain| {
                let mut cells = cells(&gain.gained);
                cells.insert(0, Cell::Text(gain.group.clone()));
                Row { name: gain.name.clone(), cells }
            })
            .collect(),
    };
    let gain = sorted.iter().filter(|gain| key(gain) >= 1.0).copied().collect();
    let lose = sorted.iter().rev().filter(|gain| key(gain) <= -1.0).copied().collect();
    let mut tables = vec![groups, most("Who gains most", gain), most("Who loses most", lose)];
    tables.retain(|table| !table.rows.is_empty());
    section("Payouts", "", tables)
}

fn concentration(preview: &Preview) -> Section {
    let before = &preview.before;
    let seeds = preview.runs.len();
    let mut rows = Vec::new();
    let mut add = |name: &str, then: Option<f64>, found: Option<Difference>| {
        let number = |value: Option<f64>| value.map_or(Cell::Absent, Cell::Number);
        let difference = |found: &Difference| Cell::Estimate(estimate(found, seeds, |value| value));
        rows.push(Row {
            name: name.to_owned(),
            cells: vec![
                number(then),
                number(found.map(|found| found.without)),
                number(found.map(|found| found.with)),
                found.as_ref().map_or(Cell::Absent, difference),
            ],
        });
    };
    for (what, of) in [("stake", staked as fn(&_) -> u128), ("votes", voting)] {
        for (at, index) in ["Gini", "HHI", "Nakamoto at one half"].into_iter().enumerate() {
            let now = preview.difference(|end| end.concentration(of)[at]);
            add(&format!("{index} of {what}"), before.concentration(of)[at], now);
        }
    }
    let paid = |end: &Measured| -> Vec<u128> {
        payouts(end, before).into_iter().filter(|paid| *paid > 0).collect()
    };
    let half = |paid: &[u128]| nakamoto(paid, Threshold::Half).map(|count| count as f64);
    add("Gini of payouts", None, preview.difference(|end| gini(&paid(end))));
    add("HHI of payouts", None, preview.difference(|end| hhi(&paid(end))));
    add("Nakamoto at one half of payouts", None, preview.difference(|end| half(&paid(end))));
    let unit = || Some(Unit::Ratio);
    let table = Table {
        title: String::from("Indices"),
        caption: String::from(
            "Over accounts that have any. Gini 0 is equal; HHI 1 is one account; Nakamoto counts \
             the fewest accounts that have more than half.",
        ),
        of: String::from("Index"),
        columns: vec![
            column("Before", unit()),
            column("Without", unit()),
            column("With", unit()),
            column("Difference", unit()),
        ],
        rows,
    };
    section("Concentration", "", vec![table])
}

/// One of the numbers of a track.
type Fewest = fn(&Coalitions) -> Option<usize>;

/// The fewest accounts that decide, by track; nothing where nobody votes.
fn coalitions(preview: &Preview) -> Option<Section> {
    if preview.before.tracks.is_empty() {
        return None;
    }
    let of = |measured: &Measured, track: usize, which: Fewest| {
        measured.tracks.get(track).and_then(which).map(|count| count as f64)
    };
    let which: [(&str, Fewest); 3] = [
        ("pass where nobody else votes", |found| found.alone),
        ("pass against all others", |found| found.pass),
        ("block", |found| found.block),
    ];
    let mut rows = Vec::new();
    for (at, track) in Track::ALL.into_iter().enumerate() {
        for (words, which) in which {
            let found = preview.difference(|end| of(end, at, which));
            let number = |value: Option<f64>| value.map_or(Cell::Absent, Cell::Number);
            rows.push(Row {
                name: format!("{}: {words}", track.name()),
                cells: vec![
                    number(of(&preview.before, at, which)),
                    number(found.map(|found| found.without)),
                    number(found.map(|found| found.with)),
                ],
            });
        }
    }
    let unit = || Some(Unit::Count(String::from("accounts")));
    let table = Table {
        title: String::from("The fewest accounts that decide"),
        caption: String::from("The largest first, with the votes that they have received."),
        of: String::from("Track"),
        columns: vec![column("Before", unit()), column("Without", unit()), column("With", unit())],
        rows,
    };
    Some(section("Coalitions", "", vec![table]))
}

fn treasury(preview: &Preview, origin: &Origin<'_>) -> Section {
    let (before, seeds) = (&preview.before, preview.runs.len());
    let level = preview.difference(|end| Some(end.treasury as f64));
    let epochs = origin.epochs.max(1) as f64;
    // Epochs until nothing is left, where it falls.
    let runway = |end: &Measured| {
        let lost = signed(before.treasury, end.treasury) / epochs;
        (lost > 0.0).then(|| end.treasury as f64 / lost)
    };
    let mean_of = |of: &dyn Fn(&(Measured, Measured)) -> Option<f64>| {
        let all: Option<Vec<f64>> = preview.runs.iter().map(of).collect();
        all.and_then(|all| crate::metrics::mean(&all))
    };
    let left = |value: Option<f64>| match value {
        Some(epochs) => Cell::Text(format!("{epochs:.0} epochs")),
        None => Cell::Text(String::from("does not end")),
    };
    let tokens =
        |value: f64| Cell::Text(crate::report::show(origin.scaled(value), &origin.tokens()));
    let mut rows = Vec::new();
    if let Some(level) = level {
        let difference = estimate(&level, seeds, |value| origin.scaled(value));
        let text = crate::report::show(difference.value, &origin.tokens());
        rows.push(Row {
            name: String::from("Held and owed at the end"),
            cells: vec![
                tokens(before.treasury as f64),
                tokens(level.without),
                tokens(level.with),
                Cell::Text(text),
            ],
        });
    }
    rows.push(Row {
        name: String::from("Runway at the horizon's pace"),
        cells: vec![
            Cell::Absent,
            left(mean_of(&|(without, _)| runway(without))),
            left(mean_of(&|(_, with)| runway(with))),
            Cell::Absent,
        ],
    });
    let table = Table {
        title: String::from("The treasury"),
        caption: String::from(
            "A payment at once counts as the horizon's pace, so a longer horizon tells more.",
        ),
        of: String::from("What"),
        columns: ["Before", "Without", "With", "Difference"].map(|name| column(name, None)).into(),
        rows,
    };
    section("Treasury", "", vec![table])
}

fn limits(preview: &Preview, origin: &Origin<'_>) -> Vec<String> {
    let mut limits = vec![
        String::from(
            "Whether it passes, and when: votes are not simulated, and it is carried out at once.",
        ),
        String::from(
            "What people would do about it: nobody reacts to the change by joining, leaving, \
             restaking or weighing otherwise than was assumed.",
        ),
        String::from("Prices: amounts are in tokens, whatever a token is worth."),
        String::from("Anything after the horizon."),
    ];
    limits.push(match origin.scenario {
        None => String::from(
            "Chance: nothing is drawn where everybody repeats, so differences have no intervals.",
        ),
        Some(_) => String::from(
            "Sales: what an agent sold in the market counts as gone. Agents were not fitted to \
             what these people did before.",
        ),
    });
    if preview.rows_refused != [0, 0] {
        let [without, with] = preview.rows_refused;
        limits.push(format!(
            "Rows that could not be repeated: {without} without the proposal, {with} with it."
        ));
    }
    limits
}
