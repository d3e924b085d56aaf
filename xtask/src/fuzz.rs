//! `cargo xtask fuzz`: long random command sequences, laws checked after every command.
//!
//! The sequences are tests of `simulator` and `conformance` (target `fuzz` of each). They read
//! `MOOT_FUZZ_COMMANDS` and `MOOT_FUZZ_SEED`, and print `refusal E0101 57` for each code of the
//! rulebook's catalogue, 0 included.

use std::collections::BTreeMap;
use std::process::Command;

use crate::builds::{self, Extent};
use crate::failure::{Failure, Outcome};
use crate::process;
use crate::progress::{say, step};
use crate::workspace::Workspace;

/// How much to try.
pub(crate) struct Effort {
    /// Commands in the native engine.
    pub(crate) commands: u64,
    /// Commands through the contracts.
    pub(crate) contracts: u64,
    /// What the sequences are drawn from.
    pub(crate) seed: u64,
}

/// What each change runs.
pub(crate) const SHORT: Effort = Effort { commands: 400_000, contracts: 2_000, seed: 1 };
/// Native commands from which on every refusal code must have been seen.
const LONG: u64 = 400_000;
/// Refusals that no sequence of commands provokes, and why; tests of their own provoke them.
const ELSEWHERE: &[(&str, &str)] = &[
    ("E0000", "comes from outside the rulebook, as from a host that cannot read a message"),
    ("E0004", "needs a contract that does not answer"),
    ("E0006", "needs coins of a denom that the native engine does not have"),
    ("E0008", "needs code, which the native engine does not have"),
    ("E0327", "needs a record that was altered from outside"),
    ("E0440", "needs 2^32 proposals"),
];

/// How often each refusal code was seen.
type Seen = BTreeMap<String, u64>;

/// Runs the sequences of both packages and prints which refusals they met.
///
/// # Errors
/// A law is broken, an engine differs, or a refusal was never seen although all are wanted.
pub(crate) fn fuzz(workspace: &Workspace, effort: &Effort) -> Outcome {
    let extent = if effort.contracts > 0 { Extent::Whole } else { Extent::WithoutVm };
    let mut seen = Seen::new();
    for (package, commands) in [("simulator", effort.commands), ("conformance", effort.contracts)] {
        if commands > 0 {
            let name = format!("fuzz {package}: {commands} commands from seed {}", effort.seed);
            step(&name, || sequence(workspace, extent, package, commands, effort.seed, &mut seen))?;
        }
    }
    report(&seen, effort.commands >= LONG)
}

fn sequence(
    workspace: &Workspace,
    extent: Extent,
    package: &str,
    commands: u64,
    seed: u64,
    seen: &mut Seen,
) -> Outcome {
    let binary = builds::test_binary(workspace, extent, package, "fuzz")?;
    let mut run = Command::new(&binary);
    run.args(["--nocapture", "--test-threads", "1"])
        .env("MOOT_FUZZ_COMMANDS", commands.to_string())
        .env("MOOT_FUZZ_SEED", seed.to_string())
        .env("RUST_BACKTRACE", "0")
        .current_dir(workspace.folder_of(package)?);
    process::watch(&mut run, |line| count(line, seen)).map_err(|failure| {
        let again = format!("cargo xtask fuzz --commands {commands} --seed {seed}");
        Failure::new(format!("the sequences of {package} found something"))
            .because(failure)
            .fix(format!("the last lines name the law and the shrunk sequence; again: {again}"))
    })
}

/// Counts a line such as `refusal E0101 57`.
fn count(line: &str, seen: &mut Seen) {
    // A test that runs alone prints its first line behind its name.
    let line = line.rsplit(" ... ").next().unwrap_or(line);
    let mut words = line.split_whitespace();
    if let (Some("refusal"), Some(code), Some(Ok(times))) =
        (words.next(), words.next(), words.next().map(str::parse::<u64>))
    {
        *seen.entry(code.to_owned()).or_default() += times;
    }
}

/// Prints what was met; `all` says that every code must have been.
fn report(seen: &Seen, all: bool) -> Outcome {
    let reached: Vec<&str> = codes(seen, |times| times > 0).collect();
    let missed: Vec<&str> =
        codes(seen, |times| times == 0).filter(|code| !is_elsewhere(code)).collect();
    say(&format!("    refusals seen ({}): {}", reached.len(), reached.join(" ")));
    say(&format!("    refusals never seen ({}): {}", missed.len(), missed.join(" ")));
    for (code, why) in ELSEWHERE {
        say(&format!("    {code} is left to its own tests: it {why}"));
    }
    if reached.is_empty() {
        return Err(Failure::new("the sequences met no refusal")
            .because("no line `refusal CODE COUNT` was printed"));
    }
    if !all || missed.is_empty() {
        return Ok(());
    }
    Err(Failure::new("refusals that no sequence reached")
        .because(missed.join(" "))
        .fix("give the generator a command that provokes them, or more commands"))
}

fn codes(seen: &Seen, wanted: impl Fn(u64) -> bool) -> impl Iterator<Item = &str> {
    seen.iter().filter(move |(_, times)| wanted(**times)).map(|(code, _)| code.as_str())
}

fn is_elsewhere(code: &str) -> bool {
    ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == code)
}

#[cfg(test)]
mod tests {
    use super::{Seen, count, report};

    #[test]
    fn lines_of_several_runs_add_up() {
        let mut seen = Seen::new();
        let first = "test engines_agree ... refusal E0101 5";
        for line in [first, "refusal E0102 0 token: x", "refusal E0101 2", "ok"] {
            count(line, &mut seen);
        }
        let rows: Vec<_> = seen.iter().map(|(code, times)| (code.as_str(), *times)).collect();
        assert_eq!(rows, [("E0101", 7), ("E0102", 0)]);
    }

    #[test]
    fn a_code_never_seen_fails_a_long_run_and_not_a_short_one() {
        let seen = |times| {
            let rows = [("E0101", 7), ("E0102", times), ("E0327", 0)];
            Seen::from(rows.map(|(code, times)| (code.to_owned(), times)))
        };
        let failure = report(&seen(0), true).expect_err("E0102 was never seen").to_string();
        assert!(failure.contains("E0102") && !failure.contains("E0327"), "{failure}");
        assert_eq!(report(&seen(0), false), Ok(()));
        assert_eq!(report(&seen(1), true), Ok(()));
        assert!(report(&Seen::new(), false).is_err());
    }
}
