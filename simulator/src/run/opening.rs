//! The first state of a run and the commands of its first block.

use protocol::{
    AccountId, Amount, Command, Height, ModuleId, Payload, governance, network, rewards, staking,
    token, treasury,
};

use super::{Roster, clock::Times, propose::mandate_of};
use crate::{
    engine::Genesis,
    scenario::{Governance, Scenario},
};

/// The state from which a run starts.
pub(super) fn genesis(scenario: &Scenario, roster: &Roster, times: &Times) -> Genesis {
    let native = scenario.staking.params.asset == staking::Asset::Native;
    let (mut tokens, mut coins) = (Vec::new(), Vec::new());
    for member in &roster.members {
        let staked = if native { &mut coins } else { &mut tokens };
        push(staked, member.account, member.stake);
        push(&mut tokens, member.account, member.liquid);
    }
    let tokens = merged(tokens);
    let pool = scenario.market.map_or(0, |market| market.tokens);
    let pooled = (roster.pool, Amount::saturating(pool));
    let held = scenario.governance.as_ref().map_or(Amount::ZERO, |governance| governance.tokens);
    let of_all = (ModuleId::Treasury.account(), held);
    let balances: Vec<(AccountId, Amount)> = tokens
        .into_iter()
        .chain((pool > 0).then_some(pooled))
        .chain((!held.is_zero()).then_some(of_all))
        .collect();
    let supply: u128 = balances.iter().map(|(_, amount)| amount.units()).sum();
    let topics = (0u16..).zip(&scenario.topics).map(|(number, topic)| {
        let owner = topic.owner.as_deref();
        let owner = owner.and_then(|name| roster.named(scenario, name).first());
        let params = network::TopicParams {
            owner: owner.map(|member| member.account),
            ..topic.params.clone()
        };
        network::TopicGenesis { params, holders: roster.holders(scenario, number) }
    });
    let params = scenario.emission.params.clone();
    let cap = params.schedule.cap;
    Genesis {
        accounts: roster.accounts(),
        height: Height::ZERO,
        time: times.at(0),
        native: merged(coins),
        token: token::Genesis { balances, minter: Some(ModuleId::Rewards.account()), cap },
        staking: scenario.staking.params.clone(),
        network: network::Genesis { topics: topics.collect(), start: Height::ZERO },
        rewards: rewards::Genesis {
            params,
            supply: Amount::saturating(supply),
            start: Height::ZERO,
            weights: scenario.topics.iter().map(|topic| topic.weight).collect(),
            grants: Vec::new(),
            airdrops: Vec::new(),
        },
        governance: scenario.governance.as_ref().map(|of| governed(of, scenario, roster, times)),
    }
}

/// Governor's and treasury's first state.
fn governed(
    of: &Governance,
    scenario: &Scenario,
    roster: &Roster,
    times: &Times,
) -> (governance::Genesis, treasury::Genesis) {
    let start = times.at(0);
    let mandate = of.guardian.as_ref().map_or(governance::Mandate::default(), |plan| {
        let guardian = roster.named(scenario, &plan.population).first();
        mandate_of(plan, guardian.map(|member| member.account), start)
    });
    let (params, bounds) = (of.params.clone(), of.bounds.clone());
    let governor = governance::Genesis { params, bounds, mandate, start };
    (governor, of.caps.clone())
}

fn push(to: &mut Vec<(AccountId, Amount)>, who: AccountId, amount: Amount) {
    if !amount.is_zero() {
        to.push((who, amount));
    }
}

/// Neighbouring entries of one account as one.
fn merged(entries: Vec<(AccountId, Amount)>) -> Vec<(AccountId, Amount)> {
    let mut merged: Vec<(AccountId, Amount)> = Vec::with_capacity(entries.len());
    for (who, amount) in entries {
        match merged.last_mut() {
            Some((last, sum)) if *last == who => {
                *sum = Amount::saturating(sum.units() + amount.units());
            }
            _ => merged.push((who, amount)),
        }
    }
    merged
}

/// What everybody does in the first block: bond, set takes, delegate, repeat the rows of the
/// snapshot. Every one must be accepted.
pub(super) fn commands(scenario: &Scenario, roster: &Roster) -> Vec<(AccountId, Command, Amount)> {
    let mut all = Vec::new();
    for member in &roster.members {
        let population = &scenario.populations[member.group];
        let who = member.account;
        if !member.stake.is_zero() {
            all.push(bond(scenario, who, member.stake, population.tier));
        }
        if let Some(take) = population.take {
            let command = Command::Rewards(rewards::Command::SetTake { take });
            all.push((who, command, Amount::ZERO));
        }
        let row = scenario.snapshot.as_ref().zip(member.slot);
        if let Some(row) = row.and_then(|(snapshot, slot)| snapshot.row(slot)) {
            let (topic, weights) = (population.topic, row.to_vec());
            let submit = network::Command::Submit { topic, weights };
            all.push((who, Command::Network(submit), Amount::ZERO));
        }
    }
    for member in roster.members.iter().filter(|member| !member.stake.is_zero()) {
        let Some(group) = &scenario.populations[member.group].delegates_to else { continue };
        let validators = roster.named(scenario, group);
        if let Some(to) = validators.get(member.number % validators.len().max(1)) {
            let command = staking::Command::Delegate { to: Some(to.account) };
            all.push((member.account, Command::Staking(command), Amount::ZERO));
        }
    }
    all
}

/// The command that bonds an amount of the staked asset.
pub(super) fn bond(
    scenario: &Scenario,
    who: AccountId,
    amount: Amount,
    tier: u8,
) -> (AccountId, Command, Amount) {
    match scenario.staking.params.asset {
        staking::Asset::Native => (who, Command::Staking(staking::Command::Stake { tier }), amount),
        staking::Asset::Token => {
            let to = ModuleId::Staking.account();
            let payload = Payload::Stake { tier };
            let send = token::Command::Send { to, amount, payload };
            (who, Command::Token(send), Amount::ZERO)
        }
    }
}
