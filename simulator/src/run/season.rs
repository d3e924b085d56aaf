//! One run: epochs of one scenario and one run number on the native engine.

use std::ops::ControlFlow;

use protocol::{AccountId, Amount, Command, Get, Height, Refusal, network};

use super::{
    Recorder, Roster, RunError, board,
    cast::{Actor, cast, order},
    clock::Times,
    exchange::Exchange,
    inference::{Inference, NetworkLosses},
    ledger::Ledger,
    observe::Observer,
    opening,
    politics::Politics,
    routine,
    truth::Truth,
};
use crate::{
    agents::{Observation, Outbox},
    claims::List,
    native::World,
    random::Fixed,
    scenario::{Market, Scenario},
};

/// A run in progress: state, agents, and what they see.
pub struct Season<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) roster: Roster,
    pub(super) world: World,
    pub(super) truth: Truth,
    pub(super) exchange: Option<Exchange>,
    pub(super) actors: Vec<Actor>,
    pub(super) ledger: Ledger,
    pub(super) politics: Politics,
    pub(super) seen: Observation,
    /// Whether every deviating behaviour is replaced.
    pub(super) honest: bool,
    observer: Observer,
    inferences: Vec<Inference>,
    times: Times,
    /// The block after which the first epoch begins.
    base: u64,
    /// The block that commands go to.
    height: u64,
    plan: Vec<(u64, u32)>,
    outbox: Outbox,
    /// Lists that were shown since the last close.
    shown: Vec<List>,
}

/// What a season is made of.
pub(super) struct Parts {
    pub(super) roster: Roster,
    pub(super) world: World,
    pub(super) times: Times,
    /// The block after which the first epoch begins.
    pub(super) base: u64,
    pub(super) market: Option<Market>,
}

impl<'a> Season<'a> {
    /// Draws the members, sets the state up, and applies the commands of the first block.
    /// `honest` replaces every deviating behaviour.
    ///
    /// # Errors
    /// What is wrong with the scenario, or what a module refuses.
    pub fn open(
        scenario: &'a Scenario,
        run: u64,
        honest: bool,
        recorder: &mut impl Recorder,
    ) -> Result<Self, RunError> {
        scenario.check().map_err(RunError::Invalid)?;
        let roster = Roster::draw(scenario, run)?;
        let times = Times::new(scenario, run);
        let genesis = opening::genesis(scenario, &roster, &times);
        let world = World::from_genesis(&genesis).map_err(RunError::Genesis)?;
        recorder.genesis(&genesis);
        let market = scenario.market;
        let parts = Parts { roster, world, times, base: 0, market };
        let mut season = Self::assemble(scenario, run, honest, parts);
        season.first_block(recorder)?;
        season.look(0);
        Ok(season)
    }

    /// The season before its first block.
    pub(super) fn assemble(
        scenario: &'a Scenario,
        run: u64,
        honest: bool,
        Parts { roster, mut world, times, base, market }: Parts,
    ) -> Self {
        world.listen(true);
        Self {
            truth: Truth::new(scenario, &roster, run),
            exchange: Exchange::open(scenario, market, run),
            actors: cast(scenario, &roster, run, honest),
            ledger: Ledger::new(&roster, scenario.topics.len()),
            politics: Politics::new(scenario),
            observer: Observer::new(scenario, &roster),
            inferences: Inference::of_topics(scenario, &roster, run),
            seen: Observation::default(),
            honest,
            scenario,
            roster,
            world,
            times,
            base,
            height: base,
            plan: Vec::new(),
            outbox: Outbox::default(),
            shown: Vec::new(),
        }
    }

    fn first_block(&mut self, recorder: &mut impl Recorder) -> Result<(), RunError> {
        self.enter(1, recorder);
        for (who, command, funds) in opening::commands(self.scenario, &self.roster) {
            if let Err(refusal) = self.apply(who, command, funds, recorder) {
                let members = &self.roster.members;
                let member = members.iter().find(|member| member.account == who);
                let who = member.map(|member| member.name.clone()).unwrap_or_default();
                return Err(RunError::Opening { who, why: refusal.into() });
            }
        }
        Ok(())
    }

    /// Runs one epoch, from its first block to its close.
    ///
    /// # Errors
    /// Where the epoch cannot be closed.
    pub fn epoch(
        &mut self,
        epoch: u64,
        recorder: &mut impl Recorder,
    ) -> Result<ControlFlow<()>, RunError> {
        let tempo = self.scenario.tempo();
        let first = self.base + epoch * tempo + 1;
        self.happen(epoch, first, recorder);
        self.trade_of_outsiders(first, recorder);
        let scenario = self.scenario;
        let mut plan = std::mem::take(&mut self.plan);
        let due = |actor: &Actor| routine::claims(&scenario.populations[actor.group], actor, epoch);
        order(&mut self.actors, tempo, due, &mut plan);
        for (block, index) in &plan {
            self.enter(first + block, recorder);
            self.act(*index as usize, epoch, recorder);
        }
        self.plan = plan;
        self.enter(first + tempo - 1, recorder);
        self.tend(recorder);
        for topic in (0u16..).take(scenario.topics.len()) {
            self.close(epoch, topic, recorder)?;
        }
        let flow = recorder.closed(epoch, &mut self.world);
        self.truth.drift();
        self.look(epoch + 1);
        Ok(flow)
    }

    /// Moves on to a block, if it is not this one already.
    pub(super) fn enter(&mut self, height: u64, recorder: &mut impl Recorder) {
        if height > self.height {
            self.height = height;
            let (height, time) = (Height::new(height), self.times.at(height));
            self.world.begin_block(height, time);
            recorder.block(height, time);
        }
    }

    /// Applies a command, and books what it told.
    pub(super) fn apply(
        &mut self,
        sender: AccountId,
        command: Command,
        funds: Amount,
        recorder: &mut impl Recorder,
    ) -> Result<(), Refusal> {
        recorder.command(sender, &command, funds);
        let outcome = self.world.execute(sender, command, funds);
        recorder.outcome(&outcome);
        self.ledger.book(&outcome, self.world.heard());
        if self.scenario.governance.is_some() {
            let (now, heard) = (self.world.time(), self.world.heard());
            self.politics.book(sender, now, &outcome, heard, self.world.reported());
        }
        outcome
    }

    fn act(&mut self, index: usize, epoch: u64, recorder: &mut impl Recorder) {
        let actor = &mut self.actors[index];
        let population = &self.scenario.populations[actor.group];
        let mut outbox = std::mem::take(&mut self.outbox);
        actor.mind.act(&self.seen, &mut actor.me, &mut outbox);
        let account = actor.me.account;
        let mut sold = None;
        if routine::claims(population, actor, epoch) {
            let reserve = self.roster.members[index].liquid;
            let seen = &self.seen;
            sold = routine::perform(self.scenario, population, actor, reserve, seen, &mut outbox);
        }
        self.shown.append(&mut outbox.take_lists());
        for (command, funds) in outbox.drain() {
            // A refusal is an answer too: the agent sees what came of it at the next close.
            let _refused = self.apply(account, command, funds, recorder);
        }
        self.outbox = outbox;
        if let Some(amount) = sold {
            self.sell(account, amount, recorder);
        }
    }

    /// Closes a topic's epoch, page by page.
    fn close(
        &mut self,
        epoch: u64,
        topic: u16,
        recorder: &mut impl Recorder,
    ) -> Result<(), RunError> {
        let params = &self.scenario.topics[usize::from(topic)];
        let before: network::Topic = self.world.get(topic);
        self.ledger.before_close(&self.world, topic, before.fresh);
        recorder.closing(topic, &self.world);
        let most = before.params.slots / params.rows_a_page.max(1) + 2;
        let mut why = String::from("its pages did not come to an end");
        for _ in 0..most {
            let command = routine::close(topic, params.rows_a_page);
            let closed = self.apply(self.roster.keeper, command, Amount::ZERO, recorder);
            if let Err(refusal) = closed {
                if refusal.code() == protocol::PAUSED.code {
                    // The next close pays what has accrued meanwhile.
                    return Ok(());
                }
                why = refusal.to_string();
                break;
            }
            recorder.page_closed(topic, &self.world);
            let now: network::Topic = self.world.get(topic);
            if now.epoch > before.epoch {
                self.ledger.after_close(&self.world, topic, now.fresh);
                return Ok(());
            }
        }
        Err(RunError::NotClosed { epoch, why })
    }

    /// Looks at the state for the epoch that begins.
    pub(super) fn look(&mut self, epoch: u64) {
        let Self { world, scenario, roster, truth, ledger, seen, shown, .. } = self;
        seen.epoch = epoch;
        board::look(world, shown, seen);
        self.observer.look(world, scenario, roster, truth, ledger, seen);
        for inference in &mut self.inferences {
            if let Some(view) = seen.topics.get_mut(inference.topic()) {
                inference.predict(world, scenario, roster, view);
            }
        }
        seen.market = self.exchange.as_ref().map(Exchange::reserves);
        seen.epoch_seconds = scenario.tempo().saturating_mul(scenario.clock.interval);
        if scenario.governance.is_some() {
            let mut seen = std::mem::take(&mut self.seen);
            self.look_at_proposals(&mut seen);
            self.seen = seen;
        }
    }

    /// The scenario that is run.
    pub fn scenario(&self) -> &Scenario {
        self.scenario
    }

    /// Everybody who takes part.
    pub fn roster(&self) -> &Roster {
        &self.roster
    }

    /// The state, when the run is over.
    pub fn into_world(self) -> World {
        self.world
    }

    /// The state, for hashing.
    pub fn world(&mut self) -> &mut World {
        &mut self.world
    }

    /// The state, for reading.
    pub fn state(&self) -> &World {
        &self.world
    }

    /// What was paid and refused.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// What became of proposals.
    pub fn politics(&self) -> &Politics {
        &self.politics
    }

    /// True quality of a member's work now.
    pub fn quality(&self, member: usize) -> Fixed {
        self.truth.of(member)
    }

    /// How well the first topic that predicts did in the epoch that was closed last.
    pub fn losses(&self) -> Option<NetworkLosses> {
        self.inferences.first().and_then(Inference::closed)
    }

    /// (tokens, quote) in the market.
    pub fn reserves(&self) -> Option<(u128, u128)> {
        self.exchange.as_ref().map(Exchange::reserves)
    }
}
