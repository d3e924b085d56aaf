//! Whose power votes, through the contracts: delegates and their owners, choices, gauges, late
//! quorums, ballots that are replaced or may not be.

use cosmwasm_std::{Addr, Decimal, Uint128};
use interface::{
    governor::{self, BallotResponse, ChoiceMsg, QuestionMsg, TrackMsg},
    network, staking,
};

use crate::{
    assembly::{YES, call, pay},
    deployment::{Chain, code, user},
    genesis, rules,
};

fn tally(chain: &Chain, id: u32) -> Vec<u128> {
    chain.details(id).tally.iter().map(|power| power.u128()).collect()
}

fn weight(chain: &Chain, proposal_id: u32, who: &Addr) -> u128 {
    let query = governor::QueryMsg::Ballot { proposal_id, voter: who.to_string() };
    chain.ask::<BallotResponse>(&chain.governor(), &query).weight.u128()
}

/// alice's 400 are lent to bob before the proposal. Whichever votes first, both weigh the same in
/// the end; what alice lends or takes back later changes nothing.
#[test]
fn ones_own_vote_overrides_the_delegates_whichever_came_first() {
    for own_first in [true, false] {
        let mut chain = Chain::ready();
        let (alice, bob, carol) = (user("alice"), user("bob"), user("carol"));
        let to = Some(bob.to_string());
        chain.staking(&alice, staking::ExecuteMsg::Delegate { to }).unwrap();
        chain.blocks(1);
        let id = chain.propose(&bob, TrackMsg::Ordinary, QuestionMsg::Signal {});
        let to = Some(carol.to_string());
        chain.staking(&alice, staking::ExecuteMsg::Delegate { to }).unwrap();
        chain.blocks(1);
        if own_first {
            chain.vote(&alice, id, 1).unwrap();
            assert_eq!(tally(&chain, id), [0, 400, 0, 0]);
        }
        chain.vote(&bob, id, YES).unwrap();
        if !own_first {
            assert_eq!((tally(&chain, id), weight(&chain, id, &bob)), (vec![700, 0, 0, 0], 700));
            chain.vote(&alice, id, 1).unwrap();
        }
        chain.vote(&carol, id, 2).unwrap();
        assert_eq!(tally(&chain, id), [300, 400, 200, 0], "own first: {own_first}");
        assert_eq!([&alice, &bob, &carol].map(|who| weight(&chain, id, who)), [400, 300, 200]);
    }
}

#[test]
fn a_ballot_is_replaced_where_the_track_allows_it() {
    let mut chain = Chain::ready();
    let alice = user("alice");
    let ordinary = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    let emergency = chain.propose(&alice, TrackMsg::Emergency, QuestionMsg::Signal {});
    chain.blocks(1);
    for id in [ordinary, emergency] {
        chain.vote(&alice, id, YES).unwrap();
    }
    chain.vote(&alice, ordinary, 1).unwrap();
    assert_eq!(tally(&chain, ordinary), [0, 400, 0, 0]);
    assert_eq!(code(chain.vote(&alice, emergency, 1)), 412);
    assert_eq!(tally(&chain, emergency), [400, 0, 0, 0]);
}

/// 20% are reached in the last second: the deadline moves to 10 seconds from then, and only once.
#[test]
fn a_late_quorum_moves_the_deadline_once() {
    let mut chain = Chain::ready();
    let (alice, bob, dave) = (user("alice"), user("bob"), user("dave"));
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    let first = chain.details(id).deadline;
    let until = |chain: &mut Chain, time: u64| {
        chain.app.update_block(|block| {
            block.height += 1;
            block.time = cosmwasm_std::Timestamp::from_seconds(time);
        });
    };
    until(&mut chain, first - 1);
    chain.vote(&dave, id, 1).unwrap();
    assert_eq!(chain.details(id).deadline, first, "10% are no quorum");
    chain.vote(&alice, id, YES).unwrap();
    let moved = first - 1 + 10;
    assert_eq!(chain.details(id).deadline, moved);
    until(&mut chain, moved - 1);
    chain.vote(&bob, id, 1).unwrap();
    assert_eq!(chain.details(id).deadline, moved);
    until(&mut chain, moved);
    assert_eq!(code(chain.vote(&bob, id, YES)), 405);
    assert_eq!(chain.details(id).status, "defeated");
}

#[test]
fn a_choice_carries_out_the_winner_alone() {
    let mut chain = Chain::ready();
    let [alice, bob, carol, dave] = ["alice", "bob", "carol", "dave"].map(user);
    let payees = ["left", "middle", "right"].map(user);
    let option = |who: &Addr| {
        let msgs = vec![call(&chain.token, &transfer(who)), pay(&alice, 1)];
        ChoiceMsg { name: who.to_string(), msgs }
    };
    let options = payees.iter().map(option).collect();
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Choice { options });
    chain.blocks(1);
    chain.vote(&alice, id, 1).unwrap();
    chain.vote(&bob, id, 2).unwrap();
    chain.vote(&carol, id, 0).unwrap();
    // None of them.
    chain.vote(&dave, id, 3).unwrap();
    assert_eq!(code(chain.vote(&dave, id, 4)), 411);
    chain.blocks(4);
    chain.govern(&dave, &governor::ExecuteMsg::Queue { proposal_id: id }).unwrap();
    chain.blocks(3);
    chain.govern(&dave, &governor::ExecuteMsg::Execute { proposal_id: id }).unwrap();
    assert_eq!(chain.details(id).status, "executed");
    assert_eq!(payees.map(|who| chain.balance(&who)), [0, 7, 0]);
}

fn transfer(to: &Addr) -> cw20::Cw20ExecuteMsg {
    let amount = Uint128::new(7);
    cw20::Cw20ExecuteMsg::Transfer { recipient: to.to_string(), amount }
}

/// The emission follows the votes: 600 of 900 for topic 1 of a weight of 9 are 6.
#[test]
fn a_gauge_allocates_by_the_votes() {
    let mut chain = Chain::ready();
    let (alice, bob, carol) = (user("alice"), user("bob"), user("carol"));
    let (treasury, network) = (chain.treasury.clone(), chain.network.clone());
    let params = genesis::topic(&alice);
    let create = network::ExecuteMsg::CreateTopic { params, weight: 0 };
    chain.run(&treasury, &network, &create).unwrap();
    let gauge = QuestionMsg::Gauge { topics: vec![0, 1], weight: 9 };
    let id = chain.propose(&alice, TrackMsg::Ordinary, gauge);
    chain.blocks(1);
    chain.vote(&alice, id, 1).unwrap();
    chain.vote(&bob, id, 0).unwrap();
    chain.vote(&carol, id, 1).unwrap();
    chain.blocks(4);
    chain.govern(&bob, &governor::ExecuteMsg::Queue { proposal_id: id }).unwrap();
    chain.blocks(rules::TIMELOCK / 5);
    let executed = chain.govern(&bob, &governor::ExecuteMsg::Execute { proposal_id: id }).unwrap();
    let mut allocated = Vec::new();
    for event in &executed.events {
        let of = |key: &str| {
            let found = event.attributes.iter().find(|one| one.key == key);
            found.map(|one| one.value.clone())
        };
        if of("action").as_deref() == Some("allocate") {
            allocated.push((of("topic").unwrap(), of("weight").unwrap()));
        }
    }
    let expected = [("0", "3"), ("1", "6")].map(|(a, b)| (a.to_owned(), b.to_owned()));
    assert_eq!(allocated, expected);
}

/// What passes unless it is objected to: nobody votes, and it passes; enough say no, and it fails.
#[test]
fn an_optimistic_track_needs_no_votes() {
    let mut chain = Chain::ready();
    let (alice, bob, treasury) = (user("alice"), user("bob"), chain.treasury.clone());
    let mut params = rules::params();
    params.ordinary.objection = Decimal::percent(30);
    let update = governor::ExecuteMsg::UpdateParams { params: Box::new(params) };
    chain.govern(&treasury, &update).unwrap();
    chain.blocks(1);
    let msgs = || vec![pay(&bob, 5)];
    let question = || QuestionMsg::Standard { msgs: msgs() };
    let [quiet, opposed] = [0, 1].map(|_| chain.propose(&alice, TrackMsg::Ordinary, question()));
    chain.blocks(1);
    chain.vote(&bob, opposed, 1).unwrap();
    chain.blocks(4);
    assert_eq!(chain.details(quiet).status, "passed");
    assert_eq!(chain.details(opposed).status, "defeated");
}
