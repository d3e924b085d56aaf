//! Our own queries of the governor and the treasury, each of them, and what they answer.

use std::collections::BTreeSet;

use cosmwasm_schema::schema_for;
use cosmwasm_std::{Decimal, Uint128, WasmMsg, to_json_binary};
use cw4::HooksResponse;
use interface::{
    governor::{self, BallotResponse, ChoiceMsg, DepositResponse, QuestionMsg, TrackMsg},
    treasury::{
        self, AssetMsg, AuthorityResponse, BalanceResponse, GrantResponse, GrantsResponse,
        MessagesResponse, StreamResponse, StreamsResponse,
    },
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    assembly::{HELD, YES, call, pay, pay_tokens},
    deployment::{Chain, user},
    rules,
};

/// The names of all queries that a schema has.
fn variants(schema: &impl Serialize) -> BTreeSet<String> {
    let schema = serde_json::to_value(schema).unwrap();
    let one_of = schema["oneOf"].as_array().unwrap().iter();
    one_of.map(|one| one["required"][0].as_str().unwrap().to_owned()).collect()
}

/// Every query of both contracts is answered before anything has happened, except those of a
/// proposal that is not there.
#[test]
fn every_query_is_answered_from_the_first_block_on() {
    let mut chain = Chain::ready();
    let alice = user("alice");
    chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    let actions = to_json_binary(&()).unwrap();
    assert_eq!(actions.as_slice(), b"null");
    let governor = [
        json!({"params": {}}),
        json!({"bounds": {}}),
        json!({"guardian": {}}),
        json!({"deposit": {"address": alice}}),
        json!({"details": {"proposal_id": 0}}),
        json!({"messages": {"proposal_id": 0}}),
        json!({"ballot": {"proposal_id": 0, "voter": alice}}),
        json!({"hooks": {}}),
        json!({"threshold": {}}),
        json!({"proposal": {"proposal_id": 0}}),
        json!({"list_proposals": {}}),
        json!({"reverse_proposals": {}}),
        json!({"vote": {"proposal_id": 0, "voter": alice}}),
        json!({"list_votes": {"proposal_id": 0}}),
        json!({"voter": {"address": alice}}),
        json!({"list_voters": {}}),
    ];
    let treasury = [
        json!({"params": {}}),
        json!({"authority": {}}),
        json!({"balance": {"asset": "token"}}),
        json!({"messages": {"actions": "AA=="}}),
        json!({"stream": {"stream": 0}}),
        json!({"streams": {}}),
        json!({"grant": {"grant": 0}}),
        json!({"grants": {}}),
    ];
    let names = |queries: &[Value]| -> BTreeSet<String> {
        queries.iter().flat_map(|query| query.as_object().unwrap().keys().cloned()).collect()
    };
    assert_eq!(names(&governor), variants(&schema_for!(governor::QueryMsg)));
    assert_eq!(names(&treasury), variants(&schema_for!(treasury::QueryMsg)));
    for query in &governor {
        chain.answer(&chain.governor(), query).unwrap();
    }
    for query in &treasury {
        chain.answer(&chain.treasury, query).unwrap();
    }
}

#[test]
fn what_was_set_is_what_is_told() {
    let chain = Chain::governed();
    let (governor, treasury) = (chain.governor(), chain.treasury.clone());
    let params: governor::ParamsMsg = chain.ask(&governor, &governor::QueryMsg::Params {});
    assert_eq!(params, rules::params());
    let bounds: governor::BoundsMsg = chain.ask(&governor, &governor::QueryMsg::Bounds {});
    assert_eq!(bounds, rules::bounds());
    let mandate: governor::MandateMsg = chain.ask(&governor, &governor::QueryMsg::Guardian {});
    assert_eq!(mandate, rules::mandate(&user("guardian"), chain.now()));
    let caps: treasury::ParamsMsg = chain.ask(&treasury, &treasury::QueryMsg::Params {});
    assert_eq!(caps, rules::caps());
}

#[test]
fn deposits_locked_and_free() {
    let mut chain = Chain::ready();
    let alice = user("alice");
    let deposit = |chain: &Chain| {
        let query = governor::QueryMsg::Deposit { address: alice.to_string() };
        let DepositResponse { free, live } = chain.ask(&chain.governor(), &query);
        (free.u128(), live)
    };
    assert_eq!(deposit(&chain), (500, 0));
    chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    let id = chain.propose(&alice, TrackMsg::Emergency, QuestionMsg::Signal {});
    assert_eq!(deposit(&chain), (460, 2));
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: id, reason: None };
    chain.govern(&alice, &cancel).unwrap();
    assert_eq!(deposit(&chain), (490, 1));
    let (before, amount) = (chain.balance(&alice), Uint128::new(90));
    chain.govern(&alice, &governor::ExecuteMsg::Withdraw { amount }).unwrap();
    assert_eq!((deposit(&chain), chain.balance(&alice)), ((400, 1), before + 90));
    // Nobody was heard: what the proposal locked is the treasury's.
    chain.blocks(5);
    chain.govern(&user("bob"), &governor::ExecuteMsg::Settle { proposal_id: 0 }).unwrap();
    assert_eq!(deposit(&chain), (400, 0));
    assert_eq!(chain.balance(&chain.treasury), HELD + 10);
}

#[test]
fn details_and_ballots_of_a_choice() {
    let mut chain = Chain::ready();
    let (alice, bob, made) = (user("alice"), user("bob"), chain.now());
    let snapshot = chain.app.block_info().height;
    let option = |name: &str| ChoiceMsg { name: name.to_owned(), msgs: vec![pay(&bob, 5)] };
    let options = vec![option("left"), option("right")];
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Choice { options });
    chain.blocks(1);
    let split = vec![(0, Decimal::percent(75)), (2, Decimal::percent(25))];
    let (ballot, rationale) = (split.clone(), Some("Why".to_owned()));
    let vote = governor::ExecuteMsg::Vote { proposal_id: id, ballot, rationale };
    chain.govern(&alice, &vote).unwrap();
    chain.vote(&bob, id, 1).unwrap();
    let ballot = |who: &cosmwasm_std::Addr| -> BallotResponse {
        let query = governor::QueryMsg::Ballot { proposal_id: id, voter: who.to_string() };
        chain.ask(&chain.governor(), &query)
    };
    let cast = |ballot, weight| BallotResponse { ballot, weight: Uint128::new(weight) };
    assert_eq!(ballot(&alice), cast(split, 400));
    assert_eq!(ballot(&bob), cast(vec![(1, Decimal::one())], 300));
    assert_eq!(ballot(&user("carol")), cast(vec![], 0));
    let found = chain.details(id);
    let expected = governor::DetailsResponse {
        status: "open".to_owned(),
        form: "choice".to_owned(),
        track: TrackMsg::Ordinary,
        proposer: alice.to_string(),
        snapshot,
        opens: made + rules::DELAY,
        deadline: made + rules::DELAY + rules::PERIOD,
        eta: None,
        tally: [300, 300, 100].map(Uint128::new).to_vec(),
        options: vec!["left".to_owned(), "right".to_owned()],
        total: Uint128::new(1_000),
        quorum: Uint128::new(200),
        deposit: rules::DEPOSIT.into(),
        held: false,
        settled: false,
    };
    assert_eq!(found, expected);
}

#[test]
fn a_queued_proposal_tells_when_it_may_run() {
    let mut chain = Chain::ready();
    let msgs = vec![pay(&user("bob"), 5)];
    let id = chain.propose(&user("alice"), TrackMsg::Ordinary, QuestionMsg::Standard { msgs });
    chain.blocks(1);
    chain.vote(&user("alice"), id, YES).unwrap();
    chain.blocks(4);
    chain.govern(&user("bob"), &governor::ExecuteMsg::Queue { proposal_id: id }).unwrap();
    let found = chain.details(id);
    assert_eq!((found.status.as_str(), found.settled), ("queued", true));
    assert_eq!(found.eta, Some(chain.now() + rules::TIMELOCK));
    let (treasury, hold) = (chain.treasury.clone(), governor::ExecuteMsg::Hold { proposal_id: id });
    chain.govern(&treasury, &hold).unwrap();
    let found = chain.details(id);
    assert_eq!((found.held, found.eta), (true, Some(chain.now() + rules::params().lapse)));
}

/// Each kind of action, read back from what is stored.
#[test]
fn messages_are_told_as_they_were_given() {
    let mut chain = Chain::ready();
    let (governor, treasury, dave) = (chain.governor(), chain.treasury.clone(), user("dave"));
    let remove = governor::ExecuteMsg::RemoveHook { addr: dave.to_string() };
    let params = Box::new(rules::params());
    let update = governor::ExecuteMsg::UpdateParams { params };
    let offer = treasury::ExecuteMsg::Offer { to: None };
    let stranger = user("a contract of others");
    let contract_addr = chain.staking.to_string();
    let migrate = WasmMsg::Migrate { contract_addr, new_code_id: 7, msg: b"{}".into() };
    let cases = [
        ("governor", TrackMsg::Constitutional, true, call(&governor, &remove)),
        ("governor", TrackMsg::Constitutional, true, call(&governor, &update)),
        ("treasury", TrackMsg::Constitutional, true, call(&treasury, &offer)),
        ("staking", TrackMsg::Ordinary, true, call(&chain.staking, &json!({"claim": {}}))),
        ("token", TrackMsg::Ordinary, true, pay_tokens(&chain, &dave, 5)),
        ("", TrackMsg::Ordinary, false, pay(&dave, 5)),
        ("staking", TrackMsg::Constitutional, false, migrate.into()),
        ("", TrackMsg::Constitutional, false, call(&stranger, &json!({"any": ["thing"]}))),
    ];
    let msgs = cases.iter().map(|case| case.3.clone()).collect();
    let question = QuestionMsg::Standard { msgs };
    let id = chain.propose(&user("alice"), TrackMsg::Constitutional, question);
    let query = governor::QueryMsg::Messages { proposal_id: id };
    let found: MessagesResponse = chain.ask(&governor, &query);
    let [list] = found.options.as_slice() else { panic!("one list: {found:?}") };
    assert_eq!(list.len(), cases.len());
    for (found, (module, track, read, msg)) in list.iter().zip(cases) {
        assert_eq!(found.msg, msg);
        assert_eq!(found.module.clone().unwrap_or_default(), module, "{msg:?}");
        assert_eq!((&found.track, found.body.is_some()), (&track, read), "{msg:?}");
    }
    // A gauge is told with the weight that it shares out.
    let create = json!({"create_topic": {"params": crate::genesis::topic(&dave), "weight": 0}});
    let network = chain.network.clone();
    chain.run(&treasury, &network, &create).unwrap();
    let gauge = QuestionMsg::Gauge { topics: vec![0, 1], weight: 9 };
    let id = chain.propose(&user("alice"), TrackMsg::Ordinary, gauge);
    let query = governor::QueryMsg::Messages { proposal_id: id };
    let found: MessagesResponse = chain.ask(&governor, &query);
    let bodies: Vec<_> = found.options.iter().flatten().map(|one| one.body.clone()).collect();
    let body = |topic| Some(format!("{{\"allocate\":{{\"topic\":{topic},\"weight\":9}}}}"));
    assert_eq!(bodies, [body(0), body(1)]);
}

#[test]
fn a_proposal_that_is_not_there_and_hooks_that_are() {
    let mut chain = Chain::governed();
    let (governor, treasury) = (chain.governor(), chain.treasury.clone());
    for query in [
        governor::QueryMsg::Details { proposal_id: 0 },
        governor::QueryMsg::Messages { proposal_id: u32::MAX },
    ] {
        assert!(chain.answer(&governor, &query).unwrap_err().contains("E0403"));
    }
    let added: Vec<String> = ["alice", "bob"].map(|name| user(name).to_string()).to_vec();
    for addr in added.clone() {
        chain.govern(&treasury, &governor::ExecuteMsg::AddHook { addr }).unwrap();
    }
    let found: HooksResponse = chain.ask(&governor, &governor::QueryMsg::Hooks {});
    assert_eq!(found.hooks, added);
}

/// What is held, what of it is promised, and what the window still lets ordinary proposals pay.
#[test]
fn balances_follow_payments_and_promises() {
    let mut chain = Chain::ready();
    let dave = user("dave");
    let balance = |chain: &Chain, asset| {
        let query = treasury::QueryMsg::Balance { asset };
        let found: BalanceResponse = chain.ask(&chain.treasury, &query);
        (found.held.u128(), found.promised.u128(), found.room.u128())
    };
    let terms = rules::stream(&dave, AssetMsg::Native, chain.now());
    let open = call(&chain.treasury, &treasury::ExecuteMsg::OpenStream { terms });
    let msgs = vec![pay(&dave, 7), pay_tokens(&chain, &dave, 9), open];
    assert_eq!(chain.enact(TrackMsg::Ordinary, msgs), "executed");
    let (native, token) = (AssetMsg::Native, AssetMsg::Token);
    assert_eq!(balance(&chain, native.clone()), (HELD - 7, 100, rules::CAP - 107));
    assert_eq!(balance(&chain, token), (HELD - 9, 0, rules::CAP - 9));
    // 45 seconds after it was opened.
    let before = chain.coins(&dave);
    let claim = treasury::ExecuteMsg::ClaimStream { stream: 0 };
    chain.treasure(&dave, &claim).unwrap();
    let earned = chain.coins(&dave) - before;
    assert!(earned > 0 && earned < 100, "{earned}");
    assert_eq!(balance(&chain, native), (HELD - 7 - earned, 100 - earned, rules::CAP - 107));
}

#[test]
fn authority_passes_in_two_steps() {
    let mut chain = Chain::ready();
    let (dave, treasury, governor) = (user("dave"), chain.treasury.clone(), chain.governor());
    let authority = |chain: &Chain| -> (String, Option<String>) {
        let AuthorityResponse { holder, offered } =
            chain.ask(&treasury, &treasury::QueryMsg::Authority {});
        (holder, offered)
    };
    assert_eq!(authority(&chain), (governor.to_string(), None));
    let to = Some(dave.to_string());
    let offer = call(&treasury, &treasury::ExecuteMsg::Offer { to: to.clone() });
    assert_eq!(chain.enact(TrackMsg::Constitutional, vec![offer]), "executed");
    assert_eq!(authority(&chain), (governor.to_string(), to));
    chain.treasure(&dave, &treasury::ExecuteMsg::Accept {}).unwrap();
    assert_eq!(authority(&chain), (dave.to_string(), None));
    // From then on proposals do nothing.
    assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&dave, 5)]), "failed");
    let (proposal, track, msgs) = (0, TrackMsg::Ordinary, vec![pay(&dave, 5)]);
    chain.treasure(&dave, &treasury::ExecuteMsg::Dispatch { proposal, track, msgs }).unwrap();
}

#[test]
fn streams_and_grants_one_by_one() {
    let mut chain = Chain::governed();
    let (dave, carol, now) = (user("dave"), user("carol"), chain.now());
    let treasury = chain.treasury.clone();
    let ask = |chain: &Chain, query| chain.answer(&treasury, &query).unwrap();
    assert_eq!(ask(&chain, treasury::QueryMsg::Stream { stream: 0 }), Value::Null);
    assert_eq!(ask(&chain, treasury::QueryMsg::Grant { grant: 0 }), Value::Null);
    let terms = rules::stream(&dave, AssetMsg::Token, now);
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms: terms.clone() }).unwrap();
    chain.blocks(6);
    chain.treasure(&dave, &treasury::ExecuteMsg::ClaimStream { stream: 0 }).unwrap();
    chain.blocks(2);
    let found: Option<StreamResponse> =
        chain.ask(&treasury, &treasury::QueryMsg::Stream { stream: 0 });
    let (earned, claimed) = (Uint128::new(40), Uint128::new(30));
    let stream = StreamResponse { stream: 0, terms, earned, claimed, cancelled: false };
    assert_eq!(found, Some(stream.clone()));
    chain.itself(&treasury::ExecuteMsg::CancelStream { stream: 0 }).unwrap();
    let found: Option<StreamResponse> =
        chain.ask(&treasury, &treasury::QueryMsg::Stream { stream: 0 });
    let terms = treasury::StreamMsg { funded: earned, ..stream.terms.clone() };
    assert_eq!(found, Some(StreamResponse { terms, cancelled: true, ..stream }));

    let terms = rules::grant(&dave, &carol, now);
    chain.itself(&treasury::ExecuteMsg::OpenGrant { terms: terms.clone() }).unwrap();
    let release = treasury::ExecuteMsg::Release { grant: 0, milestone: 1 };
    chain.treasure(&carol, &release).unwrap();
    let grant = |chain: &Chain| -> Option<GrantResponse> {
        chain.ask(&treasury, &treasury::QueryMsg::Grant { grant: 0 })
    };
    let released = vec![false, true];
    let expected = GrantResponse { grant: 0, terms, released, returned: false };
    assert_eq!(grant(&chain), Some(expected.clone()));
    chain.blocks(200);
    chain.treasure(&user("bob"), &treasury::ExecuteMsg::Return { grant: 0 }).unwrap();
    assert_eq!(grant(&chain), Some(GrantResponse { returned: true, ..expected }));
}

#[test]
fn pages_of_streams_and_grants() {
    const MANY: u32 = 35;
    let mut chain = Chain::governed();
    let (dave, now, treasury) = (user("dave"), chain.now(), chain.treasury.clone());
    for _ in 0..MANY {
        let terms = rules::stream(&dave, AssetMsg::Token, now);
        chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
        let terms = rules::grant(&dave, &dave, now);
        chain.itself(&treasury::ExecuteMsg::OpenGrant { terms }).unwrap();
    }
    for (start_after, limit, expected) in [
        (None, None, 0..10),
        (None, Some(0), 0..0),
        (None, Some(u32::MAX), 0..30),
        (Some(9), Some(5), 10..15),
        (Some(29), Some(u32::MAX), 30..MANY),
        (Some(MANY), None, 0..0),
        (Some(u32::MAX), Some(u32::MAX), 0..0),
    ] {
        let expected: Vec<u32> = expected.collect();
        let query = treasury::QueryMsg::Streams { start_after, limit };
        let found: StreamsResponse = chain.ask(&treasury, &query);
        assert_eq!(found.streams.iter().map(|one| one.stream).collect::<Vec<_>>(), expected);
        let query = treasury::QueryMsg::Grants { start_after, limit };
        let found: GrantsResponse = chain.ask(&treasury, &query);
        assert_eq!(found.grants.iter().map(|one| one.grant).collect::<Vec<_>>(), expected);
    }
}
