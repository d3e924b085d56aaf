//! `moot why`: the terms add up to what was paid, for people and for programs.

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

/// A template in a folder of its own.
fn template(name: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("season.toml");
    moot().args(["new", "--template", name]).arg(&file).assert().success();
    (folder, file)
}

fn told(file: &Path, who: &str, epoch: &str) -> Value {
    let options = ["--who", who, "--epoch", epoch, "--output", "json"];
    let ran = moot().arg("why").arg(file).args(options).assert().success();
    serde_json::from_slice(&ran.get_output().stdout).unwrap()
}

/// Base units, written as a text.
fn units(value: &Value) -> u128 {
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).parse().unwrap()
}

#[test]
fn parts_add_up_to_the_unit_in_a_real_networks_season() {
    let file = Path::new("scenarios/quickstart.toml");
    for who in ["copier", "self_dealer", "contributors.70", "contributors.108"] {
        let value = told(file, who, "2");
        let split = &value["split"];
        let fees: u128 = split["fees"].as_array().unwrap().iter().map(units).sum();
        let parts = ["owner", "contributors", "validators"].map(|part| units(&split[part]));
        let distributed = units(&value["emission"]["distributed"]);
        assert_eq!(fees + parts.iter().sum::<u128>(), distributed, "{who}");
        assert_eq!(distributed, 360_000_000_000, "an epoch has 360 blocks of one token");
        let side = if who.starts_with("contributors") { "contributor" } else { "validator" };
        let paid = &value[side]["paid"];
        let score = u128::from(paid["score"].as_u64().unwrap());
        assert_eq!(units(&paid["floor"]), units(&paid["of"]) * score / units(&paid["scores"]));
        let unit = u128::from(paid["remainder_unit"].as_bool().unwrap());
        assert_eq!(units(&paid["paid"]), units(&paid["floor"]) + unit, "{who}");
        assert!(units(&paid["paid"]) > 0, "{who}");
        let terms = &value[side]["terms"];
        let share = if side == "contributor" { "incentive" } else { "dividend" };
        assert_eq!(terms[share], paid["score"], "{who}");
    }
}

#[test]
fn people_read_every_step() {
    let file = "scenarios/quickstart.toml";
    let ran = moot().args(["why", file, "--who", "copier", "--epoch", "1"]).assert().success();
    ran.stdout(contains("copier (copier, weight copier), slot 57 of topic subnet15: epoch 1"))
        .stdout(contains("Distributed: 360 MOOT"))
        .stdout(contains("As a validator").and(contains("As a contributor").not()))
        .stdout(contains("bond before").and(contains("smaller ones: --top 0 shows all")))
        .stdout(contains("Paid: floor(180 MOOT x dividend"))
        .stdout(contains("Owed and not yet claimed"));
    let who = ["--who", "contributors.70", "--epoch", "1", "--top", "2"];
    let ran = moot().args(["why", file]).args(who).assert().success();
    ran.stdout(contains("adds to rank").and(contains("clipped to it")))
        .stdout(contains("x incentive"));
    let first = ["--who", "contributors.70", "--epoch", "0"];
    let ran = moot().args(["why", file]).args(first).assert().success();
    ran.stdout(contains("No slot had a permit").and(contains("found no score")));
}

#[test]
fn a_report_is_asked_with_its_own_seed() {
    let (folder, file) = template("minimal");
    let out = folder.path().join("report");
    let run = ["--seeds", "1", "--seed", "9", "--epochs", "3", "--out"];
    moot().arg("run").arg(&file).args(run).arg(&out).assert().success();
    let ask = |run: &Path, more: &[&str]| {
        let who = ["--who", "contributors.1", "--epoch", "2"];
        let ran = moot().arg("why").arg(run).args(who).args(more).assert().success();
        String::from_utf8(ran.get_output().stdout.clone()).unwrap()
    };
    assert_eq!(ask(&out, &[]), ask(&file, &["--seed", "9"]));
    assert_ne!(ask(&out, &[]), ask(&file, &[]));
    assert_ne!(ask(&file, &["--number", "1"]), ask(&file, &[]));
}

#[test]
fn questions_about_nobody() {
    let (_folder, file) = template("subnet");
    for (more, words) in [
        (vec!["--who", "copie"], "did you mean `copier`?"),
        (vec!["--who", "nobody"], "members are called as their population"),
        (vec!["--who", "copier", "--epoch", "4000000"], "there is no epoch 4000000"),
        (vec!["--who", "copier", "--topic", "x"], "there is no topic `x`"),
        (vec![], "--who <NAME>"),
    ] {
        moot().arg("why").arg(&file).args(more).assert().code(2).stderr(contains(words));
    }
    let mut text = fs::read_to_string(&file).unwrap();
    text.push_str("\nnois = 1\n");
    fs::write(&file, text).unwrap();
    let ran = moot().arg("why").arg(&file).args(["--who", "copier"]).assert();
    ran.code(2).stderr(contains("unknown key `nois`"));
}
