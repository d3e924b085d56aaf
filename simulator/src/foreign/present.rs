//! A tale with its gates judged, and the report of it.

use super::incident::Incident;
use super::tale::{Counted, Figure, Tale};
use crate::outcome::UnknownMetric;
use crate::report::{
    Axis, Bar, Cell, Chart, Column, EngineRun, Estimate, Headline, Identity, Op, Outcome, Plot,
    ReportData, Row, RuleNote, Section, Table, Unit, Verdict,
};

/// A tale with its verdicts.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// What happened.
    pub tale: Tale,
    /// The gates, judged, in the file's order.
    pub verdicts: Vec<Verdict>,
}

impl Told {
    /// Whether every gate holds.
    pub fn holds(&self) -> bool {
        self.verdicts.iter().all(|verdict| verdict.outcome == Outcome::Pass)
    }
}

/// Plays an incident and judges its gates.
///
/// # Errors
/// The first gate about a figure that the tale does not have.
pub fn judge(incident: &Incident) -> Result<Told, UnknownMetric> {
    let tale = incident.system.play();
    let verdict = |gate: &crate::scenario::Gate| {
        let found = tale.figures.iter().find(|figure| figure.name == gate.metric);
        let figure = found.ok_or_else(|| {
            UnknownMetric::among(&gate.metric, tale.figures.iter().map(|figure| figure.name))
        })?;
        let op = Op::from(gate.comparison);
        let measured = figure.number().map(Estimate::exact);
        Ok(Verdict {
            metric: gate.metric.clone(),
            meaning: figure.meaning.to_owned(),
            op,
            bound: gate.bound,
            over: String::from("as computed"),
            unit: unit(figure.counted),
            outcome: Verdict::judge(measured.as_ref(), op, gate.bound),
            measured,
            note: gate.note.clone(),
        })
    };
    let verdicts = incident.gates.iter().map(verdict).collect::<Result<_, _>>()?;
    Ok(Told { tale, verdicts })
}

/// The report of a tale. `command` reproduces it.
pub fn present(incident: &Incident, told: &Told, command: &str) -> ReportData {
    let tale = &told.tale;
    let mut report = ReportData::new(identity(incident, tale, command));
    report.finding.clone_from(&tale.outcome);
    report.verdicts.clone_from(&told.verdicts);
    report.headlines = headlines(told);
    report.sections = vec![steps(tale), numbers(tale), sources(incident)];
    report.rules = tale
        .missing
        .iter()
        .map(|missing| RuleNote {
            rule: format!("Missing: {}", missing.rule),
            effect: missing.would.to_owned(),
            evidence: None,
        })
        .collect();
    report.limits.clone_from(&incident.limits);
    report.limits.push(String::from(
        "The rule is that of the system that was broken, told again in whole numbers; no contract \
         has it, and no engine but this one plays it.",
    ));
    report
}

fn identity(incident: &Incident, tale: &Tale, command: &str) -> Identity {
    let hex = |hash: &[u8; 32]| hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let state = *blake3::hash(format!("{tale:?}").as_bytes()).as_bytes();
    Identity {
        scenario: incident.name.clone(),
        title: incident.title.clone(),
        question: incident.question.clone(),
        assumptions: incident.assumptions.clone(),
        expected: incident.expected.clone(),
        scenario_hash: hex(&incident.hash()),
        seed: 0,
        seeds: 1,
        epochs: tale.steps.len() as u64,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engines: vec![EngineRun {
            engine: String::from("the system's own rule"),
            epochs: tale.steps.len() as u64,
            state_hash: hex(&state),
        }],
        contracts: Vec::new(),
        command: command.to_owned(),
        scored: None,
    }
}

fn unit(counted: Counted) -> Unit {
    match counted {
        Counted::Part => Unit::Fraction,
        Counted::Times => Unit::Of(String::from("times")),
        Counted::Things(things) => Unit::Count(things.to_owned()),
        Counted::Tokens(symbol) => Unit::Tokens(symbol.to_owned()),
        Counted::Truth => Unit::Count(String::new()),
    }
}

/// The figures that gates are about, the first eight, each once. What is only true or false is
/// in the table.
fn headlines(told: &Told) -> Vec<Headline> {
    let mut seen = Vec::<&str>::new();
    let figures = told.verdicts.iter().filter_map(|verdict| {
        let figure = told.tale.figures.iter().find(|figure| figure.name == verdict.metric)?;
        let again = seen.contains(&figure.name) || figure.counted == Counted::Truth;
        seen.push(figure.name);
        (!again).then_some(figure)
    });
    let headline = |figure: &Figure| {
        Some(Headline {
            label: capital(figure.meaning),
            estimate: Estimate::exact(figure.number()?),
            unit: unit(figure.counted),
            note: String::new(),
        })
    };
    figures.filter_map(headline).take(8).collect()
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

fn steps(tale: &Tale) -> Section {
    let row = |(number, step): (usize, &super::Step)| Row {
        name: format!("{}. {}", number + 1, step.when),
        cells: vec![Cell::Text(step.what.clone())],
    };
    let table = Table {
        title: String::from("Step by step"),
        caption: String::new(),
        of: String::from("When"),
        columns: vec![Column { name: String::from("What"), unit: None }],
        rows: tale.steps.iter().enumerate().map(row).collect(),
    };
    section("What happened", bars(tale).into_iter().collect(), vec![table])
}

fn bars(tale: &Tale) -> Option<Chart> {
    let (title, symbol) = tale.bars_of;
    let bar = |(name, value, emphasis): &(&str, u64, bool)| Bar {
        name: (*name).to_owned(),
        estimate: Estimate::exact(*value as f64),
        emphasis: *emphasis,
    };
    let axis = match symbol {
        "" => Unit::Count(String::new()),
        symbol => Unit::Tokens(symbol.to_owned()),
    };
    (!tale.bars.is_empty()).then(|| Chart {
        title: title.to_owned(),
        caption: String::new(),
        x: Axis::linear("", Unit::Count(String::new())),
        y: Axis::zero_based(title, axis),
        plot: Plot::Bars(tale.bars.iter().map(bar).collect()),
    })
}

fn numbers(tale: &Tale) -> Section {
    let row = |figure: &Figure| {
        let value = match (figure.number(), figure.counted) {
            (None, _) => Cell::Absent,
            (Some(value), Counted::Truth) if value > 0.0 => Cell::Text(String::from("yes")),
            (Some(_), Counted::Truth) => Cell::Text(String::from("no")),
            (Some(value), counted) => Cell::Text(crate::report::show(value, &unit(counted))),
        };
        let name = figure.name.to_owned();
        Row { name, cells: vec![value, Cell::Text(figure.meaning.to_owned())] }
    };
    let column = |name: &str| Column { name: name.to_owned(), unit: None };
    let table = Table {
        title: String::from("Every number"),
        caption: String::from("Gates of the file may name each of them."),
        of: String::from("Number"),
        columns: vec![column("Value"), column("What it is")],
        rows: tale.figures.iter().map(row).collect(),
    };
    section("Numbers", Vec::new(), vec![table])
}

fn sources(incident: &Incident) -> Section {
    let row = |(number, source): (usize, &String)| Row {
        name: format!("{}", number + 1),
        cells: vec![Cell::Text(source.clone())],
    };
    let table = Table {
        title: String::from("Where the numbers come from"),
        caption: incident.checked.clone(),
        of: String::from("Source"),
        columns: vec![Column { name: String::from("Name"), unit: None }],
        rows: incident.sources.iter().enumerate().map(row).collect(),
    };
    section("Sources", Vec::new(), vec![table])
}

fn section(title: &str, charts: Vec<Chart>, tables: Vec<Table>) -> Section {
    Section { title: title.to_owned(), text: String::new(), charts, tables }
}
