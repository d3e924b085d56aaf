//! A stock cw3-flex-multisig, as published, whose group is our staking.
//!
//! It reads the total and the weight of who proposes by cw4's raw keys, and the weight of who
//! votes by cw4's query at the proposal's height.

use cosmwasm_std::{Addr, Empty, Uint128};
use cw_multi_test::{Contract, ContractWrapper};
use cw_utils::{Duration, Threshold, ThresholdResponse};
use cw3::{ProposalResponse, Status, Vote, VoteInfo, VoteListResponse, VoterListResponse};
use cw3_flex_multisig::{
    contract::{execute, instantiate, query},
    msg::{ExecuteMsg, InstantiateMsg, QueryMsg},
    state::Executor,
};
use cw4::{MemberChangedHookMsg, MemberDiff};
use interface::staking;
use serde_json::json;

use crate::{
    assembly::pay_tokens,
    deployment::{Chain, HOLDERS, text, user},
};

fn code() -> Box<dyn Contract<Empty>> {
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

/// [`Chain::ready`], where alice, bob, carol and dave weigh 40, 30, 20 and 10, and a multisig of
/// theirs that a weight of 51 passes; members execute. It has 100 tokens.
fn multisig() -> (Chain, Addr) {
    let mut chain = Chain::ready();
    let made = InstantiateMsg {
        group_addr: chain.staking.to_string(),
        threshold: Threshold::AbsoluteCount { weight: 51 },
        max_voting_period: Duration::Time(100),
        executor: Some(Executor::Member),
        proposal_deposit: None,
    };
    let flex = chain.make(code(), &made).unwrap();
    chain.transfer(&user("bob"), &flex, 100);
    (chain, flex)
}

/// Proposes to pay dave 5 tokens, with the weight that the proposer has now; its number.
fn propose(chain: &mut Chain, flex: &Addr, who: &str) -> u64 {
    let msgs = vec![pay_tokens(chain, &user("dave"), 5)];
    let (title, description) = ("A title".to_owned(), "A description".to_owned());
    let propose = ExecuteMsg::Propose { title, description, msgs, latest: None };
    let made = chain.run(&user(who), flex, &propose).unwrap();
    crate::assembly::attribute(&made, "proposal_id").unwrap().parse().unwrap()
}

fn yes(proposal_id: u64) -> ExecuteMsg {
    ExecuteMsg::Vote { proposal_id, vote: Vote::Yes }
}

fn status(chain: &Chain, flex: &Addr, proposal_id: u64) -> Status {
    chain.ask::<ProposalResponse>(flex, &QueryMsg::Proposal { proposal_id }).status
}

#[test]
fn staking_is_the_group_of_a_stock_multisig() {
    let (mut chain, flex) = multisig();
    let dave = user("dave");
    let found: ThresholdResponse = chain.ask(&flex, &QueryMsg::Threshold {});
    assert_eq!(found, ThresholdResponse::AbsoluteCount { weight: 51, total_weight: 100 });
    let all = QueryMsg::ListVoters { start_after: None, limit: None };
    let mut voters = chain.ask::<VoterListResponse>(&flex, &all).voters;
    voters.sort_by_key(|voter| std::cmp::Reverse(voter.weight));
    let found: Vec<_> = voters.into_iter().map(|voter| (voter.addr, voter.weight)).collect();
    let expected: Vec<_> = HOLDERS
        .into_iter()
        .zip([40, 30, 20, 10])
        .map(|(name, w)| (user(name).to_string(), w))
        .collect();
    assert_eq!(found, expected);

    let id = propose(&mut chain, &flex, "alice");
    assert_eq!(status(&chain, &flex, id), Status::Open);
    let execute = ExecuteMsg::Execute { proposal_id: id };
    assert!(text(chain.run(&dave, &flex, &execute)).contains("must have passed"));
    chain.blocks(1);
    chain.run(&dave, &flex, &yes(id)).unwrap();
    assert_eq!(status(&chain, &flex, id), Status::Open, "40 and 10 are no 51");
    chain.run(&user("carol"), &flex, &yes(id)).unwrap();
    assert_eq!(status(&chain, &flex, id), Status::Passed);
    assert!(text(chain.run(&user("mallory"), &flex, &execute)).contains("Unauthorized"));
    let before = chain.balance(&dave);
    chain.run(&dave, &flex, &execute).unwrap();
    assert_eq!((status(&chain, &flex, id), chain.balance(&dave)), (Status::Executed, before + 5));
    let (start_after, limit) = (None, None);
    let votes = QueryMsg::ListVotes { proposal_id: id, start_after, limit };
    let mut votes = chain.ask::<VoteListResponse>(&flex, &votes).votes;
    votes.sort_by_key(|vote| std::cmp::Reverse(vote.weight));
    let cast = |name: &str, weight| VoteInfo {
        proposal_id: id,
        voter: user(name).to_string(),
        vote: Vote::Yes,
        weight,
    };
    assert_eq!(votes, [cast("alice", 40), cast("carol", 20), cast("dave", 10)]);
}

/// Who stakes, leaves, lends or is slashed after a proposal votes with what it had before.
#[test]
fn membership_that_changes_after_the_proposal_does_not_count() {
    let (mut chain, flex) = multisig();
    let (bob, carol, dave, mallory) = (user("bob"), user("carol"), user("dave"), user("mallory"));
    chain.transfer(&bob, &mallory, 5_000);
    let id = propose(&mut chain, &flex, "alice");
    // In the block of the proposal, and after it.
    chain.stake(&mallory, 2_500, 0).unwrap();
    let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(300) };
    chain.staking(&bob, unstake).unwrap();
    chain.blocks(1);
    chain.stake(&mallory, 2_500, 0).unwrap();
    let to = Some(mallory.to_string());
    chain.staking(&dave, staking::ExecuteMsg::Delegate { to }).unwrap();
    let treasury = chain.treasury.clone();
    let (who, informer) = (carol.to_string(), dave.to_string());
    let slash = staking::ExecuteMsg::Slash { who, amount: Uint128::new(200), informer };
    chain.staking(&treasury, slash).unwrap();
    chain.blocks(1);
    assert!(text(chain.run(&mallory, &flex, &yes(id))).contains("Unauthorized"));
    for (who, weight) in [(&bob, 30), (&carol, 20), (&dave, 10)] {
        chain.run(who, &flex, &yes(id)).unwrap();
        let vote = QueryMsg::Vote { proposal_id: id, voter: who.to_string() };
        let found: cw3::VoteResponse = chain.ask(&flex, &vote);
        assert_eq!(found.vote.map(|vote| vote.weight), Some(weight), "{who}");
    }
    let found: ProposalResponse = chain.ask(&flex, &QueryMsg::Proposal { proposal_id: id });
    assert_eq!(found.status, Status::Passed);
    let total = ThresholdResponse::AbsoluteCount { weight: 51, total_weight: 100 };
    assert_eq!(found.threshold, total);
    // The next one is theirs who are members now.
    let id = propose(&mut chain, &flex, "mallory");
    assert_eq!(status(&chain, &flex, id), Status::Passed, "501 of 541");
}

/// Staking's notices of changed weight reach the multisig: it accepts them from its group, and
/// from nobody else.
#[test]
fn stakings_notices_reach_it() {
    let (mut chain, flex) = multisig();
    let (alice, treasury, addr) = (user("alice"), chain.treasury.clone(), flex.to_string());
    let diff = MemberDiff::new(alice.as_str(), Some(40), Some(50));
    let notice = MemberChangedHookMsg { diffs: vec![diff] };
    let forged = ExecuteMsg::MemberChangedHook(notice);
    assert!(text(chain.run(&alice, &flex, &forged)).contains("Unauthorized"));
    chain.staking(&treasury, staking::ExecuteMsg::AddHook { addr }).unwrap();
    let heard = chain.stake(&alice, 100, 0).unwrap();
    let mut attributes = heard.events.iter().flat_map(|event| &event.attributes);
    assert!(!attributes.any(|one| one.value == "hook_failed"), "{heard:?}");
    let mut called = heard.events.iter().filter(|event| event.ty == "execute");
    assert!(
        called.any(|event| event.attributes.iter().any(|one| one.value == flex.as_str())),
        "{heard:?}"
    );
    // A group without weight makes no multisig that could ever pass anything.
    let mut young = Chain::governed();
    let made = json!({"group_addr": young.staking, "threshold": {"absolute_count": {"weight": 1}},
        "max_voting_period": {"time": 100}});
    let refused = young.make(code(), &made).unwrap_err();
    assert_eq!(
        (refused.code, refused.text.as_str()),
        (0, "Not possible to reach required (passing) weight")
    );
}
