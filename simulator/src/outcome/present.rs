//! The report of an outcome, as data.

mod attacks;
mod charts;
mod people;
mod politics;

use protocol::network::Scoring;

use super::{Measure, Metric, Outcome, metric_index};
use crate::{
    metrics::quantiles,
    report::{
        EngineRun, Estimate, Headline, Identity, Op, Outcome as Judgement, ReportData, RuleNote,
        Unit, Verdict,
    },
    scenario::{Aggregate, Comparison, Happening, Population, Scenario},
};

/// Headlines where there is a governor: metric and label.
const GOVERNED: &[(&str, &str)] = &[
    ("proposals.executed", "Proposals executed"),
    ("turnout", "Turnout"),
    ("execution.days", "From proposal to execution"),
    ("treasury.outflow", "Paid by the treasury"),
    ("coalition.alone.entities", "Pass alone"),
    ("coalition.block.entities", "Block"),
    ("attack.cost.turnout", "Cost of an attack"),
    ("attack.worth", "Its worth"),
];

/// The level of a band from the 5th to the 95th percentile.
const BAND: f64 = 0.9;

/// The report of a scenario's outcome. `command` reproduces it; other engines that ran the
/// same season are added by who ran them.
pub fn present(scenario: &Scenario, outcome: &Outcome, command: &str) -> ReportData {
    let mut report = ReportData::new(identity(scenario, outcome, command));
    report.finding = finding(scenario, outcome);
    report.verdicts =
        outcome.gates.iter().map(|judged| verdict(scenario, outcome, judged)).collect();
    report.headlines = headlines(scenario, outcome);
    // Where proposals are the matter, pay is not.
    let governed = scenario.governance.is_some();
    if governed {
        report.sections.extend(attacks::section(scenario, outcome));
        report.sections.extend(politics::sections(scenario, outcome));
    } else {
        report.earners = people::earners(scenario, outcome);
        report.sections = charts::sections(scenario, outcome);
    }
    report.sections.extend(people::populations(scenario, outcome));
    report.rules = attacks::notes(scenario, outcome);
    report.rules.extend(rules(scenario, outcome));
    report.limits = limits(scenario);
    report
}

/// A hash as hexadecimal digits.
fn hexadecimal(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn identity(scenario: &Scenario, outcome: &Outcome, command: &str) -> Identity {
    let first = outcome.first.as_ref();
    let engine = |season: &super::Played| EngineRun {
        engine: String::from("native"),
        epochs: season.epochs.last().map_or(0, |epoch| epoch + 1),
        state_hash: hexadecimal(&season.state_hash),
    };
    Identity {
        scenario: scenario.name.clone(),
        title: scenario.title.clone(),
        question: scenario.question.clone(),
        assumptions: scenario.assumptions.clone(),
        expected: scenario.expected.clone(),
        scenario_hash: hexadecimal(&scenario.hash()),
        seed: scenario.seed,
        seeds: outcome.seasons.len() as u64,
        epochs: scenario.epochs,
        version: env!("CARGO_PKG_VERSION").to_owned(),
        engines: first.map(engine).into_iter().collect(),
        contracts: Vec::new(),
        command: command.to_owned(),
        scored: None,
    }
}

/// What came out, in two sentences: the verdict, and what deviating was worth.
fn finding(scenario: &Scenario, outcome: &Outcome) -> String {
    let verdict = match attacks::finding(scenario, outcome) {
        Some(attacks) => format!("{attacks} {}", gates(outcome)),
        None => gates(outcome),
    };
    if scenario.governance.is_some() {
        return verdict;
    }
    let gains: Vec<String> = deviating(scenario).filter_map(|group| gain(outcome, group)).collect();
    match (gains.is_empty(), outcome.breach()) {
        (false, None) => {
            format!("{verdict} Against the same seeds played honestly, {}.", gains.join("; "))
        }
        _ => verdict,
    }
}

/// `the weight copier earns 4.2 % less`.
fn gain(outcome: &Outcome, group: &Population) -> Option<String> {
    let (at, _) = find(outcome, &format!("{}.gain", group.name))?;
    let gain = 100.0 * median(&outcome.of(at)?)?.value;
    let word = if gain < 0.0 { "less" } else { "more" };
    Some(format!("the {} earns {:.1} % {word}", group.behaviour.name(), gain.abs()))
}

fn gates(outcome: &Outcome) -> String {
    if let Some((run, broken)) = outcome.breach() {
        let (epoch, breach) = (broken.epoch, &broken.breach);
        return format!("Run {run} broke a law after epoch {epoch}: {breach}.");
    }
    let broken: Vec<&str> = outcome
        .gates
        .iter()
        .filter(|judged| !judged.holds)
        .map(|judged| judged.gate.metric.as_str())
        .collect();
    match (outcome.gates.len(), broken.as_slice()) {
        (0, _) => String::from("The scenario states no expectation."),
        (1, []) => String::from("The expectation holds."),
        (count, []) => format!("All {count} expectations hold."),
        (_, broken) => format!("Not as expected: {}.", broken.join(", ")),
    }
}

/// What a metric is counted in, for printing.
fn unit(scenario: &Scenario, measure: Measure) -> Unit {
    match measure {
        Measure::Ratio => Unit::Ratio,
        Measure::Fraction => Unit::Fraction,
        Measure::Tokens => Unit::Tokens(scenario.token.symbol.clone()),
        Measure::BaseUnits => Unit::Count(String::from("base units")),
        Measure::Count(things) => Unit::Count(things.to_owned()),
        Measure::Price => Unit::Of(format!("quote per {}", scenario.token.symbol)),
    }
}

fn verdict(scenario: &Scenario, outcome: &Outcome, judged: &super::Judged) -> Verdict {
    let metric = &outcome.catalogue[judged.metric];
    let seeds = outcome.seasons.len();
    let measured = judged.measured.map(|value| match outcome.of(judged.metric) {
        Some(values) => banded(value, &values),
        None => Estimate::exact(value),
    });
    Verdict {
        metric: metric.name.clone(),
        meaning: metric.meaning.clone(),
        op: judged.gate.comparison.into(),
        bound: judged.gate.bound,
        over: over(judged.gate.over, seeds),
        unit: unit(scenario, metric.measure),
        outcome: match (&measured, judged.holds) {
            (None, _) => Judgement::NotMeasured,
            (Some(_), true) => Judgement::Pass,
            (Some(_), false) => Judgement::Fail,
        },
        measured,
        note: judged.gate.note.clone(),
    }
}

impl From<Comparison> for Op {
    fn from(comparison: Comparison) -> Self {
        match comparison {
            Comparison::Below => Self::Below,
            Comparison::AtMost => Self::AtMost,
            Comparison::Equal => Self::Equal,
            Comparison::NotEqual => Self::NotEqual,
            Comparison::AtLeast => Self::AtLeast,
            Comparison::Above => Self::Above,
        }
    }
}

fn over(aggregate: Aggregate, seeds: usize) -> String {
    if seeds == 1 {
        return String::from("1 seed");
    }
    let what = match aggregate {
        Aggregate::Mean => String::from("mean"),
        Aggregate::Percentile(0) => String::from("minimum"),
        Aggregate::Percentile(50) => String::from("median"),
        Aggregate::Percentile(100) => String::from("maximum"),
        Aggregate::Percentile(percent) => format!("p{percent}"),
    };
    format!("{what} of {seeds} seeds")
}

/// A value with the band of seeds around it, if there is more than one.
fn banded(value: f64, values: &[f64]) -> Estimate {
    match quantiles(values, &[0.05, 0.95]).as_deref() {
        Some([low, high]) if values.len() > 1 => {
            Estimate::within(value, low.min(value), high.max(value), BAND)
        }
        _ => Estimate::exact(value),
    }
}

/// The median over seeds with its band; `None` without values.
fn median(values: &[f64]) -> Option<Estimate> {
    let middle = quantiles(values, &[0.5])?.first().copied()?;
    Some(banded(middle, values))
}

fn find<'a>(outcome: &'a Outcome, name: &str) -> Option<(usize, &'a Metric)> {
    let at = metric_index(&outcome.catalogue, name)?;
    Some((at, &outcome.catalogue[at]))
}

/// A metric's median as a headline, where every seed has it.
fn headline(scenario: &Scenario, outcome: &Outcome, name: &str, label: &str) -> Option<Headline> {
    let (at, metric) = find(outcome, name)?;
    Some(Headline {
        label: label.to_owned(),
        estimate: median(&outcome.of(at)?)?,
        unit: unit(scenario, metric.measure),
        note: metric.meaning.clone(),
    })
}

fn headlines(scenario: &Scenario, outcome: &Outcome) -> Vec<Headline> {
    if scenario.governance.is_some() {
        let all = GOVERNED.iter();
        return all.filter_map(|(name, label)| headline(scenario, outcome, name, label)).collect();
    }
    let mut wanted = vec![
        (String::from("rank_correlation"), String::from("Pay follows quality")),
        (String::from("nakamoto.power.half"), String::from("Validators who hold half of power")),
        (String::from("gini.stake"), String::from("Gini coefficient of stake")),
        (String::from("emission.total"), String::from("Emitted")),
    ];
    for group in deviating(scenario) {
        let what = group.behaviour.name();
        let compared = scenario.compared_with_honest;
        let metric = if compared { "gain" } else { "relative_return" };
        let against = if compared { "against honesty" } else { "per stake, against the honest" };
        wanted.push((format!("{}.{metric}", group.name), format!("The {what} {against}")));
    }
    if scenario.market.is_some() {
        wanted.push((String::from("price.token"), String::from("Price of a token")));
    }
    if deviating(scenario).next().is_none() {
        wanted.push((String::from("retention"), String::from("Contributors who stay")));
    }
    let all = wanted.iter().filter_map(|(name, label)| headline(scenario, outcome, name, label));
    all.take(8).collect()
}

/// Populations that depart from honest work.
fn deviating(scenario: &Scenario) -> impl Iterator<Item = &Population> {
    let all = scenario.populations.iter().enumerate();
    all.filter(|(group, _)| scenario.deviates(*group)).map(|(_, population)| population)
}

/// How a mechanism stands against validators who deviate, where it does.
const fn defence(scoring: &Scoring) -> Option<&'static str> {
    match scoring {
        Scoring::Mean => None,
        Scoring::Yuma { .. } => {
            Some("Stake-weighted median clips weights, bonds reward who was early")
        }
        Scoring::Metered { .. } => Some(
            "Stake-weighted median decides what was measured, dividends go by agreement with it",
        ),
        Scoring::Synthesis { .. } => {
            Some("Reputers earn by agreement, and are listened to as they agree")
        }
    }
}

/// Rules whose work shows in a number of this run.
fn rules(scenario: &Scenario, outcome: &Outcome) -> Vec<RuleNote> {
    let mut rules = Vec::new();
    let conserved = headline(scenario, outcome, "conservation.error", "Conservation error");
    rules.push(RuleNote {
        rule: String::from("Splits sum exactly, remainders are state"),
        effect: String::from("every unit issued is held, claimable or burned"),
        evidence: conserved,
    });
    let weighed = scenario.governance.is_none();
    for group in deviating(scenario).filter(|_| weighed) {
        let topic = scenario.topics.get(usize::from(group.topic));
        let Some(rule) = topic.and_then(|topic| defence(&topic.params.scoring)) else { continue };
        let name = format!("{}.relative_return", group.name);
        rules.push(RuleNote {
            rule: String::from(rule),
            effect: format!(
                "what the {} earns per unit of stake, over what the honest earn",
                group.behaviour.name()
            ),
            evidence: headline(scenario, outcome, &name, "Relative return"),
        });
    }
    if outcome.seasons.iter().any(|season| season.refused > 0) {
        rules.push(RuleNote {
            rule: String::from("A refused command changes nothing"),
            effect: String::from("commands that agents sent in vain"),
            evidence: headline(scenario, outcome, "refused.share", "Refused"),
        });
    }
    rules
}

fn limits(scenario: &Scenario) -> Vec<String> {
    let mut limits = scenario.limits.clone();
    limits.push(String::from(
        "Agents follow the behaviours stated here; they do not learn, and do not search for \
         better attacks.",
    ));
    if scenario.market.is_none() {
        limits.push(String::from("The token has no price: earnings are counted in tokens."));
    }
    if !scenario.events.iter().any(|event| matches!(event.happening, Happening::Slashed { .. })) {
        limits.push(String::from("Nobody is slashed."));
    }
    limits.push(String::from(
        "True quality is known to the simulator alone; validators see it with an independent \
         error each.",
    ));
    limits
}
