//! Which node is used: the first that answers and agrees.

use client::{Error, connect};
use mock_chain::{Mischief, MockChain, Setup};

use crate::stage::{TIMING, chain, chain_with, network, play};

fn refused(chains: &[&MockChain]) -> String {
    match play(connect(&network(chains), TIMING)) {
        Err(Error::Network(why)) => why,
        other => panic!("expected trouble with the network, not {other:?}"),
    }
}

#[test]
fn the_first_that_answers_is_used() {
    let (first, second) = (chain(), chain());
    let node = play(connect(&network(&[&first, &second]), TIMING)).unwrap();
    assert_eq!(node.endpoint(), first.endpoint());
}

#[test]
fn a_node_of_another_chain_is_not_used() {
    let other = chain_with(Setup { chain_id: "other-1".into(), ..Setup::default() });
    let why = refused(&[&other]);
    assert!(why.contains("serves other-1") && why.contains("mock-1"), "{why}");
    let right = chain();
    let node = play(connect(&network(&[&other, &right]), TIMING)).unwrap();
    assert_eq!(node.endpoint(), right.endpoint());
}

#[test]
fn a_silent_node_is_told_and_the_next_one_used() {
    let silent = chain();
    silent.misbehave(Some(Mischief::Silent));
    let why = refused(&[&silent]);
    assert!(why.contains(silent.endpoint()) && why.contains("does not answer"), "{why}");
    let right = chain();
    let node = play(connect(&network(&[&silent, &right]), TIMING)).unwrap();
    assert_eq!(node.endpoint(), right.endpoint());
}

#[test]
fn nobody_there_is_told() {
    let mut network = network(&[]);
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    network.endpoints = vec![format!("http://127.0.0.1:{port}"), "not an address".into()];
    let error = play(connect(&network, TIMING)).unwrap_err().to_string();
    assert!(error.contains("no node of mock-1") && error.contains("cannot be reached"), "{error}");
    assert!(error.contains("not an address"), "{error}");
}

#[test]
fn a_node_whose_header_is_of_another_chain_lies() {
    let liar = chain_with(Setup { chain_id: "evil-1".into(), ..Setup::default() });
    liar.misbehave(Some(Mischief::NamesChain("mock-1".into())));
    let why = refused(&[&liar]);
    assert!(why.contains("contradicts itself") && why.contains("evil-1"), "{why}");
}

#[test]
fn two_nodes_that_disagree_about_a_block_are_both_refused() {
    let (one, other) = (chain(), chain_with(Setup { seed: 1, ..Setup::default() }));
    let why = refused(&[&one, &other]);
    assert!(why.contains("disagree about block 2"), "{why}");
}

#[test]
fn a_node_that_lags_is_passed_over() {
    let (slow, right) = (chain(), chain());
    right.advance(100, 500);
    let node = play(connect(&network(&[&slow, &right]), TIMING)).unwrap();
    assert_eq!(node.endpoint(), right.endpoint());
}
