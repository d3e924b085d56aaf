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
