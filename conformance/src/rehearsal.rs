//! Listens to a native season, and does the same on chains.

use std::ops::ControlFlow;

use protocol::{AccountId, Amount, Command, Height, Refusal, Timestamp, state_hash};
use simulator::engine::{Engine, Genesis, Refused};
use simulator::native::World;
use simulator::run::Recorder;

use crate::chain::Chain;
use crate::compare::{Mismatch, Sent, alike, states};
use crate::error::ConformError;

/// Where a season is.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Place {
    pub(crate) epoch: u64,
    pub(crate) height: Height,
    /// Commands of this epoch so far.
    pub(crate) commands: u64,
}

/// The first pass: outcomes are compared after every command, state hashes after every epoch.
pub(crate) struct Rehearsal<'a> {
    pub(crate) chains: Vec<Chain>,
    pub(crate) place: Place,
    pub(crate) totals: Totals,
    /// Which chain parted, and in which epoch.
    pub(crate) parted: Option<(usize, u64)>,
    pub(crate) failed: Option<ConformError>,
    pending: Option<(AccountId, Command, Amount)>,
    told: &'a mut dyn FnMut(u64, [u8; 32]),
}

/// What has been compared.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Totals {
    pub(crate) commands: u64,
    pub(crate) refused: u64,
    pub(crate) epochs: u64,
    pub(crate) state_hash: [u8; 32],
}

impl<'a> Rehearsal<'a> {
    pub(crate) fn new(chains: Vec<Chain>, told: &'a mut dyn FnMut(u64, [u8; 32])) -> Self {
        Self {
            chains,
            place: Place::default(),
            totals: Totals::default(),
            parted: None,
            failed: None,
            pending: None,
            told,
        }
    }

    fn over(&self) -> bool {
        self.parted.is_some() || self.failed.is_some()
    }

    fn check(&mut self, native: &mut World) {
        let digests = native.digests();
        let apart = self.chains.iter_mut().position(|chain| chain.digests() != digests);
        self.parted = apart.map(|chain| (chain, self.place.epoch));
        self.totals.state_hash = state_hash(self.place.height, &digests);
    }
}

impl Recorder for Rehearsal<'_> {
    fn genesis(&mut self, genesis: &Genesis) {
        self.place.height = genesis.height;
        for chain in &mut self.chains {
            if let Err(why) = chain.genesis(genesis) {
                self.failed = Some(ConformError::Genesis { engine: chain.name(), why });
                return;
            }
        }
        match World::from_genesis(genesis) {
            Ok(mut native) => self.check(&mut native),
            Err(why) => self.failed = Some(ConformError::Genesis { engine: "native", why }),
        }
    }

    fn block(&mut self, height: Height, time: Timestamp) {
        self.place.height = height;
        self.chains.iter_mut().for_each(|chain| chain.begin_block(height, time));
    }

    fn command(&mut self, sender: AccountId, command: &Command, funds: Amount) {
        self.pending = (!self.over()).then(|| (sender, command.clone(), funds));
    }

    fn outcome(&mut self, outcome: &Result<(), Refusal>) {
        let Some((sender, command, funds)) = self.pending.take() else { return };
        let native = outcome.map_err(Refused::from);
        for (index, chain) in self.chains.iter_mut().enumerate() {
            let theirs = chain.execute(sender, command.clone(), funds);
            if !alike(&native, &theirs) {
                self.parted = Some((index, self.place.epoch));
                return;
            }
        }
        self.totals.commands += 1;
        self.totals.refused += u64::from(native.is_err());
    }

    fn closed(&mut self, epoch: u64, world: &mut World) -> ControlFlow<()> {
        if !self.over() {
            self.check(world);
        }
        if self.over() {
            return ControlFlow::Break(());
        }
        self.totals.epochs = epoch + 1;
        (self.told)(epoch, self.totals.state_hash);
        self.place = Place { epoch: epoch + 1, ..self.place };
        ControlFlow::Continue(())
    }
}

/// The second pass, with the one chain that parted: in the epoch where it did, states are
/// compared after every command.
pub(crate) struct Search {
    chain: Chain,
    native: World,
    epoch: u64,
    place: Place,
    pending: Option<(AccountId, Command, Amount)>,
    pub(crate) found: Option<Mismatch>,
}

impl Search {
    pub(crate) fn new(chain: Chain, epoch: u64) -> Self {
        let native = World::default();
        Self { chain, native, epoch, place: Place::default(), pending: None, found: None }
    }

    fn report(
        &mut self,
        sent: Option<Sent>,
        outcome: Option<(Result<(), Refused>, Result<(), Refused>)>,
    ) {
        let record = states(&mut self.native, &mut self.chain);
        if record.is_some() || outcome.is_some() {
            let Place { epoch, height, .. } = self.place;
            let engine = self.chain.name();
            self.found = Some(Mismatch { engine, epoch, height, sent, outcome, record });
        }
    }
}

impl Recorder for Search {
    fn genesis(&mut self, genesis: &Genesis) {
        self.place.height = genesis.height;
        let theirs = self.chain.genesis(genesis);
        let native = Engine::genesis(&mut self.native, genesis);
        let outcome = (!alike(&native, &theirs)).then_some((native, theirs));
        self.report(None, outcome);
    }

    fn block(&mut self, height: Height, time: Timestamp) {
        self.place.height = height;
        self.native.begin_block(height, time);
        self.chain.begin_block(height, time);
    }

    fn command(&mut self, sender: AccountId, command: &Command, funds: Amount) {
        self.pending = self.found.is_none().then(|| (sender, command.clone(), funds));
    }

    fn outcome(&mut self, _: &Result<(), Refusal>) {
        let Some((sender, command, funds)) = self.pending.take() else { return };
        let native = Engine::execute(&mut self.native, sender, command.clone(), funds);
        let theirs = self.chain.execute(sender, command.clone(), funds);
        let outcome = (!alike(&native, &theirs)).then_some((native, theirs));
        if self.place.epoch == self.epoch || outcome.is_some() {
            let number = self.place.commands;
            self.report(Some(Sent { number, sender, command, funds }), outcome);
        }
        self.place.commands += 1;
    }

    fn closed(&mut self, epoch: u64, _: &mut World) -> ControlFlow<()> {
        if self.found.is_some() || epoch >= self.epoch {
            return ControlFlow::Break(());
        }
        self.place = Place { epoch: epoch + 1, commands: 0, ..self.place };
        ControlFlow::Continue(())
    }
}
