//! The treasury's verbs on the shortest engine.

mod authority;
mod execute;
mod grants;
mod random;
mod streams;

use crate::{
    AccountId, Asset, Command, Get, ModuleId, Timestamp, Track,
    testing::{Coins, Stage, amount, user},
    token,
    treasury::{self, Action, Command as Verb, GrantTerms, Params, Promised, StreamTerms},
};

const GOVERNOR: AccountId = ModuleId::Governor.account();
const TREASURY: AccountId = ModuleId::Treasury.account();

/// [`Stage::small`] with a treasury that holds 10,000 tokens, and may pay 1,000 tokens and 100
/// coins in 240 seconds; stretches are 10 seconds.
fn stage() -> Stage {
    let mut stage = Stage::small();
    let params = Params { token_cap: amount(1_000), native_cap: amount(100), window: 240 };
    treasury::genesis(&mut stage.store, &params).unwrap();
    let give = token::Command::Transfer { to: TREASURY, amount: amount(10_000) };
    stage.run(user(7), Command::Token(give)).unwrap();
    stage
}

fn own(verb: Verb) -> Action {
    Action::Call { command: Command::Treasury(verb) }
}

fn pay(units: u128) -> Action {
    Action::Pay { asset: Asset::Token, to: user(0), amount: amount(units) }
}

fn execute_on(stage: &mut Stage, track: Track, actions: Vec<Action>) -> Result<(), u16> {
    stage.run(GOVERNOR, Command::Treasury(Verb::Execute { proposal: 1, track, actions }))
}

fn execute(stage: &mut Stage, actions: Vec<Action>) -> Result<(), u16> {
    execute_on(stage, Track::Ordinary, actions)
}

fn run(stage: &mut Stage, n: u32, verb: Verb) -> Result<(), u16> {
    stage.run(user(n), Command::Treasury(verb))
}

fn tokens(stage: &Stage, who: AccountId) -> u128 {
    let balance: token::Balance = stage.store.get(who);
    balance.amount.units()
}

fn coins(stage: &Stage) -> u128 {
    let coins: Coins = stage.store.get(TREASURY);
    coins.amount.units()
}

fn promised(stage: &Stage, asset: Asset) -> u128 {
    let promised: Promised = stage.store.get(asset);
    promised.amount.units()
}

/// To user 1: 100 tokens in 100 seconds from second 1,000 on, none before second 1,020.
fn stream() -> StreamTerms {
    StreamTerms {
        to: Some(user(1)),
        asset: Asset::Token,
        rate: amount(100),
        period: 100,
        start: Timestamp::new(1_000),
        cliff: Timestamp::new(1_020),
        funded: amount(100),
    }
}

/// To user 1, reviewed by user 2, before second 2,000: 50 tokens, then 70.
fn grant() -> GrantTerms {
    GrantTerms {
        to: Some(user(1)),
        asset: Asset::Token,
        reviewer: Some(user(2)),
        deadline: Timestamp::new(2_000),
        milestones: vec![amount(50), amount(70)],
    }
}
