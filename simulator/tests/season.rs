//! Runs of a small network on the native engine.

use std::{ops::ControlFlow, path::Path};

use protocol::{Command, Height, Refusal};
use simulator::{
    native::World,
    run::{Recorder, Season},
    scenario::{Places, Scenario},
};

/// Keeps each epoch's state hash, and what was refused.
#[derive(Default)]
struct Hashes {
    hashes: Vec<String>,
    refused: Vec<String>,
    last: Option<Command>,
}

impl Recorder for Hashes {
    fn command(&mut self, _: protocol::AccountId, command: &Command, _: protocol::Amount) {
        self.last = Some(command.clone());
    }

    fn outcome(&mut self, outcome: &Result<(), Refusal>) {
        if let Err(refusal) = outcome {
            self.refused.push(format!("{:?}: {refusal}", self.last));
        }
    }

    fn closed(&mut self, _: u64, world: &mut World) -> ControlFlow<()> {
        let hash = world.state_hash();
        self.hashes.push(hash.iter().map(|byte| format!("{byte:02x}")).collect());
        ControlFlow::Continue(())
    }
}

fn run(scenario: &Scenario, run: u64) -> Hashes {
    let mut hashes = Hashes::default();
    let mut season = Season::open(scenario, run, false, &mut hashes).unwrap();
    for epoch in 0..scenario.epochs {
        assert!(season.epoch(epoch, &mut hashes).unwrap().is_continue());
    }
    assert_eq!(season.world().height(), Height::new(scenario.epochs * scenario.tempo()));
    hashes
}

#[test]
fn the_same_seed_gives_the_same_hashes_and_another_run_others() {
    let scenario = Scenario::sample(8, 24, 10);
    let first = run(&scenario, 0);
    assert_eq!(first.hashes.len(), 10);
    assert!(first.refused.is_empty(), "{:#?}", first.refused);
    assert_eq!(first.hashes, run(&scenario, 0).hashes);
    assert_ne!(first.hashes, run(&scenario, 1).hashes);
}

/// What one account submitted, with the block of each.
struct Submitted {
    who: protocol::AccountId,
    height: Height,
    rows: Vec<(Height, Command)>,
}

impl Recorder for Submitted {
    fn block(&mut self, height: Height, _: protocol::Timestamp) {
        self.height = height;
    }

    fn command(&mut self, who: protocol::AccountId, command: &Command, _: protocol::Amount) {
        if who == self.who {
            self.rows.push((self.height, command.clone()));
        }
    }
}

#[test]
fn one_agent_more_shifts_nobody() {
    let alone = Scenario::sample(4, 8, 5);
    let mut joined = alone.clone();
    let mut newcomer = alone.populations[0].clone();
    (newcomer.name, newcomer.places) = (String::from("newcomer"), Places::Count(1));
    joined.populations.push(newcomer);
    joined.topics[0].params.slots += 1;
    let submitted = |scenario: &Scenario| {
        let who = protocol::AccountId::from_handle(protocol::FIRST_USER + 2);
        let mut heard = Submitted { who, height: Height::ZERO, rows: Vec::new() };
        let mut season = Season::open(scenario, 0, false, &mut heard).unwrap();
        for epoch in 0..scenario.epochs {
            assert!(season.epoch(epoch, &mut heard).unwrap().is_continue());
        }
        heard.rows
    };
    let rows = submitted(&alone);
    assert_eq!(rows.len(), 6, "it bonds, and weighs once an epoch");
    assert_eq!(rows, submitted(&joined));
}

/// The state hashes of ten epochs, one a line. A change of them is a change of the rulebook,
/// the codec, the samplers or the agents, and a commit must say which.
#[test]
fn ten_epochs_hash_as_committed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/sample_8x24.txt");
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    let found = run(&Scenario::sample(8, 24, 10), 0).hashes.join("\n");
    assert_eq!(found, committed.trim_end(), "now:\n{found}\n");
}
