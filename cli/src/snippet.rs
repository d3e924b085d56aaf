//! Problems of a scenario file, shown in its text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use simulator::lint::Severity;
use simulator::scenario::file::{FileError, Problem};
use std::io::IsTerminal;

/// Every problem with the lines it is about; coloured where stderr is a terminal and NO_COLOR
/// is not set.
pub(crate) fn render(error: &FileError) -> String {
    all(&error.problems)
}

/// Likewise.
pub(crate) fn all(problems: &[Problem]) -> String {
    let renderer = renderer(std::io::stderr().is_terminal());
    let shown = problems.iter().map(|problem| one(problem, Level::ERROR, &renderer));
    shown.collect::<Vec<_>>().join("\n\n")
}

/// Findings for stdout: errors, and doubts as warnings.
pub(crate) fn findings(findings: &[(Severity, Problem)]) -> String {
    let renderer = renderer(std::io::stdout().is_terminal());
    let shown = findings.iter().map(|(severity, problem)| {
        let level = match severity {
            Severity::Violation => Level::ERROR,
            Severity::Doubt => Level::WARNING,
        };
        one(problem, level, &renderer)
    });
    shown.collect::<Vec<_>>().join("\n\n")
}

/// Coloured for a terminal, unless NO_COLOR is set.
fn renderer(terminal: bool) -> Renderer {
    let plain = std::env::var_os("NO_COLOR").is_some() || !terminal;
    if plain { Renderer::plain() } else { Renderer::styled() }
}

fn one(problem: &Problem, level: Level<'_>, renderer: &Renderer) -> String {
    let title = match problem.path.as_str() {
        "" => problem.what.clone(),
        path => format!("{path}: {}", problem.what),
    };
    let mut group: Group = match &problem.snippet {
        None => Group::with_title(level.primary_title(title)),
        Some(place) => level.primary_title(title).element(
            Snippet::source(&place.text)
                .path(&place.file)
                .annotation(AnnotationKind::Primary.span(place.span.clone())),
        ),
    };
    if !problem.fix.is_empty() {
        group = group.element(Level::HELP.message(problem.fix.clone()));
    }
    renderer.render(&[group])
}
