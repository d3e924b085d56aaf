//! A governed season goes from engine to engine: the contracts write what the native engine writes,
//! and each goes on from the other's file. Random commands do the same in `fuzz`.

use std::ops::ControlFlow;
use std::path::Path;

use conformance::{Chain, Codes};
use protocol::{AccountId, Amount, Command, Height, Refusal, Timestamp};
use simulator::engine::{Engine, Genesis};
use simulator::native::World;
use simulator::run::{Recorder, Season};
use simulator::scenario::file::{Disk, read};
use simulator::snapshot::Snapshot;

/// Takes a season along in contracts; at the end of epoch `at` others join from the file.
struct Along {
    chains: Vec<Chain>,
    worlds: Vec<World>,
    pending: Option<(AccountId, Command, Amount)>,
    at: u64,
}

impl Recorder for Along {
    fn genesis(&mut self, genesis: &Genesis) {
        self.chains[0].genesis(genesis).expect("a genesis that the native engine accepts");
    }

    fn block(&mut self, height: Height, time: Timestamp) {
        self.chains.iter_mut().for_each(|chain| chain.begin_block(height, time));
        self.worlds.iter_mut().for_each(|world| world.begin_block(height, time));
    }

    fn command(&mut self, sender: AccountId, command: &Command, funds: Amount) {
        self.pending = Some((sender, command.clone(), funds));
    }

    fn outcome(&mut self, outcome: &Result<(), Refusal>) {
        let (sender, command, funds) = self.pending.take().expect("a command came first");
        let native = outcome.err().map(|refusal| refusal.code());
        for chain in &mut self.chains {
            let theirs = chain.execute(sender, command.clone(), funds).err();
            assert_eq!(theirs.map(|refused| refused.code), native, "{command:?}");
        }
        for world in &mut self.worlds {
            let theirs = world.execute(sender, command.clone(), funds).err();
            assert_eq!(theirs.map(|refusal| refusal.code()), native, "{command:?}");
        }
    }

    fn closed(&mut self, epoch: u64, world: &mut World) -> ControlFlow<()> {
        if epoch == self.at {
            let taken = Snapshot::take(world, "season");
            let theirs = self.chains[0].snapshot("season").expect("records only");
            assert!(taken.to_json() == theirs.to_json(), "the contracts write another file");
            let first = world.accounts().users();
            let mut joined = Chain::new("contracts from a snapshot", Codes::rust());
            joined.start_from(&theirs, &first).expect("a state that contracts can be in");
            self.chains.push(joined);
            self.worlds.push(theirs.world(&first).expect("it was taken"));
        }
        let digests = world.digests();
        for chain in &mut self.chains {
            assert_eq!(chain.digests(), digests, "{}, epoch {epoch}", chain.name());
        }
        for other in &mut self.worlds {
            assert_eq!(other.digests(), digests, "epoch {epoch}");
        }
        ControlFlow::Continue(())
    }
}

#[test]
fn a_governed_season_goes_on_in_every_engine() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let scenario = read(&Disk { root }, "governance/season.toml").expect("it is committed");
    let chains = vec![Chain::new("contracts", Codes::rust())];
    let mut along = Along { chains, worlds: Vec::new(), pending: None, at: 22 };
    let mut season = Season::open(&scenario, 0, false, &mut along).expect("it begins");
    for epoch in 0..40 {
        let flow = season.epoch(epoch, &mut along).expect("it goes on");
        assert!(flow.is_continue());
    }
    assert_eq!((along.chains.len(), along.worlds.len()), (2, 1));
}
