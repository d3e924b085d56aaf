//! Messages meant to do harm: addresses, inner messages, lists, texts and JSON that are none, or
//! too long. Each is refused with a clear error, and changes nothing.

use cosmwasm_std::{Binary, Decimal, WasmMsg, testing::MockApi, to_json_binary};
use interface::{
    SendMsg,
    governor::{self, ChoiceMsg, QuestionMsg, TrackMsg},
    treasury,
};
use protocol::{
    AccountId, Names, encode,
    treasury::{Action, Command},
};
use serde_json::{Value, json};

use crate::{
    assembly::{YES, call, draft, pay},
    deployment::{Chain, DENOM, code, text, user},
    rules,
};

/// Every message that names an account, to the governor and to the treasury, with the address in
/// its place.
fn naming(chain: &Chain, address: &str) -> Vec<(bool, Value)> {
    let notice = |msg| {
        let msg = to_json_binary(&msg).unwrap();
        json!({"receive": {"sender": address, "amount": "1", "msg": msg}})
    };
    let transfer = json!({"transfer": {"recipient": address, "amount": "1"}});
    let proposal = |msg: Value| {
        let question = json!({"standard": {"msgs": [msg]}});
        let (track, title) = ("ordinary", "A title");
        json!({"propose": {"track": track, "title": title, "description": "", "question": question}})
    };
    let sent = json!({"bank": {"send": {"to_address": address,
        "amount": [{"denom": DENOM, "amount": "1"}]}}});
    let called = json!({"wasm": {"execute": {"contract_addr": address,
        "msg": to_json_binary(&transfer).unwrap(), "funds": []}}});
    let moved = json!({"wasm": {"migrate": {"contract_addr": address, "new_code_id": 1,
        "msg": to_json_binary(&json!({})).unwrap()}}});
    let token = serde_json::to_value(call(&chain.token, &transfer)).unwrap();
    let mandate = json!({"guardian": address, "ends": 1, "pause": 1, "pauses": 1, "suspended": 0});
    let stream = json!({"to": address, "asset": "token", "rate": "1", "period": 1, "start": 0,
        "cliff": 0, "funded": "1"});
    let grant = json!({"to": address, "asset": "token", "reviewer": null, "deadline": u64::MAX,
        "milestones": ["1"]});
    let reviewer = json!({"to": chain.maker, "asset": "token", "reviewer": address,
        "deadline": u64::MAX, "milestones": ["1"]});
    vec![
        (true, notice(SendMsg::Deposit {})),
        (true, json!({"set_guardian": {"mandate": mandate}})),
        (true, json!({"add_hook": {"addr": address}})),
        (true, json!({"remove_hook": {"addr": address}})),
        (true, proposal(sent.clone())),
        (true, proposal(called)),
        (true, proposal(moved)),
        (true, proposal(token)),
        (false, notice(SendMsg::Fund { stream: 0 })),
        (false, json!({"open_stream": {"terms": stream}})),
        (false, json!({"open_grant": {"terms": grant}})),
        (false, json!({"open_grant": {"terms": reviewer}})),
        (false, json!({"offer": {"to": address}})),
        (false, json!({"dispatch": {"proposal": 0, "track": "ordinary", "msgs": [sent]}})),
    ]
}

fn refuses_address(address: &str) {
    let mut chain = Chain::ready();
    let (alice, governor, treasury) = (user("alice"), chain.governor(), chain.treasury.clone());
    chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    for (governs, message) in naming(&chain, address) {
        let contract = if governs { &governor } else { &treasury };
        text(chain.run(&alice, contract, &message));
    }
    for query in [
        json!({"deposit": {"address": address}}),
        json!({"ballot": {"proposal_id": 0, "voter": address}}),
        json!({"vote": {"proposal_id": 0, "voter": address}}),
        json!({"list_votes": {"proposal_id": 0, "start_after": address}}),
        json!({"voter": {"address": address}}),
    ] {
        chain.answer(&governor, &query).unwrap_err();
    }
}

#[test]
fn an_address_in_upper_case() {
    refuses_address(&user("bob").as_str().to_uppercase());
}

#[test]
fn an_address_of_another_chain() {
    refuses_address(MockApi::default().with_prefix("juno").addr_make("bob").as_str());
}

#[test]
fn an_address_that_is_none() {
    for address in ["", "bob", "cosmwasm1", &"a".repeat(1 << 20)] {
        refuses_address(address);
    }
}

#[test]
fn an_inner_message_that_is_none() {
    let mut chain = Chain::ready();
    let (alice, token, before) =
        (user("alice"), chain.token.clone(), chain.balance(&user("alice")));
    let deep = format!("{{\"fund\":{{\"stream\":{}", "[".repeat(100_000));
    for contract in [chain.governor(), chain.treasury.clone()] {
        for bytes in [
            b"".as_slice(),
            b"null",
            b"{}",
            b"{\"deposit\":null}",
            b"{\"fund\":{}}",
            b"{\"fund\":{\"stream\":-1}}",
            b"{\"fund\":{\"stream\":4294967296}}",
            b"{\"deposit\":{},\"fund\":{\"stream\":0}}",
            b"{\"deposit\":{}} ]",
            b"\xff\xfe{\"deposit\"",
            deep.as_bytes(),
            &[b' '; 1 << 20],
            // The right form of another contract.
            b"{\"stake\":{\"tier\":0}}",
        ] {
            let (contract, msg) = (contract.to_string(), Binary::from(bytes));
            let send = cw20::Cw20ExecuteMsg::Send { contract, amount: 100u128.into(), msg };
            let label = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
            assert_eq!(code(chain.run(&alice, &token, &send)), 2, "{label}");
        }
    }
    let (governor, treasury) = (chain.governor(), chain.treasury.clone());
    assert_eq!(code(chain.attached(&alice, &governor, 5, &SendMsg::Fund { stream: 0 })), 2);
    assert_eq!(code(chain.attached(&alice, &treasury, 5, &SendMsg::Deposit {})), 2);
    assert_eq!(chain.balance(&alice), before);
}

/// What a contract of ours would not understand is carried as it is, and fails when it is run.
#[test]
fn a_message_of_a_proposal_that_its_contract_cannot_read() {
    let mut chain = Chain::ready();
    let deep = "[".repeat(10_000);
    for body in ["", "null", "{\"mint\":{}}", "{\"claim\":{}} ]", deep.as_str()] {
        let msg = Binary::from(body.as_bytes());
        let contract_addr = chain.token.to_string();
        let msgs = vec![WasmMsg::Execute { contract_addr, msg, funds: vec![] }.into()];
        let question = QuestionMsg::Standard { msgs: msgs.clone() };
        let ordinary = draft(TrackMsg::Ordinary, question);
        assert_eq!(code(chain.govern(&user("alice"), &ordinary)), 603);
        let id = chain.pass(TrackMsg::Constitutional, msgs.clone());
        let shown = governor::QueryMsg::Messages { proposal_id: id };
        let shown: treasury::MessagesResponse = chain.ask(&chain.governor(), &shown);
        assert_eq!(shown.options[0][0].msg, msgs[0], "shown as it was given");
        assert_eq!(shown.options[0][0].body, None);
        let execute = governor::ExecuteMsg::Execute { proposal_id: id };
        chain.govern(&user("alice"), &execute).unwrap();
        assert_eq!(chain.details(id).status, "failed");
    }
}

#[test]
fn actions_that_are_none() {
    let mut chain = Chain::governed();
    let (governor, treasury) = (chain.governor(), chain.treasury.clone());
    for bytes in [vec![], vec![0; 7], vec![255; 64], vec![0; 1 << 20]] {
        let (proposal, track, actions) = (0, TrackMsg::Constitutional, Binary::from(bytes));
        let shown = treasury::QueryMsg::Messages { actions: actions.clone() };
        let refused = chain.answer(&treasury, &shown).unwrap_err();
        assert!(refused.contains("E0002"), "{refused}");
        let execute = treasury::ExecuteMsg::Execute { proposal, track, actions };
        assert_eq!(code(chain.treasure(&governor, &execute)), 2);
    }
}

fn choice(names: &[String]) -> QuestionMsg {
    let option = |name: &String| ChoiceMsg { name: name.clone(), msgs: vec![] };
    QuestionMsg::Choice { options: names.iter().map(option).collect() }
}

#[test]
fn duplicates_in_one_call() {
    let mut chain = Chain::ready();
    let (alice, treasury) = (user("alice"), chain.treasury.clone());
    for (question, expected) in [
        (choice(&["a", "b", "a"].map(str::to_owned)), 428),
        (choice(&["a", ""].map(str::to_owned)), 428),
        (QuestionMsg::Gauge { topics: vec![0, 0], weight: 1 }, 431),
        (QuestionMsg::Gauge { topics: vec![0, 1], weight: 1 }, 431),
    ] {
        let propose = draft(TrackMsg::Ordinary, question);
        assert_eq!(code(chain.govern(&alice, &propose)), expected);
    }
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    chain.blocks(1);
    for (label, ballot, expected) in [
        ("twice", vec![(YES, Decimal::percent(50)), (YES, Decimal::percent(50))], 410),
        ("more than all", vec![(YES, Decimal::one()), (1, Decimal::one())], 410),
        ("less than all", vec![(YES, Decimal::percent(99))], 410),
        ("one that is not there", vec![(4, Decimal::one())], 411),
    ] {
        let (proposal_id, rationale) = (id, None);
        let vote = governor::ExecuteMsg::Vote { proposal_id, ballot, rationale };
        assert_eq!(code(chain.govern(&alice, &vote)), expected, "{label}");
    }
    let hook = governor::ExecuteMsg::AddHook { addr: alice.to_string() };
    chain.govern(&treasury, &hook).unwrap();
    assert_eq!(code(chain.govern(&treasury, &hook)), 438);
}

#[test]
fn lists_of_ten_thousand() {
    const COUNT: u16 = 10_000;
    let mut chain = Chain::ready();
    let (alice, governor, now) = (user("alice"), chain.governor(), chain.now());
    let many = vec![pay(&alice, 1); usize::from(COUNT)];
    let names: Vec<String> = (0..COUNT).map(|n| n.to_string()).collect();
    let mut one = choice(&["a", "b"].map(str::to_owned));
    if let QuestionMsg::Choice { options } = &mut one {
        options[0].msgs = many.clone();
    }
    for (label, question, expected) in [
        ("messages", QuestionMsg::Standard { msgs: many.clone() }, 430),
        ("messages of one option", one, 430),
        ("options", choice(&names), 427),
        ("topics", QuestionMsg::Gauge { topics: (0..COUNT).collect(), weight: 1 }, 427),
    ] {
        let propose = draft(TrackMsg::Ordinary, question);
        assert_eq!(code(chain.govern(&alice, &propose)), expected, "{label}");
    }
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    chain.blocks(1);
    let ballot = vec![(YES, Decimal::permille(1)); usize::from(COUNT)];
    let vote = governor::ExecuteMsg::Vote { proposal_id: id, ballot, rationale: None };
    assert_eq!(code(chain.govern(&alice, &vote)), 410);
    let (proposal, track) = (0, TrackMsg::Constitutional);
    let dispatch = treasury::ExecuteMsg::Dispatch { proposal, track: track.clone(), msgs: many };
    assert_eq!(code(chain.treasure(&governor, &dispatch)), 605);
    let settle = Action::Call { command: protocol::Command::Treasury(Command::Settle) };
    let actions = encode(&Nameless, &vec![settle; usize::from(COUNT)]).into();
    let execute = treasury::ExecuteMsg::Execute { proposal, track, actions };
    assert_eq!(code(chain.treasure(&governor, &execute)), 605);
    let milestones = vec![1u128.into(); usize::from(COUNT)];
    let terms = treasury::GrantMsg { milestones, ..rules::grant(&alice, &alice, now) };
    assert_eq!(code(chain.itself(&treasury::ExecuteMsg::OpenGrant { terms })), 618);
}

#[test]
fn a_text_of_a_megabyte() {
    let long = "a".repeat(1 << 20);
    let mut chain = Chain::ready();
    let (alice, guardian) = (user("alice"), user("guardian"));
    let proposal = |title: &str, description: &str| governor::ExecuteMsg::Propose {
        track: TrackMsg::Ordinary,
        title: title.to_owned(),
        description: description.to_owned(),
        question: QuestionMsg::Signal {},
    };
    assert_eq!(code(chain.govern(&alice, &proposal(&long, ""))), 426);
    assert_eq!(code(chain.govern(&alice, &proposal("", &long))), 426);
    let named = draft(TrackMsg::Ordinary, choice(&[long.clone(), "b".to_owned()]));
    assert_eq!(code(chain.govern(&alice, &named)), 426);
    let contract_addr = user("a contract of others").to_string();
    let msg = Binary::from(long.as_bytes());
    let msgs = vec![WasmMsg::Execute { contract_addr, msg, funds: vec![] }.into()];
    let opaque = draft(TrackMsg::Constitutional, QuestionMsg::Standard { msgs });
    assert_eq!(code(chain.govern(&alice, &opaque)), 623);
    let id = chain.pass(TrackMsg::Ordinary, vec![pay(&alice, 5)]);
    let cancel = governor::ExecuteMsg::Cancel { proposal_id: id, reason: Some(long.clone()) };
    assert_eq!(code(chain.govern(&guardian, &cancel)), 426);
    let id = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    chain.blocks(1);
    let (ballot, rationale) = (vec![(YES, Decimal::one())], Some(long.clone()));
    let vote = governor::ExecuteMsg::Vote { proposal_id: id, ballot, rationale };
    assert_eq!(code(chain.govern(&alice, &vote)), 426);
    for contract in [chain.governor(), chain.treasury.clone()] {
        text(chain.run(&alice, &contract, &json!({ long.as_str(): {} })));
    }
}

#[test]
fn json_deeper_than_any_message() {
    let mut chain = Chain::ready();
    let alice = user("alice");
    for contract in [chain.governor(), chain.treasury.clone()] {
        // The last lies in a field that nobody knows and that is skipped.
        for (head, opening) in [
            ("", "["),
            ("", "{\"propose\":"),
            ("{\"propose\":{\"question\":{\"choice\":{\"options\":", "["),
            ("{\"dispatch\":{\"msgs\":", "["),
            ("{\"params\":{\"x\":", "["),
        ] {
            let deep = Binary::from(format!("{head}{}", opening.repeat(100_000)).into_bytes());
            text(chain.send(&alice, &contract, deep.clone(), &[]));
            chain.answer_raw(&contract, deep).unwrap_err();
        }
    }
}

/// A proposal in a proposal in a proposal: each is a message of ours that is read, twenty deep.
#[test]
fn a_proposal_twenty_proposals_deep() {
    let mut chain = Chain::ready();
    let governor = chain.governor();
    let mut inner = draft(TrackMsg::Ordinary, QuestionMsg::Signal {});
    for _ in 0..20 {
        let msgs = vec![call(&governor, &inner)];
        inner = draft(TrackMsg::Ordinary, QuestionMsg::Standard { msgs });
    }
    assert_eq!(code(chain.govern(&user("alice"), &inner)), 604);
}

/// Shares and quorums above one are no fractions, wherever they stand.
#[test]
fn a_quorum_above_all() {
    let mut chain = Chain::ready();
    let treasury = chain.treasury.clone();
    let mut params = rules::params();
    params.ordinary.quorum = Decimal::percent(101);
    let update = governor::ExecuteMsg::UpdateParams { params: Box::new(params.clone()) };
    let refused = text(chain.govern(&treasury, &update));
    assert!(refused.contains("not a usable fraction"), "{refused}");
    let msgs = vec![call(&chain.governor(), &update)];
    let propose = draft(TrackMsg::Constitutional, QuestionMsg::Standard { msgs });
    let refused = text(chain.govern(&user("alice"), &propose));
    assert!(refused.contains("not a usable fraction"), "{refused}");
    let made = governor::InstantiateMsg { params, ..rules::governor(0) };
    let refused = chain.make(crate::assembly::governor_code(), &made).unwrap_err();
    assert!(refused.text.contains("not a usable fraction"), "{}", refused.text);
    // An update on the ordinary track is none either.
    let update = governor::ExecuteMsg::UpdateParams { params: Box::new(rules::params()) };
    let msgs = vec![call(&chain.governor(), &update)];
    let propose = draft(TrackMsg::Ordinary, QuestionMsg::Standard { msgs });
    assert_eq!(code(chain.govern(&user("alice"), &propose)), 603);
}

/// Names of actions that name nobody.
struct Nameless;

impl Names for Nameless {
    fn write(&self, who: AccountId, _: &mut Vec<u8>) {
        panic!("{who:?} is nobody's handle");
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        panic!("{bytes:?} is nobody's address");
    }
}
