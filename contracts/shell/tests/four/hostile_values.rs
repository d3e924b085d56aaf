//! Values meant to do harm: each is refused with a clear error, and changes nothing.

use cosmwasm_std::{
    Addr, Binary, Decimal, HexBinary, Uint128, coin, testing::MockApi, to_json_binary,
};
use cw_multi_test::Executor;
use cw20::{Cw20Coin, Cw20ExecuteMsg};
use interface::{
    SendMsg,
    campaigns::{LeafMsg, PublicationMsg},
    network, rewards, staking,
};
use serde_json::{Value, json};

use crate::{
    deployment::{
        Chain, DENOM, OTHER_DENOM, code, network_code, rewards_code, staking_code, text,
        token_code, user,
    },
    genesis,
};

fn transfer(recipient: impl Into<String>, amount: u128) -> Cw20ExecuteMsg {
    Cw20ExecuteMsg::Transfer { recipient: recipient.into(), amount: amount.into() }
}

fn register(network: &Addr, amount: u128) -> Cw20ExecuteMsg {
    let msg = to_json_binary(&SendMsg::Register { topic: 0 }).unwrap();
    Cw20ExecuteMsg::Send { contract: network.to_string(), amount: amount.into(), msg }
}

fn slash(amount: u128) -> staking::ExecuteMsg {
    let (who, informer) = (user("alice").to_string(), user("bob").to_string());
    staking::ExecuteMsg::Slash { who, amount: amount.into(), informer }
}

#[test]
fn zero() {
    let mut chain = Chain::wired();
    let (alice, dave) = (user("alice"), user("dave"));
    let (token, network) = (chain.token.clone(), chain.network.clone());
    chain.stake(&alice, 100, 0).unwrap();
    chain.blocks(genesis::TEMPO);
    assert_eq!(code(chain.stake(&alice, 0, 0)), 202);
    let nothing = Uint128::zero();
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::Unstake { amount: nothing })), 202);
    let treasury = chain.treasury.clone();
    assert_eq!(code(chain.staking(&treasury, slash(0))), 202);
    assert_eq!(code(chain.run(&dave, &token, &register(&network, 0))), 317);
    let close = network::ExecuteMsg::Close { topic: 0, rows: 0 };
    assert_eq!(code(chain.run(&dave, &network, &close)), 326);
    let mut native = Chain::native();
    assert_eq!(code(native.staking(&alice, staking::ExecuteMsg::Stake { tier: 0 })), 202);
}

/// cw20-base moves nothing without complaint, so the token does too.
#[test]
fn a_transfer_of_zero_changes_no_balance() {
    let mut chain = Chain::wired();
    let (alice, mallory, token) = (user("alice"), user("mallory"), chain.token.clone());
    let before = chain.state();
    chain.run(&mallory, &token, &transfer(&alice, 0)).unwrap();
    assert!(chain.state() == before);
}

#[test]
fn durations_of_zero_are_refused_at_the_start() {
    let mut chain = Chain::wired();
    let mut params = genesis::staking(None);
    params.tiers[0].notice = 0;
    let refused = chain.make(staking_code(), &staking::InstantiateMsg { params });
    assert_eq!(refused.unwrap_err().code, 219);
    let mut tempo = genesis::network(&[user("alice")]);
    tempo.topics[0].params.tempo = 0;
    assert_eq!(chain.make(network_code(), &tempo).unwrap_err().code, 303);
    let mut fade = genesis::network(&[user("alice")]);
    fade.topics[0].params.price.half_life = 0;
    assert_eq!(chain.make(network_code(), &fade).unwrap_err().code, 309);
}

#[test]
fn every_violation_is_told_at_once() {
    let mut chain = Chain::wired();
    let mut params = genesis::staking(None);
    (params.unit, params.bounty) = (Uint128::zero(), Decimal::one());
    params.tiers[1].notice = 0;
    let refused = chain.make(staking_code(), &staking::InstantiateMsg { params }).unwrap_err();
    for code in ["E0219", "E0221", "E0222", "E0224"] {
        assert!(refused.text.contains(code), "{code}: {}", refused.text);
    }
    let params = genesis::staking(Some(""));
    let refused = chain.make(staking_code(), &staking::InstantiateMsg { params }).unwrap_err();
    assert!(refused.text.contains("name the staked coin"), "{}", refused.text);
    let mut network = genesis::network(&[user("alice")]);
    (network.topics[0].params.slots, network.topics[0].params.owner_cut) = (0, Decimal::one());
    let refused = chain.make(network_code(), &network).unwrap_err();
    for code in ["E0304", "E0310", "E0312"] {
        assert!(refused.text.contains(code), "{code}: {}", refused.text);
    }
    let mut rewards = genesis::rewards(0, &user("alice"), 100);
    (rewards.grants[0].end, rewards.params.schedule.cap) = (100, Uint128::zero());
    rewards.supply = Uint128::new(1);
    let refused = chain.make(rewards_code(), &rewards).unwrap_err();
    for code in ["E0513", "E0514"] {
        assert!(refused.text.contains(code), "{code}: {}", refused.text);
    }
}

#[test]
fn the_largest_integers() {
    let (largest, above, most) = (u128::MAX, 1u128 << 95, (1u128 << 95) - 1);
    let mut chain = Chain::wired();
    let (alice, token) = (user("alice"), chain.token.clone());
    for (amount, expected) in [(largest, 1), (above, 1), (most, 101)] {
        assert_eq!(code(chain.run(&alice, &token, &transfer(&alice, amount))), expected);
        let burn = Cw20ExecuteMsg::Burn { amount: amount.into() };
        assert_eq!(code(chain.run(&alice, &token, &burn)), expected);
        assert_eq!(code(chain.stake(&alice, amount, 0)), expected);
    }
    let (rewards, treasury) = (chain.rewards.clone(), chain.treasury.clone());
    for (amount, expected) in [(largest, 1), (above, 1), (most, 103)] {
        let mint = Cw20ExecuteMsg::Mint { recipient: alice.to_string(), amount: amount.into() };
        assert_eq!(code(chain.run(&rewards, &token, &mint)), expected);
    }
    for (amount, expected) in [(largest, 1), (above, 1), (most, 205)] {
        let unstake = staking::ExecuteMsg::Unstake { amount: amount.into() };
        assert_eq!(code(chain.staking(&alice, unstake)), expected);
    }
    assert_eq!(code(chain.staking(&treasury, slash(largest))), 1);
    let amount = Uint128::new(largest);
    let (spender, expires) = (user("bob").to_string(), None);
    let allow =
        |amount| Cw20ExecuteMsg::IncreaseAllowance { spender: spender.clone(), amount, expires };
    assert_eq!(code(chain.run(&alice, &token, &allow(amount))), 1);
    chain.run(&alice, &token, &allow(most.into())).unwrap();
    assert_eq!(code(chain.run(&alice, &token, &allow(most.into()))), 1, "the sum");
}

#[test]
fn the_largest_integers_at_the_start() {
    let mut chain = Chain::wired();
    let (alice, rewards) = (user("alice"), chain.rewards.clone());
    let mut token = genesis::token(&[alice.clone(), user("bob")], &rewards);
    token.initial_balances[0].amount = Uint128::MAX;
    assert_eq!(chain.make(token_code(), &token).unwrap_err().code, 1);
    token.initial_balances[0].amount = Uint128::new((1 << 95) - 1);
    assert_eq!(chain.make(token_code(), &token).unwrap_err().code, 1, "the sum");
    let with = |change: fn(&mut staking::ParamsMsg)| {
        let mut params = genesis::staking(None);
        change(&mut params);
        staking::InstantiateMsg { params }
    };
    let stake = with(|params| params.max_stake = Uint128::MAX);
    assert_eq!(chain.make(staking_code(), &stake).unwrap_err().code, 1);
    // The largest weight would not fit 64 bits.
    let weight = with(|params| params.max_stake = Uint128::new((1 << 95) - 1));
    assert_eq!(chain.make(staking_code(), &weight).unwrap_err().code, 223);
    let multiplier = with(|params| params.tiers[0].multiplier = Decimal::MAX);
    let refused = chain.make(staking_code(), &multiplier).unwrap_err();
    assert!(refused.text.contains("not a usable fraction"), "{}", refused.text);
    let mut price = genesis::network(&[alice]);
    price.topics[0].params.price.ceiling = Uint128::MAX;
    assert_eq!(chain.make(network_code(), &price).unwrap_err().code, 1);
}

#[test]
fn numbers_that_their_type_cannot_hold() {
    let mut chain = Chain::wired();
    let (alice, [token, staking, network, rewards]) = (user("alice"), chain.all());
    let to = alice.to_string();
    for (contract, message) in [
        (&token, json!({"transfer": {"recipient": to, "amount": format!("{}0", u128::MAX)}})),
        (&token, json!({"transfer": {"recipient": to, "amount": "-1"}})),
        (&token, json!({"transfer": {"recipient": to, "amount": 1}})),
        (&staking, json!({"raise": {"tier": 256}})),
        (&staking, json!({"unstake": {"amount": "0x10"}})),
        (&network, json!({"submit_weights": {"topic": 0, "weights": [[0, 65536]]}})),
        (&rewards, json!({"set_take": {"take": "-0.1"}})),
        (&rewards, json!({"claim_vested": {"number": 4_294_967_296u64}})),
    ] {
        text(chain.run(&alice, contract, &message));
    }
}

#[test]
fn coins_of_a_wrong_denom() {
    let mut chain = Chain::native();
    let (alice, staking) = (user("alice"), chain.staking.clone());
    let stake = staking::ExecuteMsg::Stake { tier: 0 };
    let coins = [coin(5, OTHER_DENOM)];
    assert_eq!(code(chain.run_with(&alice, &staking, &stake, &coins)), 6);
}

#[test]
fn two_coins() {
    let mut chain = Chain::native();
    let (alice, staking) = (user("alice"), chain.staking.clone());
    let stake = staking::ExecuteMsg::Stake { tier: 0 };
    for coins in [
        [coin(5, DENOM), coin(5, OTHER_DENOM)],
        [coin(5, OTHER_DENOM), coin(5, DENOM)],
        [coin(5, DENOM), coin(5, DENOM)],
    ] {
        assert_eq!(code(chain.run_with(&alice, &staking, &stake, &coins)), 6);
    }
}

#[test]
fn unsolicited_funds() {
    let coins = [coin(5, DENOM)];
    let alice = user("alice");
    let mut chain = Chain::wired();
    let [token, staking, network, rewards] = chain.all();
    let told = crate::deployment::wire(&chain.contracts());
    let messages: [(&Addr, Value); 8] = [
        (&token, json!({"transfer": {"recipient": alice, "amount": "1"}})),
        (&staking, json!({"stake": {"tier": 0}})),
        (&staking, json!({"unstake": {"amount": "1"}})),
        (&network, json!({"leave": {"topic": 0}})),
        (&rewards, json!({"claim": {"slots": []}})),
        (&staking, told.clone()),
        (&network, told.clone()),
        (&rewards, told),
    ];
    for (contract, message) in messages {
        assert_eq!(code(chain.run_with(&alice, contract, &message, &coins)), 5, "{message}");
    }
    // Where coins are staked, only `stake` takes them.
    let mut native = Chain::native();
    let staking = native.staking.clone();
    let claim = staking::ExecuteMsg::Claim {};
    assert_eq!(code(native.run_with(&alice, &staking, &claim, &coins)), 5);
}

/// The lesson of donations: what a contract holds is nobody's share.
#[test]
fn a_donation_is_no_stake() {
    let mut chain = Chain::native();
    let (alice, mallory, staking) = (user("alice"), user("mallory"), chain.staking.clone());
    let stake = staking::ExecuteMsg::Stake { tier: 0 };
    chain.run_with(&alice, &staking, &stake, &[coin(100, DENOM)]).unwrap();
    let before = chain.app.dump_wasm_raw(&staking);
    chain.app.send_tokens(user("bob"), staking.clone(), &[coin(900, DENOM)]).unwrap();
    assert_eq!(chain.coins(&staking), 1_000);
    assert!(chain.app.dump_wasm_raw(&staking) == before);
    for who in [alice, mallory] {
        let unstake = staking::ExecuteMsg::Unstake { amount: Uint128::new(101) };
        assert_eq!(code(chain.staking(&who, unstake)), 205);
    }
}

/// Every message that names an account, with the address in its place.
fn naming(address: &str) -> Vec<(usize, Value)> {
    let notice = |msg| json!({"receive": {"sender": address, "amount": "1", "msg": msg}});
    let stake = to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap();
    vec![
        (0, json!({"transfer": {"recipient": address, "amount": "1"}})),
        (0, json!({"send": {"contract": address, "amount": "1", "msg": stake}})),
        (0, json!({"increase_allowance": {"spender": address, "amount": "1"}})),
        (0, json!({"transfer_from": {"owner": address, "recipient": address, "amount": "1"}})),
        (0, json!({"update_minter": {"new_minter": address}})),
        (1, json!({"delegate": {"to": address}})),
        (1, json!({"slash": {"who": address, "amount": "1", "informer": address}})),
        (1, json!({"add_hook": {"addr": address}})),
        (1, notice(stake.clone())),
        (2, notice(stake)),
        (3, json!({"vacate": {"topic": 0, "uid": 0, "who": address}})),
        (3, json!({"pay": {"to": address, "amount": "1"}})),
        (
            3,
            json!({"claim_leaf": {"address": address, "leaf": {"campaign": 0, "round": 0,
            "index": 0, "amount": "500", "proof": []}}}),
        ),
    ]
}

fn refuses_address(address: &str) {
    let mut chain = Chain::wired();
    let (alice, contracts) = (user("alice"), chain.all());
    for (contract, message) in naming(address) {
        text(chain.run(&alice, &contracts[contract], &message));
    }
    for (contract, query) in [
        (0, json!({"balance": {"address": address}})),
        (0, json!({"all_accounts": {"start_after": address}})),
        (1, json!({"voting_power_at_height": {"address": address}})),
        (1, json!({"member": {"addr": address}})),
        (2, json!({"uid": {"topic": 0, "address": address}})),
        (3, json!({"owed": {"address": address, "slots": []}})),
    ] {
        chain.answer(&contracts[contract], &query).unwrap_err();
    }
    let mut token = genesis::token(&[], &chain.rewards);
    token.initial_balances = vec![Cw20Coin { address: address.into(), amount: Uint128::one() }];
    assert_eq!(chain.make(token_code(), &token).unwrap_err().code, 0);
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
fn oneself_as_delegate() {
    let mut chain = Chain::wired();
    let alice = user("alice");
    chain.stake(&alice, 100, 0).unwrap();
    let to = Some(alice.to_string());
    assert_eq!(code(chain.staking(&alice, staking::ExecuteMsg::Delegate { to })), 208);
}

#[test]
fn an_inner_message_that_is_none() {
    let mut chain = Chain::wired();
    let (alice, token, network) = (user("alice"), chain.token.clone(), chain.network.clone());
    let deep = format!("{{\"stake\":{{\"tier\":{}", "[".repeat(100_000));
    for bytes in [
        b"".as_slice(),
        b"null",
        b"{}",
        b"{\"stake\":{}}",
        b"{\"stake\":{\"tier\":256}}",
        b"{\"stake\":{\"tier\":-1}}",
        b"{\"stake\":{\"tier\":0},\"register\":{\"topic\":0}}",
        b"{\"stake\":{\"tier\":0}} ]",
        b"{\"unstake\":{\"tier\":0}}",
        b"\xff\xfe{\"stake\"",
        deep.as_bytes(),
        &[b' '; 1 << 20],
    ] {
        let msg = Binary::from(bytes);
        let label = String::from_utf8_lossy(&bytes[..bytes.len().min(60)]);
        assert_eq!(code(chain.attach(&alice, 100, msg.clone())), 2, "{label}");
        let send =
            Cw20ExecuteMsg::Send { contract: network.to_string(), amount: Uint128::new(100), msg };
        assert_eq!(code(chain.run(&alice, &token, &send)), 2, "{label}");
    }
    // The right form, sent to the wrong contract.
    let register = to_json_binary(&SendMsg::Register { topic: 0 }).unwrap();
    assert_eq!(code(chain.attach(&alice, 100, register)), 2);
    let msg = to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap();
    let contract = network.to_string();
    let send = Cw20ExecuteMsg::Send { contract, amount: Uint128::new(100), msg };
    assert_eq!(code(chain.run(&alice, &token, &send)), 2);
    assert_eq!(chain.balance(&alice), genesis::FIRST);
}

#[test]
fn a_distribution_that_is_none() {
    let mut chain = Chain::wired();
    let (network, rewards) = (chain.network.clone(), chain.rewards.clone());
    for bytes in [vec![], vec![0; 7], vec![255; 64], vec![0; 1 << 20]] {
        let distribute = rewards::ExecuteMsg::Distribute { distribution: bytes.into() };
        assert_eq!(code(chain.run(&network, &rewards, &distribute)), 2);
    }
}

#[test]
fn roots_and_proofs_that_are_none() {
    let mut chain = Chain::wired();
    let (dave, rewards, treasury) = (user("dave"), chain.rewards.clone(), chain.treasury.clone());
    let hash = |length: usize| HexBinary::from(vec![7; length]);
    let claim = |proof, amount: u128| {
        let amount = Uint128::new(amount);
        let leaf = LeafMsg { campaign: 0, round: 0, index: 0, amount, proof };
        rewards::ExecuteMsg::ClaimLeaf { address: dave.to_string(), leaf }
    };
    for (label, proof, amount, expected) in [
        ("no proof", vec![], 500, 531),
        ("ten thousand hashes", vec![hash(32); 10_000], 500, 531),
        ("a hash too short", vec![hash(31), hash(32)], 500, 2),
        ("a hash too long", vec![hash(32), hash(33)], 500, 2),
        ("a hash of a megabyte", vec![hash(32), hash(1 << 20)], 500, 2),
        ("another tree's", vec![hash(32); 2], 500, 532),
        ("the largest amount", vec![hash(32); 2], u128::MAX, 1),
    ] {
        assert_eq!(code(chain.run(&dave, &rewards, &claim(proof, amount))), expected, "{label}");
    }
    let publish = |root, leaves, total: u128| {
        let (campaign, round, total) = (0, 0, Uint128::new(total));
        rewards::ExecuteMsg::Publish(PublicationMsg { campaign, round, root, leaves, total })
    };
    for (label, root, total, expected) in [
        ("no root", hash(0), 1, 2),
        ("half a root", hash(16), 1, 2),
        ("an airdrop has no rounds", hash(32), 1, 518),
        ("the largest amount", hash(32), u128::MAX, 1),
    ] {
        let published = chain.run(&treasury, &rewards, &publish(root, 1, total));
        assert_eq!(code(published), expected, "{label}");
    }
    text(chain.run(&dave, &rewards, &json!({"publish": {"campaign": 0, "root": "zz"}})));
    let mut first = genesis::rewards(0, &user("alice"), 100);
    first.airdrops[0].root = hash(31);
    assert_eq!(chain.make(rewards_code(), &first).unwrap_err().code, 2);
    let mut first = genesis::rewards(0, &user("alice"), 100);
    (first.airdrops[0].leaves, first.airdrops[0].until) = (0, 100);
    first.airdrops[0].total = Uint128::zero();
    let refused = chain.make(rewards_code(), &first).unwrap_err();
    for code in ["E0522", "E0524", "E0537"] {
        assert!(refused.text.contains(code), "{code}: {}", refused.text);
    }
}

#[test]
fn duplicates_in_one_call() {
    let mut chain = Chain::wired();
    let (alice, bob) = (user("alice"), user("bob"));
    let (network, rewards, treasury) =
        (chain.network.clone(), chain.rewards.clone(), chain.treasury.clone());
    let slots = vec![(0, 0), (0, 0)];
    let claim = rewards::ExecuteMsg::Claim { slots: slots.clone() };
    assert_eq!(code(chain.run(&alice, &rewards, &claim)), 504);
    // What a claim would refuse, the query of what it would pay refuses too.
    let owed = rewards::QueryMsg::Owed { address: alice.to_string(), slots };
    let refused = chain.answer(&rewards, &owed).unwrap_err();
    assert!(refused.contains("E0504"), "{refused}");
    let submit = network::ExecuteMsg::SubmitWeights { topic: 0, weights: vec![(1, 1), (1, 2)] };
    assert_eq!(code(chain.run(&alice, &network, &submit)), 322);
    let hook = staking::ExecuteMsg::AddHook { addr: bob.to_string() };
    chain.staking(&treasury, hook.clone()).unwrap();
    assert_eq!(code(chain.staking(&treasury, hook)), 215);
    let twice = [alice.clone(), bob, alice];
    assert_eq!(chain.make(network_code(), &genesis::network(&twice)).unwrap_err().code, 313);
    let token = genesis::token(&twice, &rewards);
    assert_eq!(chain.make(token_code(), &token).unwrap_err().code, 109);
}

#[test]
fn lists_of_ten_thousand() {
    const COUNT: u16 = 10_000;
    let mut chain = Chain::wired();
    let (alice, network, rewards) = (user("alice"), chain.network.clone(), chain.rewards.clone());
    let submit = |weights| network::ExecuteMsg::SubmitWeights { topic: 0, weights };
    let ascending = submit((0..COUNT).map(|uid| (uid, 1)).collect());
    assert_eq!(code(chain.run(&alice, &network, &ascending)), 324);
    let same = submit(vec![(0, 1); usize::from(COUNT)]);
    assert_eq!(code(chain.run(&alice, &network, &same)), 322);
    let slots = vec![(0, 0); usize::from(COUNT)];
    let claim = rewards::ExecuteMsg::Claim { slots: slots.clone() };
    assert_eq!(code(chain.run(&alice, &rewards, &claim)), 503);
    let owed = rewards::QueryMsg::Owed { address: alice.to_string(), slots };
    let refused = chain.answer(&rewards, &owed).unwrap_err();
    assert!(refused.contains("E0503"), "{refused}");
    let holders: Vec<Addr> = (0..COUNT).map(|n| user(&n.to_string())).collect();
    assert_eq!(chain.make(network_code(), &genesis::network(&holders)).unwrap_err().code, 312);
    let mut params = genesis::staking(None);
    params.tiers = vec![params.tiers[0].clone(); usize::from(COUNT)];
    let refused = chain.make(staking_code(), &staking::InstantiateMsg { params });
    assert_eq!(refused.unwrap_err().code, 218);
}

#[test]
fn a_text_of_a_megabyte() {
    let long = "a".repeat(1 << 20);
    let mut chain = Chain::wired();
    let (alice, rewards) = (user("alice"), chain.rewards.clone());
    let mut named = genesis::token(&[], &rewards);
    named.name = long.clone();
    let refused = chain.make(token_code(), &named).unwrap_err();
    assert!(refused.text.contains("3 to 50 bytes"), "{}", refused.text);
    let mut symbol = genesis::token(&[], &rewards);
    symbol.symbol = long.clone();
    let refused = chain.make(token_code(), &symbol).unwrap_err();
    assert!(refused.text.contains("3 to 12 letters"), "{}", refused.text);
    for contract in chain.all() {
        text(chain.run(&alice, &contract, &json!({ long.as_str(): {} })));
    }
}

#[test]
fn json_deeper_than_any_message() {
    let mut chain = Chain::wired();
    let alice = user("alice");
    for contract in chain.all() {
        // The last lies in a field that nobody knows and that is skipped.
        for (head, opening) in [
            ("", "["),
            ("", "{\"wire\":"),
            ("{\"claim\":{\"slots\":", "["),
            ("{\"claim\":{\"x\":", "["),
        ] {
            let deep = Binary::from(format!("{head}{}", opening.repeat(100_000)).into_bytes());
            text(chain.send(&alice, &contract, deep.clone(), &[]));
            chain.answer_raw(&contract, deep).unwrap_err();
        }
    }
}
