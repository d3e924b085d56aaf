//! Random commands through every engine: the same refusals, and the same lawful state after each
//! block, whatever goes wrong meanwhile.
//!
//! Worlds and commands are those of the native engine's own sequences (`simulator/tests/fuzz`):
//! every verb of every module, most near what is valid, some far from it. `MOOT_FUZZ_COMMANDS` and
//! `MOOT_FUZZ_SEED` lengthen and vary them, as `cargo xtask fuzz` does; each refusal code is
//! printed with how often it was met, and each goal with how often it was reached.

#[path = "../../../simulator/tests/fuzz/aim.rs"]
mod aim;
#[path = "../../../simulator/tests/fuzz/bylaws.rs"]
#[expect(dead_code, reason = "a genesis out of bounds is tried natively")]
mod bylaws;
#[path = "../../../simulator/tests/fuzz/campaigns.rs"]
mod campaigns;
#[path = "../../../simulator/tests/fuzz/civic.rs"]
mod civic;
#[path = "../../../simulator/tests/fuzz/draft.rs"]
mod draft;
mod engines;
mod expressible;
#[path = "../../../simulator/tests/fuzz/judge.rs"]
#[expect(dead_code, reason = "what a command may change is judged natively")]
mod judge;
#[path = "../../../simulator/tests/fuzz/plan.rs"]
mod plan;
#[path = "../../../simulator/tests/fuzz/sometimes.rs"]
mod sometimes;
#[path = "../stage/mod.rs"]
mod stage;
#[path = "../../../simulator/tests/fuzz/step.rs"]
mod step;
#[path = "../../../simulator/tests/fuzz/wild.rs"]
#[expect(dead_code, reason = "a genesis out of bounds is tried natively")]
mod wild;

use std::collections::BTreeMap;

use conformance::vm::{Instances, Library};
use conformance::{Chain, Codes};
use cosmwasm_std::testing::MockApi;
use proptest::collection::vec;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use protocol::catalogue;

use engines::Engines;
use plan::{Habit, Plan, plan};
use sometimes::Sometimes;
use step::{Step, step};

/// Intentions of one sequence.
const LENGTH: usize = 800;
/// Commands of a run that nobody asked to be longer.
const SHORT: u64 = 4_000;
/// Commands from which a run must have reached every goal.
const LONG: u64 = 100_000;

/// What only this run can reach: faults.
const FAULTS: [&str; 3] =
    ["a contract migrated during a vote", "out of gas and sent again", "a block in no time"];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

/// The sequences that a seed means.
struct Sequences {
    runner: TestRunner,
    drawn: u64,
}

impl Sequences {
    fn of(seed: u64) -> Self {
        let mut bytes = [2; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
        Self { runner: TestRunner::new_with_rng(Config::default(), rng), drawn: 0 }
    }

    /// Two of three begin with an assembly.
    fn next(&mut self) -> (Plan, Vec<Step>) {
        self.drawn += 1;
        let assembles = !self.drawn.is_multiple_of(3);
        let worlds = plan().prop_filter("an assembly", move |plan| {
            !assembles || matches!(plan.habit, Habit::Assemble)
        });
        let both = (worlds, vec(step(), LENGTH)).new_tree(&mut self.runner);
        both.expect("a quarter of all worlds begin so").current()
    }
}

#[test]
fn engines_agree_over_random_commands() {
    let commands = setting("MOOT_FUZZ_COMMANDS", SHORT);
    let seed = setting("MOOT_FUZZ_SEED", 1);
    let library = Library::new(MockApi::default()).expect("a virtual machine");
    let (mut seen, mut sent) = (BTreeMap::new(), 0);
    let sometimes = Sometimes::with(&FAULTS);
    let mut sequences = Sequences::of(seed);
    while sent < commands {
        let (plan, steps) = sequences.next();
        let contracts = Chain::new("contracts", Codes::rust());
        let chains = vec![contracts, stage::wasm_of(&library, Instances::Reused)];
        let mut engines = Engines::open(&plan, chains, sent, seed);
        let most = commands - sent;
        sent += engines.play(&plan, &steps, most, &mut seen, &sometimes);
    }
    let codes = std::iter::once(0).chain(catalogue().into_iter().map(|reason| reason.code));
    for code in codes {
        println!("refusal E{code:04} {}", seen.get(&code).unwrap_or(&0));
    }
    sometimes.report();
    assert!(seen.len() > 20, "too few refusals were met to mean anything: {seen:?}");
    let never = sometimes.never();
    assert!(commands < LONG || never.is_empty(), "seed {seed}: never reached: {never:?}");
}

/// Law 26: halfway through each sequence the engines change over to each other's snapshots.
#[test]
fn engines_go_on_from_each_others_snapshots() {
    let commands = setting("MOOT_FUZZ_COMMANDS", SHORT) / 2;
    let seed = setting("MOOT_FUZZ_SEED", 1);
    let (mut seen, mut sent) = (BTreeMap::new(), 0);
    let sometimes = Sometimes::with(&FAULTS);
    let mut sequences = Sequences::of(seed.wrapping_add(1 << 32));
    while sent < commands {
        let (plan, steps) = sequences.next();
        let chains = vec![Chain::new("contracts", Codes::rust())];
        let mut engines = Engines::open(&plan, chains, sent, seed);
        let (first, second) = steps.split_at(LENGTH / 2);
        engines.play(&plan, first, u64::MAX, &mut seen, &sometimes);
        engines.change_over();
        sent += engines.play(&plan, second, u64::MAX, &mut seen, &sometimes);
    }
    assert!(seen.len() > 20, "too few refusals were met to mean anything: {seen:?}");
}

#[test]
fn fresh_instances_do_what_reused_ones_do() {
    let (plan, steps) = Sequences::of(7).next();
    let chains = vec![stage::wasm(Instances::Fresh), stage::wasm(Instances::Reused)];
    let mut engines = Engines::open(&plan, chains, 0, 7);
    engines.play(&plan, &steps, 200, &mut BTreeMap::new(), &Sometimes::with(&FAULTS));
}
