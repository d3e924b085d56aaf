//! What each message costs in the virtual machine at wasmd's prices, on fresh instances, among 10
//! and among 10,000 holders who stake. `cargo xtask gas` compares the lines it prints with gas.md.
//! With `MOOT_LEDGER=1` it also prints what each message's gas is spent for, line by line.

mod governor;
mod meters;
#[path = "../stage/mod.rs"]
mod stage;

use std::collections::BTreeMap;

use protocol::{Command, Fraction, ModuleId, Payload, network, rewards, staking, token};
use simulator::claims::List;
use simulator::native::Accounts;

use meters::{ACTIVE, Meters, bond, send};
use stage::{TOKEN, amount, user};

const POPULATIONS: [u32; 2] = [10, 10_000];
/// What three digits more of a proposal's number may cost, in its message and its events.
const DIGITS: u64 = 200;

fn submit(topic: u16, weights: &[(u16, u16)]) -> Command {
    Command::Network(network::Command::Submit { topic, weights: weights.to_vec() })
}

fn close() -> Command {
    Command::Network(network::Command::Close { topic: 0, rows: 64 })
}

fn token_messages(meters: &mut Meters) {
    use token::Command as Verb;
    let token = Command::Token;
    let (to, five) = (user(2), amount(5 * TOKEN));
    let spender = user(3);
    meters.measure("token.transfer", user(1), token(Verb::Transfer { to, amount: five }));
    meters.measure("token.burn", user(1), token(Verb::Burn { amount: five }));
    let allow = Verb::IncreaseAllowance { spender, amount: amount(20 * TOKEN), expires: None };
    meters.measure("token.increase_allowance", user(1), token(allow));
    let owner = user(1);
    let take = Verb::TransferFrom { owner, to, amount: five };
    meters.measure("token.transfer_from", spender, token(take));
    let less = Verb::DecreaseAllowance { spender, amount: five, expires: None };
    meters.measure("token.decrease_allowance", user(1), token(less));
}

fn staking_messages(meters: &mut Meters) {
    use staking::Command as Verb;
    let staking = Command::Staking;
    meters.measure("staking.stake.first", user(1), bond(100 * TOKEN, 0));
    meters.measure("staking.stake.second", user(1), bond(100 * TOKEN, 0));
    meters.measure("staking.stake.later", user(1), bond(100 * TOKEN, 0));
    meters.measure("staking.raise", user(1), staking(Verb::Raise { tier: 1 }));
    meters.set_up(user(2), bond(100 * TOKEN, 0));
    meters.measure("staking.delegate", user(2), staking(Verb::Delegate { to: Some(user(0)) }));
    let part = amount(30 * TOKEN);
    meters.measure("staking.unstake", user(1), staking(Verb::Unstake { amount: part }));
    meters.pass(1, 100_000);
    meters.measure("staking.claim", user(1), staking(Verb::Claim));
    let slash = Verb::Slash { who: user(1), amount: part, informer: user(3) };
    meters.measure("staking.slash", ModuleId::Treasury.account(), staking(slash));
}

fn network_messages(meters: &mut Meters) {
    let register = send(ModuleId::Network, 2 * TOKEN, Payload::Register { topic: 0 });
    meters.measure("network.register", user(4), register);
    meters.measure("network.submit_weights.first", user(0), submit(0, &[(1, 9), (2, 5), (3, 1)]));
    meters.measure("network.submit_weights.later", user(0), submit(0, &[(1, 5), (2, 9), (3, 2)]));
    meters.set_up(user(1), submit(0, &[(0, 3), (2, 4)]));
    meters.measure("network.close.first", user(5), close());
    meters.pass(3, 18);
    meters.measure("network.close.later", user(5), close());
}

fn rewards_messages(meters: &mut Meters) {
    use rewards::Command as Verb;
    let rewards = Command::Rewards;
    let take = Fraction::from_parts(Fraction::WHOLE / 10).expect("a tenth");
    meters.measure("rewards.set_take", user(0), rewards(Verb::SetTake { take }));
    meters.measure("rewards.claim", user(1), rewards(Verb::Claim { slots: vec![(0, 1)] }));
    let delegated = staking::Command::ClaimRewards;
    meters.measure("staking.claim_rewards", user(2), Command::Staking(delegated));
    meters.pass(1, 2_000);
    meters.measure("rewards.claim_vested", user(2), rewards(Verb::ClaimVested { number: 0 }));
    campaigns(meters);
    let leave = network::Command::Leave { topic: 0 };
    meters.measure("network.leave", user(4), Command::Network(leave));
}

/// A campaign with a round of one thousand leaves, and a leaf of the airdrop.
fn campaigns(meters: &mut Meters) {
    use rewards::Command as Verb;
    let rewards = Command::Rewards;
    let (treasury, oracle) = (ModuleId::Treasury.account(), user(3));
    let most = amount(TOKEN);
    let terms =
        rewards::Terms { publisher: Some(oracle), most, period: 60, delay: 0, window: 1_000 };
    let open = Verb::OpenCampaign { terms, budget: most };
    meters.measure("rewards.open_campaign", treasury, rewards(open));
    let names: Vec<String> = (0..ACTIVE).map(|n| format!("user {n}")).collect();
    let names = Accounts::of(names.iter().map(String::as_str));
    let payments = (0..1_000).map(|n| (user(n % ACTIVE), amount(TOKEN / 1_000)));
    let list = List::new(&names, 1, 0, payments.collect()).expect("a thousand leaves");
    meters.measure("rewards.publish", oracle, rewards(Verb::Publish(list.publication(most))));
    for (name, index) in [("rewards.claim_leaf.first", 500), ("rewards.claim_leaf.later", 501)] {
        let (who, leaf) = list.leaf(index).expect("a leaf");
        meters.measure(name, user(5), rewards(Verb::ClaimLeaf { who, leaf }));
    }
    meters.pass(1, 1_000);
    let back = Verb::ReturnRest { campaign: 1, round: 0 };
    meters.measure("rewards.return_rest", user(5), rewards(back));
}

fn measured(holders: u32) -> Vec<(&'static str, u64)> {
    let mut meters = Meters::open(stage::genesis(ACTIVE, staking::Asset::Token), holders);
    token_messages(&mut meters);
    staking_messages(&mut meters);
    network_messages(&mut meters);
    rewards_messages(&mut meters);
    [governor::measured(holders, 0), meters.totals()].concat()
}

/// SDK gas that every transaction pays beside its messages, for its signature and the ante handler.
const ANTE: u64 = 52_000;

/// Whole transactions; and a vote costs the same whatever the length of the text that it is about.
#[test]
fn governing_is_within_its_goals() {
    let measured: BTreeMap<_, _> = governor::measured(10, 0).into_iter().collect();
    assert_eq!(governor::vote_on(20), governor::vote_on(5_000));
    for (name, most) in [
        ("governor.vote.text_20", 140_000),
        ("governor.vote.again", 140_000),
        ("governor.propose.text_200", 150_000),
        // The goal is 230,000.
        ("governor.propose.with_deposit", 231_000),
        ("governor.execute.payment", 270_000),
    ] {
        let whole = measured[name] + ANTE;
        println!("whole {name} {whole}");
        assert!(whole <= most, "{name} costs {whole} of {most}");
    }
}

#[test]
fn no_message_costs_more_among_more_holders() {
    let [few, many] = POPULATIONS.map(|holders| {
        let totals = measured(holders);
        totals.iter().for_each(|(name, gas)| println!("gas {name} {holders} {gas}"));
        totals
    });
    assert_eq!(few, many);
}

/// Between 1,000 and 2,000 proposals on record the numbers have as many digits, and nothing else
/// may cost. Among none they have fewer, which a message and its events pay for by the byte.
#[test]
fn no_message_costs_more_among_more_proposals() {
    let [none, thousand, more] = [0, 1_000, 2_000].map(|count| governor::measured(10, count));
    assert_eq!(thousand, more);
    for ((name, least), (_, most)) in none.into_iter().zip(thousand) {
        assert!(least <= most && most - least <= DIGITS, "{name}: {least} and {most}");
    }
}
