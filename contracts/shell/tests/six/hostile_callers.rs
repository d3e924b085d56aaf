//! Callers that are not who they seem: fake tokens, subscribers that fail or call back, forged
//! notices and replies, proposals that turn on the governor, contracts that are not wired.

use cosmwasm_std::{
    Addr, Binary, DepsMut, Empty, QuerierWrapper, Reply, SubMsgResult, Uint128, WasmMsg, coin,
    testing::{MockApi, MockQuerier, mock_env},
    to_json_binary,
};
use cw_multi_test::AppResponse;
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg};
use interface::{
    SendMsg,
    governor::{self, QuestionMsg, TrackMsg},
    treasury::{self, AssetMsg},
};
use protocol::governance::HOOK_TAG;
use serde_json::json;

use crate::{
    assembly::{YES, ballot, call, draft, pay},
    deployment::{Chain, DENOM, code, text, token_code, user, wire},
    genesis, rules,
    subscriber::{self, ExecuteMsg as Tell, Manner, Notice},
};

#[test]
fn a_fake_token_gives_no_deposit_and_funds_no_stream() {
    let mut chain = Chain::governed();
    let (mallory, now) = (user("mallory"), chain.now());
    let terms = rules::stream(&mallory, AssetMsg::Token, now);
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    let fake = genesis::token(std::slice::from_ref(&mallory), &mallory);
    let fake = chain.make(token_code(), &fake).unwrap();
    for (contract, msg, expected) in [
        (chain.governor(), SendMsg::Deposit {}, 401),
        (chain.treasury.clone(), SendMsg::Fund { stream: 0 }, 621),
    ] {
        let msg = to_json_binary(&msg).unwrap();
        let (sender, amount) = (mallory.to_string(), Uint128::new(1_000));
        let send =
            Cw20ExecuteMsg::Send { contract: contract.to_string(), amount, msg: msg.clone() };
        assert_eq!(code(chain.run(&mallory, &fake, &send)), expected);
        let notice = json!({ "receive": Cw20ReceiveMsg { sender, amount, msg } });
        assert_eq!(code(chain.run(&mallory, &contract, &notice)), expected);
    }
}

/// The audit lesson: in a cw20 receive the token is the sender, and the user is named.
#[test]
fn a_receive_is_the_users_deposit_and_not_the_tokens() {
    let mut chain = Chain::governed();
    let (alice, token) = (user("alice"), chain.token.clone());
    chain.deposit(&alice, 100).unwrap();
    for (who, free) in [(&alice, 100), (&token, 0)] {
        let query = governor::QueryMsg::Deposit { address: who.to_string() };
        let found: governor::DepositResponse = chain.ask(&chain.governor(), &query);
        assert_eq!(found.free.u128(), free, "{who}");
    }
}

/// [`Chain::ready`] with a subscriber to proposals that has 20 staked and a deposit of 100.
fn subscribed(manner: &Manner) -> (Chain, Addr) {
    let mut chain = Chain::ready();
    let hook = chain.make(subscriber::code(), manner).unwrap();
    chain.transfer(&user("bob"), &hook, 120);
    chain.stake(&hook, 20, 0).unwrap();
    chain.deposit(&hook, 100).unwrap();
    let (treasury, addr) = (chain.treasury.clone(), hook.to_string());
    chain.govern(&treasury, &governor::ExecuteMsg::AddHook { addr }).unwrap();
    chain.blocks(1);
    (chain, hook)
}

/// How often an outcome tells of a failed hook.
fn failures(outcome: &AppResponse) -> usize {
    let attributes = outcome.events.iter().flat_map(|event| &event.attributes);
    attributes.filter(|one| one.key == "action" && one.value == "hook_failed").count()
}

fn standard(chain: &Chain) -> governor::ExecuteMsg {
    let msgs = vec![pay(&chain.treasury, 5)];
    draft(TrackMsg::Ordinary, QuestionMsg::Standard { msgs })
}

#[test]
fn a_hook_hears_each_status_that_an_act_brings() {
    let (mut chain, hook) = subscribed(&Manner::Listen);
    let dave = user("dave");
    assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&dave, 5)]), "executed");
    let broken = call(&chain.token, &json!({}));
    assert_eq!(chain.enact(TrackMsg::Constitutional, vec![broken]), "failed");
    let heard: Vec<Notice> = chain.ask(&hook, &Empty {});
    let notice = |id, old: &str, new: &str| {
        (id, Some(old.to_owned()).filter(|old| !old.is_empty()), new.to_owned())
    };
    let expected = [
        notice(0, "", "pending"),
        notice(0, "passed", "queued"),
        notice(0, "executable", "executed"),
        notice(1, "", "pending"),
        notice(1, "passed", "queued"),
        notice(1, "executable", "executed"),
        notice(1, "executed", "failed"),
    ];
    assert_eq!(heard, expected);
}

/// The audit lesson and law 24: a failing hook is told of, and vetoes nothing.
#[test]
fn a_failing_hook_vetoes_nothing() {
    let (mut chain, hook) = subscribed(&Manner::Fail);
    let (alice, guardian) = (user("alice"), user("guardian"));
    let reason = Some("Because".to_owned());
    let propose = standard(&chain);
    assert_eq!(failures(&chain.govern(&alice, &propose).unwrap()), 1);
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: 0, reason: None };
    assert_eq!(failures(&chain.govern(&alice, &cancel).unwrap()), 1);
    assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&alice, 5)]), "executed");
    let broken = call(&chain.token, &json!({}));
    assert_eq!(chain.enact(TrackMsg::Constitutional, vec![broken]), "failed");
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: 2, reason };
    assert_eq!(failures(&chain.govern(&guardian, &cancel).unwrap()), 1);
    let withdraw = governor::ExecuteMsg::Withdraw { amount: Uint128::new(400) };
    chain.govern(&alice, &withdraw).unwrap();
    let heard: Vec<Notice> = chain.ask(&hook, &Empty {});
    assert_eq!(heard, [], "what a failing hook did is undone");
    let addr = hook.to_string();
    chain.govern(&hook, &governor::ExecuteMsg::RemoveHook { addr }).unwrap();
    let propose = standard(&chain);
    assert_eq!(failures(&chain.govern(&alice, &propose).unwrap()), 0);
}

#[test]
fn a_hook_that_is_no_contract_vetoes_nothing() {
    let mut chain = Chain::ready();
    let (alice, treasury, addr) = (user("alice"), chain.treasury.clone(), user("bob").to_string());
    chain.govern(&treasury, &governor::ExecuteMsg::AddHook { addr }).unwrap();
    let propose = standard(&chain);
    assert_eq!(failures(&chain.govern(&alice, &propose).unwrap()), 1);
    assert_eq!(chain.details(0).status, "pending");
}

/// Called back from its own notice, the governor refuses what it would have refused anyone: a
/// vote in the proposal's block, a queue or an execution again.
#[test]
fn a_re_entrant_hook_gains_nothing() {
    let queue = governor::ExecuteMsg::Queue { proposal_id: 0 };
    let execute = governor::ExecuteMsg::Execute { proposal_id: 0 };
    for (when, msg) in [
        ("pending", ballot(0, YES)),
        ("pending", governor::ExecuteMsg::Settle { proposal_id: 0 }),
        ("queued", queue),
        ("queued", execute.clone()),
        ("executed", execute),
    ] {
        let (mut chain, hook) = subscribed(&Manner::Listen);
        let (dave, governor) = (user("dave"), chain.governor());
        let (when, msgs) = (when.to_owned(), vec![call(&governor, &msg)]);
        let manner = Tell::Become(Manner::Send { when: when.clone(), msgs });
        chain.run(&dave, &hook, &manner).unwrap();
        let before = chain.coins(&dave);
        assert_eq!(chain.enact(TrackMsg::Ordinary, vec![pay(&dave, 5)]), "executed");
        assert_eq!(chain.coins(&dave), before + 5, "paid once");
        let heard: Vec<Notice> = chain.ask(&hook, &Empty {});
        assert_eq!(heard.len(), 2, "{when}: what called back is undone: {heard:?}");
    }
}

/// A subscriber that proposes whenever it is told of a proposal comes as far as its deposit.
#[test]
fn a_hook_that_proposes_comes_as_far_as_its_deposit() {
    let (mut chain, hook) = subscribed(&Manner::Listen);
    let (alice, governor) = (user("alice"), chain.governor());
    let msgs = vec![call(&governor, &draft(TrackMsg::Ordinary, QuestionMsg::Signal {}))];
    let manner = Manner::Send { when: "pending".to_owned(), msgs };
    chain.run(&alice, &hook, &Tell::Become(manner)).unwrap();
    let propose = standard(&chain);
    assert_eq!(failures(&chain.govern(&alice, &propose).unwrap()), 1, "the last notice");
    let query = governor::QueryMsg::Deposit { address: hook.to_string() };
    let left: governor::DepositResponse = chain.ask(&governor, &query);
    assert_eq!((left.free.u128(), left.live), (0, 10));
}

#[test]
fn forged_notices_and_replies_are_no_messages_of_ours() {
    let mut chain = Chain::ready();
    let mallory = user("mallory");
    let hook = json!({"proposal_id": 0, "old_status": null, "new_status": "passed"});
    for contract in [chain.governor(), chain.treasury.clone()] {
        for message in [
            json!({"proposal_hook": hook}),
            json!({"member_changed_hook": {"diffs": []}}),
            json!({"failed": {"tag": 0}}),
            json!({"reply": {"id": 0}}),
        ] {
            text(chain.run(&mallory, &contract, &message));
        }
    }
    let addr = mallory.to_string();
    let subscribe = governor::ExecuteMsg::AddHook { addr };
    assert_eq!(code(chain.govern(&mallory, &subscribe)), 3);
}

/// No message carries a reply. The entry point itself changes no record where no execution runs,
/// whatever the tag.
#[test]
fn a_forged_reply_changes_nothing() {
    let mut chain = Chain::ready();
    let id = chain.pass(TrackMsg::Ordinary, vec![pay(&user("dave"), 5)]);
    let before = chain.state();
    for (tag, expected) in [
        (u64::from(id), Some(416)),
        (u64::from(id) + 1, Some(403)),
        (u64::from(u32::MAX), Some(403)),
        (HOOK_TAG, None),
        (u64::MAX, None),
    ] {
        let (api, querier) = (MockApi::default(), MockQuerier::<Empty>::default());
        let mut env = mock_env();
        env.contract.address = chain.governor();
        env.block = chain.app.block_info();
        let mut storage = chain.app.contract_storage_mut(&env.contract.address);
        let querier = QuerierWrapper::new(&querier);
        let deps = DepsMut { storage: storage.as_mut(), api: &api, querier };
        let result = SubMsgResult::Err(String::new());
        let reply = Reply { id: tag, payload: Binary::default(), gas_used: 0, result };
        match (::governor::reply(deps, env, reply), expected) {
            (Ok(response), None) => assert!(response.messages.is_empty()),
            (Err(interface::Error::Refused(refusal)), Some(code)) => {
                assert_eq!(refusal.code(), code, "{tag}");
            }
            other => panic!("{tag}: {other:?}"),
        }
    }
    assert!(chain.state() == before);
}

/// What a proposal may not ask of the governor, by itself or through the treasury.
#[test]
fn a_proposal_that_calls_the_governor() {
    let mut chain = Chain::ready();
    let (alice, governor, treasury) = (user("alice"), chain.governor(), chain.treasury.clone());
    let inner = vec![call(&governor, &governor::ExecuteMsg::Execute { proposal_id: 0 })];
    let (proposal, track) = (0, TrackMsg::Constitutional);
    let dispatch =
        treasury::ExecuteMsg::Dispatch { proposal, track: track.clone(), msgs: inner.clone() };
    let actions = Binary::default();
    let execute = treasury::ExecuteMsg::Execute { proposal, track, actions };
    let msg = to_json_binary(&SendMsg::Deposit {}).unwrap();
    let notice = Cw20ReceiveMsg { sender: alice.to_string(), amount: Uint128::new(500), msg };
    for (label, msg) in [
        ("propose", call(&governor, &draft(TrackMsg::Ordinary, QuestionMsg::Signal {}))),
        ("vote", call(&governor, &ballot(0, YES))),
        ("queue", call(&governor, &governor::ExecuteMsg::Queue { proposal_id: 0 })),
        ("execute", inner[0].clone()),
        ("settle", call(&governor, &governor::ExecuteMsg::Settle { proposal_id: 0 })),
        ("cancel", call(&governor, &json!({"cancel": {"proposal_id": 0}}))),
        ("receive", call(&governor, &governor::ExecuteMsg::Receive(notice))),
        ("dispatch", call(&treasury, &dispatch)),
        ("accept", call(&treasury, &treasury::ExecuteMsg::Accept {})),
    ] {
        for track in [TrackMsg::Ordinary, TrackMsg::Constitutional, TrackMsg::Emergency] {
            let question = QuestionMsg::Standard { msgs: vec![msg.clone()] };
            let propose = draft(track, question);
            assert_eq!(code(chain.govern(&alice, &propose)), 604, "{label}");
        }
    }
    let msgs = vec![call(&treasury, &execute)];
    let propose = draft(TrackMsg::Constitutional, QuestionMsg::Standard { msgs });
    assert_eq!(code(chain.govern(&alice, &propose)), 2, "actions that are none");
}

/// With coins, or by way of another contract, the call is opaque. It comes back when the proposal
/// is marked as executed, and is refused: nothing is run twice.
#[test]
fn a_proposal_that_calls_itself_in_a_roundabout_way() {
    let mut chain = Chain::ready();
    let (dave, governor) = (user("dave"), chain.governor());
    let agent = chain.make(subscriber::code(), &Manner::Listen).unwrap();
    let again = |id| governor::ExecuteMsg::Execute { proposal_id: id };
    let by_agent = |id| call(&agent, &Tell::Act(vec![call(&governor, &again(id))]));
    let with_coins = |id| {
        let (contract_addr, msg) = (governor.to_string(), to_json_binary(&again(id)).unwrap());
        WasmMsg::Execute { contract_addr, msg, funds: vec![coin(1, DENOM)] }.into()
    };
    let before = chain.coins(&dave);
    for (id, last) in [(0, by_agent(0)), (1, with_coins(1))] {
        assert_eq!(chain.pass(TrackMsg::Constitutional, vec![pay(&dave, 5), last]), id);
        for _ in 0..2 {
            chain.govern(&dave, &again(id)).unwrap();
            assert_eq!(chain.details(id).status, "failed");
        }
    }
    assert_eq!(chain.coins(&dave), before);
}

#[test]
fn a_contract_that_is_not_wired_does_nothing() {
    let mut chain = Chain::ungoverned();
    let alice = user("alice");
    for (contract, message, query) in [
        (chain.governor(), json!({"queue": {"proposal_id": 0}}), json!({"params": {}})),
        (chain.treasury.clone(), json!({"accept": {}}), json!({"authority": {}})),
    ] {
        let refused = text(chain.run(&alice, &contract, &message));
        assert!(refused.contains("wire the contracts first"), "{refused}");
        let refused = chain.answer(&contract, &query).unwrap_err();
        assert!(refused.contains("wire the contracts first"), "{refused}");
    }
}

/// The governor learns of staking when it is wired, and then its tracks must fit.
#[test]
fn wiring_refuses_tracks_that_stake_could_leave() {
    let mut chain = Chain::ungoverned();
    let (maker, now) = (chain.maker.clone(), chain.now());
    let mut slow = rules::governor(now);
    slow.params.ordinary.grace = 51;
    slow.params.constitutional.deposit = Uint128::new(1 << 90);
    let slow = chain.make(crate::assembly::governor_code(), &slow).unwrap();
    let refused = chain.run(&maker, &slow, &wire(&chain.contracts())).unwrap_err();
    for code in ["E0460", "E0470"] {
        assert!(refused.text.contains(code), "{code}: {}", refused.text);
    }
}

/// A payment would be read as one by the governor and not by the treasury, which tells what it is.
#[test]
fn wiring_refuses_another_coin_than_the_treasurys() {
    let mut chain = Chain::ungoverned();
    let (maker, told, now) = (chain.maker.clone(), chain.contracts(), chain.now());
    for denom in [None, Some("uother".to_owned())] {
        let made = governor::InstantiateMsg { denom, ..rules::governor(now) };
        let other = chain.make(crate::assembly::governor_code(), &made).unwrap();
        let refused = text(chain.run(&maker, &other, &wire(&told)));
        assert!(refused.contains("the treasury pays in another denom"), "{refused}");
    }
    let governor = chain.governor();
    chain.run(&maker, &governor, &wire(&told)).unwrap();
}
