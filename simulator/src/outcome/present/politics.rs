//! Proposals, who can decide, and what an attack costs.

use protocol::{Track, governance::Status};

use crate::{
    metrics::{against_all, alone, block, fewest},
    outcome::{
        Decided, Outcome, Ruled,
        politics::{Against, cost},
        row::tokens,
    },
    report::{Axis, Cell, Chart, Column, Phase, Plot, Row, Section, Series, Span, Table, Unit},
    scenario::Scenario,
};

// Half the heights of phases, in pixels.
const WAITING: u8 = 0;
const VOTING: u8 = 6;
const TIMELOCK: u8 = 3;

/// Sections about governance, of the first seed; none where nobody governs.
pub(super) fn sections(scenario: &Scenario, outcome: &Outcome) -> Vec<Section> {
    let Some(first) = outcome.first.as_ref() else { return Vec::new() };
    let Some(ruled) = first.ruled.as_ref() else { return Vec::new() };
    let mut all = Vec::new();
    if !ruled.decided.is_empty() {
        all.push(section(
            "Proposals",
            "Of the first seed. Days count from the start.",
            vec![timeline(ruled), turnout(ruled)],
            vec![proposals(ruled)],
        ));
    }
    let symbol = &scenario.token.symbol;
    all.push(section(
        "Who can decide",
        "At the end of the first seed. An entity may stand behind several addresses; delegated \
         power is with whoever received it.",
        vec![concentration(ruled)],
        vec![coalitions(ruled)],
    ));
    all.push(section(
        "What an attack costs",
        "Stake that a newcomer must bond to pass something of its own, and what ordinary \
         proposals may then pay in a window. The stake is locked for the notice of its tier, and \
         exposed to slashing until after the execution; its price falls with what it does.",
        Vec::new(),
        vec![costs(ruled, scenario, symbol)],
    ));
    all
}

fn section(title: &str, text: &str, charts: Vec<Chart>, tables: Vec<Table>) -> Section {
    Section { title: title.to_owned(), text: text.to_owned(), charts, tables }
}

fn days() -> Unit {
    Unit::Count(String::new())
}

/// How a proposal ended, in a word.
pub(super) const fn end(one: &Decided) -> &'static str {
    match one.status {
        Status::Executed if one.failures > 0 => "executed, retried",
        status => status.name(),
    }
}

fn timeline(ruled: &Ruled) -> Chart {
    let span = |one: &Decided| {
        let phase = |half_height, from: f64, to: f64| Phase { half_height, from, to: to.max(from) };
        let closes = one.cancelled.map_or(one.deadline, |day| day.min(one.deadline));
        let mut phases = vec![phase(WAITING, one.made, one.opens.min(closes.max(one.made)))];
        if closes > one.opens {
            phases.push(phase(VOTING, one.opens, closes));
        }
        if let Some(queued) = one.queued {
            let until = one.executed.or(one.cancelled).unwrap_or(queued);
            let from = queued.max(closes.min(queued));
            phases.push(phase(TIMELOCK, from, until));
        }
        Span {
            name: one.name.clone(),
            end: end(one).to_owned(),
            phases,
            done: one.executed,
            emphasis: one.attack,
        }
    };
    Chart {
        title: String::from("Every proposal"),
        caption: String::from("Attacks stand out."),
        x: Axis::zero_based("Day", days()),
        y: Axis::linear("Proposals by day", days()),
        plot: Plot::Spans(ruled.decided.iter().map(span).collect()),
    }
}

fn turnout(ruled: &Ruled) -> Chart {
    let mut over: Vec<&Decided> = ruled.decided.iter().filter(|one| one.is_decided()).collect();
    over.sort_by(|a, b| a.deadline.total_cmp(&b.deadline));
    let x: Vec<f64> = over.iter().map(|one| one.deadline).collect();
    let line = |name: &str, of: fn(&Decided) -> f64| {
        Series::line(name, x.clone(), over.iter().map(|one| of(one)).collect())
    };
    Chart {
        title: String::from("Turnout against quorum"),
        caption: String::from(
            "By the day on which voting ended; tracks have quorums of their own.",
        ),
        x: Axis::zero_based("Day", days()),
        y: Axis::zero_based("Of all power", Unit::Fraction),
        plot: Plot::Fan(vec![line("turnout", |one| one.turnout), line("quorum", |one| one.quorum)]),
    }
}

fn column(name: &str, unit: Option<Unit>) -> Column {
    Column { name: name.to_owned(), unit }
}

fn proposals(ruled: &Ruled) -> Table {
    let number = |value: Option<f64>| value.map_or(Cell::Absent, Cell::Number);
    let row = |one: &Decided| Row {
        name: one.name.clone(),
        cells: vec![
            Cell::Text(one.track.name().to_owned()),
            Cell::Number(one.turnout),
            Cell::Number(one.quorum),
            number(one.approval),
            number(one.executed.map(|day| day - one.made)),
            match &one.stop {
                Some(stop) => Cell::Text(format!("{}: {} ({})", end(one), stop.rule, stop.found)),
                None => Cell::Text(end(one).to_owned()),
            },
        ],
    };
    Table {
        title: String::from("How each went"),
        caption: String::from(
            "Approval is yes of yes, no and veto; of a choice, the winner's part.",
        ),
        of: String::from("Proposal"),
        columns: vec![
            column("Track", None),
            column("Turnout", Some(Unit::Fraction)),
            column("Quorum", Some(Unit::Fraction)),
            column("Approval", Some(Unit::Fraction)),
            column("Days to execution", Some(days())),
            column("Outcome, and what stopped it", None),
        ],
        rows: ruled.decided.iter().map(row).collect(),
    }
}

/// Power of the largest holders together.
fn concentration(ruled: &Ruled) -> Chart {
    let total = ruled.total().max(1) as f64;
    let line = |name: &str, powers: &[u128]| {
        let mut descending = powers.to_vec();
        descending.sort_unstable_by(|a, b| b.cmp(a));
        let mut sum = 0.0;
        let sums = descending.iter().map(|power| {
            sum += *power as f64 / total;
            sum
        });
        let (x, y): (Vec<f64>, Vec<f64>) = (1u32..).map(f64::from).zip(sums).take(64).unzip();
        let (x, y) = ([vec![0.0], x].concat(), [vec![0.0], y].concat());
        Series::line(name, x, y)
    };
    Chart {
        title: String::from("Power of the largest holders together"),
        caption: String::from("The steeper, the fewer decide. At most the first 64 are drawn."),
        x: Axis::zero_based("Holders", Unit::Count(String::from("holders"))),
        y: Axis::zero_based("Of all power", Unit::Fraction),
        plot: Plot::Fan(vec![
            line("entities", &ruled.entities),
            line("addresses", &ruled.addresses),
        ]),
    }
}

fn coalitions(ruled: &Ruled) -> Table {
    let total = ruled.total();
    let row = |track: Track| {
        let rules = ruled.params.track(track);
        let needed = [alone(rules, total), against_all(rules, total), block(rules, total)];
        let count = |powers: &[u128], needed| {
            fewest(powers, needed).map_or(Cell::Absent, |count| Cell::Number(count as f64))
        };
        let pairs = needed
            .iter()
            .flat_map(|needed| [count(&ruled.entities, *needed), count(&ruled.addresses, *needed)]);
        Row { name: track.name().to_owned(), cells: pairs.collect() }
    };
    let holders = || Some(Unit::Count(String::new()));
    Table {
        title: String::from("The fewest who can"),
        caption: String::from(
            "Pass alone: where nobody else votes. Pass: against everybody else. Block: against \
             everybody else.",
        ),
        of: String::from("Track"),
        columns: vec![
            column("Pass alone: entities", holders()),
            column("addresses", holders()),
            column("Pass: entities", holders()),
            column("addresses ", holders()),
            column("Block: entities", holders()),
            column(" addresses", holders()),
        ],
        rows: Track::ALL.into_iter().map(row).collect(),
    }
}

fn costs(ruled: &Ruled, scenario: &Scenario, symbol: &str) -> Table {
    let unit = || Some(Unit::Tokens(symbol.to_owned()));
    let row = |track: Track| {
        let amounts = [Against::Nobody, Against::Turnout, Against::All].map(|against| {
            let amount = cost(ruled, track, against);
            amount.map_or(Cell::Absent, |amount| Cell::Number(tokens(scenario, amount)))
        });
        let pays = match track {
            Track::Ordinary => Cell::Number(tokens(scenario, ruled.cap)),
            Track::Constitutional => Cell::Number(tokens(scenario, ruled.treasury)),
            Track::Emergency => Cell::Number(0.0),
        };
        Row { name: track.name().to_owned(), cells: [amounts.to_vec(), vec![pays]].concat() }
    };
    Table {
        title: String::from("What must be bonded"),
        caption: String::from(
            "Against nobody, against the mean turnout all voting no, against all power there is.",
        ),
        of: String::from("Track"),
        columns: vec![
            column("Nobody votes", unit()),
            column("Usual turnout against", unit()),
            column("All against", unit()),
            column("It may then pay", unit()),
        ],
        rows: Track::ALL.into_iter().map(row).collect(),
    }
}
