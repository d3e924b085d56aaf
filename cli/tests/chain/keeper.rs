//! The keeper: what it does, and that it does nothing twice whenever it is killed.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use mock_chain::Mischief;
use predicates::str::contains;
use serde_json::Value;

use crate::stage::Stage;

const DAY: u64 = 86_400;
const RECEIPT: &str = "deployments/mock.json";
/// Looks that a test takes at what another process does, a hundredth of a second apart.
const LOOKS: usize = 2_000;

/// One pass as bob; what it says, a JSON value a line.
fn once(stage: &Stage, more: &[&str]) -> Vec<Value> {
    let words = [&["keeper", RECEIPT, "--once", "--output", "json"][..], more].concat();
    let said = stage.by("bob", &words).assert().success().get_output().stdout.clone();
    let said = String::from_utf8(said).unwrap();
    said.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What was done, as `act end`.
fn acts(said: &[Value]) -> Vec<String> {
    let word = |line: &Value, key: &str| line[key].as_str().unwrap_or_default().to_owned();
    said.iter()
        .map(|line| format!("{} {}", word(line, "act"), word(line, "end")).trim().to_owned())
        .collect()
}

fn status(stage: &Stage) -> Value {
    stage.query("governor", r#"{"details":{"proposal_id":0}}"#)["status"].clone()
}

fn epoch(stage: &Stage) -> u64 {
    stage.query("network", r#"{"topic":{"topic":0}}"#)["epoch"].as_u64().unwrap()
}

/// A keeper that goes on until it is stopped.
fn start(stage: &Stage, more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
    command.current_dir(stage.path("")).args(["keeper", RECEIPT, "--every", "1"]).args(more);
    command.args(["--network", "chain.json", "--keyring-dir", "keys", "--from", "bob"]);
    command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Kills it as the system would: nothing is cleaned up.
fn kill(mut child: Child) {
    let _ended = child.kill();
    child.wait().unwrap();
}

fn wait_for(what: &str, mut is_there: impl FnMut() -> bool) {
    for _ in 0..LOOKS {
        if is_there() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("{what}: waited for in vain");
}

fn pending(stage: &Stage) -> Value {
    let text = std::fs::read(stage.path("deployments/mock.keeper/journal.json"));
    let notes: Option<Value> = text.ok().and_then(|text| serde_json::from_slice(&text).ok());
    notes.map_or(Value::Null, |notes| notes["pending"].clone())
}

#[test]
fn an_epoch_is_closed_once_and_not_before_it_is_due() {
    let stage = Stage::new();
    stage.deploy();
    assert_eq!(acts(&once(&stage, &[])), ["idle"]);
    stage.chain.advance(720, 3_600);
    let sent = stage.chain.transactions().len();
    let would = acts(&once(&stage, &["--dry-run"]));
    assert_eq!((would, stage.chain.transactions().len()), (vec!["close would".into()], sent));
    let said = once(&stage, &[]);
    assert_eq!(acts(&said), ["close done"]);
    assert!(said[0]["why"].as_str().unwrap().contains("epoch 0 is due since block"), "{said:?}");
    assert!(said[0]["gas_used"].as_u64().unwrap() > 0 && said[0]["hash"].is_string());
    assert_eq!(acts(&once(&stage, &[])), ["idle"]);
    assert_eq!((epoch(&stage), stage.chain.transactions().len()), (1, sent + 1));
}

#[test]
fn an_epoch_is_closed_page_by_page() {
    let stage = Stage::new();
    stage.deploy();
    stage.by("alice", &["register", "0"]).assert().success();
    for who in ["alice", "bob"] {
        stage.by(who, &["stake", "10_000MOOT"]).assert().success();
    }
    stage.chain.advance(1, 5);
    stage.by("bob", &["submit-weights", "0", "1:65535"]).assert().success();
    stage.by("alice", &["submit-weights", "0", "0:65535"]).assert().success();
    // The first epoch issues permits, the second has bonds of whoever holds one.
    for epochs in [1, 2] {
        stage.chain.advance(720, 3_600);
        let said = acts(&once(&stage, &["--rows", "1"]));
        assert_eq!(said, vec!["close done"; epochs]);
        assert_eq!((epoch(&stage), acts(&once(&stage, &[]))), (epochs as u64, vec!["idle".into()]));
    }
}

#[test]
fn a_passed_proposal_is_queued_and_executed_and_a_defeated_one_settled() {
    let stage = Stage::new();
    stage.deploy();
    stage.by("alice", &["stake", "1_500_000MOOT", "--tier", "1"]).assert().success();
    stage.chain.advance(1, 5);
    stage.by("alice", &["propose", "--set", "network.kappa=0.6"]).assert().success();
    stage.by("alice", &["propose", "--set", "network.kappa=0.7"]).assert().success();
    stage.chain.advance(1, DAY);
    stage.by("alice", &["vote", "0", "yes"]).assert().success();
    stage.by("alice", &["vote", "1", "no"]).assert().success();
    assert_eq!(acts(&once(&stage, &["--dry-run"])), ["idle"], "voting goes on");
    stage.chain.advance(1, 5 * DAY);
    assert_eq!(acts(&once(&stage, &[])), ["queue done", "settle done"]);
    assert_eq!(status(&stage), "queued");
    assert_eq!(acts(&once(&stage, &[])), ["idle"], "the timelock runs");
    stage.chain.advance(1, 2 * DAY);
    assert_eq!(acts(&once(&stage, &[])), ["execute done"]);
    assert_eq!(status(&stage), "executed");
    assert_eq!(acts(&once(&stage, &[])), ["idle"]);
}

#[test]
fn a_row_is_submitted_each_epoch_before_the_close_that_counts_it() {
    let stage = Stage::new();
    stage.deploy();
    stage.by("bob", &["stake", "10_000MOOT"]).assert().success();
    stage.chain.advance(1, 5);
    let row = ["--row-command", "echo 0:$((MOOT_EPOCH + 1))"];
    assert_eq!(acts(&once(&stage, &row)), ["row done"]);
    assert_eq!(acts(&once(&stage, &row)), ["idle"], "one an epoch");
    stage.chain.advance(720, 3_600);
    assert_eq!(acts(&once(&stage, &row)), ["close done", "row done"]);
    stage.chain.advance(720, 3_600);
    let late = [&row[..], &["--row-within", "10"]].concat();
    assert_eq!(acts(&once(&stage, &late)), ["close done"]);
    stage.chain.advance(712, 3_560);
    assert_eq!(acts(&once(&stage, &late)), ["row done"]);
    // A command that fails is told, not tried again at once, and nothing is paid.
    stage.chain.advance(720, 3_600);
    let sent = stage.chain.transactions().len();
    let broken = ["--row-command", "exit 1"];
    assert_eq!(acts(&once(&stage, &broken)), ["close done", "row no-row"]);
    assert_eq!(acts(&once(&stage, &broken)), ["idle"]);
    assert_eq!(stage.chain.transactions().len(), sent + 1);
}

#[test]
fn killed_between_journal_and_broadcast_it_pays_once() {
    let stage = Stage::new();
    stage.deploy();
    stage.chain.advance(720, 3_600);
    let sent = stage.chain.transactions().len();
    stage.chain.misbehave(Some(Mischief::SwallowsNext));
    let keeper = start(&stage, &[]);
    wait_for("a note", || !pending(&stage).is_null());
    // What it hands to the node does not arrive.
    kill(keeper);
    stage.chain.misbehave(None);
    assert_eq!(stage.chain.transactions().len(), sent);
    let hash = pending(&stage)["hash"].clone();
    let said = once(&stage, &[]);
    assert_eq!((acts(&said), &said[0]["hash"]), (vec!["close done".into()], &hash));
    assert_eq!(said[0]["sent_before"], true);
    assert_eq!((epoch(&stage), stage.chain.transactions().len()), (1, sent + 1));
    assert!(pending(&stage).is_null());
}

#[test]
fn killed_between_broadcast_and_result_it_pays_once() {
    let stage = Stage::new();
    stage.deploy();
    stage.chain.advance(720, 3_600);
    let sent = stage.chain.transactions().len();
    stage.chain.misbehave(Some(Mischief::LosesNextAnswer));
    let keeper = start(&stage, &[]);
    wait_for("a block", || stage.chain.transactions().len() > sent);
    kill(keeper);
    assert!(!pending(&stage).is_null(), "it does not know yet");
    let said = once(&stage, &[]);
    assert_eq!(acts(&said), ["close done"]);
    assert_eq!(said[0]["sent_before"], true);
    assert_eq!((epoch(&stage), stage.chain.transactions().len()), (1, sent + 1));
}

#[test]
fn what_can_no_longer_be_included_is_done_anew() {
    let stage = Stage::new();
    stage.deploy();
    stage.chain.advance(720, 3_600);
    stage.chain.misbehave(Some(Mischief::SwallowsNext));
    let keeper = start(&stage, &[]);
    wait_for("a note", || !pending(&stage).is_null());
    kill(keeper);
    stage.chain.misbehave(None);
    let sent = stage.chain.transactions().len();
    stage.chain.advance(100, 500);
    assert_eq!(acts(&once(&stage, &[])), ["close lapsed", "close done"]);
    assert_eq!((epoch(&stage), stage.chain.transactions().len()), (1, sent + 1));
}

#[test]
fn killed_at_ten_moments_an_epoch_is_closed_once() {
    let stage = Stage::new();
    stage.deploy();
    stage.chain.advance(720, 3_600);
    let sent = stage.chain.transactions().len();
    for moment in [3, 9, 14, 20, 25, 31, 38, 46, 60, 90] {
        let keeper = start(&stage, &[]);
        std::thread::sleep(Duration::from_millis(moment));
        kill(keeper);
    }
    once(&stage, &[]);
    assert!(pending(&stage).is_null());
    assert_eq!((epoch(&stage), stage.chain.transactions().len()), (1, sent + 1));
}

#[test]
fn it_rides_out_a_node_that_lies_tells_metrics_and_stops_when_asked() {
    let stage = Stage::new();
    stage.deploy();
    let mut keeper = start(&stage, &["--metrics", "127.0.0.1:0"]);
    let mut errors = keeper.stderr.take().unwrap();
    let mut told = Vec::new();
    while !told.ends_with(b"/metrics\n") {
        let mut byte = [0];
        errors.read_exact(&mut byte).unwrap();
        told.push(byte[0]);
    }
    let told = String::from_utf8(told).unwrap();
    let address = told.split("http://").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let ask = |path: &str| {
        let mut stream = TcpStream::connect(&address).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    wait_for("a look", || ask("/metrics").contains("moot_keeper_epoch{topic=\"0\"} 0"));
    assert!(ask("/").starts_with("HTTP/1.1 404"));
    stage.chain.misbehave(Some(Mischief::Refuses("E0325 network: not yet".into())));
    stage.chain.advance(720, 3_600);
    let refused = "moot_keeper_decisions_total{act=\"close\",end=\"refused\"} 1";
    wait_for("a refusal", || ask("/metrics").contains(refused));
    // It was held off; a minute of the chain's time later it is tried again. The node takes it and
    // answers of another: then its hash is looked up.
    let sent = stage.chain.transactions().len();
    stage.chain.misbehave(Some(Mischief::OtherHash));
    stage.chain.advance(12, 60);
    let done = "moot_keeper_decisions_total{act=\"close\",end=\"done\"} 1";
    wait_for("a close", || ask("/metrics").contains(done));
    assert!(ask("/metrics").contains("moot_keeper_node_errors_total 1\n"));
    assert_eq!(stage.chain.transactions().len(), sent + 1);
    let interrupted = Command::new("kill").args(["-INT", &keeper.id().to_string()]).status();
    assert!(interrupted.unwrap().success());
    assert!(keeper.wait().unwrap().success(), "it ends well");
    assert_eq!(epoch(&stage), 1);
}

#[test]
fn what_makes_no_sense_is_refused() {
    let stage = Stage::new();
    stage.deploy();
    let sent = stage.chain.transactions().len();
    for (words, says) in [
        (&["keeper", "no.json", "--once"][..], "there is no receipt no.json"),
        (&["keeper", RECEIPT, "--metrics", "0.0.0.0:9464"], "not on loopback"),
        (&["keeper", RECEIPT, "--row", "a", "--row-command", "b"], "cannot be used with"),
        (&["keeper", RECEIPT, "--rows", "0"], "invalid value"),
        (&["keeper", RECEIPT, "--generate-only"], "signs and sends by itself"),
    ] {
        stage.by("bob", words).assert().code(2).stderr(contains(says));
    }
    once(&stage, &[]);
    let other = stage.by("alice", &["keeper", RECEIPT, "--once"]).assert();
    other.code(2).stderr(contains("journal of another deployment or key"));
    assert_eq!(stage.chain.transactions().len(), sent);
}
