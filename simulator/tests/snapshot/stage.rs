//! Seasons whose every command is kept, and the states that they pass through.

use std::{ops::ControlFlow, path::Path};

use protocol::{AccountId, Amount, Command, Height, Refusal, Timestamp};
use simulator::{
    engine::Refused,
    native::World,
    run::{Recorder, Season},
    scenario::{
        Scenario,
        file::{Disk, read},
    },
    snapshot::Snapshot,
};

/// What reached the engine.
#[derive(Clone, Debug)]
pub(crate) enum Happened {
    /// A block began.
    Block(Height, Timestamp),
    /// A command came, and how it went.
    Command(AccountId, Box<Command>, Amount, Option<u16>),
    /// An epoch was closed, with this state hash.
    Closed([u8; 32]),
}

/// Keeps all of it.
#[derive(Default)]
pub(crate) struct Keep {
    pub(crate) log: Vec<Happened>,
}

impl Recorder for Keep {
    fn block(&mut self, height: Height, time: Timestamp) {
        self.log.push(Happened::Block(height, time));
    }

    fn command(&mut self, sender: AccountId, command: &Command, funds: Amount) {
        self.log.push(Happened::Command(sender, Box::new(command.clone()), funds, None));
    }

    fn outcome(&mut self, outcome: &Result<(), Refusal>) {
        if let Some(Happened::Command(.., code)) = self.log.last_mut() {
            *code = outcome.as_ref().err().map(Refusal::code);
        }
    }

    fn closed(&mut self, _: u64, world: &mut World) -> ControlFlow<()> {
        self.log.push(Happened::Closed(world.state_hash()));
        ControlFlow::Continue(())
    }
}

/// A committed scenario.
pub(crate) fn scenario(name: &str) -> Scenario {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    read(&Disk { root }, name).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

/// The snapshot after `at` epochs, and all that happened in the `more` after them.
pub(crate) fn played(scenario: &Scenario, at: u64, more: u64) -> (Snapshot, World, Vec<Happened>) {
    let mut keep = Keep::default();
    let mut season = Season::open(scenario, 0, false, &mut keep).unwrap();
    for epoch in 0..at {
        assert!(season.epoch(epoch, &mut keep).unwrap().is_continue());
    }
    let snapshot =
        Snapshot::take(season.world(), format!("{}, epoch {at}", scenario.name).as_str());
    keep.log.clear();
    for epoch in at..at + more {
        assert!(season.epoch(epoch, &mut keep).unwrap().is_continue());
    }
    (snapshot, season.into_world(), keep.log)
}

/// Does the same again, and checks that all of it goes as it went.
pub(crate) fn again(world: &mut World, log: &[Happened]) {
    for (place, happened) in log.iter().enumerate() {
        match happened {
            Happened::Block(height, time) => world.begin_block(*height, *time),
            Happened::Command(sender, command, funds, code) => {
                let outcome = world.execute(*sender, (**command).clone(), *funds);
                let refused = outcome.map_err(Refused::from).err();
                let found = refused.as_ref().map(|refused| refused.code);
                assert_eq!(found, *code, "step {place}: {command:?}: {refused:?}");
            }
            Happened::Closed(hash) => assert_eq!(world.state_hash(), *hash, "step {place}"),
        }
    }
}
