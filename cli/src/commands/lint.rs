//! `moot lint`: do the parameters make sense together?

use simulator::lint::Severity;
use simulator::scenario::file::Problem;

use crate::args::{Lint, Output};
use crate::exit::{Failure, Outcome};
use crate::print::say;
use crate::{files, snippet};

/// Tells every violation and doubt of every file.
///
/// # Errors
/// A file that is no scenario; a violation; a doubt where that is asked for.
pub(crate) fn lint(args: &Lint, output: Output) -> Outcome {
    let (mut rows, mut violations, mut doubts, mut unread) = (Vec::new(), 0, 0, Vec::new());
    for path in files::matching(&args.scenarios)? {
        let name = path.display().to_string();
        let found = match files::lint(&path) {
            Ok(found) => found,
            // The other files are told all the same.
            Err(Failure::Usage(message)) => {
                unread.push(message);
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let bad = found.iter().filter(|(severity, _)| *severity == Severity::Violation).count();
        violations += bad;
        doubts += found.len() - bad;
        match output {
            Output::Human => tell(&name, &found, bad),
            Output::Json => rows.extend(found.iter().map(|finding| row(&name, finding))),
        }
    }
    if output == Output::Json {
        say!("{}", serde_json::to_string_pretty(&rows)?);
    }
    match (unread.is_empty(), violations, args.strict && doubts > 0) {
        (false, _, _) => Err(Failure::Usage(unread.join("\n\n"))),
        (true, 0, false) => Ok(()),
        (true, 0, true) => Err(Failure::Gate),
        (true, _, _) => Err(Failure::Usage(format!(
            "error: {}; no engine starts from these parameters",
            counted(violations, "violation")
        ))),
    }
}

fn tell(name: &str, found: &[(Severity, Problem)], bad: usize) {
    if !found.is_empty() {
        say!("{}\n", snippet::findings(found));
    }
    let doubts = found.len() - bad;
    match (bad, doubts) {
        (0, 0) => say!("{name}: nothing is wrong or doubtful"),
        (bad, doubts) => {
            say!("{name}: {}, {}", counted(bad, "violation"), counted(doubts, "doubt"));
        }
    }
}

fn row(name: &str, (severity, problem): &(Severity, Problem)) -> serde_json::Value {
    let place = problem.snippet.as_ref().map(|snippet| snippet.line_column());
    serde_json::json!({
        "file": name,
        "severity": match severity {
            Severity::Violation => "violation",
            Severity::Doubt => "doubt",
        },
        "key": problem.path,
        "line": place.map(|(line, _)| line),
        "column": place.map(|(_, column)| column),
        "what": problem.what,
        "fix": problem.fix,
    })
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
