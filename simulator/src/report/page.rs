//! The page: data to words and drawings, words and drawings to HTML.

use askama::Template;

use super::chart::{Axis, Chart, Plot, Point};
use super::data::{Earners, Headline, ReportData};
use super::draw::{self, Form};
use super::error::ReportError;
use super::identity::Identity;
use super::number::{show_against, show_estimate};
use super::section::Section;
use super::table::TableView;
use super::text::{COMMAND, NAME, NOTE, SENTENCE, TITLE, clean};
use super::verdict::{Op, Outcome, Unit, Verdict};

/// Hexadecimal digits of a hash that are shown.
const HASH: usize = 128;

/// The page of a report.
///
/// # Errors
/// When a chart or the page cannot be rendered.
pub(super) fn html(data: &ReportData) -> Result<String, ReportError> {
    Page::new(data)?.render().map_err(|error| ReportError::Page(error.to_string()))
}

#[derive(Template)]
#[template(path = "report.html")]
struct Page {
    /// What a report of this kind is: `rehearsal of`.
    kind: &'static str,
    /// Heading of what came out, in the list of parts.
    heading: &'static str,
    title: String,
    scenario: String,
    question: String,
    finding: String,
    verdict: Badge,
    verdicts: Vec<VerdictView>,
    headlines: Vec<HeadlineView>,
    /// Columns in which the headlines leave no row with a single one.
    across: usize,
    expected: String,
    assumptions: Vec<String>,
    sections: Vec<SectionView>,
    rules: Vec<RuleView>,
    limits: Vec<String>,
    identity: IdentityView,
}

/// An outcome as class, symbol and words: never by colour alone.
struct Badge {
    class: &'static str,
    symbol: &'static str,
    words: String,
}

struct VerdictView {
    badge: Badge,
    metric: String,
    meaning: String,
    over: String,
    op: &'static str,
    bound: String,
    value: String,
    interval: String,
    note: String,
}

struct HeadlineView {
    label: String,
    value: String,
    interval: String,
    note: String,
}

struct SectionView {
    id: String,
    title: String,
    text: String,
    charts: Vec<ChartView>,
    tables: Vec<TableView>,
}

struct ChartView {
    title: String,
    caption: String,
    key: &'static str,
    /// Markup made here, in which every word is already escaped.
    drawings: String,
}

struct RuleView {
    rule: String,
    effect: String,
    evidence: Option<HeadlineView>,
}

struct IdentityView {
    command: String,
    facts: Vec<(String, String)>,
    engines: Vec<(String, String, String)>,
    agreement: &'static str,
    contracts: Vec<(String, String)>,
    files: Vec<(String, String, String)>,
}

impl Page {
    fn new(data: &ReportData) -> Result<Self, ReportError> {
        let identity = &data.identity;
        let mut sections = Vec::new();
        if let Some(earners) = &data.earners {
            sections.push(earners_view(earners)?);
        }
        for section in &data.sections {
            sections.push(section_view(section, sections.len())?);
        }
        let (kind, heading) = match identity.scored {
            Some(_) => ("score of", "Result"),
            None => ("rehearsal of", "Verdict"),
        };
        Ok(Self {
            kind,
            heading,
            title: clean(&identity.title, TITLE),
            scenario: clean(&identity.scenario, NAME),
            question: clean(&identity.question, SENTENCE),
            finding: clean(&data.finding, SENTENCE),
            verdict: overall(data),
            verdicts: data.verdicts.iter().map(verdict_view).collect(),
            headlines: data.headlines.iter().map(headline_view).collect(),
            across: if matches!(data.headlines.len() % 4, 0 | 3) { 4 } else { 3 },
            expected: clean(&identity.expected, SENTENCE),
            assumptions: sentences(&identity.assumptions),
            sections,
            rules: data
                .rules
                .iter()
                .map(|rule| RuleView {
                    rule: clean(&rule.rule, TITLE),
                    effect: clean(&rule.effect, SENTENCE),
                    evidence: rule.evidence.as_ref().map(headline_view),
                })
                .collect(),
            limits: sentences(&data.limits),
            identity: identity_view(data),
        })
    }
}

/// All gates together, in words.
fn overall(data: &ReportData) -> Badge {
    let all = data.verdicts.len();
    let count = |outcome| data.verdicts.iter().filter(|one| one.outcome == outcome).count();
    let gates = if all == 1 { "gate" } else { "gates" };
    let words = match (data.outcome(), all) {
        (None, _) if data.identity.scored.is_some() => {
            return Badge { class: "open", symbol: "", words: "Result".to_owned() };
        }
        (None, _) => "No gates: nothing was judged".to_owned(),
        (Some(Outcome::Pass), 1) => "The gate holds".to_owned(),
        (Some(Outcome::Pass), _) => format!("All {all} {gates} hold"),
        (Some(Outcome::NotMeasured), _) => {
            format!("{} of {all} {gates} not measured", count(Outcome::NotMeasured))
        }
        (Some(Outcome::Fail), _) => {
            let open = match count(Outcome::NotMeasured) {
                0 => String::new(),
                open => format!(", {open} not measured"),
            };
            format!("{} of {all} {gates} broken{open}", count(Outcome::Fail))
        }
    };
    Badge { words, ..badge(data.outcome().unwrap_or(Outcome::NotMeasured)) }
}

fn badge(outcome: Outcome) -> Badge {
    let (class, symbol, words) = match outcome {
        Outcome::Pass => ("pass", "✓", "Holds"),
        Outcome::Fail => ("fail", "✗", "Broken"),
        Outcome::NotMeasured => ("open", "?", "Not measured"),
    };
    Badge { class, symbol, words: words.to_owned() }
}

/// The comparison as people write it.
pub(super) fn op_sign(op: Op) -> &'static str {
    match op {
        Op::Below => "<",
        Op::AtMost => "≤",
        Op::Equal => "=",
        Op::NotEqual => "≠",
        Op::AtLeast => "≥",
        Op::Above => ">",
    }
}

fn verdict_view(verdict: &Verdict) -> VerdictView {
    let exact = super::verdict::Estimate::exact(verdict.bound);
    let measured = verdict.measured.as_ref().unwrap_or(&exact);
    let (shown, bound) = show_against(measured, verdict.op, verdict.bound, &verdict.unit);
    let (value, interval) = match verdict.measured {
        Some(_) => (shown.value, shown.interval),
        None => ("–".to_owned(), String::new()),
    };
    VerdictView {
        badge: badge(verdict.outcome),
        metric: clean(&verdict.metric, NAME),
        meaning: clean(&verdict.meaning, NOTE),
        over: clean(&verdict.over, NAME),
        op: op_sign(verdict.op),
        bound,
        value,
        interval,
        note: clean(&verdict.note, NOTE),
    }
}

fn headline_view(headline: &Headline) -> HeadlineView {
    let shown = show_estimate(&headline.estimate, &headline.unit);
    HeadlineView {
        label: clean(&headline.label, NAME * 2),
        value: shown.value,
        interval: shown.interval,
        note: clean(&headline.note, NOTE),
    }
}

fn sentences(raw: &[String]) -> Vec<String> {
    raw.iter().map(|sentence| clean(sentence, SENTENCE)).collect()
}

fn section_view(section: &Section, at: usize) -> Result<SectionView, ReportError> {
    let id = format!("part-{}", at + 1);
    let charts = section
        .charts
        .iter()
        .enumerate()
        .map(|(index, chart)| chart_view(chart, &format!("{id}-{}", index + 1)))
        .collect::<Result<_, _>>()?;
    Ok(SectionView {
        title: clean(&section.title, TITLE),
        text: clean(&section.text, SENTENCE),
        charts,
        tables: section.tables.iter().map(TableView::new).collect(),
        id,
    })
}

fn chart_view(chart: &Chart, id: &str) -> Result<ChartView, ReportError> {
    let mut drawings = String::new();
    for form in [Form::Wide, Form::Narrow] {
        let drawing = draw::svg(chart, form, id).map_err(|error| ReportError::Chart {
            title: chart.title.clone(),
            cause: error.to_string(),
        })?;
        drawings.push_str(&drawing);
    }
    let banded = match &chart.plot {
        Plot::Fan(series) => series.iter().any(|one| !one.p05.is_empty()),
        _ => false,
    };
    let whiskers = match &chart.plot {
        Plot::Bars(bars) => {
            bars.iter().filter_map(|bar| bar.estimate.interval).any(|one| one.low < one.high)
        }
        _ => false,
    };
    let key = match (banded, whiskers) {
        (true, _) => {
            "Line: median of the seeds. Bands: the middle half, and 5th to 95th percentile."
        }
        (_, true) => "Whisker: interval over the seeds.",
        _ if matches!(chart.plot, Plot::Spans(_)) => {
            "Line: before voting. Broad bar: voting. Narrow bar: timelock. Dot: executed."
        }
        _ => "",
    };
    Ok(ChartView {
        title: clean(&chart.title, TITLE),
        caption: clean(&chart.caption, NOTE),
        key,
        drawings,
    })
}

/// Reward against true quality, and the table of earners.
fn earners_view(earners: &Earners) -> Result<SectionView, ReportError> {
    let points: Vec<Point> = earners
        .rows
        .iter()
        .filter_map(|earner| {
            Some(Point {
                name: earner.name.clone(),
                group: earner.group.clone(),
                x: earner.true_quality?,
                y: earner.earned,
                emphasis: earner.deviates,
            })
        })
        .collect();
    let correlation = earners.rank_correlation.as_ref().map(|correlation| {
        let shown = show_estimate(correlation, &Unit::Ratio);
        let interval = match shown.interval.as_str() {
            "" => String::new(),
            interval => format!(" ({interval})"),
        };
        format!("Rank correlation {}{interval}.", shown.value)
    });
    let axis = |title: &str, unit| Axis { scale: earners.scale, ..Axis::zero_based(title, unit) };
    let chart = Chart {
        title: "Reward against true quality".to_owned(),
        caption: correlation.unwrap_or_default(),
        x: axis("True quality", Unit::Ratio),
        y: axis("Earned", Unit::Tokens(earners.symbol.clone())),
        plot: Plot::Points(points),
    };
    let empty = matches!(&chart.plot, Plot::Points(points) if points.is_empty());
    let charts = if empty { Vec::new() } else { vec![chart_view(&chart, "earners")?] };
    Ok(SectionView {
        id: "earners".to_owned(),
        title: "Who earned what".to_owned(),
        text: clean(&earners.quality, SENTENCE),
        charts,
        tables: vec![TableView::of_earners(earners)],
    })
}

fn identity_view(data: &ReportData) -> IdentityView {
    let identity = &data.identity;
    let Identity { seed, seeds, epochs, .. } = identity;
    let range = match seeds.saturating_sub(1) {
        0 => format!("{seed}"),
        more => format!("{seeds}, from {seed} to {}", seed.saturating_add(more)),
    };
    let count = |number: u64| super::number::decimal(number as f64, 0);
    let agreement = match (identity.engines.len(), identity.engines_agree()) {
        (0, _) => "",
        (1, _) => "One engine ran; nothing was compared.",
        (_, true) => "✓ All engines ended in the same state.",
        (_, false) => "✗ The engines ended in different states.",
    };
    IdentityView {
        command: clean(&identity.command, COMMAND),
        facts: facts(identity, range, count(*epochs)),
        engines: identity
            .engines
            .iter()
            .map(|run| (clean(&run.engine, NAME), count(run.epochs), clean(&run.state_hash, HASH)))
            .collect(),
        agreement,
        contracts: identity
            .contracts
            .iter()
            .map(|contract| (clean(&contract.name, NAME), clean(&contract.checksum, HASH)))
            .collect(),
        files: data
            .files
            .iter()
            .map(|file| (clean(&file.name, NAME), count(file.bytes), clean(&file.blake3, HASH)))
            .collect(),
    }
}

/// What names the run or the file, label by label.
fn facts(identity: &Identity, seeds: String, epochs: String) -> Vec<(String, String)> {
    let (name, hash) = (clean(&identity.scenario, NAME), clean(&identity.scenario_hash, HASH));
    let label = |label: &str, value: String| (label.to_owned(), value);
    let mut facts = match &identity.scored {
        None => vec![
            label("Scenario", name),
            label("Scenario hash", hash),
            label("Seeds", seeds),
            label("Epochs", epochs),
        ],
        Some(scored) => {
            let mut facts = vec![
                label("File", name),
                label("BLAKE3", hash),
                label("Source", clean(&scored.source, NOTE)),
                label("Mechanism", clean(&scored.mechanism, NAME)),
            ];
            let parameters = scored.parameters.iter();
            facts.extend(parameters.map(|(name, value)| (clean(name, NAME), clean(value, NAME))));
            facts
        }
    };
    facts.push(label("Version", clean(&identity.version, NAME)));
    facts
}
