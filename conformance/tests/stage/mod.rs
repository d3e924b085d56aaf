//! What the tests share: a small network with two topics, and the engines that run it.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::PathBuf;

use conformance::vm::{Instances, Library};
use conformance::{Chain, Codes};
use cosmwasm_std::testing::MockApi;
use protocol::{
    AccountId, Amount, FIRST_USER, Height, ModuleId, Names, Timestamp, network, rewards, staking,
    token,
};
use simulator::claims::List;
use simulator::engine::Genesis;
use simulator::native::Accounts;
use simulator::scenario::Scenario;

/// One token in base units.
pub(crate) const TOKEN: u128 = 1_000_000_000;

/// The `n`th user.
pub(crate) fn user(n: u32) -> AccountId {
    AccountId::from_handle(FIRST_USER + n)
}

/// An amount that is in range.
pub(crate) fn amount(units: u128) -> Amount {
    Amount::new(units).expect("a test's amount is in range")
}

/// Where `cargo xtask wasm` writes the contracts.
pub(crate) fn artifacts() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../artifacts")
}

/// The Wasm, in instances of this kind. Panics where it has not been built.
pub(crate) fn wasm(instances: Instances) -> Chain {
    let library = Library::new(MockApi::default()).expect("a virtual machine");
    let codes = Codes::wasm(&library, &artifacts(), instances);
    let codes = codes.unwrap_or_else(|error| panic!("{error}; first: cargo xtask wasm"));
    Chain::metered("wasm", codes, library.meter().clone())
}

/// Users with tokens and coins, a tier of short notice and one of long, a Yuma and a mean topic of short
/// tempo with their first slots held, a grant and an airdrop.
pub(crate) fn genesis(users: u32, asset: staking::Asset) -> Genesis {
    let Scenario { topics, staking, emission, .. } = Scenario::sample(3, 5, 1);
    let mut params = topics[0].params.clone();
    params.tempo = 3;
    params.immunity = 4;
    params.price.half_life = 20;
    params.owner = Some(user(0));
    let mean =
        network::TopicParams { scoring: network::Scoring::Mean, owner: None, ..params.clone() };
    let topic = |params, holders: &[u32]| network::TopicGenesis {
        params,
        holders: holders.iter().map(|holder| user(*holder)).collect(),
    };
    let balances: Vec<_> = (0..users).map(|n| (user(n), amount(1_000 * TOKEN))).collect();
    let one = staking::MULTIPLIER_ONE;
    let tiers = [(100, one), (100_000, 2 * one)];
    let tier = |(notice, multiplier)| staking::Tier { notice, multiplier };
    let grant = rewards::Grant {
        total: amount(50 * TOKEN),
        start: Timestamp::new(2_000),
        cliff: Timestamp::new(2_100),
        end: Timestamp::new(4_000),
        claimed: Amount::ZERO,
    };
    let accounts: Vec<String> = (0..users).map(|n| format!("user {n}")).collect();
    let airdrops = vec![airdrop(&accounts)];
    Genesis {
        accounts,
        height: Height::new(5),
        time: Timestamp::new(1_000),
        native: balances.clone(),
        token: token::Genesis {
            balances,
            minter: Some(ModuleId::Rewards.account()),
            cap: emission.params.schedule.cap,
        },
        staking: staking::Params { asset, tiers: tiers.map(tier).to_vec(), ..staking.params },
        network: network::Genesis {
            topics: vec![topic(params, &[0, 1, 2, 3]), topic(mean, &[1, 2])],
            start: Height::new(5),
        },
        rewards: rewards::Genesis {
            params: emission.params,
            supply: amount(u128::from(users) * 1_000 * TOKEN),
            start: Height::new(5),
            weights: vec![3, 1],
            grants: vec![(user(2), grant)],
            airdrops,
        },
        governance: None,
    }
}

/// Campaign 0: one token for each of the first four users, open for 100,000 seconds.
pub(crate) fn list(names: &dyn Names) -> List {
    let payments = (0..4).map(|n| (user(n), amount(TOKEN)));
    List::new(names, 0, 0, payments.collect()).expect("four leaves")
}

fn airdrop(accounts: &[String]) -> rewards::Airdrop {
    let names = Accounts::of(accounts.iter().map(String::as_str));
    list(&names).airdrop(amount(4 * TOKEN), Timestamp::new(1_000), Timestamp::new(101_000))
}
