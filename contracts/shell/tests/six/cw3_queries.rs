//! What a tool that knows a cw3 multisig reads of the governor: asked and answered in the
//! published types of cw3.

use std::collections::BTreeSet;

use cosmwasm_std::{Decimal, Timestamp, Uint128};
use cw_utils::{Expiration, ThresholdResponse};
use cw3::{
    Cw3QueryMsg, DepositInfo, ProposalListResponse, ProposalResponse, Status, Vote, VoteInfo,
    VoteListResponse, VoteResponse, VoterListResponse, VoterResponse,
};
use interface::governor::{self, ChoiceMsg, QuestionMsg, TrackMsg};
use serde::de::DeserializeOwned;

use crate::{
    assembly::{YES, pay, pay_tokens},
    deployment::{Chain, HOLDERS, user},
    rules,
};

/// Accounts and proposals in the lists of these tests: more than a page may hold.
const MANY: usize = 35;

fn ask<T: DeserializeOwned>(chain: &Chain, query: &Cw3QueryMsg) -> T {
    chain.ask(&chain.governor(), query)
}

fn proposal(chain: &Chain, id: u32) -> ProposalResponse {
    ask(chain, &Cw3QueryMsg::Proposal { proposal_id: id.into() })
}

#[test]
fn the_threshold_is_the_ordinary_tracks_of_all_power_now() {
    let mut chain = Chain::ready();
    let threshold = |total_weight| ThresholdResponse::ThresholdQuorum {
        threshold: Decimal::percent(50),
        quorum: Decimal::percent(20),
        total_weight,
    };
    // A unit of weight is 10 of power.
    assert_eq!(ask::<ThresholdResponse>(&chain, &Cw3QueryMsg::Threshold {}), threshold(100));
    chain.stake(&user("dave"), 50, 0).unwrap();
    assert_eq!(ask::<ThresholdResponse>(&chain, &Cw3QueryMsg::Threshold {}), threshold(105));
}

#[test]
fn a_proposal_from_its_making_to_its_execution() {
    let mut chain = Chain::ready();
    let (alice, dave, made) = (user("alice"), user("dave"), chain.now());
    let msgs = vec![pay(&dave, 5), pay_tokens(&chain, &dave, 7)];
    let question = QuestionMsg::Standard { msgs: msgs.clone() };
    let id = chain.propose(&alice, TrackMsg::Constitutional, question);
    let deadline = made + rules::DELAY + rules::PERIOD;
    let expected = ProposalResponse {
        id: id.into(),
        title: "A title".to_owned(),
        description: "A description".to_owned(),
        msgs,
        status: Status::Pending,
        expires: Expiration::AtTime(Timestamp::from_seconds(deadline)),
        threshold: ThresholdResponse::ThresholdQuorum {
            threshold: Decimal::percent(66),
            quorum: Decimal::percent(40),
            total_weight: 100,
        },
        proposer: alice.clone(),
        deposit: Some(DepositInfo {
            amount: Uint128::new(20),
            denom: cw20::Denom::Cw20(chain.token.clone()),
            // These rules keep it where nobody was heard.
            refund_failed_proposals: false,
        }),
    };
    assert_eq!(proposal(&chain, id), expected);
    let standing = |chain: &Chain| {
        let found = proposal(chain, id);
        assert_eq!(ProposalResponse { status: Status::Pending, ..found.clone() }, expected);
        found.status
    };
    chain.blocks(1);
    assert_eq!(standing(&chain), Status::Open);
    for name in &HOLDERS[..3] {
        chain.vote(&user(name), id, YES).unwrap();
    }
    chain.blocks(4);
    assert_eq!(standing(&chain), Status::Passed);
    chain.govern(&dave, &governor::ExecuteMsg::Queue { proposal_id: id }).unwrap();
    assert_eq!(standing(&chain), Status::Passed);
    chain.blocks(4);
    assert_eq!(standing(&chain), Status::Passed);
    chain.govern(&dave, &governor::ExecuteMsg::Execute { proposal_id: id }).unwrap();
    assert_eq!(standing(&chain), Status::Executed);
}

/// The five standings that cw3 knows, of our eleven.
#[test]
fn what_does_not_pass_is_rejected() {
    let mut chain = Chain::ready();
    let (alice, dave, guardian) = (user("alice"), user("dave"), user("guardian"));
    let signal = || QuestionMsg::Signal {};
    let unheard = chain.propose(&alice, TrackMsg::Ordinary, signal());
    let vetoed = chain.propose(&alice, TrackMsg::Ordinary, signal());
    let withdrawn = chain.propose(&alice, TrackMsg::Ordinary, signal());
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: withdrawn, reason: None };
    chain.govern(&alice, &cancel).unwrap();
    chain.blocks(1);
    chain.vote(&alice, vetoed, 3).unwrap();
    chain.blocks(4);
    let stopped = chain.pass(TrackMsg::Ordinary, vec![pay(&dave, 5)]);
    let reason = Some("Because".to_owned());
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: stopped, reason };
    chain.govern(&guardian, &cancel).unwrap();
    let failed = chain.pass(TrackMsg::Ordinary, vec![pay(&dave, 5), pay(&dave, 1 << 90)]);
    chain.govern(&dave, &governor::ExecuteMsg::Execute { proposal_id: failed }).unwrap();
    for (id, ours, theirs) in [
        (unheard, "defeated", Status::Rejected),
        (vetoed, "vetoed", Status::Rejected),
        (withdrawn, "cancelled", Status::Rejected),
        (stopped, "cancelled", Status::Rejected),
        (failed, "failed", Status::Passed),
    ] {
        let found = (chain.details(id).status, proposal(&chain, id).status);
        assert_eq!(found, (ours.to_owned(), theirs));
    }
    chain.blocks(rules::GRACE / 5);
    let found = (chain.details(failed).status, proposal(&chain, failed).status);
    assert_eq!(found, ("expired".to_owned(), Status::Rejected));
}

/// Of a choice cw3 sees every option's messages, and no votes.
#[test]
fn a_choice_shows_every_message_and_no_vote() {
    let mut chain = Chain::ready();
    let (alice, dave) = (user("alice"), user("dave"));
    let option =
        |name: &str, units| ChoiceMsg { name: name.to_owned(), msgs: vec![pay(&dave, units)] };
    let options = vec![option("a", 5), option("b", 6)];
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Choice { options });
    chain.blocks(1);
    chain.vote(&alice, id, 1).unwrap();
    assert_eq!(proposal(&chain, id).msgs, [pay(&dave, 5), pay(&dave, 6)]);
    let found: VoteListResponse = ask(
        &chain,
        &Cw3QueryMsg::ListVotes { proposal_id: id.into(), start_after: None, limit: None },
    );
    assert_eq!(found.votes, []);
    let (proposal_id, voter) = (id.into(), alice.to_string());
    let found: VoteResponse = ask(&chain, &Cw3QueryMsg::Vote { proposal_id, voter });
    assert_eq!(found.vote, None);
}

/// A split ballot shows as its largest share, with all its weight.
#[test]
fn votes_show_as_cw3_knows_them() {
    let mut chain = Chain::ready();
    let id = chain.propose(&user("alice"), TrackMsg::Ordinary, QuestionMsg::Signal {});
    chain.blocks(1);
    let split = vec![(0, Decimal::percent(40)), (2, Decimal::percent(60))];
    let ballots = [
        ("alice", split, Some((Vote::Abstain, 40))),
        ("bob", vec![(0, Decimal::one())], Some((Vote::Yes, 30))),
        ("carol", vec![(1, Decimal::one())], Some((Vote::No, 20))),
        ("dave", vec![(3, Decimal::one())], Some((Vote::Veto, 10))),
        ("mallory", vec![], None),
    ];
    let mut expected = Vec::new();
    for (name, ballot, cast) in ballots {
        let (who, rationale) = (user(name), None);
        if cast.is_some() {
            let vote = governor::ExecuteMsg::Vote { proposal_id: id, ballot, rationale };
            chain.govern(&who, &vote).unwrap();
        }
        let (proposal_id, voter) = (u64::from(id), who.to_string());
        let info =
            cast.map(|(vote, weight)| VoteInfo { proposal_id, voter: voter.clone(), vote, weight });
        let query = Cw3QueryMsg::Vote { proposal_id, voter };
        assert_eq!(ask::<VoteResponse>(&chain, &query).vote, info, "{name}");
        expected.extend(info);
    }
    let all = Cw3QueryMsg::ListVotes { proposal_id: id.into(), start_after: None, limit: None };
    let mut found = ask::<VoteListResponse>(&chain, &all).votes;
    let by_voter = |a: &VoteInfo, b: &VoteInfo| a.voter.cmp(&b.voter);
    found.sort_by(by_voter);
    expected.sort_by(by_voter);
    assert_eq!(found, expected);
}

/// A member without a unit of power is none, as cw4 says; nor is a stranger.
#[test]
fn voters_are_stakings_members() {
    let mut chain = Chain::ready();
    chain.transfer(&user("alice"), &user("mallory"), 9);
    chain.stake(&user("mallory"), 9, 0).unwrap();
    for (name, weight) in [("alice", Some(40)), ("dave", Some(10)), ("mallory", None)] {
        let query = Cw3QueryMsg::Voter { address: user(name).to_string() };
        assert_eq!(ask::<VoterResponse>(&chain, &query).weight, weight, "{name}");
    }
    let all = Cw3QueryMsg::ListVoters { start_after: None, limit: None };
    let found: VoterListResponse = ask(&chain, &all);
    let found: BTreeSet<_> =
        found.voters.into_iter().map(|voter| (voter.addr, voter.weight)).collect();
    let expected = HOLDERS.into_iter().zip([40, 30, 20, 10]);
    assert_eq!(found, expected.map(|(name, weight)| (user(name).to_string(), weight)).collect());
}

#[test]
fn what_is_not_there() {
    let chain = Chain::ready();
    let voter = user("alice").to_string();
    for proposal_id in [0, u64::from(u32::MAX), u64::from(u32::MAX) + 1, u64::MAX] {
        let (start_after, limit) = (None, None);
        for query in [
            Cw3QueryMsg::Proposal { proposal_id },
            Cw3QueryMsg::Vote { proposal_id, voter: voter.clone() },
            Cw3QueryMsg::ListVotes { proposal_id, start_after, limit },
        ] {
            let refused = chain.answer(&chain.governor(), &query).unwrap_err();
            assert!(refused.contains("E0403"), "{query:?}: {refused}");
        }
    }
    let (start_after, start_before, limit) = (Some(u64::MAX), Some(0), None);
    for query in [
        Cw3QueryMsg::ListProposals { start_after, limit },
        Cw3QueryMsg::ReverseProposals { start_before, limit },
    ] {
        assert_eq!(ask::<ProposalListResponse>(&chain, &query).proposals, []);
    }
}

/// All pages of a list, by the marks of its entries; and how long those of no limit, of 0 and of
/// the largest are.
fn pages<M: Clone + PartialEq>(page: impl Fn(Option<M>, Option<u32>) -> Vec<M>) -> Vec<M> {
    let lengths = [None, Some(0), Some(u32::MAX)].map(|limit| page(None, limit).len());
    assert_eq!(lengths, [10, 0, 30]);
    let mut all = Vec::new();
    loop {
        let next = page(all.last().cloned(), Some(u32::MAX));
        if next.is_empty() {
            return all;
        }
        all.extend(next);
        assert!(all.len() <= MANY, "the pages never end");
    }
}

#[test]
fn pages_of_proposals_votes_and_voters() {
    let mut chain = Chain::ready();
    // 4 have staked.
    let voters: Vec<_> = (4..MANY).map(|n| user(&format!("many {n}"))).collect();
    for voter in &voters {
        chain.transfer(&user("alice"), voter, 20);
        chain.stake(voter, 10, 0).unwrap();
    }
    chain.blocks(1);
    for n in 0..MANY {
        let who = user(HOLDERS[n % 4]);
        chain.propose(&who, TrackMsg::Ordinary, QuestionMsg::Signal {});
    }
    chain.blocks(1);
    for voter in voters.iter().cloned().chain(HOLDERS.map(user)) {
        chain.vote(&voter, 7, YES).unwrap();
    }
    let ids = |list: ProposalListResponse| list.proposals.iter().map(|one| one.id).collect();
    let ascending = pages(|start_after, limit| {
        ids(ask(&chain, &Cw3QueryMsg::ListProposals { start_after, limit }))
    });
    assert_eq!(ascending, (0..MANY as u64).collect::<Vec<_>>());
    let descending = pages(|start_before, limit| {
        ids(ask(&chain, &Cw3QueryMsg::ReverseProposals { start_before, limit }))
    });
    assert_eq!(descending, (0..MANY as u64).rev().collect::<Vec<_>>());
    let everybody: BTreeSet<String> =
        voters.iter().cloned().chain(HOLDERS.map(user)).map(String::from).collect();
    let voted = pages(|start_after, limit| {
        let query = Cw3QueryMsg::ListVotes { proposal_id: 7, start_after, limit };
        ask::<VoteListResponse>(&chain, &query).votes.into_iter().map(|one| one.voter).collect()
    });
    assert_eq!(voted.len(), MANY);
    assert_eq!(voted.into_iter().collect::<BTreeSet<_>>(), everybody);
    let members = pages(|start_after, limit| {
        let query = Cw3QueryMsg::ListVoters { start_after, limit };
        ask::<VoterListResponse>(&chain, &query).voters.into_iter().map(|one| one.addr).collect()
    });
    assert_eq!(members.len(), MANY);
    assert_eq!(members.into_iter().collect::<BTreeSet<_>>(), everybody);
}
