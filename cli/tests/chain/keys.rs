//! Keys, and transactions for others to sign.

use predicates::str::contains;
use serde_json::Value;
use std::fs;

use crate::stage::{PEOPLE, Stage, secret};

fn json(assert: &assert_cmd::assert::Assert) -> Value {
    serde_json::from_slice(&assert.get_output().stdout).unwrap()
}

#[test]
fn a_key_file_that_others_can_read_is_refused() {
    let stage = Stage::new();
    stage.deploy();
    secret(&stage.path("keys/alice"), PEOPLE[0].1, 0o644);
    let stake = stage.by("alice", &["stake", "1MOOT"]).assert();
    stake.code(2).stderr(contains("can be read by others")).stderr(contains("chmod 600"));
}

#[test]
fn a_key_may_come_from_the_environment() {
    let stage = Stage::new();
    stage.deploy();
    let mut stake = stage.by("env:MOOT_MNEMONIC", &["stake", "1MOOT"]);
    stake.env("MOOT_MNEMONIC", PEOPLE[0].1).assert().success();
}

#[test]
fn a_dry_run_sends_nothing() {
    let stage = Stage::new();
    stage.deploy();
    let sent = stage.chain.transactions().len();
    let stake = stage.by("alice", &["stake", "1MOOT", "--dry-run", "--output", "json"]).assert();
    let told = json(&stake.success());
    assert_eq!((&told["gas"], &told["gas_limit"]), (&120_000.into(), &156_000.into()));
    assert_eq!((&told["fee"], stage.chain.transactions().len()), (&"3900ustake".into(), sent));
}

#[test]
fn an_unsigned_transaction_needs_no_key() {
    let stage = Stage::new();
    stage.deploy();
    let alice = stage.address("alice");
    fs::remove_file(stage.path("keys/alice")).unwrap();
    let stake = stage.by(&alice, &["stake", "1MOOT", "--generate-only", "--gas", "200000"]);
    let mut stake = stake;
    let told = json(&stake.assert().success());
    let message = &told["body"]["messages"][0];
    assert_eq!(message["@type"], "/cosmwasm.wasm.v1.MsgExecuteContract");
    assert_eq!(
        (&message["sender"], &message["msg"]["send"]["amount"]),
        (&alice.into(), &"1000000".into())
    );
    assert_eq!(told["auth_info"]["fee"]["gas_limit"], "200000");
    assert_eq!(told["signatures"], serde_json::json!([]));
}

#[test]
fn what_is_signed_offline_is_shown_in_both_forms() {
    let stage = Stage::new();
    stage.deploy();
    let sign = |mode: &str| {
        let offline = ["--offline", "--account-number", "7", "--sequence", "9", "--gas", "200000"];
        let words = [&["stake", "1MOOT", "--sign-mode", mode][..], &offline[..]].concat();
        // Nobody is asked: the node is a port that is closed.
        let mut command = stage.by("alice", &words);
        json(&command.args(["--node", "127.0.0.1:1"]).assert().success())
    };
    let document = sign("amino-json")["sign_doc"].as_str().unwrap().to_owned();
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!((&document["account_number"], &document["sequence"]), (&"7".into(), &"9".into()));
    assert_eq!(document["msgs"][0]["type"], "wasm/MsgExecuteContract");
    assert_ne!(sign("direct")["tx_bytes"], sign("amino-json")["tx_bytes"]);
}

#[test]
fn another_chain_than_was_asked_for_is_refused() {
    let stage = Stage::new();
    stage.deploy();
    let stake = stage.by("alice", &["stake", "1MOOT", "--chain-id", "other-1"]).assert();
    stake.code(2).stderr(contains("the network file says mock-1, and --chain-id other-1"));
}

#[test]
fn nobody_there_is_network_trouble() {
    let stage = Stage::new();
    stage.deploy();
    let stake = stage.by("alice", &["stake", "1MOOT", "--node", "127.0.0.1:1"]).assert();
    stake.code(4).stderr(contains("cannot be reached"));
}
