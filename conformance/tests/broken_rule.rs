//! A contract that breaks one rule is found in the epoch where it does, by command and key.

#[path = "stage/mod.rs"]
mod stage;

use conformance::{Chain, Codes, ConformError, Mismatch, Report, run, run_with};
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response, Uint128};
use cw_multi_test::ContractWrapper;
use interface::{Error, staking::ExecuteMsg};
use protocol::{Command, Fraction, ModuleId, staking};
use simulator::scenario::{Event, Happening, Scenario};

/// The epoch in which validators are slashed.
const SLASHED_IN: u64 = 2;

/// A season in which everybody claims each epoch, and each validator loses a third of its stake.
fn scenario() -> Scenario {
    let part = Fraction::from_parts(Fraction::WHOLE / 3).expect("a third");
    let happening = Happening::Slashed { population: "validators".into(), part };
    let event = Event { epoch: SLASHED_IN, note: "a fault was proved".into(), happening };
    let mut scenario = Scenario { events: vec![event], ..Scenario::sample(3, 5, 5) };
    scenario.populations.iter_mut().for_each(|population| population.claims_every = 1);
    scenario
}

/// The staking contract, except that it rounds what is slashed up to an even number.
fn rounds_up(
    deps: DepsMut<'_>,
    env: Env,
    info: MessageInfo,
    mut msg: ExecuteMsg,
) -> Result<Response, Error> {
    if let ExecuteMsg::Slash { amount, .. } = &mut msg {
        *amount = Uint128::new(amount.u128().next_multiple_of(2));
    }
    ::staking::execute(deps, env, info, msg)
}

fn broken() -> Result<Vec<Chain>, ConformError> {
    let staking = ContractWrapper::new(rounds_up, ::staking::instantiate, ::staking::query);
    let codes = Codes { staking: Box::new(staking.with_reply(::staking::reply)), ..Codes::rust() };
    Ok(vec![Chain::new("contracts", Codes::rust()), Chain::new("broken", codes)])
}

#[test]
fn a_broken_rule_is_located() {
    let mut equal = Vec::new();
    let told = &mut |at: conformance::Progress| equal.push(at.epoch);
    let report = run_with(&scenario(), 5, &broken, told).expect("the season runs");
    let Report { epochs, mismatch: Some(mismatch), .. } = report else {
        panic!("not found: {report:?}")
    };
    println!("{mismatch}");
    assert_eq!((epochs, equal), (SLASHED_IN, vec![0, 1]));
    let Mismatch { engine, epoch, sent: Some(sent), record: Some((record, _)), .. } = &mismatch
    else {
        panic!("without command or record: {mismatch}")
    };
    assert_eq!((*engine, *epoch), ("broken", SLASHED_IN));
    let Command::Staking(staking::Command::Slash { who, .. }) = &sent.command else {
        panic!("another command: {mismatch}")
    };
    // A slash burns: the supply is the token's, the stake is staking's; the lower module is named.
    assert_eq!(record.module, ModuleId::Token, "{mismatch}");
    assert_ne!(record.native, record.theirs);
    assert!(!record.key.is_empty() && who.module().is_none(), "{mismatch}");
}

#[test]
fn an_unbroken_season_agrees_in_three_engines() {
    let report = run(&scenario(), 5, &stage::artifacts(), &mut |_| {}).expect("the season runs");
    assert!(report.agrees(), "{}", report.mismatch.expect("it differs"));
    assert_eq!((report.epochs, report.engines), (5, vec!["native", "contracts", "wasm"]));
    assert!(report.commands > 40, "only {} commands", report.commands);
}

#[test]
fn missing_wasm_says_how_to_build_it() {
    let nowhere = stage::artifacts().join("nowhere");
    let error = run(&scenario(), 1, &nowhere, &mut |_| {}).expect_err("there is no Wasm");
    let text = error.to_string();
    assert!(text.contains("suite.wasm") && text.contains("cargo xtask wasm"), "{text}");
}
