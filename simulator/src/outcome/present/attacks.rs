//! Attacks: what each wanted, what it got, and which rule stopped it.

use protocol::governance::Status;

use super::politics::end;
use crate::{
    outcome::{Decided, Outcome, Played, Ruled, Stop, row::tokens},
    report::{Cell, Column, Row, RuleNote, Section, Table, Unit},
    scenario::{Plan, Scenario},
};

/// An attack of the first seed.
struct Attack<'a> {
    plan: &'a Plan,
    name: &'a str,
    /// What became of it; `None`: it was not even made.
    one: Option<&'a Decided>,
    stop: Option<&'a Stop>,
}

impl Attack<'_> {
    fn outcome(&self) -> &'static str {
        self.one.map_or("turned away", end)
    }

    fn succeeded(&self) -> bool {
        self.one.is_some_and(|one| one.status == Status::Executed)
    }

    fn group(&self, scenario: &Scenario) -> Option<usize> {
        scenario.populations.iter().position(|population| population.name == self.plan.by)
    }
}

fn attacks<'a>(scenario: &'a Scenario, ruled: &'a Ruled) -> Vec<Attack<'a>> {
    let planned = scenario.plans().filter(|(_, plan)| plan.attack);
    planned
        .map(|(event, plan)| {
            let one = ruled.decided.iter().find(|one| one.plan == Some(event));
            let turned = ruled.turned_away.iter().find(|(plan, _, _)| *plan == event);
            let stop = match one {
                Some(one) => one.stop.as_ref(),
                None => turned.map(|(_, _, stop)| stop),
            };
            let name = plan.name.as_deref().unwrap_or(&plan.title);
            Attack { plan, name, one, stop }
        })
        .collect()
}

fn ruled(outcome: &Outcome) -> Option<&Ruled> {
    outcome.first.as_ref().and_then(|first: &Played| first.ruled.as_ref())
}

/// The table of attacks, if there are any.
pub(super) fn section(scenario: &Scenario, outcome: &Outcome) -> Option<Section> {
    let ruled = ruled(outcome)?;
    let all = attacks(scenario, ruled);
    if all.is_empty() {
        return None;
    }
    let amount = |of: &[u128], attack: &Attack<'_>| {
        let value = attack.group(scenario).and_then(|group| of.get(group)).copied();
        Cell::Number(tokens(scenario, value.unwrap_or(0)))
    };
    let row = |attack: &Attack<'_>| Row {
        name: attack.name.to_owned(),
        cells: vec![
            Cell::Text(attack.plan.title.clone()),
            Cell::Text(attack.outcome().to_owned()),
            Cell::Text(attack.stop.map_or_else(
                || String::from(if attack.succeeded() { "nothing" } else { "–" }),
                |stop| format!("{}: {}", stop.rule, stop.found),
            )),
            amount(&ruled.taken, attack),
            amount(&ruled.forfeited, attack),
            Cell::Text(refusals(ruled, attack.group(scenario))),
        ],
    };
    let column = |name: &str, unit| Column { name: name.to_owned(), unit };
    let symbol = || Some(Unit::Tokens(scenario.token.symbol.clone()));
    let table = Table {
        title: String::from("What was tried"),
        caption: String::from(
            "Of the first seed. Taken and lost are the proposer's population's, over the season; \
             refusals are of commands that its members sent.",
        ),
        of: String::from("Attack"),
        columns: vec![
            column("It says", None),
            column("Outcome", None),
            column("Stopped by", None),
            column("Taken", symbol()),
            column("Deposit lost", symbol()),
            column("Refused besides", None),
        ],
        rows: all.iter().map(row).collect(),
    };
    let (title, text) = (String::from("Attacks"), String::new());
    Some(Section { title, text, charts: Vec::new(), tables: vec![table] })
}

/// Codes of what a population was refused, with how often.
fn refusals(ruled: &Ruled, group: Option<usize>) -> String {
    let mine = ruled.refused.iter().filter(|((of, _), _)| Some(*of) == group);
    let words: Vec<String> = mine
        .map(|((_, code), times)| match code {
            0 => format!("no such balance or program ({times})"),
            code => format!("E{code:04} ({times})"),
        })
        .collect();
    if words.is_empty() { String::from("–") } else { words.join(", ") }
}

/// What is said of each attack: the rule that stopped it, or that none did and what would.
pub(super) fn notes(scenario: &Scenario, outcome: &Outcome) -> Vec<RuleNote> {
    let Some(ruled) = ruled(outcome) else { return Vec::new() };
    let note = |attack: &Attack<'_>| {
        let taken = attack.group(scenario).and_then(|group| ruled.taken.get(group)).copied();
        let taken = tokens(scenario, taken.unwrap_or(0));
        let name = attack.name;
        let (rule, effect) = match (attack.succeeded(), attack.stop) {
            (true, _) => {
                let remedy = match attack.plan.remedy.as_str() {
                    "" => "nothing here would",
                    remedy => remedy,
                };
                let symbol = &scenario.token.symbol;
                let rule = format!("No rule stopped `{name}`");
                (
                    rule,
                    format!(
                        "It was executed; its proposer was paid {taken:.0} {symbol}. What would: {remedy}"
                    ),
                )
            }
            (false, Some(stop)) => (stop.rule.clone(), format!("stopped `{name}`: {}", stop.found)),
            (false, None) => {
                (format!("`{name}` is undecided"), format!("at the end it is {}", attack.outcome()))
            }
        };
        let effect = format!("{effect}{}", seeds(outcome, name));
        RuleNote { rule, effect, evidence: None }
    };
    attacks(scenario, ruled).iter().map(note).collect()
}

/// In how many seeds a named attack was executed, where there are several.
fn seeds(outcome: &Outcome, name: &str) -> String {
    let found = super::find(outcome, &format!("proposal.{name}.executed"));
    let values = found.and_then(|(at, _)| outcome.of(at)).unwrap_or_default();
    let executed = values.iter().filter(|value| **value > 0.0).count();
    match values.len() {
        0 | 1 => String::new(),
        all => format!(". Executed in {executed} of {all} seeds"),
    }
}

/// `2 of 3 attacks were stopped`; nothing without attacks.
pub(super) fn finding(scenario: &Scenario, outcome: &Outcome) -> Option<String> {
    let all = attacks(scenario, ruled(outcome)?);
    let stopped = all.iter().filter(|attack| !attack.succeeded()).count();
    let first = if outcome.seasons.len() > 1 { "In the first seed " } else { "" };
    let words = match (all.len(), stopped) {
        (0, _) => return None,
        (1, 1) => String::from("the attack was stopped."),
        (1, _) => String::from("nothing stopped the attack."),
        (count, stopped) => format!("{stopped} of {count} attacks were stopped."),
    };
    Some(format!("{first}{words}"))
}
