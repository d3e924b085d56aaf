//! `moot lint`: every violation and doubt at once, each at its place.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

const GOOD: &str = include_str!("../templates/minimal.toml");

fn moot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).env("NO_COLOR", "1");
    command
}

/// A file with the template, some of its lines replaced: each must be there once.
fn file(changes: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let mut text = GOOD.to_owned();
    for (part, by) in changes {
        assert_eq!(text.matches(part).count(), 1, "`{part}` is not in the template once");
        text = text.replace(part, by);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.toml");
    fs::write(&file, text).unwrap();
    (folder, file)
}

fn findings(file: &Path, code: i32) -> Vec<Value> {
    let ran = moot().arg("lint").arg(file).args(["--output", "json"]).assert().code(code);
    serde_json::from_slice(&ran.get_output().stdout).unwrap()
}

#[test]
fn what_is_committed_breaks_no_rule() {
    let ran = moot().args(["lint", "scenarios/**/*.toml", "cli/templates/*.toml"]).assert();
    ran.success().stdout(contains("scenarios/quickstart.toml: nothing is wrong or doubtful"));
    let clean = ["scenarios/quickstart.toml", "deploy/example.toml"];
    moot().args(["lint", "--strict"]).args(clean).assert().success();
}

#[test]
fn each_finding_has_its_severity_key_line_and_fix() {
    for (part, by, severity, key, words) in [
        ("unit = \"1 MOOT\"", "unit = \"0 MOOT\"", "violation", "staking.unit", "E0222"),
        ("bounty = \"10 %\"", "bounty = \"60 %\"", "violation", "staking.bounty", "E0224"),
        ("bounty = \"10 %\"", "bounty = 0", "doubt", "staking.bounty", "nobody is paid to look"),
        (
            "per_block = \"1 MOOT\"",
            "per_block = \"0 MOOT\"",
            "doubt",
            "emission.per_block",
            "nothing is ever emitted",
        ),
        (
            "cap = \"21_000_000 MOOT\"",
            "cap = \"10_000 MOOT\"",
            "doubt",
            "emission.cap",
            "nine tenths of the cap",
        ),
        ("kappa = 0.5", "kappa = 0.4", "doubt", "topics.main.mechanism.yuma.kappa", "a minority"),
        ("kappa = 0.5", "kappa = 1", "doubt", "topics.main.mechanism.yuma.kappa", "stops all pay"),
        (
            "bonds_penalty = 1.0",
            "bonds_penalty = 0.0",
            "doubt",
            "topics.main.mechanism.yuma.bonds_penalty",
            "dealing for oneself",
        ),
        (
            "activity_cutoff = \"5000 blocks\"",
            "activity_cutoff = \"100 blocks\"",
            "doubt",
            "topics.main.activity_cutoff",
            "shorter than the tempo",
        ),
        (
            "max_validators = 8",
            "max_validators = 4",
            "doubt",
            "topics.main.max_validators",
            "8 validators compete for 4 permits",
        ),
        (
            "max_validators = 8",
            "max_validators = 600",
            "violation",
            "topics.main.max_validators",
            "E0306",
        ),
        (
            "contributors = \"50 %\"",
            "contributors = 0",
            "doubt",
            "topics.main.contributors",
            "nobody is paid for work",
        ),
    ] {
        let (_folder, file) = file(&[(part, by)]);
        let code = if severity == "violation" { 2 } else { 0 };
        let found = findings(&file, code);
        let hit = found.iter().find(|found| found["key"] == key);
        let hit = hit.unwrap_or_else(|| panic!("{by}: {found:#?}"));
        assert_eq!(hit["severity"], severity, "{by}");
        assert!(hit["what"].as_str().unwrap().contains(words), "{by}: {hit:#}");
        assert!(!hit["fix"].as_str().unwrap().is_empty(), "{by}");
        let text = fs::read_to_string(&file).unwrap();
        let at = text.find(by).unwrap();
        let line = text[..at].lines().count() as u64 + u64::from(text[..at].ends_with('\n'));
        assert_eq!(hit["line"], line, "{by}: {hit:#}");
    }
}

#[test]
fn everything_comes_at_once_and_the_exit_code_says_how_bad_it_is() {
    let (_folder, bad) = file(&[
        ("unit = \"1 MOOT\"", "unit = \"0 MOOT\""),
        ("bounty = \"10 %\"", "bounty = \"60 %\""),
        ("kappa = 0.5", "kappa = 0.4"),
    ]);
    let ran = moot().arg("lint").arg(&bad).assert().code(2);
    ran.stdout(contains("E0222"))
        .stdout(contains("E0224"))
        .stdout(contains("warning: topics.main.mechanism.yuma.kappa"))
        .stdout(contains("2 violations, 1 doubt"))
        .stderr(contains("2 violations; no engine starts"));
    let (_folder, doubtful) = file(&[("kappa = 0.5", "kappa = 0.4")]);
    moot().arg("lint").arg(&doubtful).assert().success().stdout(contains("0 violations, 1 doubt"));
    moot().arg("lint").arg(&doubtful).arg("--strict").assert().code(99);
    let (_folder, broken) = file(&[("kappa = 0.5", "kapa = 0.5")]);
    let ran = moot().arg("lint").args([&broken, &doubtful]).assert().code(2);
    ran.stderr(contains("did you mean `kappa`?")).stdout(contains("1 doubt"));
}

#[test]
fn a_deployment_is_linted_like_a_scenario() {
    let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/example.toml"));
    let text = text.unwrap().replace("\"treasury\"", "\"deployer\"");
    let text = text.replace("window = \"30 days\"", "window = \"0 s\"");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.toml");
    fs::write(&file, text).unwrap();
    let found = findings(&file, 2);
    let keys: Vec<_> = found.iter().map(|one| (&one["severity"], &one["key"])).collect();
    let doubt = (&Value::from("doubt"), &Value::from("deployment.admin"));
    let violation = (&Value::from("violation"), &Value::from("treasury.window"));
    assert!(keys.contains(&doubt) && keys.contains(&violation), "{found:#?}");
    let ran = moot().arg("run").arg(&file).assert().code(2);
    ran.stderr(contains("is put onto a chain, not played"));
}

#[test]
fn an_event_that_changes_parameters_is_looked_at_too() {
    let event = "\n[[events]]\nepoch = 5\nnote = \"A change.\"\nhappens = { topic_changes = \
                 { topic = \"main\", set = { activity_cutoff = \"10 blocks\" } } }\n";
    let (_folder, file) = file(&[]);
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text + event).unwrap();
    let found = findings(&file, 0);
    let key = "events[0].happens.topic_changes.set.activity_cutoff";
    assert!(found.iter().any(|found| found["key"] == key), "{found:#?}");
}
