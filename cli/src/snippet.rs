//! Problems of a scenario file, shown in its text.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use simulator::scenario::file::{FileError, Problem};
use std::io::IsTerminal;

/// Every problem with the lines it is about; coloured where stderr is a terminal and NO_COLOR
/// is not set.
pub(crate) fn render(error: &FileError) -> String {
    all(&error.problems)
}

/// Likewise.
pub(crate) fn all(problems: &[Problem]) -> String {
    let plain = std::env::var_os("NO_COLOR").is_some() || !std::io::stderr().is_terminal();
    let renderer = if plain { Renderer::plain() } else { Renderer::styled() };
    let shown = problems.iter().map(|problem| one(problem, &renderer));
    shown.collect::<Vec<_>>().join("\n\n")
}

fn one(problem: &Problem, renderer: &Renderer) -> String {
    let title = match problem.path.as_str() {
        "" => problem.what.clone(),
        path => format!("{path}: {}", problem.what),
    };
    let mut group: Group = match &problem.snippet {
        None => Group::with_title(Level::ERROR.primary_title(title)),
        Some(place) => Level::ERROR.primary_title(title).element(
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
