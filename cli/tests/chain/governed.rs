//! From stake to an executed proposal, verb by verb.

use predicates::str::contains;
use serde_json::{Value, json};

use crate::stage::Stage;

const DAY: u64 = 86_400;

fn status(stage: &Stage) -> Value {
    stage.query("governor", r#"{"details":{"proposal_id":0}}"#)["status"].clone()
}

#[test]
fn a_proposal_changes_a_parameter_and_pays_a_grant() {
    let stage = Stage::new();
    stage.deploy();
    let bob = stage.address("bob");
    let first = ["snapshot", "--deployment", "deployments/mock.json", "--out", "first.json"];
    stage.moot(&first).assert().success();
    stage.by("alice", &["stake", "1_500_000MOOT", "--tier", "1"]).assert().success();
    stage.by("bob", &["stake", "100MOOT"]).assert().success();
    stage.by("bob", &["delegate", &stage.address("alice")]).assert().success();
    stage.chain.advance(1, 5);
    let pay = format!("{bob}:25_000MOOT");
    let propose = ["propose", "--set", "network.kappa=0.6", "--pay", &pay];
    let told = stage.by("alice", &propose).assert().success();
    told.stdout(contains(format!("pay 25,000MOOT to {bob} (needs the ordinary track)")))
        .stdout(contains("scoring.yuma.kappa is 32767, and becomes 39321"))
        .stdout(contains("on the ordinary track: a deposit of 500MOOT"))
        .stdout(contains("proposal 0"));
    assert_eq!(status(&stage), "pending");
    stage.chain.advance(1, DAY);
    stage.by("bob", &["vote", "0", "yes=0.5,no=0.5"]).assert().success();
    stage.by("alice", &["vote", "0", "yes", "--rationale", "as discussed"]).assert().success();
    stage.chain.advance(1, 7 * DAY);
    assert_eq!(status(&stage), "passed");
    stage.by("bob", &["queue", "0"]).assert().success();
    let early = stage.by("bob", &["execute", "0"]).assert();
    early.code(3).stderr(contains("refused: E04"));
    stage.chain.advance(720, 2 * DAY);
    stage.by("bob", &["execute", "0"]).assert().success();
    assert_eq!(status(&stage), "executed");
    let kappa = || {
        let topic = stage.query("network", r#"{"topic":{"topic":0}}"#);
        topic["params"]["scoring"]["yuma"]["kappa"].clone()
    };
    assert_eq!(kappa(), json!(32_767), "a topic changes from the next epoch on");
    stage.by("bob", &["epoch", "0"]).assert().success();
    assert_eq!(kappa(), json!(39_321));
    let held = stage.query("token", &format!(r#"{{"balance":{{"address":"{bob}"}}}}"#));
    assert_eq!(held["balance"], "524900000000", "the fee for a page is owed, not paid");
    let replay = stage.moot(&["replay", "first.json"]).assert().success();
    replay.stdout(contains("the native engine has the chain's state"));
}

#[test]
fn epochs_are_closed_and_pay_is_claimed() {
    let stage = Stage::new();
    stage.deploy();
    stage.by("alice", &["register", "0"]).assert().success();
    for who in ["alice", "bob"] {
        stage.by(who, &["stake", "10_000MOOT"]).assert().success();
    }
    stage.chain.advance(1, 5);
    stage.by("bob", &["submit-weights", "0", "1:65535"]).assert().success();
    stage.by("alice", &["submit-weights", "0", "0:65535"]).assert().success();
    let early = stage.by("bob", &["epoch", "0"]).assert();
    early.code(3).stderr(contains("refused: E03"));
    stage.chain.advance(720, 3_600);
    stage.by("bob", &["epoch", "0"]).assert().success();
    let held = || {
        let alice = stage.address("alice");
        let held = stage.query("token", &format!(r#"{{"balance":{{"address":"{alice}"}}}}"#));
        held["balance"].as_str().unwrap().parse::<u128>().unwrap()
    };
    let before = held();
    stage.by("alice", &["claim"]).assert().success();
    assert!(held() > before, "an epoch pays");
}

#[test]
fn stake_comes_back_after_its_notice() {
    let stage = Stage::new();
    stage.deploy();
    stage.by("bob", &["stake", "100MOOT"]).assert().success();
    stage.by("bob", &["unstake", "40MOOT"]).assert().success();
    stage.by("bob", &["claim", "stake"]).assert().code(3).stderr(contains("refused: E02"));
    stage.chain.advance(1, 28 * DAY);
    stage.by("bob", &["claim", "stake"]).assert().success();
    let bob = stage.address("bob");
    let held = stage.query("token", &format!(r#"{{"balance":{{"address":"{bob}"}}}}"#));
    assert_eq!(held["balance"], "499940000000");
}

#[test]
fn what_makes_no_sense_is_refused_before_anything_is_sent() {
    let stage = Stage::new();
    stage.deploy();
    let sent = stage.chain.transactions().len();
    for (words, says) in [
        (&["stake", "1TAO"][..], "its unit is not MOOT"),
        (&["stake", "0.0000001MOOT"], "6 digits after the point"),
        (&["stake", "-1"], "unexpected argument"),
        (&["vote", "0", "aye"], "is no ballot"),
        (&["propose", "--set", "network.kapa=0.6"], "there is no such parameter"),
        (&["propose", "--set", "kappa=0.6"], "names no contract"),
        (&["propose", "--set", "network.kappa=x"], "no value for it"),
        (&["propose", "--pay", "nobody:1MOOT"], "an address"),
        (&["submit-weights", "0", "a:b"], "are no weights"),
    ] {
        stage.by("alice", words).assert().code(2).stderr(contains(says));
    }
    assert_eq!(stage.chain.transactions().len(), sent);
}

#[test]
fn the_laws_hold_on_what_the_chain_stores() {
    let stage = Stage::new();
    stage.deploy();
    stage.by("alice", &["stake", "1_500_000MOOT", "--tier", "1"]).assert().success();
    stage.by("bob", &["stake", "100MOOT"]).assert().success();
    stage.by("bob", &["delegate", &stage.address("alice")]).assert().success();
    stage.chain.advance(1, 5);
    stage.by("alice", &["propose", "--set", "network.kappa=0.6"]).assert().success();
    stage.chain.advance(1, DAY);
    stage.by("alice", &["vote", "0", "yes"]).assert().success();
    let receipt = ["--deployment", "deployments/mock.json"];
    let audit = stage.moot(&[&["audit"][..], &receipt[..]].concat()).assert().success();
    audit.stdout(contains("What tests deploy on mock-1")).stdout(contains("holds"));
    let words =
        [&["snapshot", "--out", "state.json", "--output", "json"][..], &receipt[..]].concat();
    let told = stage.moot(&words).assert().success();
    let told: Value = serde_json::from_slice(&told.get_output().stdout).unwrap();
    assert_eq!(told["accounts"], 2, "whoever deployed is alice");
    // Whoever has the file needs no chain.
    stage.moot(&["audit", "state.json"]).assert().success().stdout(contains("holds"));
    let text = std::fs::read_to_string(stage.path("state.json")).unwrap();
    assert!(text.contains(&stage.address("bob")), "accounts are called by their addresses");
}

#[test]
fn a_view_shows_quorum_votes_and_ones_own() {
    let stage = Stage::new();
    stage.deploy();
    let view = |who: &[&str]| {
        let words = [&["watch", "deployments/mock.json", "--once"][..], who].concat();
        let said = stage.moot(&words).assert().success().get_output().stdout.clone();
        String::from_utf8(said).unwrap()
    };
    assert!(view(&[]).contains("none yet"));
    stage.by("alice", &["stake", "1_500_000MOOT", "--tier", "1"]).assert().success();
    stage.chain.advance(1, 5);
    let title = "An \u{1b}[2Jescape";
    let propose = ["propose", "--set", "network.kappa=0.6", "--title", title];
    stage.by("alice", &propose).assert().success();
    assert!(view(&[]).contains("opens in 1 d"));
    stage.chain.advance(1, DAY);
    stage.by("alice", &["vote", "0", "yes=0.7,no=0.3"]).assert().success();
    let shown = view(&["--from", "alice"]);
    for one in ["open on the ordinary track", "70.0 %", "needed, reached", "yes 0.7, no 0.3, with"]
    {
        assert!(shown.contains(one), "{one} in\n{shown}");
    }
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    let piped = stage.moot(&["watch", "deployments/mock.json"]).assert();
    piped.code(2).stderr(contains("there is no terminal"));
}
