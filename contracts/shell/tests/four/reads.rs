//! Reads at the edges: heights that are not reached, pages of nothing and of everything, epochs
//! in which nobody has power.

use std::collections::BTreeSet;

use cosmwasm_std::{Addr, Uint128};
use cw20::Cw20ExecuteMsg;
use interface::{network, rewards, staking};
use serde_json::{Value, json};

use crate::{
    deployment::{Chain, code, user},
    genesis::{PER_BLOCK, TEMPO, topic},
};

/// Accounts in the lists of these tests: more than a page may hold.
const MANY: u16 = 35;

fn power(chain: &Chain, who: Option<&Addr>, height: u64) -> u128 {
    let height = Some(height);
    let query = match who {
        Some(who) => staking::QueryMsg::VotingPowerAtHeight { address: who.to_string(), height },
        None => staking::QueryMsg::TotalPowerAtHeight { height },
    };
    chain.ask::<staking::VotingPowerResponse>(&chain.staking, &query).power.u128()
}

/// A height that is not reached reads as what is known now; once it is reached, it never
/// changes. Height 0 is before everything.
#[test]
fn power_at_a_future_height_is_what_is_known_now() {
    let mut chain = Chain::wired();
    let alice = user("alice");
    let first = chain.app.block_info().height;
    chain.stake(&alice, 100, 0).unwrap();
    chain.blocks(1);
    chain.stake(&alice, 50, 0).unwrap();
    chain.blocks(1);
    let amount = Uint128::new(30);
    chain.staking(&alice, staking::ExecuteMsg::Unstake { amount }).unwrap();
    for who in [Some(&alice), None] {
        for (height, expected) in [
            (0, 0),
            (first, 0),
            (first + 1, 100),
            (first + 2, 150),
            (first + 3, 120),
            (first + 4, 120),
            (u64::MAX, 120),
        ] {
            assert_eq!(power(&chain, who, height), expected, "{who:?} at {height}");
        }
    }
    chain.blocks(2);
    chain.stake(&alice, 7, 0).unwrap();
    for (height, expected) in [(first + 3, 120), (first + 4, 120), (u64::MAX, 127)] {
        assert_eq!(power(&chain, Some(&alice), height), expected, "later, at {height}");
    }
    let at = |height: u64| {
        let query = json!({"member": {"addr": alice, "at_height": height}});
        chain.answer(&chain.staking, &query).unwrap()
    };
    assert_eq!(at(u64::MAX), json!({"weight": 12}));
    assert_eq!(at(first + 1), json!({"weight": 10}));
    assert_eq!(at(first), json!({"weight": null}));
}

/// All pages of a list, and how long those of no limit, of 0 and of the largest are.
fn pages(
    chain: &Chain,
    contract: &Addr,
    field: &str,
    query: impl Fn(Option<Value>, Option<u32>) -> Value,
    mark: impl Fn(&Value) -> Value,
) -> Vec<Value> {
    let page = |after, limit| {
        let answer = chain.answer(contract, &query(after, limit)).unwrap();
        answer[field].as_array().unwrap().clone()
    };
    let lengths = [None, Some(0), Some(u32::MAX)].map(|limit| page(None, limit).len());
    assert_eq!(lengths, [10, 0, 30], "{field}");
    let mut all = page(None, Some(u32::MAX));
    loop {
        let next = page(all.last().map(&mark), Some(u32::MAX));
        if next.is_empty() {
            break;
        }
        all.extend(next);
        assert!(all.len() <= 100, "{field}: the pages never end");
    }
    let marks: BTreeSet<String> = all.iter().map(|one| mark(one).to_string()).collect();
    assert_eq!(marks.len(), all.len(), "{field}: each is listed once");
    all
}

#[test]
fn limits_of_zero_and_of_the_largest_number() {
    let mut chain = Chain::wired();
    let (alice, treasury, [token, staking, network, _]) =
        (user("alice"), chain.treasury.clone(), chain.all());
    for n in 0..MANY {
        let who = user(&format!("many {n}"));
        let (recipient, amount) = (who.to_string(), Uint128::new(20));
        chain.run(&alice, &token, &Cw20ExecuteMsg::Transfer { recipient, amount }).unwrap();
        chain.stake(&who, 10, 0).unwrap();
        let (spender, expires) = (who.to_string(), None);
        let allow = Cw20ExecuteMsg::IncreaseAllowance { spender, amount, expires };
        chain.run(&alice, &token, &allow).unwrap();
        let params = network::TopicMsg { slots: MANY, ..topic(&alice) };
        let create = network::ExecuteMsg::CreateTopic { params, weight: 0 };
        chain.run(&treasury, &network, &create).unwrap();
    }
    let many = usize::from(MANY);
    let whole = |one: &Value| one.clone();
    let members = pages(
        &chain,
        &staking,
        "members",
        |after, limit| json!({"list_members": {"start_after": after, "limit": limit}}),
        |one| one["addr"].clone(),
    );
    assert_eq!(members.len(), many);
    let accounts = pages(
        &chain,
        &token,
        "accounts",
        |after, limit| json!({"all_accounts": {"start_after": after, "limit": limit}}),
        whole,
    );
    // Four holders and staking hold tokens too.
    assert_eq!(accounts.len(), many + 5);
    let allowances = pages(
        &chain,
        &token,
        "allowances",
        |after, limit| json!({"all_allowances": {"owner": alice, "start_after": after, "limit": limit}}),
        |one| one["spender"].clone(),
    );
    assert_eq!(allowances.len(), many);
    let topics = pages(
        &chain,
        &network,
        "topics",
        |after, limit| json!({"topics": {"start_after": after, "limit": limit}}),
        |one| one["topic"].clone(),
    );
    assert_eq!(topics.len(), many + 1);
    let slots = pages(
        &chain,
        &network,
        "slots",
        |after, limit| json!({"slots": {"topic": 1, "start_after": after, "limit": limit}}),
        |one| one["uid"].clone(),
    );
    assert_eq!(slots.len(), many);
    for (query, field) in [
        (json!({"topics": {"start_after": u16::MAX}}), "topics"),
        (json!({"slots": {"topic": 1, "start_after": u16::MAX}}), "slots"),
    ] {
        assert_eq!(chain.answer(&network, &query).unwrap()[field], json!([]));
    }
    let missing = json!({"slots": {"topic": u16::MAX}});
    assert!(chain.answer(&network, &missing).unwrap_err().contains("E0301"));
}

/// Emission goes on while nobody has power: all of it is the treasury's, and nothing is lost.
#[test]
fn an_epoch_without_power_pays_the_treasury() {
    let mut chain = Chain::wired();
    let (alice, network, rewards, treasury) =
        (user("alice"), chain.network.clone(), chain.rewards.clone(), chain.treasury.clone());
    let unclaimed = |chain: &Chain| -> u128 {
        let emission: rewards::EmissionResponse =
            chain.ask(&chain.rewards, &rewards::QueryMsg::Emission {});
        emission.unclaimed.u128()
    };
    let before = unclaimed(&chain);
    let submit = network::ExecuteMsg::SubmitWeights { topic: 0, weights: vec![(1, 1)] };
    chain.run(&alice, &network, &submit).unwrap();
    for epoch in 1..=3u64 {
        chain.blocks(TEMPO);
        let close = network::ExecuteMsg::Close { topic: 0, rows: 9 };
        chain.run(&alice, &network, &close).unwrap();
        let emitted = PER_BLOCK * u128::from(epoch * TEMPO);
        assert_eq!(unclaimed(&chain) - before, emitted);
        let query = rewards::QueryMsg::Owed { address: treasury.to_string(), slots: vec![] };
        assert_eq!(chain.ask::<Uint128>(&rewards, &query).u128(), emitted);
    }
    let claim = rewards::ExecuteMsg::Claim { slots: vec![] };
    chain.run(&treasury, &rewards, &claim).unwrap();
    assert_eq!(chain.balance(&treasury), PER_BLOCK * u128::from(3 * TEMPO));
    assert_eq!(unclaimed(&chain), before);
    let slots = vec![(0, 1)];
    assert_eq!(code(chain.run(&user("bob"), &rewards, &rewards::ExecuteMsg::Claim { slots })), 506);
}
