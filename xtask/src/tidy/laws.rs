//! docs/laws.toml: each law, lesson, hostile input and mechanism has its test, or says why not yet.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::failure::Outcome;
use crate::tidy::catalogue;
use crate::tidy::rust_source::{Function, RustSource};
use crate::tidy::{Clone, Finding};

/// The file that maps them.
const LAWS: &str = "docs/laws.toml";

/// The file as it is written; the parser refuses a row that stands twice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Laws {
    law: Rows,
    lesson: Rows,
    hostile_contract: Rows,
    hostile_scenario: Rows,
    hostile_cli: Rows,
    mechanism: Rows,
}

type Rows = BTreeMap<String, Row>;

/// One thing that must hold.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    /// It, in a sentence.
    says: String,
    /// Its tests as `path/below/the/clone.rs::name`.
    #[serde(default)]
    tests: Vec<String>,
    /// Where it is going to be built, and why not here.
    planned: Option<String>,
}

/// Checks that the rows are those of the catalogue, and that each test exists and runs.
pub(super) fn check(clone: &Clone<'_>) -> Outcome<Vec<Finding>> {
    let path = Path::new(LAWS);
    if !clone.files.iter().any(|file| file == path) {
        return Ok(vec![Finding::new(path, 0, "there is no map from laws to tests")]);
    }
    let text = clone.text(path)?;
    let laws: Laws = match toml::from_str(&text) {
        Ok(laws) => laws,
        Err(error) => return Ok(vec![Finding::new(path, 0, error.to_string())]),
    };
    let mut tests = Tests { clone, files: BTreeMap::new() };
    let mut findings = Vec::new();
    let groups = [
        ("law", &laws.law, catalogue::LAWS),
        ("lesson", &laws.lesson, catalogue::LESSONS),
        ("hostile-contract", &laws.hostile_contract, catalogue::HOSTILE_CONTRACT),
        ("hostile-scenario", &laws.hostile_scenario, catalogue::HOSTILE_SCENARIO),
        ("hostile-cli", &laws.hostile_cli, catalogue::HOSTILE_CLI),
        ("mechanism", &laws.mechanism, catalogue::MECHANISMS),
    ];
    for (group, rows, required) in groups {
        for problem in problems_of_group(group, rows, required, &mut tests)? {
            let line = line_of(&text, &problem.row);
            findings.push(Finding::new(path, line, format!("[{}]: {}", problem.row, problem.says)));
        }
    }
    Ok(findings)
}

struct Problem {
    row: String,
    says: String,
}

fn problems_of_group(
    group: &str,
    rows: &Rows,
    required: &[&str],
    tests: &mut Tests<'_>,
) -> Outcome<Vec<Problem>> {
    let mut problems = Vec::new();
    let mut tell =
        |id: &str, says: String| problems.push(Problem { row: format!("{group}.{id}"), says });
    for id in required.iter().filter(|id| !rows.contains_key(**id)) {
        tell(id, "the row is missing".to_owned());
    }
    for (id, row) in rows {
        if !required.contains(&id.as_str()) {
            tell(id, "the row is not in xtask/src/tidy/catalogue.rs".to_owned());
        }
        for says in problems_of_row(row, tests)? {
            tell(id, says);
        }
    }
    Ok(problems)
}

fn problems_of_row(row: &Row, tests: &mut Tests<'_>) -> Outcome<Vec<String>> {
    let mut problems = Vec::new();
    if row.says.trim().is_empty() {
        problems.push("it says nothing".to_owned());
    }
    match (&row.planned, row.tests.is_empty()) {
        (None, true) => problems.push("it has neither `tests` nor `planned`".to_owned()),
        (Some(_), false) => problems.push("it has both `tests` and `planned`".to_owned()),
        (Some(reason), true) if !names_place_and_reason(reason) => {
            problems.push(
                "`planned` reads \"issue N: why not yet\", or \"design: why not yet\"".to_owned(),
            );
        }
        _ => {}
    }
    for test in &row.tests {
        problems.extend(tests.problem_of(test)?);
    }
    Ok(problems)
}

fn names_place_and_reason(planned: &str) -> bool {
    planned.split_once(": ").is_some_and(|(place, reason)| {
        let number = place.strip_prefix("issue ").map(str::parse::<u32>);
        let is_place = place == "design" || matches!(number, Some(Ok(_)));
        is_place && !reason.trim().is_empty()
    })
}

/// The tests of the files that rows have named so far.
struct Tests<'a> {
    clone: &'a Clone<'a>,
    files: BTreeMap<String, Vec<Function>>,
}

impl Tests<'_> {
    fn problem_of(&mut self, test: &str) -> Outcome<Option<String>> {
        let Some((path, name)) = test.split_once("::") else {
            return Ok(Some(format!("`{test}` does not read path.rs::name")));
        };
        if !self.clone.files.iter().any(|file| file == Path::new(path)) {
            return Ok(Some(format!("`{test}`: there is no file {path}")));
        }
        if !self.files.contains_key(path) {
            let text = self.clone.text(Path::new(path))?;
            self.files.insert(path.to_owned(), RustSource::new(&text).functions());
        }
        let mut named = self
            .files
            .get(path)
            .into_iter()
            .flatten()
            .filter(|one| one.name == name && one.is_test);
        Ok(match named.next() {
            None => Some(format!("`{test}`: there is no such test")),
            Some(found) if found.is_ignored => Some(format!("`{test}` is ignored")),
            Some(_) => None,
        })
    }
}

fn line_of(text: &str, row: &str) -> usize {
    let header = format!("[{row}]");
    text.lines().position(|line| line.trim() == header).map_or(0, |index| index + 1)
}

#[cfg(test)]
mod tests {
    use super::{Row, Tests, names_place_and_reason, problems_of_group, problems_of_row};
    use crate::tidy::planted::Planted;
    use std::collections::BTreeMap;

    const TESTS: &str = "#[test]\nfn sums() { check(); }\n#[test]\n#[ignore = \"slow\"]\nfn slow() {}\nfn plain() {}\n";

    fn problems(tests: &[&str], planned: Option<&str>) -> Vec<String> {
        let planted = Planted::new(&[("a/tests/laws.rs", TESTS)]);
        let clone = planted.clone(&[]);
        let mut known = Tests { clone: &clone, files: BTreeMap::new() };
        let tests = tests.iter().map(|&test| test.to_owned()).collect();
        let row = Row { says: "it holds".into(), tests, planned: planned.map(str::to_owned) };
        problems_of_row(&row, &mut known).expect("the file is readable")
    }

    #[test]
    fn a_row_with_a_test_that_runs_passes() {
        assert_eq!(problems(&["a/tests/laws.rs::sums"], None), [""; 0]);
        assert_eq!(problems(&[], Some("issue 5: governance is built there")), [""; 0]);
    }

    #[test]
    fn each_broken_row_is_found() {
        let cases: [(&[&str], Option<&str>, &str); 7] = [
            (&[], None, "neither"),
            (&["a/tests/laws.rs::sums"], Some("issue 5: later"), "both"),
            (&[], Some("later"), "issue N"),
            (&["a/tests/laws.rs::gone"], None, "no such test"),
            (&["a/tests/laws.rs::plain"], None, "no such test"),
            (&["a/tests/laws.rs::slow"], None, "ignored"),
            (&["a/tests/gone.rs::sums"], None, "no file"),
        ];
        for (tests, planned, part) in cases {
            let found = problems(tests, planned);
            assert!(found.len() == 1 && found[0].contains(part), "{part}: {found:?}");
        }
    }

    #[test]
    fn a_missing_and_an_unknown_row_are_found() {
        let planted = Planted::new(&[]);
        let clone = planted.clone(&[]);
        let mut known = Tests { clone: &clone, files: BTreeMap::new() };
        let row =
            || Row { says: "x".into(), tests: vec![], planned: Some("issue 4: later".into()) };
        let rows = BTreeMap::from([("01".to_owned(), row()), ("99".to_owned(), row())]);
        let found =
            problems_of_group("law", &rows, &["01", "02"], &mut known).expect("no file is read");
        let rows: Vec<_> = found.iter().map(|one| one.row.as_str()).collect();
        assert_eq!(rows, ["law.02", "law.99"]);
    }

    #[test]
    fn a_duplicate_row_is_refused_by_the_parser() {
        let text = "[law.01]\nsays = \"a\"\n[law.01]\nsays = \"b\"\n";
        assert!(
            toml::from_str::<super::Laws>(text)
                .is_err_and(|error| error.to_string().contains("duplicate"))
        );
    }

    #[test]
    fn planned_names_an_issue_and_a_reason() {
        assert!(names_place_and_reason("issue 5: not built"));
        assert!(names_place_and_reason("design: no issue builds it yet"));
        assert!(!names_place_and_reason("issue x: not built"));
        assert!(!names_place_and_reason("issue 5: "));
    }
}
