//! Runs of a small network on the native engine.

use std::ops::ControlFlow;

use protocol::{Command, Height, Refusal};
use simulator::{
    native::World,
    run::{Recorder, Season},
    scenario::Scenario,
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
