//! What closing an epoch costs in the virtual machine, on networks of real size.

#[path = "stage/mod.rs"]
mod stage;

use std::ops::ControlFlow;

use conformance::Chain;
use conformance::vm::{Gas, Instances};
use protocol::{AccountId, Amount, Command, Height, Refusal, Timestamp, network};
use simulator::engine::{Engine, Genesis};
use simulator::native::World;
use simulator::run::{Recorder, Season};
use simulator::scenario::Scenario;
use simulator::scenario::file::{Disk, read};

/// What a close may take of virtual machine and storage together, in SDK gas: what it took when it
/// was last measured, and 5 %. Above it, something has become dearer.
const MOST_REAL: u64 = 781_000;
const MOST_DENSE: u64 = 2_717_000;

/// Repeats a season on a chain, and adds up what each epoch's pages cost.
struct Closes {
    chain: Chain,
    command: Option<(AccountId, Command, Amount)>,
    /// Of the epoch in progress: pages, and what they cost together.
    pages: u32,
    epoch: Gas,
    epochs: Vec<(u32, Gas)>,
}

impl Recorder for Closes {
    fn genesis(&mut self, genesis: &Genesis) {
        self.chain.genesis(genesis).expect("a valid genesis");
    }

    fn block(&mut self, height: Height, time: Timestamp) {
        self.chain.begin_block(height, time);
    }

    fn command(&mut self, sender: AccountId, command: &Command, funds: Amount) {
        self.command = Some((sender, command.clone(), funds));
    }

    fn outcome(&mut self, outcome: &Result<(), Refusal>) {
        let Some((sender, command, funds)) = self.command.take() else { return };
        let closes = matches!(command, Command::Network(network::Command::Close { .. }));
        let theirs = self.chain.execute(sender, command, funds);
        assert_eq!(theirs.is_ok(), outcome.is_ok(), "{theirs:?}");
        if closes {
            self.pages += 1;
            self.epoch = self.epoch + self.chain.gas();
        }
    }

    fn closed(&mut self, _: u64, _: &mut World) -> ControlFlow<()> {
        let epoch = std::mem::take(&mut self.epoch);
        self.epochs.push((std::mem::take(&mut self.pages), epoch));
        ControlFlow::Continue(())
    }
}

/// SDK gas of the virtual machine and storage together, of the dearest of the first epochs.
fn dearest(name: &str, scenario: &Scenario, epochs: u64) -> u64 {
    let chain = stage::wasm(Instances::Fresh);
    let (epoch, epochs_seen) = (Gas::default(), Vec::new());
    let mut closes = Closes { chain, command: None, pages: 0, epoch, epochs: epochs_seen };
    let mut season = Season::open(scenario, 0, false, &mut closes).expect("a season");
    for epoch in 0..epochs {
        let _go_on = season.epoch(epoch, &mut closes).expect("an epoch");
    }
    for (number, (pages, gas)) in closes.epochs.iter().enumerate() {
        let Gas { vm, storage, .. } = gas;
        println!("close {name}, epoch {number}: {pages} pages, vm {vm}, storage {storage}");
    }
    let costs = closes.epochs.iter().map(|(_, gas)| gas.vm + gas.storage);
    costs.max().expect("an epoch")
}

#[test]
fn a_real_networks_epoch_is_within_its_budget() {
    let root = std::path::PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let scenario = read(&Disk { root }, "quickstart.toml").expect("a scenario");
    let cost = dearest("20 active rows of 256 slots", &scenario, 3);
    assert!(cost <= MOST_REAL, "{cost}");
}

#[test]
fn a_dense_epoch_is_within_its_budget() {
    let cost = dearest("64 dense rows of 320 slots", &Scenario::sample(64, 256, 3), 3);
    assert!(cost <= MOST_DENSE, "{cost}");
}
