//! Scenario files that mean harm or make no sense: each is refused with the place, the reason
//! and what to do, with exit code 2, in no time, and without a trace of a report.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use tempfile::TempDir;

/// A scenario that plays, from which each hostile one differs in one thing.
const GOOD: &str = include_str!("../templates/minimal.toml");

/// Far more than any refusal takes, on a busy machine too.
const PATIENCE: Duration = Duration::from_secs(60);

fn moot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).timeout(PATIENCE);
    command
}

/// The good scenario with one part of it replaced.
fn good_but(part: &str, by: &str) -> String {
    assert_eq!(GOOD.matches(part).count(), 1, "`{part}` is not in the template once");
    GOOD.replace(part, by)
}

fn folder_with(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Runs the first of the files, and checks that it is refused in all these words.
fn refused_files(files: &[(&str, &[u8])], words: &[&str]) {
    let folder = folder_with(files);
    let before = names(folder.path());
    let (file, out) = (folder.path().join(files[0].0), folder.path().join("report"));
    let ran = moot().arg("run").arg(file).arg("--out").arg(out).assert();
    let mut ran = ran.code(2).stdout(is_empty()).stderr(contains("panicked").not());
    for word in words {
        ran = ran.stderr(contains(*word));
    }
    assert_eq!(names(folder.path()), before, "something was left behind");
}

fn refused(scenario: &str, words: &[&str]) {
    refused_files(&[("x.toml", scenario.as_bytes())], words);
}

/// The line of the template in which a part stands, as refusals name it.
fn line_of(part: &str) -> String {
    let at = GOOD.find(part).expect("the part is in the template");
    format!("x.toml:{}:", GOOD[..at].matches('\n').count() + 1)
}

#[test]
fn the_scenario_that_hostile_ones_differ_from_plays() {
    let folder = folder_with(&[("x.toml", GOOD.as_bytes())]);
    let out = folder.path().join("report");
    let file = folder.path().join("x.toml");
    moot().arg("run").arg(file).args(["--seeds", "1", "--out"]).arg(&out).assert().success();
    assert!(out.join("report.html").is_file());
}

#[test]
fn not_a_number() {
    for (part, by) in [
        ("noise = 0.2", "noise = nan"),
        ("multiplier = 2.0", "multiplier = nan"),
        ("contributors = \"50 %\"", "contributors = nan"),
        ("high = 1.0", "high = nan"),
        ("drift = 0.01", "drift = nan"),
    ] {
        let words: [&str; 3] =
            [&line_of(part), "NaN cannot be used here", "use a number of at least 0"];
        refused(&good_but(part, by), &words);
    }
    let words: [&str; 3] = [&line_of("value = 0.8"), "is not a finite number", "use a number"];
    refused(&good_but("value = 0.8", "value = nan"), &words);
}

#[test]
fn infinite() {
    for sign in ["", "+", "-"] {
        let words: [&str; 3] = [&line_of("noise = 0.2"), "inf cannot be used here", "at least 0"];
        refused(&good_but("noise = 0.2", &format!("noise = {sign}inf")), &words);
    }
    let words: [&str; 3] = [&line_of("value = 0.8"), "is not a finite number", "use a number"];
    refused(&good_but("value = 0.8", "value = inf"), &words);
}

#[test]
fn negative_rate() {
    for (part, by) in [
        ("noise = 0.2", "noise = -0.2"),
        ("contributors = \"50 %\"", "contributors = -0.2"),
        ("shape = 1.5", "shape = -0.2"),
    ] {
        refused(&good_but(part, by), &[&line_of(part), "-0.2 cannot be used here", "at least 0"]);
    }
    let part = "per_block = \"1 MOOT\"";
    let words: [&str; 3] = [&line_of(part), "-1 MOOT", "write \"1000 MOOT\""];
    refused(&good_but(part, "per_block = \"-1 MOOT\""), &words);
}

#[test]
fn rate_above_one() {
    let part = "contributors = \"50 %\"";
    let words: [&str; 3] = [&line_of(part), "is not from 0 to 1", "use a number from 0 to 1"];
    refused(&good_but(part, "contributors = 50"), &words);
}

#[test]
fn unknown_key() {
    let words = ["x.toml:", "unknown key `epoch`", "did you mean `epochs`?"];
    refused(&good_but("\nepochs = 60", "\nepochs = 60\nepoch = 60"), &words);
    let words: [&str; 3] = [&line_of("noise = 0.2"), "unknown key `nois`", "did you mean `noise`?"];
    refused(&good_but("noise = 0.2", "nois = 0.2"), &words);
}

#[test]
fn unknown_word() {
    let words = ["x.toml:", "unknown word `honset`", "did you mean `honest`?"];
    refused(&good_but("{ honest =", "{ honset ="), &words);
}

#[test]
fn duplicate_key() {
    let again = good_but("\nepochs = 60", "\nepochs = 60\nepochs = 61");
    let line = GOOD.lines().position(|line| line == "epochs = 60").unwrap() + 2;
    refused(&again, &[&format!("x.toml:{line}:1"), "duplicate key"]);
    let twice = format!("{GOOD}\n[populations.validators]\nrole = \"validator\"\n");
    refused(&twice, &["x.toml:", "duplicate key"]);
}

#[test]
fn no_agents() {
    let none = good_but("count = 8", "count = 0").replace("count = 24", "count = 0");
    refused(&none, &["x.toml:", "populations: there are no agents", "add a population"]);
}

#[test]
fn a_thousand_million_agents() {
    for place in ["count", "outside"] {
        let many = good_but("count = 24", &format!("{place} = 1_000_000_000"));
        let words = ["x.toml:", "1000000008 agents are too many", "use at most 1000000"];
        refused(&many, &words);
    }
}

#[test]
fn seed_above_63_bits() {
    let words = ["x.toml:", "seed = 9223372036854775808", "too large"];
    refused(&good_but("\nseed = 1", "\nseed = 9223372036854775808"), &words);
}

#[test]
fn seed_above_63_bits_on_the_command_line() {
    let folder = folder_with(&[("x.toml", GOOD.as_bytes())]);
    let file = folder.path().join("x.toml");
    let ran = moot().arg("run").arg(file).args(["--seed", "9223372036854775808"]).assert();
    ran.code(2).stderr(contains("is not in"));
    assert_eq!(names(folder.path()).len(), 1);
}

#[test]
fn no_epochs_and_no_seeds() {
    let words: [&str; 3] = [&line_of("epochs = 60"), "epochs: 0 cannot be run", "use 1 to 1000000"];
    refused(&good_but("epochs = 60", "epochs = 0"), &words);
    let words: [&str; 3] = [&line_of("seeds = 20"), "seeds: 0 cannot be run", "use 1 to 1000000"];
    refused(&good_but("seeds = 20", "seeds = 0"), &words);
}

#[test]
fn more_epochs_and_seeds_than_anyone_lives() {
    for (key, line) in [("epochs", "epochs = 60"), ("seeds", "seeds = 20")] {
        let large = format!("{key} = 4_000_000_000");
        let words = [line_of(line), format!("{key}: 4000000000 cannot be run")];
        refused(&good_but(line, &large), &[&words[0], &words[1], "use 1 to 1000000"]);
    }
}

#[test]
fn extends_above_the_folder() {
    for name in ["../x.toml", "../../etc/passwd", "/etc/passwd", "below/../../x.toml"] {
        let scenario = format!("extends = \"{name}\"\n");
        let left = format!("`{name}` leaves the scenarios' folder");
        refused(&scenario, &["x.toml:1:1", &left, "name a file in it or below it"]);
    }
}

#[test]
fn snapshot_above_the_folder() {
    let scenario = good_but("\nepochs = 60", "\nepochs = 60\nsnapshot = \"../x.json\"");
    let words = ["x.toml:", "`../x.json` leaves the scenarios' folder", "name a file below it"];
    refused(&scenario, &words);
}

#[test]
fn extends_in_a_circle() {
    let words = ["x.toml:1:1", "`x.toml` extends itself in a circle", "stands by itself"];
    refused("extends = \"x.toml\"\n", &words);
    let (x, y) = (b"extends = \"y.toml\"\n", b"extends = \"x.toml\"\n");
    let words = ["y.toml:1:1", "`x.toml` extends itself in a circle", "stands by itself"];
    refused_files(&[("x.toml", x), ("y.toml", y)], &words);
}

#[test]
fn extends_a_file_that_is_not_there() {
    let words = ["x.toml:1:1", "y.toml: cannot be read", "check the name"];
    refused("extends = \"y.toml\"\n", &words);
}

#[test]
fn carriage_returns_and_a_byte_order_mark_change_nothing() {
    let returns = GOOD.replace('\n', "\r\n");
    let marked = format!("\u{feff}{GOOD}");
    let mut traces = Vec::new();
    for text in [GOOD, &returns, &marked] {
        let folder = folder_with(&[("x.toml", text.as_bytes())]);
        let out = folder.path().join("report");
        let file = folder.path().join("x.toml");
        moot().arg("run").arg(file).args(["--seeds", "2", "--out"]).arg(&out).assert().success();
        traces.push(fs::read(out.join("epochs.parquet")).unwrap());
    }
    assert_eq!(traces[0], traces[1]);
    assert_eq!(traces[0], traces[2]);
}

#[test]
fn not_utf_8() {
    let bytes = [GOOD.as_bytes(), b"# \xff\xfe\n"].concat();
    let at = format!("byte {} is not UTF-8", GOOD.len() + 2);
    refused_files(&[("x.toml", &bytes)], &["x.toml", &at, "save the file as UTF-8"]);
}

#[test]
fn units_mixed_up() {
    let per_block = "per_block = \"1 MOOT\"";
    for wrong in ["\"1\"", "\"12 s\"", "\"1 ATOM\"", "\"1 %\""] {
        let scenario = good_but(per_block, &format!("per_block = {wrong}"));
        let words: [&str; 4] =
            [&line_of(per_block), "emission.per_block", "has the unit", "\"1000 MOOT\""];
        refused(&scenario, &words);
    }
    let tempo = "tempo = \"360 blocks\"";
    for wrong in ["\"360\"", "\"360 MOOT\"", "\"360 base units\""] {
        let words: [&str; 3] = [&line_of(tempo), "is not a duration", "write \"360 blocks\""];
        refused(&good_but(tempo, &format!("tempo = {wrong}")), &words);
    }
    let words: [&str; 3] =
        [&line_of(tempo), "is not a whole number of blocks", "a block takes 12 s"];
    refused(&good_but(tempo, "tempo = \"7 s\""), &words);
}

#[test]
fn bare_numbers_where_a_unit_is_needed() {
    for (part, by) in
        [("per_block = \"1 MOOT\"", "per_block = 1"), ("tempo = \"360 blocks\"", "tempo = 360")]
    {
        refused(&good_but(part, by), &[&line_of(part), "expected a string"]);
    }
}

#[test]
fn a_gate_on_a_metric_that_does_not_exist() {
    let part = "metric = \"rank_correlation\"";
    let words = ["expect.rank_corelation", "there is no such metric", "`rank_correlation`"];
    refused(&good_but(part, "metric = \"rank_corelation\""), &words);
}

#[test]
fn a_gate_that_compares_nothing() {
    let part = "op = \">=\"";
    let words: [&str; 3] = [&line_of(part), "`=>` compares nothing", "use <, <=, ==, !=, >= or >"];
    refused(&good_but(part, "op = \"=>\""), &words);
}

#[test]
fn an_event_of_nobody_or_after_the_end() {
    let event = |epoch: u32, who: &str| {
        let happens = format!("happens = {{ slashed = {{ population = \"{who}\", part = 0.5 }} }}");
        format!("{GOOD}\n[[events]]\nepoch = {epoch}\nnote = \"A slash.\"\n{happens}\n")
    };
    let words = ["x.toml:", "there is no population `nobody`", "name one of them"];
    refused(&event(1, "nobody"), &words);
    let words = ["x.toml:", "comes after the last epoch", "use an earlier epoch"];
    refused(&event(60, "validators"), &words);
}

#[test]
fn nested_without_end() {
    let deep = format!("a = {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    refused(&deep, &["x.toml:1:", "recurs"]);
    let keys = format!("{}b = 1\n", "a.".repeat(100_000));
    refused(&keys, &["x.toml:1:", "recursion limit"]);
}

#[test]
fn larger_than_any_scenario() {
    let large = "#".repeat(5_000_000);
    let words = ["x.toml", "has 5000000 bytes, more than 4194304", "snapshot file"];
    refused(&large, &words);
}

#[test]
fn nothing_at_all() {
    refused("", &["missing field `title`"]);
}

#[test]
fn a_folder_that_is_no_report_is_not_replaced() {
    let folder = folder_with(&[("x.toml", GOOD.as_bytes())]);
    let out = folder.path().join("mine");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("thesis.txt"), "years of work").unwrap();
    let file = folder.path().join("x.toml");
    let ran = moot().arg("run").arg(file).args(["--seeds", "1", "--out"]).arg(&out).assert();
    ran.code(2).stderr(contains("mine"));
    assert_eq!(fs::read_to_string(out.join("thesis.txt")).unwrap(), "years of work");
    assert_eq!(names(folder.path()), BTreeSet::from(["mine".to_owned(), "x.toml".to_owned()]));
}
