//! What the tests share: a small network with two topics, and the engines that run it.

#![allow(dead_code, reason = "each test uses a part of it")]

use std::path::PathBuf;

use conformance::vm::{Instances, Library};
use conformance::{Chain, Codes};
use cosmwasm_std::testing::MockApi;
use protocol::{
    AccountId, Amount, FIRST_USER, Fraction, Height, ModuleId, Names, Power, Timestamp, governance,
    network, rewards, staking, token, treasury,
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

/// Where `cargo xtask wasm` writes the contracts; `MOOT_FUZZ_ARTIFACTS` names other ones, as
/// `cargo xtask mutants-conform` does.
pub(crate) fn artifacts() -> PathBuf {
    let named = std::env::var_os("MOOT_FUZZ_ARTIFACTS").map(PathBuf::from);
    named.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../artifacts"))
}

/// The Wasm, in instances of this kind. Panics where it has not been built.
pub(crate) fn wasm(instances: Instances) -> Chain {
    wasm_of(&Library::new(MockApi::default()).expect("a virtual machine"), instances)
}

/// The same in a library that there is: what it has compiled before, it does not compile again.
pub(crate) fn wasm_of(library: &Library, instances: Instances) -> Chain {
    let codes = Codes::wasm(library, &artifacts(), instances);
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

/// [`genesis`] under a governor and a treasury, which holds 1,000 tokens and coins and may pay 100
/// of each in 1,000 seconds. The guardian is the last user. Every track fits the short notice:
///
/// | track | delay, period, extension, timelock, grace | quorum | threshold | deposit |
/// |---|---|---|---|---|
/// | ordinary | 5, 20, 10, 15, 50 | 20% | majority | 1 token |
/// | constitutional | 5, 20, 0, 20, 50 | 40% | 2/3 | 5 |
/// | emergency | 0, 10, 0, 5, 50 | 50% | 80% | 10 |
pub(crate) fn governed(users: u32, asset: staking::Asset) -> Genesis {
    let mut genesis = genesis(users, asset);
    let treasury = ModuleId::Treasury.account();
    genesis.token.balances.push((treasury, amount(1_000 * TOKEN)));
    genesis.native.push((treasury, amount(1_000 * TOKEN)));
    genesis.rewards.supply = amount(u128::from(users + 1) * 1_000 * TOKEN);
    let caps = treasury::Params {
        token_cap: amount(100 * TOKEN),
        native_cap: amount(100 * TOKEN),
        window: 1_000,
    };
    let bounds = governance::Bounds {
        quorum: percent(5),
        period: 10,
        timelock: 5,
        length: 1_000,
        pause: 200,
        mandate: 1_000_000,
    };
    let mandate = governance::Mandate {
        guardian: Some(user(users - 1)),
        ends: Timestamp::new(500_000),
        pause: 100,
        pauses: 20,
        suspended: Timestamp::ZERO,
    };
    let (params, start) = (rules(), genesis.time);
    let governor = governance::Genesis { params, bounds, mandate, start };
    genesis.governance = Some((governor, caps));
    genesis
}

fn percent(whole: u32) -> Fraction {
    Fraction::from_parts(whole * (Fraction::WHOLE / 100)).expect("at most 100")
}

fn rules() -> governance::Params {
    use governance::{Threshold, TrackParams};
    let part = |parts| Fraction::from_parts(parts).expect("below one");
    let ordinary = TrackParams {
        deposit: amount(TOKEN),
        proposal_power: percent(1),
        delay: 5,
        period: 20,
        extension: 10,
        timelock: 15,
        grace: 50,
        quorum: percent(20),
        threshold: Threshold::Majority,
        veto: part(333_333_333),
        objection: Fraction::ZERO,
        revoting: true,
    };
    let constitutional = TrackParams {
        deposit: amount(5 * TOKEN),
        extension: 0,
        timelock: 20,
        quorum: percent(40),
        threshold: Threshold::AtLeast { part: part(666_666_667) },
        ..ordinary
    };
    let emergency = TrackParams {
        deposit: amount(10 * TOKEN),
        delay: 0,
        period: 10,
        extension: 0,
        timelock: 5,
        quorum: percent(50),
        threshold: Threshold::AtLeast { part: percent(80) },
        veto: percent(20),
        revoting: false,
        ..ordinary
    };
    governance::Params {
        tracks: [ordinary, constitutional, emergency],
        live: 3,
        unheard: governance::Unheard::Forfeited,
        least_power: Power::new(1),
        lapse: 60,
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
