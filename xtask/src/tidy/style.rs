//! The house rules that a Rust file shows on its face.

use std::path::Path;

use crate::failure::Outcome;
use crate::tidy::rust_source::RustSource;
use crate::tidy::{Clone, Finding, Findings};

/// Lines of one Rust file.
const MAX_FILE_LINES: usize = 500;
/// Lines of one function; more is a warning.
const MAX_FUNCTION_LINES: usize = 70;
/// Names that say nothing about what is in a file.
const EMPTY_NAMES: &[&str] =
    &["utils.rs", "util.rs", "helpers.rs", "helper.rs", "common.rs", "misc.rs"];
/// Folders whose code decides what happens on chain.
const RULEBOOK: &[&str] = &["scoring-kernel/src", "protocol/src", "contracts"];
/// The one file with intrinsics: `unsafe` and their glob import are argued there.
const INTRINSICS: &str = "scoring-kernel/src/lanes/avx2.rs";
/// The one file with entry points by hand: the 2024 edition calls a name that is not mangled unsafe.
const EXPORTS: &str = "contracts/suite/src/exports.rs";
/// Words that the rulebook does without, and why.
const RULEBOOK_WORDS: &[(&str, &str)] = &[
    ("f32", "floats differ between platforms"),
    ("f64", "floats differ between platforms"),
    ("HashMap", "its order differs from run to run"),
    ("HashSet", "its order differs from run to run"),
    ("SystemTime", "the rulebook has no clock but its context"),
    ("Instant", "the rulebook has no clock but its context"),
    ("unsafe", "the rulebook needs none"),
];

/// Checks every Rust file of the clone.
pub(super) fn check(clone: &Clone<'_>, findings: &mut Findings) -> Outcome {
    for path in clone.of_type("rs") {
        let text = clone.text(path)?;
        let source = RustSource::new(&text);
        findings.errors.extend(check_file(path, &text, &source));
        findings.warnings.extend(long_functions(path, &source));
    }
    Ok(())
}

fn check_file(path: &Path, text: &str, source: &RustSource) -> Vec<Finding> {
    let mut findings = Vec::new();
    let lines = text.lines().count();
    if lines > MAX_FILE_LINES {
        let says = format!("{lines} lines, {MAX_FILE_LINES} are allowed; split it by concept");
        findings.push(Finding::new(path, 0, says));
    }
    if path.file_name().is_some_and(|name| EMPTY_NAMES.iter().any(|one| name == *one)) {
        findings.push(Finding::new(path, 0, "name the file by what it holds"));
    }
    for (index, (code, raw)) in source.lines().iter().zip(text.lines()).enumerate() {
        let attribute = || attribute_at(source, index);
        let says = if has_macro(code, "todo") || has_macro(code, "unimplemented") {
            "finish it or leave it out"
        } else if is_unfinished_note(code, raw) {
            "finish it, or say in the docs what is missing and why"
        } else if opens_lint(code, "allow") && !attribute().contains("reason") {
            "say why: #[expect(lint, reason = \"...\")]"
        } else if opens_lint(code, "expect") && !attribute().contains("reason") {
            "say why: reason = \"...\""
        } else if code.trim_start().starts_with("#[ignore]") {
            "say why: #[ignore = \"...\"]"
        } else if is_glob_import(code) && path != Path::new(INTRINSICS) {
            "import by name"
        } else {
            continue;
        };
        findings.push(Finding::new(path, index + 1, says));
    }
    if RULEBOOK.iter().any(|folder| path.starts_with(folder)) && is_product_code(path) {
        findings.extend(rulebook_words(path, source));
    }
    findings
}

fn long_functions(path: &Path, source: &RustSource) -> Vec<Finding> {
    let functions = source.functions().into_iter();
    functions
        .filter(|function| function.lines > MAX_FUNCTION_LINES)
        .map(|function| {
            let says = format!("fn {} has {} lines", function.name, function.lines);
            Finding::new(path, function.line, says)
        })
        .collect()
}

fn rulebook_words(path: &Path, source: &RustSource) -> Vec<Finding> {
    let product = source.lines().iter().take(source.tests_begin()).enumerate();
    product
        .flat_map(|(index, code)| {
            let may = [INTRINSICS, EXPORTS].iter().any(|file| path == Path::new(file));
            let argued = move |word: &str| word == "unsafe" && may;
            let words = RULEBOOK_WORDS.iter().filter(move |(word, _)| !argued(word));
            let used = words.filter(|(word, _)| has_word(code, word));
            used.map(move |(word, why)| Finding::new(path, index + 1, format!("no {word}: {why}")))
        })
        .collect()
}

fn is_product_code(path: &Path) -> bool {
    !path.components().any(|part| {
        ["tests", "benches", "tests.rs", "testing", "testing.rs"]
            .iter()
            .any(|one| part.as_os_str() == *one)
    })
}

/// The attribute that begins on line `index`, to its closing bracket.
fn attribute_at(source: &RustSource, index: usize) -> String {
    let mut attribute = String::new();
    for line in source.lines().iter().skip(index) {
        attribute += line;
        if line.contains(")]") {
            break;
        }
    }
    attribute
}

fn opens_lint(code: &str, lint: &str) -> bool {
    let code = code.trim_start();
    let rest = code.strip_prefix("#![").or_else(|| code.strip_prefix("#["));
    rest.and_then(|rest| rest.strip_prefix(lint)).is_some_and(|rest| rest.starts_with('('))
}

fn has_macro(code: &str, name: &str) -> bool {
    let call = format!("{name}!");
    code.match_indices(&call).any(|(at, _)| !ends_in_word(code.get(..at).unwrap_or_default()))
}

fn has_word(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(at, _)| {
        let after = code.get(at + word.len()..).unwrap_or_default();
        let goes_on = after.chars().next().is_some_and(|one| one.is_alphanumeric() || one == '_');
        !ends_in_word(code.get(..at).unwrap_or_default()) && !goes_on
    })
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(|one| one.is_alphanumeric() || one == '_')
}

/// A comment that promises work; `code` has comments blanked, so what it lacks is a comment.
fn is_unfinished_note(code: &str, raw: &str) -> bool {
    let comment =
        raw.find("//").filter(|at| code.get(*at..).is_none_or(|rest| rest.trim().is_empty()));
    let comment = comment.and_then(|at| raw.get(at..)).unwrap_or_default();
    [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X")]
        .iter()
        .any(|mark| has_word(comment, mark))
}

fn is_glob_import(code: &str) -> bool {
    let code = code.trim();
    let is_use = code.starts_with("use ") || code.starts_with("pub use ");
    is_use && code.contains("::*")
}

#[cfg(test)]
mod tests {
    use super::{check_file, long_functions};
    use crate::tidy::rust_source::RustSource;
    use std::path::Path;

    fn errors(path: &str, text: &str) -> Vec<String> {
        let findings = check_file(Path::new(path), text, &RustSource::new(text));
        findings.iter().map(super::Finding::spell).collect()
    }

    #[test]
    fn each_planted_violation_is_found() {
        let cases = [
            ("an unfinished macro", "fn f() { todo!() }"),
            ("an unfinished note", concat!("let a = 1; // TO", "DO: more")),
            ("an allow without reason", "#[allow(dead_code)]\nfn f() {}"),
            ("an expect without reason", "#![expect(\n    dead_code\n)]"),
            ("an ignored test without reason", "#[ignore]\nfn f() {}"),
            ("a glob import", "use std::io::*;"),
        ];
        for (label, text) in cases {
            assert_eq!(errors("simulator/src/a.rs", text).len(), 1, "{label}");
        }
    }

    #[test]
    fn what_is_right_passes() {
        let text = "#[expect(dead_code, reason = \"read by a test\")]\nfn f() { say(\"todo!\") }\n\
                    #[ignore = \"needs a node\"]\nfn g() {}\nfn h() -> f64 { 0.5 }\n";
        assert_eq!(errors("simulator/src/a.rs", text), [""; 0]);
    }

    #[test]
    fn floats_and_hash_maps_are_kept_out_of_the_rulebook_and_allowed_in_its_tests() {
        let text = "fn f(a: f64) {}\nuse std::collections::HashMap;\n\
                    #[cfg(test)]\nmod tests {\n    fn g(a: f64) {}\n}\n";
        assert_eq!(errors("protocol/src/a.rs", text).len(), 2);
        assert_eq!(errors("contracts/token/src/a.rs", text).len(), 2);
        assert_eq!(errors("contracts/token/tests/a.rs", text).len(), 0);
        assert_eq!(errors("simulator/src/a.rs", text).len(), 0);
    }

    #[test]
    fn a_file_of_501_lines_and_an_empty_name_are_found() {
        assert_eq!(errors("cli/src/a.rs", &"\n".repeat(500)).len(), 0);
        assert_eq!(errors("cli/src/a.rs", &"\n".repeat(501)).len(), 1);
        assert_eq!(errors("cli/src/utils.rs", "").len(), 1);
    }

    #[test]
    fn a_function_of_71_lines_is_a_warning() {
        let text = |lines: usize| format!("fn f() {{{}}}\n", "\n".repeat(lines - 1));
        let warnings = |text: &str| long_functions(Path::new("a.rs"), &RustSource::new(text)).len();
        assert_eq!(warnings(&text(70)), 0);
        assert_eq!(warnings(&text(71)), 1);
    }
}
