//! Parameters that are wrong in several ways: refused with the first code, and every reason told.

use cosmwasm_std::{Addr, Decimal, Uint128};
use interface::{
    governor::{self, MandateMsg},
    network, rewards, staking,
};
use serde::Serialize;

use crate::{
    assembly::governor_code,
    deployment::{Chain, code, user},
    genesis, rules,
};

/// From the treasury: refused with the first of these codes, telling all of them in that order.
/// From anybody else: refused with `E0003`, whatever it says.
fn refuses(chain: &mut Chain, contract: &Addr, msg: &impl Serialize, codes: &[u16]) {
    assert_eq!(code(chain.run(&user("mallory"), contract, msg)), 3);
    let treasury = chain.treasury.clone();
    let refused = chain.run(&treasury, contract, msg).unwrap_err();
    assert_eq!(refused.code, codes[0], "{}", refused.text);
    assert_eq!(told(&refused.text), codes, "{}", refused.text);
}

/// The codes in a text.
fn told(text: &str) -> Vec<u16> {
    text.split(" | ").map(|one| one[1..5].parse().unwrap()).collect()
}

/// Two periods too short, an easy emergency, a lapse and a count out of bounds, and a deposit that
/// nobody can meet, which is staking's to say.
fn wrong() -> governor::ParamsMsg {
    let mut params = rules::params();
    (params.ordinary.period, params.constitutional.period) = (9, 1);
    params.ordinary.extension = 0;
    params.constitutional.deposit = Uint128::new(1 << 90);
    params.emergency.quorum = Decimal::percent(20);
    (params.live, params.lapse) = (0, 201);
    params
}

#[test]
fn the_governors() {
    let mut chain = Chain::ready();
    let governor = chain.governor();
    let update = governor::ExecuteMsg::UpdateParams { params: Box::new(wrong()) };
    refuses(&mut chain, &governor, &update, &[450, 450, 459, 462, 463, 470]);
    // One reason is told as it always was.
    let params = Box::new(governor::ParamsMsg { live: 0, ..rules::params() });
    refuses(&mut chain, &governor, &governor::ExecuteMsg::UpdateParams { params }, &[463]);
}

/// At the start staking is not known, so its reasons come when the contracts are wired.
#[test]
fn the_governors_at_the_start() {
    let mut chain = Chain::ready();
    let now = chain.now();
    let mut made = governor::InstantiateMsg { params: wrong(), ..rules::governor(now) };
    (made.bounds.mandate, made.mandate.pause) = (1, 999);
    let refused = chain.make(governor_code(), &made).unwrap_err();
    assert_eq!(told(&refused.text), [450, 450, 459, 462, 463, 465, 466], "{}", refused.text);
}

#[test]
fn a_mandates() {
    let mut chain = Chain::ready();
    let (governor, now) = (chain.governor(), chain.now());
    let mandate = rules::mandate(&user("dave"), now);
    let mandate = MandateMsg { ends: now, pause: 201, ..mandate };
    refuses(&mut chain, &governor, &governor::ExecuteMsg::SetGuardian { mandate }, &[465, 466]);
}

/// What staking itself says of a notice, and what it says of it beside the governor's tracks.
#[test]
fn stakings() {
    let mut chain = Chain::ready();
    let staking = chain.staking.clone();
    let mut params = genesis::staking(None);
    params.tiers[0].notice = 99;
    (params.bounty, params.max_stake) = (Decimal::one(), Uint128::new(999));
    let update = staking::ExecuteMsg::UpdateParams { params };
    refuses(&mut chain, &staking, &update, &[224, 225, 227]);
}

#[test]
fn a_schedules() {
    let mut chain = Chain::ready();
    let rewards = chain.rewards.clone();
    let mut params = genesis::rewards_params();
    params.schedule.tail = Uint128::new(genesis::PER_BLOCK + 1);
    params.schedule.cap = Uint128::new(1);
    params.schedule.curve = rewards::CurveMsg::HalvingByInterval { interval: 0 };
    let update = rewards::ExecuteMsg::UpdateParams { params };
    refuses(&mut chain, &rewards, &update, &[512, 513, 509]);
}

#[test]
fn a_topics() {
    let mut chain = Chain::ready();
    let network = chain.network.clone();
    let mut params = genesis::topic(&user("alice"));
    (params.tempo, params.slots, params.owner_cut) = (0, 0, Decimal::one());
    let create = network::ExecuteMsg::CreateTopic { params: params.clone(), weight: 1 };
    refuses(&mut chain, &network, &create, &[303, 304, 310]);
    let update = network::ExecuteMsg::UpdateTopic { topic: 0, params };
    refuses(&mut chain, &network, &update, &[303, 304, 310]);
}
