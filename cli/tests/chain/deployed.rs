//! `moot deploy`: from a file to a network that nobody owns.

use predicates::str::contains;
use serde_json::Value;
use std::fs;

use crate::stage::Stage;

#[test]
fn a_deployment_is_whole_and_owned_by_the_treasury() {
    let stage = Stage::new();
    stage.deploy();
    let receipt: Value =
        serde_json::from_slice(&fs::read(stage.path("deployments/mock.json")).unwrap()).unwrap();
    assert_eq!(receipt["steps"].as_array().unwrap().len(), 5);
    assert!(receipt["checked_at"].is_u64());
    let treasury = receipt["contracts"]["treasury"]["address"].as_str().unwrap();
    let authority = stage.query("treasury", "authority");
    assert_eq!(authority["holder"], receipt["contracts"]["governor"]["address"]);
    let minter = stage.query("token", "minter");
    assert_eq!(minter["minter"], receipt["contracts"]["rewards"]["address"]);
    let held = stage.query("token", &format!(r#"{{"balance":{{"address":"{treasury}"}}}}"#));
    assert_eq!(held["balance"], "500000000000");
}

#[test]
fn a_deployment_that_is_complete_sends_nothing_more() {
    let stage = Stage::new();
    stage.deploy();
    let (sent, receipt) =
        (stage.chain.transactions().len(), fs::read(stage.path("deployments/mock.json")).unwrap());
    stage.deploy();
    assert_eq!(stage.chain.transactions().len(), sent);
    assert_eq!(fs::read(stage.path("deployments/mock.json")).unwrap(), receipt);
}

#[test]
fn another_file_does_not_go_on_with_this_receipt() {
    let stage = Stage::new();
    stage.deploy();
    let file = stage.path("network.toml");
    let text = fs::read_to_string(&file).unwrap().replace("0.25 MOOT", "0.26 MOOT");
    fs::write(&file, text).unwrap();
    let sent = stage.chain.transactions().len();
    let deploy = stage.by("alice", &["deploy", "network.toml"]).assert();
    deploy.code(2).stderr(contains("its deployment file differs"));
    assert_eq!(stage.chain.transactions().len(), sent);
}

#[test]
fn code_that_is_not_what_its_checksum_says_is_not_stored() {
    let stage = Stage::new();
    fs::write(stage.path("artifacts/suite.wasm"), b"\0asm\x01\0\0\0").unwrap();
    let deploy = stage.by("alice", &["deploy", "network.toml"]).assert();
    deploy.code(2).stderr(contains("is not what artifacts/checksums.txt says"));
    assert_eq!(stage.chain.codes(), 0);
}

#[test]
fn nobody_deploys_without_being_asked() {
    let stage = Stage::new();
    let deploy = stage.moot(&["deploy", "network.toml", "--from", "alice"]).assert();
    deploy.code(2).stderr(contains("deploy this on mock-1 as wasm1")).stderr(contains("-y"));
    assert_eq!(stage.chain.codes(), 0);
}

#[test]
fn verbs_want_a_complete_receipt_of_this_chain() {
    let stage = Stage::new();
    let stake = || stage.by("alice", &["stake", "1MOOT"]).assert().code(2);
    stake().stderr(contains("there is no receipt deployments/mock.json"));
    stage.deploy();
    let path = stage.path("deployments/mock.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("mock-1", "other-1")).unwrap();
    stake().stderr(contains("is of other-1, and the network is mock-1"));
    fs::write(&path, &text[..text.len() / 2]).unwrap();
    stake().stderr(contains("is no receipt"));
}

#[test]
fn a_deployment_verifies_until_something_differs() {
    let stage = Stage::new();
    stage.deploy();
    let verify = || stage.moot(&["verify", "--deployment", "deployments/mock.json"]).assert();
    verify().success().stdout(contains("4 codes and 6 contracts are as the receipt says"));
    let path = stage.path("deployments/mock.json");
    let text = fs::read_to_string(&path).unwrap();
    for (part, by, says) in [
        ("moot-staking", "moot-stakinh", "staking: label is \"moot-staking\""),
        ("\"bounty\": \"0.1\"", "\"bounty\": \"0.2\"", "staking: parameters"),
    ] {
        assert_eq!(text.matches(part).count(), 1, "{part}");
        fs::write(&path, text.replace(part, by)).unwrap();
        verify().code(3).stderr(contains(says));
    }
    fs::write(&path, &text).unwrap();
    let other = mock_chain::artifact("suite", 2);
    fs::write(stage.path("artifacts/suite.wasm"), other).unwrap();
    verify().code(2).stderr(contains("is not what artifacts/checksums.txt says"));
}
