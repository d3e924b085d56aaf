//! The native engine and the chains in step, and what goes wrong with the chains meanwhile.

use std::collections::BTreeMap;

use conformance::{Chain, Codes, first_difference};
use protocol::governance::{self, Question, Status};
use protocol::treasury::{self, Action};
use protocol::{Command, Get, Height, ModuleId, Timestamp, token};
use simulator::engine::{Engine, Refused};
use simulator::native::World;
use simulator::snapshot::Snapshot;

use crate::aim::{Order, aim, habitual};
use crate::civic::{is_governed, status_of};
use crate::expressible::expressible;
use crate::judge::state_is_lawful;
use crate::plan::Plan;
use crate::sometimes::{Sometimes, is_retry, watch, watch_refused};
use crate::step::{Act, Step};

/// Everybody whom a sequence may name has an address.
const ACCOUNTS: u32 = 48;
/// Each so many blocks a contract is migrated, each so many commands one runs out of gas first.
const FAULTS: (u64, u64) = (7, 61);
/// SDK gas that no command gets by with: one read costs more.
const STARVED: u64 = 900;

/// Engines that have done the same so far.
pub(crate) struct Engines {
    world: World,
    chains: Vec<Chain>,
    blocks: u64,
    /// Commands of the run before these.
    before: u64,
    sent: u64,
    seed: u64,
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

impl Engines {
    /// All at the same genesis; `before` commands were sent to others of the same run.
    pub(crate) fn open(plan: &Plan, chains: Vec<Chain>, before: u64, seed: u64) -> Self {
        let mut genesis = plan.genesis();
        genesis.accounts = (0..ACCOUNTS).map(|n| format!("user {n}")).collect();
        let world = World::from_genesis(&genesis).expect("a valid genesis");
        let mut engines = Self { world, chains, blocks: 0, before, sent: 0, seed };
        for chain in &mut engines.chains {
            chain.genesis(&genesis).expect("a genesis that the native engine accepts");
        }
        engines.agree("at genesis");
        engines
    }

    /// Plays a sequence, at most so many commands of it, and says how many were sent.
    pub(crate) fn play(
        &mut self,
        plan: &Plan,
        steps: &[Step],
        most: u64,
        seen: &mut BTreeMap<u16, u64>,
        sometimes: &Sometimes,
    ) -> u64 {
        self.block(1, 5, sometimes);
        for (place, step) in steps.iter().enumerate() {
            if self.sent >= most {
                break;
            }
            if let Act::Wait { blocks, seconds } = step.act {
                self.block(blocks.into(), jittered(seconds), sometimes);
            }
            let orders = [habitual(&self.world, plan.habit, place), aim(&self.world, step)];
            for order in orders.into_iter().flatten() {
                let order = expressible(&self.world, order);
                if !self.chains.iter().all(|chain| spoken(chain, &order.command)) {
                    continue;
                }
                let outcome = self.send(&order, sometimes);
                if let Some(code) = code(&outcome) {
                    *seen.entry(code).or_default() += 1;
                }
            }
        }
        self.agree("at the end");
        self.sent
    }

    /// The first chain writes what the native engine writes. A chain that begins in it joins, and the
    /// native engine goes on from what the chain wrote.
    pub(crate) fn change_over(&mut self) {
        let place = self.place("at the change before");
        let native = Snapshot::take(&mut self.world, "fuzz").to_json();
        let theirs = self.chains[0].snapshot("fuzz").expect("records only").to_json();
        assert!(native == theirs, "{place}: the contracts write another file");
        let read = Snapshot::parse(theirs.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
        let first = self.world.accounts().users();
        let mut joined = Chain::new("contracts from a snapshot", Codes::rust());
        joined.start_from(&read, &first).expect("a state that contracts can be in");
        let again = joined.snapshot("fuzz").expect("records only");
        assert!(again == read, "{place}: the contracts were not filled");
        self.chains.push(joined);
        self.world = read.world(&first).expect("it was read");
    }

    /// The next block: what the last one left must be equal and lawful.
    fn block(&mut self, blocks: u64, seconds: u64, sometimes: &Sometimes) {
        self.agree("before");
        if let Err(breach) = state_is_lawful(&self.world) {
            panic!("{}: {breach}", self.place("before"));
        }
        self.blocks += 1;
        if seconds == 0 {
            sometimes.reach("a block in no time");
        }
        let (height, time) = (self.world.height().get(), self.world.time().get());
        let (height, time) = (Height::new(height + blocks), Timestamp::new(time + seconds));
        self.world.begin_block(height, time);
        self.chains.iter_mut().for_each(|chain| chain.begin_block(height, time));
        if self.blocks.is_multiple_of(FAULTS.0) {
            self.migrate(sometimes);
        }
    }

    /// A contract is migrated to the code that it has, while people vote.
    fn migrate(&mut self, sometimes: &Sometimes) {
        let modules = if is_governed(&self.world) { 6 } else { 4 };
        let turn = (self.blocks / FAULTS.0 % modules) as usize;
        let module = ModuleId::ALL[turn];
        for chain in &mut self.chains {
            let outcome = chain.migrate(module);
            assert_eq!(outcome, Ok(()), "{} does not migrate {}", chain.name(), module.name());
        }
        self.agree("after a migration before");
        let numbers: governance::Numbers = self.world.get(());
        let open = |id| status_of(&self.world, id) == Status::Open;
        if (0..numbers.proposals).any(open) {
            sometimes.reach("a contract migrated during a vote");
        }
    }

    /// Sends one order to all; they must judge it alike.
    fn send(&mut self, order: &Order, sometimes: &Sometimes) -> Result<(), Refused> {
        let Order { sender, ref command, funds } = *order;
        if (self.before + self.sent).is_multiple_of(FAULTS.1) {
            self.starve(order, sometimes);
        }
        let again = is_retry(&self.world, order);
        self.world.listen(true);
        let native = Engine::execute(&mut self.world, sender, command.clone(), funds);
        match &native {
            Ok(()) => watch(&self.world, order, again, sometimes),
            Err(refused) => watch_refused(&self.world, order, refused.code, sometimes),
        }
        let place = self.place("");
        for chain in &mut self.chains {
            let theirs = chain.execute(sender, command.clone(), funds);
            if code(&native) != code(&theirs) {
                let state = parted(&mut self.world, chain).unwrap_or_default();
                let name = chain.name();
                panic!(
                    "{place}, {name}: {command:?} of {sender:?} with {funds:?}\n\
                     native {native:?}\ntheirs {theirs:?}\n{state}"
                );
            }
        }
        self.sent += 1;
        native
    }

    /// A transaction runs out of gas: nothing is left of it, and it is sent again.
    fn starve(&mut self, order: &Order, sometimes: &Sometimes) {
        let place = self.place("");
        for chain in &mut self.chains {
            let before = chain.digests();
            if chain.name() != "wasm" {
                continue;
            }
            let outcome = chain.starved(order.sender, order.command.clone(), order.funds, STARVED);
            assert!(outcome.is_err(), "{place}: {:?} cost nothing", order.command);
            assert_eq!(chain.digests(), before, "{place}: {:?} left something", order.command);
            if outcome.is_err_and(|refused| refused.text.contains("the virtual machine stopped")) {
                sometimes.reach("out of gas and sent again");
            }
        }
    }

    fn agree(&mut self, when: &str) {
        let place = self.place(when);
        for chain in &mut self.chains {
            if let Some(record) = parted(&mut self.world, chain) {
                panic!("{place}: {} parts from native\n{record}", chain.name());
            }
        }
    }

    fn place(&self, when: &str) -> String {
        let number = self.before + self.sent;
        format!("{when} command {number}, block {}, seed {}", self.world.height().get(), self.seed)
    }
}

/// Mostly as it was drawn; now and then no time at all, one second, or hours.
fn jittered(seconds: u16) -> u64 {
    match seconds % 32 {
        0 => 0,
        1 => 1,
        2 => 3_600 + u64::from(seconds) * 100,
        _ => seconds.into(),
    }
}

/// Whether a message says the command, and messages say what it carries: a proposal's actions are
/// in the rulebook's own encoding until they are executed.
fn spoken(chain: &Chain, command: &Command) -> bool {
    let lists = match command {
        Command::Governance(governance::Command::Propose { draft }) => match &draft.question {
            Question::Standard { actions } => vec![actions],
            Question::Choice { options } => options.iter().map(|one| &one.actions).collect(),
            Question::Signal | Question::Gauge { .. } => Vec::new(),
        },
        Command::Treasury(treasury::Command::Execute { actions, .. }) => vec![actions],
        _ => Vec::new(),
    };
    let mut carried = lists.into_iter().flatten();
    let says = |action: &Action| match action {
        Action::Call { command } => spoken(chain, command),
        Action::Pay { to, amount, .. } => {
            chain.says(&Command::Token(token::Command::Transfer { to: *to, amount: *amount }))
        }
        Action::Migrate { .. } | Action::Opaque { .. } => true,
    };
    chain.says(command) && carried.all(says)
}
