//! The summary in Markdown, for a pull request or a chat.

use std::fmt::Write as _;

use super::data::{Headline, ReportData};
use super::number::{show_against, show_estimate};
use super::page::op_sign;
use super::table::TableView;
use super::text::{COMMAND, NAME, NOTE, SENTENCE, TITLE, clean, markdown as safe};
use super::verdict::{Estimate, Outcome, Verdict};

/// Earners that are listed.
const MOST_EARNERS: usize = 12;

/// The summary of a report.
pub(super) fn markdown(data: &ReportData) -> String {
    written(data, false)
}

/// The same with the tables of its sections, for a post that has to stand by itself.
#[must_use]
pub fn forum(data: &ReportData) -> String {
    written(data, true)
}

/// A table of a section, with the rows that the page shows at once.
fn listed(out: &mut String, view: &TableView) {
    let _ = writeln!(out, "**{}.** {}\n", safe(&view.title, TITLE), safe(&view.caption, SENTENCE));
    let _ = write!(out, "| {} |", safe(&view.of, NAME));
    for column in &view.columns {
        let _ = write!(out, " {} |", safe(&column.name, NAME));
    }
    out.push_str("\n|---|");
    for column in &view.columns {
        out.push_str(if column.numeric { "---:|" } else { "---|" });
    }
    out.push('\n');
    for row in &view.rows {
        let _ = write!(out, "| {} |", safe(&row.name, NAME));
        for cell in &row.cells {
            let detail = match cell.detail.as_str() {
                "" => String::new(),
                detail => format!(" ({detail})"),
            };
            let _ = write!(out, " {}{detail} |", safe(&cell.value, NOTE));
        }
        out.push('\n');
    }
    let more = view.folded.len() + view.omitted;
    if more > 0 {
        let _ = writeln!(out, "\nAnd {more} more in `report.json`.");
    }
    out.push('\n');
}

fn written(data: &ReportData, tables: bool) -> String {
    let identity = &data.identity;
    let mut out = format!("# {}\n\n", safe(&identity.title, TITLE));
    paragraph(&mut out, "Question", &identity.question);
    paragraph(&mut out, "Answer", &data.finding);
    paragraph(&mut out, "Expected", &identity.expected);
    verdicts(&mut out, data);
    if !data.headlines.is_empty() {
        out.push_str("## In numbers\n\n");
        for headline in &data.headlines {
            let _ = writeln!(out, "- {}", headline_line(headline));
        }
        out.push('\n');
    }
    earners(&mut out, data);
    if tables {
        for section in &data.sections {
            let _ = writeln!(out, "## {}\n", safe(&section.title, TITLE));
            for table in &section.tables {
                listed(&mut out, &TableView::new(table));
            }
        }
    }
    if !data.rules.is_empty() {
        out.push_str("## Rules that mattered\n\n");
        for rule in &data.rules {
            let (name, effect) = (safe(&rule.rule, TITLE), safe(&rule.effect, SENTENCE));
            let evidence = rule.evidence.as_ref().map(headline_line);
            let evidence = evidence.map(|line| format!(" ({line})")).unwrap_or_default();
            let _ = writeln!(out, "- **{name}**: {effect}{evidence}");
        }
        out.push('\n');
    }
    list(&mut out, "Assumptions", &identity.assumptions);
    list(&mut out, "What this does not show", &data.limits);
    reproduce(&mut out, data);
    out
}

fn paragraph(out: &mut String, label: &str, words: &str) {
    if !words.is_empty() {
        let _ = writeln!(out, "**{label}.** {}\n", safe(words, SENTENCE));
    }
}

fn list(out: &mut String, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = writeln!(out, "## {title}\n");
    for item in items {
        // The figure space keeps `1.` or `-` at the beginning of an item from being a list.
        let _ = writeln!(out, "- \u{200a}{}", safe(item, SENTENCE));
    }
    out.push('\n');
}

fn verdicts(out: &mut String, data: &ReportData) {
    if data.verdicts.is_empty() {
        return;
    }
    out.push_str("## Verdict\n\n| | Gate | Bound | Measured |\n|---|---|---|---|\n");
    for verdict in &data.verdicts {
        let (bound, measured) = numbers(verdict);
        let outcome = match verdict.outcome {
            Outcome::Pass => "✓ holds",
            Outcome::Fail => "✗ **broken**",
            Outcome::NotMeasured => "? not measured",
        };
        let _ = writeln!(
            out,
            "| {outcome} | {}, {} | {} {} | {} |",
            safe(&verdict.metric, NAME),
            safe(&verdict.over, NAME),
            op_sign(verdict.op).replace('<', "&lt;").replace('>', "&gt;"),
            safe(&bound, NAME),
            safe(&measured, NAME * 2),
        );
    }
    out.push('\n');
}

fn numbers(verdict: &Verdict) -> (String, String) {
    let at_bound = Estimate::exact(verdict.bound);
    let measured = verdict.measured.as_ref().unwrap_or(&at_bound);
    let (shown, bound) = show_against(measured, verdict.op, verdict.bound, &verdict.unit);
    match (&verdict.measured, shown.interval.as_str()) {
        (None, _) => (bound, "–".to_owned()),
        (Some(_), "") => (bound, shown.value),
        (Some(_), interval) => (bound, format!("{} ({interval})", shown.value)),
    }
}

fn headline_line(headline: &Headline) -> String {
    let shown = show_estimate(&headline.estimate, &headline.unit);
    let interval = match shown.interval.as_str() {
        "" => String::new(),
        interval => format!(" ({interval})"),
    };
    let note = match headline.note.as_str() {
        "" => String::new(),
        note => format!(", {}", safe(note, NOTE)),
    };
    let (label, value) = (safe(&headline.label, NAME * 2), safe(&shown.value, NAME));
    format!("{label}: **{value}**{interval}{note}")
}

fn earners(out: &mut String, data: &ReportData) {
    let Some(earners) = &data.earners else { return };
    let view = TableView::of_earners(earners);
    let _ = writeln!(out, "## Who earned what\n\n{}\n", safe(&view.caption, SENTENCE));
    let _ = write!(out, "| {} |", view.of);
    for column in &view.columns {
        let _ = write!(out, " {} |", safe(&column.name, NAME));
    }
    out.push_str("\n|---|");
    for column in &view.columns {
        out.push_str(if column.numeric { "---:|" } else { "---|" });
    }
    out.push('\n');
    // Those who deviate first, then from the top.
    let (deviant, others): (Vec<_>, Vec<_>) = view.rows.iter().partition(|row| row.emphasis);
    for row in deviant.into_iter().chain(others).take(MOST_EARNERS) {
        let _ = write!(out, "| {} |", safe(&row.name, NAME));
        for cell in &row.cells {
            let detail = match cell.detail.as_str() {
                "" => String::new(),
                detail => format!(" ({detail})"),
            };
            let _ = write!(out, " {}{detail} |", safe(&cell.value, NAME));
        }
        out.push('\n');
    }
    let more = earners.rows.len().saturating_sub(MOST_EARNERS);
    if more > 0 {
        let _ = writeln!(out, "\nAnd {more} more in `report.json`.");
    }
    out.push('\n');
}

fn reproduce(out: &mut String, data: &ReportData) {
    let identity = &data.identity;
    let command = clean(&identity.command, COMMAND);
    let fence = "`".repeat(longest_ticks(&command).max(2) + 1);
    let _ = writeln!(out, "## Reproduce\n\n{fence}sh\n{command}\n{fence}\n");
    let (name, hash) = (safe(&identity.scenario, NAME), safe(&identity.scenario_hash, 128));
    match &identity.scored {
        Some(scored) => {
            let _ = writeln!(out, "- File {name}\n- BLAKE3 {hash}");
            let _ = writeln!(out, "- Mechanism {}", safe(&scored.mechanism, NAME));
            for (name, value) in &scored.parameters {
                let _ = writeln!(out, "- {}: {}", safe(name, NAME), safe(value, NAME));
            }
        }
        None => {
            let _ = writeln!(out, "- Scenario {name}\n- Scenario hash {hash}");
            let _ = writeln!(out, "- {} seeds from {}", identity.seeds, identity.seed);
            let _ = writeln!(out, "- {} epochs", identity.epochs);
        }
    }
    let _ = writeln!(out, "- Version {}", safe(&identity.version, NAME));
    for run in &identity.engines {
        let (engine, hash) = (safe(&run.engine, NAME), safe(&run.state_hash, 128));
        let _ = writeln!(out, "- State after {} epochs, {engine} engine: {hash}", run.epochs);
    }
    for contract in &identity.contracts {
        let (name, checksum) = (safe(&contract.name, NAME), safe(&contract.checksum, 128));
        let _ = writeln!(out, "- Contract {name}: {checksum}");
    }
}

/// The longest run of backticks in words.
fn longest_ticks(words: &str) -> usize {
    words.split(|letter| letter != '`').map(str::len).max().unwrap_or(0)
}
