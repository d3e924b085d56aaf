//! Callers that are not who they seem: fake tokens, failing and re-entrant subscribers, forged
//! replies, wrong migrations, contracts that are not wired.

use cosmwasm_std::{
    Addr, CosmosMsg, DepsMut, Empty, QuerierWrapper, Reply, SubMsgResult, Uint128, WasmMsg,
    testing::{MockApi, MockQuerier, mock_env},
    to_json_binary,
};
use cw_multi_test::Executor;
use cw2::{get_contract_version, set_contract_version};
use cw4::{MemberChangedHookMsg, MemberDiff, TOTAL_KEY};
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg};
use interface::{Contracts, MigrateMsg, SendMsg, network, staking};
use serde_json::json;

use crate::{
    deployment::{
        Chain, HOLDERS, code, network_code, refused, staking_code, text, token_code, user, wire,
    },
    genesis,
    puppet::{self, ExecuteMsg as Tell, Manner},
};

#[test]
fn a_fake_token_gives_no_stake_and_no_slot() {
    let mut chain = Chain::wired();
    let (mallory, holders) = (user("mallory"), [user("mallory")]);
    let fake = genesis::token(&holders, &mallory);
    let fake = chain.make(token_code(), &fake).unwrap();
    for (contract, msg, expected) in [
        (chain.staking.clone(), SendMsg::Stake { tier: 0 }, 201),
        (chain.network.clone(), SendMsg::Register { topic: 0 }, 302),
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
fn a_receive_bonds_for_the_user_and_not_for_the_token() {
    let mut chain = Chain::wired();
    let (alice, bob, token) = (user("alice"), user("bob"), chain.token.clone());
    chain.stake(&alice, 100, 0).unwrap();
    let allow = Cw20ExecuteMsg::IncreaseAllowance {
        spender: bob.to_string(),
        amount: Uint128::new(40),
        expires: None,
    };
    chain.run(&alice, &token, &allow).unwrap();
    // By cw20, who spends an allowance is the one that the contract is told of.
    let send = Cw20ExecuteMsg::SendFrom {
        owner: alice.to_string(),
        contract: chain.staking.to_string(),
        amount: Uint128::new(40),
        msg: to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap(),
    };
    chain.run(&bob, &token, &send).unwrap();
    for (who, bonded) in [(&alice, 100), (&bob, 40), (&token, 0)] {
        assert_eq!(stake(&chain, who).bonded.u128(), bonded, "{who}");
    }
}

fn stake(chain: &Chain, who: &Addr) -> staking::StakeResponse {
    chain.ask(&chain.staking, &staking::QueryMsg::Stake { address: who.to_string() })
}

/// A chain with a puppet that subscribes to changes of power.
fn subscribed(manner: &Manner) -> (Chain, Addr) {
    let mut chain = Chain::wired();
    let hook = chain.make(puppet::code(), manner).unwrap();
    let (treasury, addr) = (chain.treasury.clone(), hook.to_string());
    chain.staking(&treasury, staking::ExecuteMsg::AddHook { addr }).unwrap();
    (chain, hook)
}

fn call(contract: &Addr, msg: &impl serde::Serialize) -> CosmosMsg {
    let msg = to_json_binary(msg).unwrap();
    WasmMsg::Execute { contract_addr: contract.to_string(), msg, funds: Vec::new() }.into()
}

/// Whether an outcome tells of a failed hook.
fn tells_of_failure(outcome: &cw_multi_test::AppResponse) -> bool {
    let mut attributes = outcome.events.iter().flat_map(|event| &event.attributes);
    attributes.any(|attribute| attribute.key == "action" && attribute.value == "hook_failed")
}

#[test]
fn a_hook_hears_weights_as_cw4_counts_them() {
    let (mut chain, hook) = subscribed(&Manner::Listen);
    let (alice, bob) = (user("alice"), user("bob"));
    chain.stake(&alice, 105, 0).unwrap();
    let to = Some(bob.to_string());
    chain.staking(&alice, staking::ExecuteMsg::Delegate { to }).unwrap();
    let heard: Vec<MemberChangedHookMsg> = chain.ask(&hook, &Empty {});
    let diff =
        |who: &Addr, old, new| MemberChangedHookMsg::one(MemberDiff::new(who.as_str(), old, new));
    let expected =
        [diff(&alice, None, Some(10)), diff(&alice, Some(10), None), diff(&bob, None, Some(10))];
    assert_eq!(heard, expected);
}

/// The audit lesson and law 24: a failing hook is told of, and vetoes nothing.
#[test]
fn a_failing_hook_vetoes_nothing() {
    let (mut chain, hook) = subscribed(&Manner::Fail);
    let (alice, bob, treasury) = (user("alice"), user("bob"), chain.treasury.clone());
    let amount = Uint128::new(100);
    let (to, who, informer) = (Some(bob.to_string()), alice.to_string(), bob.to_string());
    assert!(tells_of_failure(&chain.stake(&alice, 1_000, 0).unwrap()));
    for (sender, message) in [
        (&alice, staking::ExecuteMsg::Raise { tier: 1 }),
        (&alice, staking::ExecuteMsg::Unstake { amount }),
        (&alice, staking::ExecuteMsg::Delegate { to }),
        (&treasury, staking::ExecuteMsg::Slash { who, amount, informer }),
    ] {
        let outcome = chain.staking(sender, message.clone()).unwrap();
        assert!(tells_of_failure(&outcome), "{message:?}");
    }
    // 1,000 - 100 unstaked, then 100 slashed: 90 of the bonded, 10 of the unbonding.
    assert_eq!(stake(&chain, &alice).bonded.u128(), 810);
    chain.blocks(40);
    let before = chain.balance(&alice);
    chain.staking(&alice, staking::ExecuteMsg::Claim {}).unwrap();
    assert_eq!(chain.balance(&alice) - before, 90);
    let heard: Vec<MemberChangedHookMsg> = chain.ask(&hook, &Empty {});
    assert_eq!(heard, [], "what a failing hook did is undone");
}

#[test]
fn a_hook_that_is_no_contract_vetoes_nothing() {
    let mut chain = Chain::wired();
    let (alice, treasury, addr) = (user("alice"), chain.treasury.clone(), user("bob").to_string());
    chain.staking(&treasury, staking::ExecuteMsg::AddHook { addr }).unwrap();
    assert!(tells_of_failure(&chain.stake(&alice, 10, 0).unwrap()));
    assert_eq!(stake(&chain, &alice).bonded.u128(), 10);
}

/// A subscriber with 100 staked unstakes 30 whenever it is told of a change, its own included:
/// three times, and then it fails.
#[test]
fn a_re_entrant_hook_gains_nothing() {
    let (mut chain, hook) = subscribed(&Manner::Listen);
    let (alice, token, staking) = (user("alice"), chain.token.clone(), chain.staking.clone());
    let amount = Uint128::new(100);
    let transfer = Cw20ExecuteMsg::Transfer { recipient: hook.to_string(), amount };
    chain.run(&alice, &token, &transfer).unwrap();
    let msg = to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap();
    let send = Cw20ExecuteMsg::Send { contract: staking.to_string(), amount, msg };
    chain.run(&alice, &hook, &Tell::Act(vec![call(&token, &send)])).unwrap();
    let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(30) };
    let manner = Manner::Send(vec![call(&staking, &unstake)]);
    chain.run(&alice, &hook, &Tell::Become(manner)).unwrap();

    chain.blocks(1);
    assert!(tells_of_failure(&chain.stake(&alice, 50, 0).unwrap()));
    assert_eq!(stake(&chain, &alice).bonded.u128(), 50);
    assert_eq!(stake(&chain, &hook).bonded.u128(), 10);
    let query = staking::QueryMsg::Unbondings { address: hook.to_string() };
    let unbondings: staking::UnbondingsResponse = chain.ask(&staking, &query);
    let amounts: Vec<u128> = unbondings.unbondings.iter().map(|one| one.amount.u128()).collect();
    assert_eq!(amounts, [30, 30, 30]);
    assert_eq!(chain.balance(&staking), 150, "nothing is paid before its notice is over");
    let total: staking::VotingPowerResponse =
        chain.ask(&staking, &staking::QueryMsg::TotalPowerAtHeight { height: None });
    assert_eq!(total.power.u128(), 60);
    let mirrored = chain.app.wrap().query_wasm_raw(&staking, TOTAL_KEY.as_bytes()).unwrap();
    assert_eq!(mirrored, Some(b"6".to_vec()));
}

/// A subscriber that claims whenever it is told is paid once.
#[test]
fn a_re_entrant_claim_pays_once() {
    let (mut chain, hook) = subscribed(&Manner::Listen);
    let (alice, token, staking) = (user("alice"), chain.token.clone(), chain.staking.clone());
    let amount = Uint128::new(100);
    let transfer = Cw20ExecuteMsg::Transfer { recipient: hook.to_string(), amount };
    chain.run(&alice, &token, &transfer).unwrap();
    let msg = to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap();
    let send = Cw20ExecuteMsg::Send { contract: staking.to_string(), amount, msg };
    let unstake = call(&staking, &staking::ExecuteMsg::Unstake { amount: Uint128::new(60) });
    chain.run(&alice, &hook, &Tell::Act(vec![call(&token, &send), unstake])).unwrap();
    chain.blocks(40);
    let claim = call(&staking, &staking::ExecuteMsg::Claim {});
    chain.run(&alice, &hook, &Tell::Become(Manner::Send(vec![claim.clone()]))).unwrap();
    assert!(!tells_of_failure(&chain.stake(&alice, 50, 0).unwrap()));
    assert_eq!(chain.balance(&hook), 60);
    assert!(tells_of_failure(&chain.stake(&alice, 50, 0).unwrap()), "nothing is left to claim");
    assert_eq!((chain.balance(&hook), chain.balance(&staking)), (60, 140));
}

#[test]
fn a_forged_hook_is_no_message_of_ours() {
    let mut chain = Chain::wired();
    let mallory = user("mallory");
    let diff = MemberDiff::new(mallory.as_str(), None, Some(1_000_000));
    let notice = json!({ "member_changed_hook": MemberChangedHookMsg::one(diff) });
    for contract in chain.all() {
        text(chain.run(&mallory, &contract, &notice));
    }
    let addr = mallory.to_string();
    assert_eq!(code(chain.staking(&mallory, staking::ExecuteMsg::AddHook { addr })), 3);
}

/// A reply that nothing asked for: no message carries one, and the entry point itself changes
/// no record whatever the tag.
#[test]
fn a_forged_reply_changes_nothing() {
    let mut chain = Chain::wired();
    let mallory = user("mallory");
    chain.stake(&user("alice"), 100, 0).unwrap();
    for message in [json!({"failed": {"tag": 0}}), json!({"reply": {"id": 0}})] {
        let staking = chain.staking.clone();
        text(chain.run(&mallory, &staking, &message));
    }
    let before = chain.state();
    for id in [0, 7, u64::MAX] {
        let (api, querier) = (MockApi::default(), MockQuerier::<Empty>::default());
        let mut env = mock_env();
        env.contract.address = chain.staking.clone();
        let mut storage = chain.app.contract_storage_mut(&env.contract.address);
        let querier = QuerierWrapper::new(&querier);
        let deps = DepsMut { storage: storage.as_mut(), api: &api, querier };
        let result = SubMsgResult::Err(String::new());
        let reply = Reply { id, payload: Vec::new().into(), gas_used: 0, result };
        let response = ::staking::reply(deps, env, reply).unwrap();
        assert!(response.messages.is_empty());
    }
    assert!(chain.state() == before);
}

/// Rewards' and the network's own verbs, from a contract that is neither.
#[test]
fn a_puppet_has_no_module_s_rights() {
    let mut chain = Chain::wired();
    let hook = chain.make(puppet::code(), &Manner::Listen).unwrap();
    let mallory = user("mallory");
    let to = mallory.to_string();
    for (contract, message, expected) in [
        (chain.token.clone(), json!({"mint": {"recipient": to, "amount": "1"}}), 102),
        (chain.rewards.clone(), json!({"pay": {"to": to, "amount": "1"}}), 502),
        (chain.rewards.clone(), json!({"vacate": {"topic": 0, "uid": 0, "who": to}}), 501),
    ] {
        let act = Tell::Act(vec![call(&contract, &message)]);
        assert_eq!(code(chain.run(&mallory, &hook, &act)), expected, "{message}");
    }
}

/// Migrates with the contract's own code, or another's; the version stored after.
fn migrate(chain: &mut Chain, who: &Addr, contract: &Addr, code: u64) -> Result<String, String> {
    let before = chain.state();
    match chain.app.migrate_contract(who.clone(), contract.clone(), &MigrateMsg {}, code) {
        Ok(_) => {
            let storage = chain.app.contract_storage(contract);
            Ok(get_contract_version(storage.as_ref()).unwrap().version)
        }
        Err(error) => {
            assert!(chain.state() == before);
            Err(refused(&error).text)
        }
    }
}

/// Each contract, its name in cw2, and its code stored anew.
fn codes(chain: &mut Chain) -> [(Addr, &'static str, u64); 4] {
    let [token, staking, network, rewards] = chain.all();
    let rewards_code = crate::deployment::rewards_code();
    [
        (token, "crates.io:moot-token", chain.app.store_code(token_code())),
        (staking, "crates.io:moot-staking", chain.app.store_code(staking_code())),
        (network, "crates.io:moot-network", chain.app.store_code(network_code())),
        (rewards, "crates.io:moot-rewards", chain.app.store_code(rewards_code)),
    ]
}

#[test]
fn migrate_takes_over_the_same_contract_and_writes_its_version() {
    let mut chain = Chain::wired();
    let maker = chain.maker.clone();
    for (contract, name, code) in codes(&mut chain) {
        for before in ["0.0.1", env!("CARGO_PKG_VERSION")] {
            let mut storage = chain.app.contract_storage_mut(&contract);
            set_contract_version(storage.as_mut(), name, before).unwrap();
            drop(storage);
            let after = migrate(&mut chain, &maker, &contract, code);
            assert_eq!(after.as_deref(), Ok(env!("CARGO_PKG_VERSION")), "{name} {before}");
        }
    }
}

/// Law 26: a migration keeps every record but the version's.
#[test]
fn law_26_migrate_changes_nothing_but_the_version() {
    let mut chain = Chain::wired();
    let (alice, maker) = (user("alice"), chain.maker.clone());
    chain.stake(&alice, 100, 1).unwrap();
    let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(30) };
    chain.staking(&alice, unstake).unwrap();
    let codes = codes(&mut chain);
    let before = chain.state();
    for (contract, name, code) in codes {
        let old = "0.0.1";
        set_contract_version(chain.app.contract_storage_mut(&contract).as_mut(), name, old)
            .unwrap();
        migrate(&mut chain, &maker, &contract, code).unwrap();
        assert!(chain.state() == before, "{name}");
    }
}

#[test]
fn migrate_refuses_a_downgrade_and_an_unknown_version() {
    let mut chain = Chain::wired();
    let maker = chain.maker.clone();
    for (contract, name, code) in codes(&mut chain) {
        for before in ["99.0.0", "0.1.1", "latest", ""] {
            let mut storage = chain.app.contract_storage_mut(&contract);
            set_contract_version(storage.as_mut(), name, before).unwrap();
            drop(storage);
            let error = migrate(&mut chain, &maker, &contract, code).unwrap_err();
            assert!(error.starts_with("E0008 "), "{error}");
            assert!(error.contains(&format!("{name} {before} to {name}")), "{error}");
        }
    }
}

#[test]
fn migrate_refuses_another_contract_and_one_that_names_none() {
    let mut chain = Chain::wired();
    let (maker, mallory) = (chain.maker.clone(), user("mallory"));
    let codes = codes(&mut chain);
    for (contract, name, code) in &codes {
        for (_, other, foreign) in codes.iter().filter(|one| one.1 != *name) {
            let error = migrate(&mut chain, &maker, contract, *foreign).unwrap_err();
            assert!(error.starts_with("E0008 "), "{error}");
            let version = env!("CARGO_PKG_VERSION");
            assert!(error.contains(&format!("{name} {version} to {other}")), "{error}");
        }
        let error = migrate(&mut chain, &mallory, contract, *code).unwrap_err();
        assert!(error.contains("Only admin"), "{error}");
        let mut storage = chain.app.contract_storage_mut(contract);
        storage.remove(b"contract_info");
        drop(storage);
        let error = migrate(&mut chain, &maker, contract, *code).unwrap_err();
        assert!(error.starts_with("E0008 "), "{error}");
    }
}

#[test]
fn a_contract_that_is_not_wired_does_nothing() {
    let mut chain = Chain::unwired();
    let (alice, [token, staking, network, rewards]) = (user("alice"), chain.all());
    for (contract, message, query) in [
        (&staking, json!({"claim": {}}), json!({"params": {}})),
        (&network, json!({"leave": {"topic": 0}}), json!({"topic": {"topic": 0}})),
        (&rewards, json!({"claim": {"slots": []}}), json!({"emission": {}})),
    ] {
        let refused = text(chain.run(&alice, contract, &message));
        assert!(refused.contains("wire the contracts first"), "{refused}");
        let refused = chain.answer(contract, &query).unwrap_err();
        assert!(refused.contains("wire the contracts first"), "{refused}");
    }
    text(chain.stake(&alice, 1, 0));
    // The token needs no other contract.
    let amount = Uint128::new(1);
    let transfer = Cw20ExecuteMsg::Transfer { recipient: user("bob").to_string(), amount };
    chain.run(&alice, &token, &transfer).unwrap();
}

#[test]
fn wiring_needs_every_contract_and_real_addresses() {
    let mut chain = Chain::unwired();
    let (maker, staking, told) = (chain.maker.clone(), chain.staking.clone(), chain.contracts());
    type Forget = fn(&mut Contracts);
    let without: [(&str, Forget); 4] = [
        ("token", |told| told.token = None),
        ("network", |told| told.network = None),
        ("rewards", |told| told.rewards = None),
        ("treasury", |told| told.treasury = None),
    ];
    for (missing, forget) in without {
        let mut told = told.clone();
        forget(&mut told);
        let refused = text(chain.run(&maker, &staking, &wire(&told)));
        assert!(refused.contains(missing), "{refused}");
    }
    let upper = Some(told.token.clone().unwrap().to_uppercase());
    text(chain.run(&maker, &staking, &wire(&Contracts { token: upper, ..told.clone() })));
    chain.run(&maker, &staking, &wire(&told)).unwrap();
    assert_eq!(code(chain.run(&maker, &staking, &wire(&told))), 3);
}

/// The slot's price is burned; what is left comes back; a slot costs more the next time.
#[test]
fn registering_takes_the_price_and_no_more() {
    let mut chain = Chain::wired();
    let (dave, token, network) = (user(HOLDERS[3]), chain.token.clone(), chain.network.clone());
    let msg = to_json_binary(&SendMsg::Register { topic: 0 }).unwrap();
    let send = |amount| {
        let contract = network.to_string();
        Cw20ExecuteMsg::Send { contract, amount: Uint128::new(amount), msg: msg.clone() }
    };
    assert_eq!(code(chain.run(&dave, &token, &send(99))), 317);
    chain.run(&dave, &token, &send(1_000)).unwrap();
    assert_eq!(chain.balance(&dave), genesis::FIRST - 100);
    assert_eq!(chain.balance(&network), 0);
    assert_eq!(code(chain.run(&dave, &token, &send(1_000))), 318);
    let price: Uint128 = chain.ask(&network, &network::QueryMsg::Price { topic: 0 });
    assert_eq!(price.u128(), 150);
}
