//! Random command sequences over the native engine, with the laws checked after every command.
//!
//! `MOOT_FUZZ_COMMANDS` says how many commands, `MOOT_FUZZ_SEED` what they are drawn from. A
//! broken law shrinks to the shortest sequence of steps that breaks it, in `MOOT_FUZZ_SHRINK` tries
//! at most. How often each refusal was seen is printed as `refusal E0101 57`, one line a code of the
//! catalogue; a run of 400,000 commands or more must see all that this engine can meet.

mod aim;
mod bylaws;
mod campaigns;
mod civic;
mod draft;
mod judge;
mod plan;
mod resume;
mod sometimes;
mod step;
mod wild;

use crate::{
    aim::{Order, aim, habitual},
    judge::{Witness, state_is_lawful},
    plan::{Plan, plan},
    sometimes::{Sometimes, is_retry, watch, watch_refused},
    step::{Act, Step, Tuning, step},
};
use proptest::{
    collection::vec,
    prelude::{ProptestConfig, TestCaseError, any},
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};
use protocol::{
    Amount, Power, Refusal,
    governance::{Surroundings, lint},
};
use simulator::{engine::Genesis, native::World};
use std::{cell::RefCell, collections::BTreeMap};

/// Commands of one sequence.
const LENGTH: usize = 400;
/// Commands of a run that nobody asked to be longer.
const SHORT: u64 = 8_000;
/// Commands from which a run must have seen every refusal.
const LONG: u64 = 400_000;
/// Refusals that this engine cannot meet: silent peers, foreign coins and code exist only on a
/// chain, a record out of its form only where state was altered from outside.
/// Nobody makes 2^32 proposals.
const ELSEWHERE: [u16; 5] = [4, 6, 8, 327, 440];

type Seen = RefCell<BTreeMap<u16, u64>>;

fn number(variable: &str, otherwise: u64) -> u64 {
    match std::env::var(variable) {
        Err(_) => otherwise,
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{variable} is not a number: {text}")),
    }
}

fn runner(cases: u64, seed: u64, stream: u8) -> TestRunner {
    let mut bytes = [stream; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = ProptestConfig {
        cases: u32::try_from(cases).expect("fewer than 2^32 sequences"),
        failure_persistence: None,
        max_shrink_iters: u32::try_from(number("MOOT_FUZZ_SHRINK", 20_000)).unwrap_or(u32::MAX),
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}

fn count(seen: &Seen, code: u16) {
    *seen.borrow_mut().entry(code).or_default() += 1;
}

#[test]
fn laws_hold_after_every_command() {
    let (commands, seed) = (number("MOOT_FUZZ_COMMANDS", SHORT), number("MOOT_FUZZ_SEED", 1));
    println!("fuzz: {commands} commands from seed {seed}");
    let seen = Seen::default();
    let sometimes = Sometimes::with(&[]);
    let cases = commands.div_ceil(LENGTH as u64);
    let played = runner(cases, seed, 0).run(&(plan(), vec(step(), LENGTH)), |(plan, steps)| {
        play(&plan, &steps, &seen, &sometimes).map_err(TestCaseError::fail)
    });
    let planned = runner(cases * 20, seed, 1).run(&(plan(), any::<[u8; 14]>()), |(plan, bytes)| {
        violate(&plan.genesis(), bytes, &seen).map_err(TestCaseError::fail)
    });
    report(&seen.borrow());
    sometimes.report();
    if let Err(failure) = played {
        panic!("seed {seed}: {failure}");
    }
    if let Err(failure) = planned {
        panic!("seed {seed}: {failure}");
    }
    if commands >= LONG {
        let missed: Vec<u16> = protocol::catalogue()
            .iter()
            .map(|reason| reason.code)
            .filter(|code| !ELSEWHERE.contains(code) && !seen.borrow().contains_key(code))
            .collect();
        assert!(missed.is_empty(), "seed {seed}: refusals never seen: {missed:?}");
        let never = sometimes.never();
        assert!(never.is_empty(), "seed {seed}: never reached: {never:?}");
    }
}

/// Law 26: export, import, continue equals continue, from any place of any sequence.
#[test]
fn law_26_a_snapshot_goes_on_as_the_state_it_was_taken_of() {
    let (commands, seed) = (number("MOOT_FUZZ_COMMANDS", SHORT), number("MOOT_FUZZ_SEED", 1));
    let cases = commands.div_ceil(LENGTH as u64);
    let sequence = (plan(), vec(step(), LENGTH), 0..LENGTH);
    let played = runner(cases, seed, 2).run(&sequence, |(plan, steps, cut)| {
        resume::resume(&plan, &steps, cut).map_err(TestCaseError::fail)
    });
    if let Err(failure) = played {
        panic!("seed {seed}: {failure}");
    }
}

fn report(seen: &BTreeMap<u16, u64>) {
    let codes = protocol::catalogue().into_iter().map(|reason| reason.code);
    for code in std::iter::once(0).chain(codes) {
        println!("refusal E{code:04} {}", seen.get(&code).copied().unwrap_or(0));
    }
}

/// Plays a sequence; what it returns is the broken law.
fn play(plan: &Plan, steps: &[Step], seen: &Seen, sometimes: &Sometimes) -> Result<(), String> {
    let mut w = World::from_genesis(&plan.genesis()).map_err(|refused| refused.to_string())?;
    w.begin_block(w.height().after(1), w.time().after(5));
    state_is_lawful(&w).map_err(|breach| format!("genesis: {breach}"))?;
    for (place, step) in steps.iter().enumerate() {
        if let Act::Wait { blocks, seconds } = step.act {
            let (height, time) = (w.height().after(blocks.into()), w.time().after(seconds.into()));
            let before = judge::proposals(&w);
            w.begin_block(height, time);
            let later = judge::go_forward(&w, &before);
            later.map_err(|breach| format!("step {place}: {breach}"))?;
        }
        let orders = [habitual(&w, plan.habit, place), aim(&w, step)];
        for order in orders.into_iter().flatten() {
            send(&mut w, &order, seen, sometimes)
                .map_err(|breach| format!("step {place}: {breach}"))?;
        }
    }
    Ok(())
}

/// Sends one order and judges what came of it.
fn send(w: &mut World, order: &Order, seen: &Seen, sometimes: &Sometimes) -> Result<(), String> {
    let witness = Witness::of(w, order);
    let again = is_retry(w, order);
    w.listen(true);
    let outcome = w.execute(order.sender, order.command.clone(), order.funds);
    if outcome.is_ok() {
        watch(w, order, again, sometimes);
    }
    if let Err(refusal) = outcome {
        watch_refused(w, order, refusal.code(), sometimes);
        count(seen, refusal.code());
    }
    witness.judge(w, order, outcome).map_err(|breach| format!("{order:?}: {breach}"))
}

/// Counts what the lint says beyond what a genesis is refused for.
fn advise(genesis: &Genesis, seen: &Seen) {
    let Some((governor, caps)) = &genesis.governance else { return };
    let around = Surroundings {
        staking: genesis.staking.clone(),
        caps: caps.clone(),
        total: Power::new(1_000),
        active: Some(Power::new(300)),
        tokens: Amount::saturating(u128::from(governor.params.live) * 10_000),
        coins: Amount::ZERO,
    };
    lint(governor, &around).iter().for_each(|refusal| count(seen, refusal.code()));
}

/// Breaks a genesis in up to five ways: it is refused if and only if the lint finds something.
fn violate(genesis: &Genesis, bytes: [u8; 14], seen: &Seen) -> Result<(), String> {
    let mut genesis = genesis.clone();
    let [by, staking, rewards, grants, topic, charter, caps] =
        [0, 2, 4, 6, 8, 10, 12].map(|at| Tuning { which: bytes[at], value: bytes[at + 1] });
    genesis.token = wild::token(genesis.token, by);
    genesis.staking = wild::staking(genesis.staking, staking);
    let issued = genesis.rewards.supply.units();
    genesis.rewards.params = wild::rewards(genesis.rewards.params, issued, rewards);
    genesis.rewards = wild::grants(genesis.rewards, grants);
    genesis.network.topics =
        genesis.network.topics.into_iter().map(|found| wild::topic_genesis(found, topic)).collect();
    if grants.which == 255 {
        genesis.network.topics = vec![genesis.network.topics[0].clone(); 65_536];
    }
    if let Some((governor, treasury)) = &mut genesis.governance {
        *governor = bylaws::genesis(governor.clone(), charter);
        *treasury = bylaws::caps(treasury.clone(), caps.value);
    }
    let mut found: Vec<Refusal> = [
        genesis.token.violations(),
        genesis.staking.violations(),
        genesis.network.violations(),
        genesis.rewards.violations(),
    ]
    .concat();
    if let Some((governor, treasury)) = &genesis.governance {
        found.extend(governor.violations());
        found.extend(treasury.violations());
        found.extend(governor.params.violations_beside(&genesis.staking));
    }
    found.iter().for_each(|refusal| count(seen, refusal.code()));
    advise(&genesis, seen);
    match (World::from_genesis(&genesis), found.first()) {
        (Ok(_), None) => Ok(()),
        (Err(refused), Some(first)) if refused.code == first.code() => Ok(()),
        (Ok(_), Some(first)) => Err(format!("accepted, although {first}")),
        (Err(refused), _) => {
            Err(format!("refused by {refused}, which the lint does not find first"))
        }
    }
}
