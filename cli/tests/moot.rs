//! The command as a user meets it: files in, folders and exit codes out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;

fn moot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    command
}

/// A folder with a scenario of the template in it, shortened.
fn scenario(folder: &Path, template: &str) -> PathBuf {
    let file = folder.join("season.toml");
    moot().args(["new", "--template", template]).arg(&file).assert().success();
    let text = fs::read_to_string(&file).unwrap();
    let lines = text.lines().map(|line| match line.split_once(" = ") {
        Some(("epochs", _)) => "epochs = 12".to_owned(),
        Some(("seeds", _)) => "seeds = 3".to_owned(),
        _ => line.to_owned(),
    });
    fs::write(&file, lines.collect::<Vec<_>>().join("\n")).unwrap();
    file
}

fn run(file: &Path, out: &Path, more: &[&str]) {
    moot().arg("run").arg(file).arg("--out").arg(out).args(more).assert().success();
}

fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

#[test]
fn every_template_plays_and_holds() {
    for template in ["minimal", "subnet", "market"] {
        let folder = tempfile::tempdir().unwrap();
        let file = scenario(folder.path(), template);
        moot().arg("check").arg(&file).assert().success().stdout(contains("holds"));
    }
}

#[test]
fn one_thread_or_two_write_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "subnet");
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    run(&file, &a, &["--threads", "1", "--seeds", "5"]);
    run(&file, &b, &["--threads", "2", "--seeds", "5"]);
    let (a, b) = (contents(&a), contents(&b));
    assert!(a.contains_key("report.html") && a.contains_key("epochs.parquet"), "{:?}", a.keys());
    assert_eq!(a, b);
}

#[test]
fn a_report_verifies_until_one_byte_changes() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let out = folder.path().join("report");
    run(&file, &out, &[]);
    moot().arg("verify").arg(&out).assert().success().stdout(contains("the same bytes again"));

    let trace = out.join("epochs.parquet");
    let good = fs::read(&trace).unwrap();
    let mut bad = good.clone();
    bad[100] ^= 1;
    fs::write(&trace, bad).unwrap();
    let failed = moot().arg("verify").arg(&out).assert().code(5);
    failed.stderr(contains("epochs.parquet is not as it was written"));
    fs::write(&trace, good).unwrap();

    // The copy of the scenario inside the report.
    let copy = out.join("scenario/season.toml");
    let good = fs::read(&copy).unwrap();
    fs::write(&copy, [&good[..], b"#"].concat()).unwrap();
    moot().arg("verify").arg(&out).assert().code(5);
    fs::write(&copy, good).unwrap();

    // The scenario that was run.
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("epochs = 12", "epochs = 13")).unwrap();
    let failed = moot().arg("verify").arg(&out).assert().code(5);
    failed.stderr(contains("has changed since the run"));
}

#[test]
fn a_gate_past_the_result_exits_99() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("value = 0.8"));
    fs::write(&file, text.replace("value = 0.8", "value = 1.01")).unwrap();
    moot().arg("check").arg(&file).assert().code(99).stdout(contains("BREACHED"));
}

#[test]
fn two_runs_part_where_their_scenarios_do() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let (a, b) = (folder.path().join("a"), folder.path().join("b"));
    run(&file, &a, &[]);
    run(&file, &b, &["--seed", "2"]);
    moot().args(["diff"]).args([&a, &a]).assert().success().stdout(contains("the same state"));
    let failed = moot().args(["diff"]).args([&a, &b]).assert().code(5);
    failed.stderr(contains("epoch 0")).stderr(contains("AccountId").not());
    let longer = folder.path().join("longer");
    run(&file, &longer, &["--epochs", "14"]);
    let failed = moot().args(["diff"]).args([&a, &longer]).assert().code(5);
    failed.stderr(contains("all 12 epochs that both play")).stderr(contains("goes on to 14"));
}

#[test]
fn codes_and_metrics_are_explained() {
    moot().args(["explain", "E0101"]).assert().success().stdout(contains("balance"));
    moot().args(["explain", "gini.stake"]).assert().success().stdout(contains("Gini"));
    moot().args(["explain", "E9999"]).assert().code(2).stderr(contains("nothing is called"));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let mut explain = std::process::Command::new(env!("CARGO_BIN_EXE_moot"));
    let pipes = explain.arg("explain").stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = pipes.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_mistake_is_shown_where_it_stands() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("noise = 0.2", "nois = 0.2")).unwrap();
    let failed = moot().arg("run").arg(&file).assert().code(2);
    failed.stderr(contains("season.toml:")).stderr(contains("did you mean `noise`?"));
}

#[test]
fn a_folder_with_other_files_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let out = folder.path().join("mine");
    fs::create_dir(&out).unwrap();
    fs::write(out.join("diary.txt"), "dear").unwrap();
    moot()
        .arg("run")
        .arg(&file)
        .arg("--out")
        .arg(&out)
        .assert()
        .code(2)
        .stderr(contains("no report"));
    assert_eq!(fs::read_to_string(out.join("diary.txt")).unwrap(), "dear");
}

#[test]
fn a_new_scenario_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let before = fs::read(&file).unwrap();
    moot().arg("new").arg(&file).assert().code(2).stderr(contains("exists"));
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn schemas_are_json_and_output_is_too() {
    for of in ["scenario", "incident", "report"] {
        let out = moot().args(["schema", of]).assert().success().get_output().stdout.clone();
        let schema: serde_json::Value = serde_json::from_slice(&out).unwrap();
        assert!(schema.get("properties").is_some(), "{of}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = scenario(folder.path(), "minimal");
    let out = moot().args(["check", "--output", "json"]).arg(&file).assert().success();
    let rows: serde_json::Value = serde_json::from_slice(&out.get_output().stdout).unwrap();
    assert_eq!(rows[0]["holds"], true);
}

#[cfg(not(feature = "conform"))]
#[test]
fn a_build_without_the_other_engines_says_how_to_get_them() {
    let failed = moot().args(["conform", "scenarios/quickstart.toml"]).assert().code(2);
    failed.stderr(contains("--features conform"));
}

#[test]
fn incidents_as_they_were_are_told_checked_and_native_only() {
    let all = "scenarios/incidents/*-as-it-was.toml";
    let checked = moot().args(["check", all]).assert().success();
    checked.stdout(contains("beanstalk-as-it-was.toml: holds").and(contains("BREACHED").not()));
    moot().args(["conform", all]).assert().success().stdout(contains("native only").count(9));
    let folder = tempfile::tempdir().unwrap();
    let (file, out) = ("scenarios/incidents/mango-as-it-was.toml", folder.path().join("mango"));
    run(Path::new(file), &out, &[]);
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(page.contains("66,700,000 votes short of the quorum") && page.contains("Missing:"));
    moot().arg("verify").arg(&out).assert().success();
    moot().args(["run", file, "--seeds", "2"]).assert().code(2).stderr(contains("neither seeds"));
    let explained = moot().args(["explain", "--scenario", file, "kept"]).assert().success();
    explained.stdout(contains("what the attacker kept"));
    moot().args(["diff", file, file]).assert().code(2).stderr(contains("its rule is in no engine"));
}
