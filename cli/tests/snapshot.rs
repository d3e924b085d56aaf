//! `moot snapshot` and `moot audit`: a state written, checked, and refused where it was altered.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;
use tempfile::TempDir;

fn moot() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(".."));
    command
}

/// The state of a small season, in a folder of its own.
fn taken() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (file, state) = (folder.path().join("season.toml"), folder.path().join("state.json"));
    moot().args(["new", "--template", "minimal"]).arg(&file).assert().success();
    let mut ran = moot();
    ran.arg("snapshot").arg(&file).args(["--epoch", "3", "--out"]).arg(&state);
    ran.assert().success().stdout(contains("State hash "));
    (folder, state)
}

#[test]
fn a_state_is_written_and_every_law_told() {
    let (_folder, state) = taken();
    let ran = moot().arg("audit").arg(&state).assert().success();
    ran.stdout(contains("holds").and(contains("BROKEN").not()));
    let ran = moot().arg("audit").arg(&state).args(["--output", "json"]).assert().success();
    let value: Value = serde_json::from_slice(&ran.get_output().stdout).unwrap();
    assert_eq!(value["holds"], true);
    assert_eq!(value["laws"].as_array().unwrap().len(), 28);
}

#[test]
fn the_same_state_is_the_same_file() {
    let ((_one, first), (_other, second)) = (taken(), taken());
    assert_eq!(fs::read(first).unwrap(), fs::read(second).unwrap());
}

#[test]
fn an_altered_file_is_refused_with_the_place() {
    let (_folder, state) = taken();
    let text = fs::read_to_string(&state).unwrap();
    fs::write(&state, text.replacen("[\"Supply\"", "[\"Demand\"", 1)).unwrap();
    let refused = moot().arg("audit").arg(&state).assert().code(2);
    refused.stderr(contains("token, record").and(contains("(Demand)")));
    fs::write(&state, &text[..text.len() / 2]).unwrap();
    moot().arg("audit").arg(&state).assert().code(2).stderr(contains("cut off"));
    moot().args(["audit", "no-such-file.json"]).assert().code(2).stderr(contains("no-such-file"));
}

#[test]
fn an_epoch_that_is_none_leaves_no_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("state.json");
    let mut ran = moot();
    ran.args(["snapshot", "scenarios/quickstart.toml", "--epoch", "100000", "--out"]);
    ran.arg(&out).assert().code(2).stderr(contains("there is no epoch 100000"));
    assert!(!out.exists());
}

/// A proposal's file in the folder of a state.
fn wish(state: &Path, text: &str) -> PathBuf {
    let file = state.with_file_name("wish.toml");
    fs::write(&file, text).unwrap();
    file
}

#[test]
fn a_preview_writes_a_page_a_post_and_the_data() {
    let (folder, state) = taken();
    let file = wish(
        &state,
        "title = \"More for <b>contributors</b>\"\n\
         deeds = [{ topic = { topic = \"0\", set = { contributors = \"90 %\" } } }]\n",
    );
    let out = folder.path().join("report");
    let ran = moot()
        .arg("preview")
        .arg(&file)
        .arg("--from")
        .arg(&state)
        .args(["--epochs", "4", "--out"])
        .arg(&out)
        .assert()
        .success();
    ran.stdout(contains("more at the end than without it").and(contains("forum.md")));
    let page = fs::read_to_string(out.join("report.html")).unwrap();
    assert!(!page.contains("<b>contributors"), "a title is no markup");
    assert!(!page.contains("<script") && page.contains("Who gains most"));
    let post = fs::read_to_string(out.join("forum.md")).unwrap();
    assert!(post.contains("topic 0: contributors from 50 % to 90 %"), "{post}");
    assert!(post.contains("## What this does not show"), "{post}");
    let data: Value = serde_json::from_slice(&fs::read(out.join("report.json")).unwrap()).unwrap();
    assert_eq!(data["schema"], "moot-report/1");
    // The same again is the same.
    let other = folder.path().join("again");
    let mut ran = moot();
    ran.arg("preview").arg(&file).arg("--from").arg(&state).args(["--epochs", "4", "--out"]);
    ran.arg(&other).assert().success();
    for name in ["report.html", "report.json", "forum.md", "summary.md"] {
        assert_eq!(
            fs::read(out.join(name)).unwrap(),
            fs::read(other.join(name)).unwrap(),
            "{name}"
        );
    }
}

#[test]
fn a_preview_of_nothing_that_there_is_leaves_no_report() {
    let (folder, state) = taken();
    let out = folder.path().join("report");
    let refused = |proposal: &str, words: &str| {
        let mut ran = moot();
        ran.arg("preview").arg(proposal).arg("--from").arg(&state).arg("--out").arg(&out);
        ran.assert().code(2).stderr(contains(words));
        assert!(!out.exists());
    };
    refused("7", "there is no proposal 7");
    refused("no-such-file.toml", "cannot be read");
    let file =
        wish(&state, "title = \"x\"\ndeeds = [{ mint = { to = \"x\", amount = \"1 MOOT\" } }]");
    refused(file.to_str().unwrap(), "no account of the snapshot is called `x`");
    let file = wish(&state, "title = \"x\"\nsurprise = 1\ndeeds = []");
    refused(file.to_str().unwrap(), "wish.toml:2:1");
}

#[test]
fn a_run_from_a_state_verifies_and_says_where_it_began() {
    let (folder, state) = taken();
    let (file, out) = (folder.path().join("season.toml"), folder.path().join("report"));
    let mut ran = moot();
    ran.arg("run").arg(&file).arg("--from").arg(&state);
    ran.args(["--seeds", "2", "--epochs", "3", "--out"]).arg(&out).assert().success();
    let summary = fs::read_to_string(out.join("summary.md")).unwrap();
    assert!(summary.contains("It begins in the state of a snapshot"), "{summary}");
    moot().arg("verify").arg(&out).assert().success();
    // The report has its own copy of the state.
    fs::remove_file(&state).unwrap();
    moot().arg("verify").arg(&out).assert().success();
    fs::write(out.join("snapshot.json"), "{}").unwrap();
    moot().arg("verify").arg(&out).assert().code(5).stderr(contains("snapshot.json"));
    let mut other = moot();
    other.arg("why").arg(&out).args(["--who", "honest"]);
    other.assert().code(2).stderr(contains("began in a snapshot"));
}

#[test]
fn a_scenario_that_does_not_fit_the_state_leaves_no_report() {
    let (folder, state) = taken();
    let out = folder.path().join("report");
    let mut ran = moot();
    ran.args(["run", "scenarios/quickstart.toml", "--seeds", "1", "--from"]).arg(&state);
    let refused = ran.arg("--out").arg(&out).assert().code(2);
    refused.stderr(contains("does not fit the snapshot"));
    assert!(!out.exists());
}

#[test]
fn a_preview_with_agents_has_intervals() {
    let (folder, state) = taken();
    let file = wish(
        &state,
        "title = \"Less\"\n\
         deeds = [{ emission = { set = { treasury_cut = \"50 %\" } } }]\n",
    );
    let out = folder.path().join("report");
    let mut ran = moot();
    ran.arg("preview").arg(&file).arg("--from").arg(&state).arg("--scenario");
    ran.arg(folder.path().join("season.toml")).args(["--seeds", "3", "--epochs", "4", "--out"]);
    ran.arg(&out).args(["--output", "json"]);
    let ran = ran.assert().success();
    let value: Value = serde_json::from_slice(&ran.get_output().stdout).unwrap();
    assert_eq!(value["refused"], Value::Null);
    assert_eq!(value["report"]["identity"]["seeds"], 3);
    let gained = &value["report"]["headlines"][0]["estimate"];
    assert!(gained["value"].as_f64().unwrap() > 0.0, "{gained}");
    assert!(gained["interval"]["low"].is_number(), "{gained}");
    let post = fs::read_to_string(out.join("forum.md")).unwrap();
    assert!(post.contains("emission: treasury\\_cut from 0 % to 50 %"), "{post}");
}

#[test]
fn the_next_close_of_a_state_is_explained() {
    let (_folder, state) = taken();
    let told = |who: &str| {
        let mut ran = moot();
        ran.arg("why").arg("--from").arg(&state).args(["--who", who, "--output", "json"]);
        let ran = ran.assert().success();
        serde_json::from_slice::<Value>(&ran.get_output().stdout).unwrap()
    };
    let text = fs::read_to_string(&state).unwrap();
    let (address, name) = text
        .lines()
        .filter_map(|line| line.strip_prefix("[\"")?.split_once("\", \""))
        .find(|(_, name)| name.starts_with("contributors-0"))
        .expect("the template has contributors");
    let name = name.split('"').next().unwrap();
    let by_name = told(name);
    assert_eq!(by_name, told(address));
    let units = |value: &Value| value.as_str().unwrap().parse::<u128>().unwrap();
    let distributed = units(&by_name["emission"]["distributed"]);
    let split = &by_name["split"];
    let fees: u128 = split["fees"].as_array().unwrap().iter().map(units).sum();
    let parts = ["owner", "contributors", "validators"].map(|part| units(&split[part]));
    assert!(distributed > 0 && fees + parts.iter().sum::<u128>() == distributed, "{by_name}");
    let mut ran = moot();
    ran.arg("why").arg("--from").arg(&state).args(["--who", "contributor-0"]);
    ran.assert().code(2).stderr(contains("did you mean `contributors-0`?"));
}
