//! What everybody does besides: claim, bond again, sell.

use protocol::{AccountId, Amount, Command, network, rewards, staking, token};

use super::{cast::Actor, opening::bond};
use crate::{
    agents::{Observation, Outbox},
    scenario::{Population, Scenario},
};

/// Whether an actor's claim is due. Members of a population claim in different epochs.
pub(super) fn claims(population: &Population, actor: &Actor, epoch: u64) -> bool {
    let every = u64::from(population.claims_every);
    every > 0 && epoch > 0 && epoch % every == actor.number as u64 % every
}

/// Claims what an actor has earned, then bonds and sells its stated parts of what it held
/// free beyond its reserve at the last close.
pub(super) fn perform(
    scenario: &Scenario,
    population: &Population,
    actor: &Actor,
    reserve: Amount,
    seen: &Observation,
    out: &mut Outbox,
) -> Option<Amount> {
    let account = seen.account(actor.me.index);
    let slots = account.slot.map(|slot| (actor.me.topic, slot)).into_iter().collect();
    if account.earned {
        out.send(Command::Rewards(rewards::Command::Claim { slots }));
    }
    if account.yielded {
        out.send(Command::Staking(staking::Command::ClaimRewards));
    }
    let free = account.balance.saturating_minus(reserve);
    let restaked = population.restakes.floor_of(free);
    if !restaked.is_zero() && scenario.staking.params.asset == staking::Asset::Token {
        let (_, command, funds) = bond(scenario, actor.me.account, restaked, actor.me.tier);
        out.send_with(command, funds);
    }
    let sold = population.sells.floor_of(free);
    (!sold.is_zero() && scenario.market.is_some()).then_some(sold)
}

/// The command that hands tokens to another account.
pub(super) fn transfer(to: AccountId, amount: Amount) -> Command {
    Command::Token(token::Command::Transfer { to, amount })
}

/// The keeper's command.
pub(super) fn close(topic: u16, rows: u16) -> Command {
    Command::Network(network::Command::Close { topic, rows })
}
