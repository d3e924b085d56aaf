//! Published and reproduced numbers of live networks, one test a case.
//!
//! `cargo test -p scoring-kernel --test oracles` runs what lies in `tests/data`.
//! `MOOT_ORACLES=DIR cargo test -p scoring-kernel --test oracles` runs `DIR/subtensor-exact/*.json`
//! instead, prints a line a case, and a summary.

#[path = "oracle/exact.rs"]
mod exact;
#[path = "oracle/published.rs"]
mod published;
#[expect(dead_code, reason = "the mean has no published numbers")]
mod reference;

use exact::Verdict;
use libtest_mimic::{Arguments, Failed, Trial};
use std::process::ExitCode;

fn main() -> ExitCode {
    match std::env::var_os("MOOT_ORACLES") {
        Some(directory) => outside(directory.as_ref()),
        None => libtest_mimic::run(&Arguments::from_args(), inside()).exit_code(),
    }
}

/// Every case of the project.
fn inside() -> Vec<Trial> {
    let mut trials = published::trials();
    for case in exact::committed() {
        for version in case.versions() {
            let name = format!("exact/{}/{version}", case.file);
            let expected = exact::expected(&case.file, &version);
            let case = case.clone();
            trials.push(Trial::test(name, move || {
                let verdict = case.judge(&version);
                if verdict == expected {
                    return Ok(());
                }
                Err(Failed::from(format!("expected {expected:?}, got {verdict:?}")))
            }));
        }
    }
    trials
}

/// Every case of a directory that somebody brought.
fn outside(directory: &std::path::Path) -> ExitCode {
    let cases = match exact::directory(&directory.join("subtensor-exact")) {
        Ok(cases) => cases,
        Err(error) => {
            eprintln!("{}: {error}", directory.display());
            return ExitCode::FAILURE;
        }
    };
    let (mut exact, mut dropped, mut wrong) = (0, 0, 0);
    for case in &cases {
        for version in case.versions() {
            let verdict = case.judge(&version);
            let counter = match verdict {
                Verdict::Exact => &mut exact,
                Verdict::ByDropClipped => &mut dropped,
                Verdict::Wrong(_) => &mut wrong,
            };
            *counter += 1;
            println!("{} {version}: {verdict}", case.file);
        }
    }
    println!("{exact} exact, {dropped} by drop_clipped, {wrong} wrong");
    if wrong == 0 && !cases.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
