//! Random commands through every engine: the same refusals, and the same state after each block.
//!
//! `MOOT_FUZZ_COMMANDS` and `MOOT_FUZZ_SEED` lengthen and vary the sequence, as `cargo xtask
//! fuzz` does; each refusal code is printed with how often it was met.

mod dice;
#[path = "../stage/mod.rs"]
mod stage;

use std::collections::BTreeMap;

use conformance::vm::Instances;
use conformance::{Chain, Codes, first_difference};
use protocol::{Height, Timestamp, catalogue, staking};
use simulator::engine::{Engine, Refused};
use simulator::native::World;

use dice::{Dice, Throw};
use stage::{TOKEN, amount};

const USERS: u32 = 10;
const SHORT: u64 = 2_000;

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

fn code(outcome: &Result<(), Refused>) -> Option<u16> {
    outcome.as_ref().err().map(|refused| refused.code)
}

/// Where the chain differs from the native engine, if it does.
fn parted(world: &mut World, chain: &mut Chain) -> Option<String> {
    if Engine::digests(world) == chain.digests() {
        return None;
    }
    let found = first_difference(&Engine::export(world), &chain.export());
    Some(found.map_or("digests differ, records do not".into(), |(record, _)| record.to_string()))
}

/// Sends the same commands to the native engine and to the chains; counts refusals by code.
fn sequence(
    asset: staking::Asset,
    seed: u64,
    commands: u64,
    chains: &mut [Chain],
) -> BTreeMap<u16, u64> {
    let mut genesis = stage::genesis(USERS, asset);
    // Below what emission comes to in a long run, so that the token refuses to mint one day.
    genesis.token.cap = amount(u128::from(USERS) * 1_000 * TOKEN + 5_000 * TOKEN);
    let mut world = World::from_genesis(&genesis).expect("a valid genesis");
    for chain in chains.iter_mut() {
        chain.genesis(&genesis).expect("a genesis that the native engine accepts");
        assert_eq!(parted(&mut world, chain), None, "{} at genesis", chain.name());
    }
    let (mut dice, mut seen) = (Dice::new(seed, USERS), BTreeMap::new());
    let (mut height, mut time) = (genesis.height.get(), genesis.time.get());
    for number in 0..commands {
        if number == 0 || dice.roll(5) == 0 {
            for chain in chains.iter_mut() {
                let apart = parted(&mut world, chain);
                assert_eq!(apart, None, "{} before command {number}, seed {seed}", chain.name());
            }
            height += 1 + dice.roll(3);
            time += 1 + dice.roll(60);
            world.begin_block(Height::new(height), Timestamp::new(time));
            let (height, time) = (Height::new(height), Timestamp::new(time));
            chains.iter_mut().for_each(|chain| chain.begin_block(height, time));
        }
        let Throw { sender, command, funds } = dice.throw(&world);
        let native = Engine::execute(&mut world, sender, command.clone(), funds);
        for chain in chains.iter_mut() {
            let theirs = chain.execute(sender, command.clone(), funds);
            assert_eq!(
                code(&native),
                code(&theirs),
                "command {number}, seed {seed}, {}: {command:?} of {sender:?} with {funds:?}\n\
                 native {native:?}\ntheirs {theirs:?}\nstate {:?}",
                chain.name(),
                parted(&mut world, chain),
            );
        }
        if let Some(code) = code(&native) {
            *seen.entry(code).or_default() += 1;
        }
    }
    for chain in chains.iter_mut() {
        assert_eq!(parted(&mut world, chain), None, "{} at the end, seed {seed}", chain.name());
    }
    seen
}

#[test]
fn engines_agree_over_random_commands() {
    let commands = setting("MOOT_FUZZ_COMMANDS", SHORT);
    let seed = setting("MOOT_FUZZ_SEED", 1);
    let mut seen = BTreeMap::new();
    for asset in [staking::Asset::Token, staking::Asset::Native] {
        let contracts = Chain::new("contracts", Codes::rust());
        let chains = &mut [contracts, stage::wasm(Instances::Reused)];
        for (code, times) in sequence(asset, seed, commands.div_ceil(2), chains) {
            *seen.entry(code).or_insert(0) += times;
        }
    }
    let codes = std::iter::once(0).chain(catalogue().into_iter().map(|reason| reason.code));
    for code in codes {
        println!("refusal E{code:04} {}", seen.get(&code).unwrap_or(&0));
    }
    assert!(seen.len() > 20, "too few refusals were met to mean anything: {seen:?}");
}

#[test]
fn fresh_instances_do_what_reused_ones_do() {
    let mut chains = [stage::wasm(Instances::Fresh), stage::wasm(Instances::Reused)];
    sequence(staking::Asset::Token, 7, 200, &mut chains);
}
