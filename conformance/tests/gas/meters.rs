//! A chain whose messages are measured.

use conformance::Chain;
use conformance::vm::Instances;
use protocol::{AccountId, Amount, Command, Height, ModuleId, Payload, Timestamp, token};
use simulator::engine::{Engine, Genesis};

use crate::stage::{self, TOKEN, amount, user};

/// Who is measured; the others only hold and stake.
pub(crate) const ACTIVE: u32 = 6;

/// A chain, its clock, and what was measured on it.
pub(crate) struct Meters {
    chain: Chain,
    height: u64,
    time: u64,
    totals: Vec<(&'static str, u64)>,
}

impl Meters {
    /// Everybody holds tokens, and all but the active ones stake a little: the totals keep their
    /// number of digits, which cw4's mirror pays for.
    pub(crate) fn open(mut genesis: Genesis, holders: u32) -> Self {
        for n in ACTIVE..holders {
            genesis.accounts.push(format!("holder {n}"));
            genesis.token.balances.push((user(n), amount(TOKEN)));
        }
        let supply = genesis.token.balances.iter().map(|(_, held)| held.units()).sum();
        genesis.rewards.supply = amount(supply);
        genesis.network.topics[0].holders.truncate(3);
        let mut chain = stage::wasm(Instances::Fresh);
        chain.genesis(&genesis).expect("a valid genesis");
        let (height, time) = (genesis.height.get(), genesis.time.get());
        if std::env::var_os("MOOT_LEDGER").is_some() {
            chain.keep_ledger();
        }
        let mut meters = Self { chain, height, time, totals: Vec::new() };
        meters.pass(1, 6);
        meters.set_up(user(0), bond(900 * TOKEN, 0));
        (ACTIVE..holders).for_each(|n| meters.set_up(user(n), bond(TOKEN / 1_000, 0)));
        meters
    }

    pub(crate) fn pass(&mut self, blocks: u64, seconds: u64) {
        self.go_to(self.height + blocks, self.time + seconds);
    }

    /// A later block and second.
    pub(crate) fn go_to(&mut self, height: u64, time: u64) {
        assert!(self.height < height && self.time < time, "clocks go forward");
        (self.height, self.time) = (height, time);
        self.chain.begin_block(Height::new(height), Timestamp::new(time));
    }

    pub(crate) fn set_up(&mut self, sender: AccountId, command: Command) {
        self.run(sender, vec![command]);
    }

    fn run(&mut self, sender: AccountId, commands: Vec<Command>) {
        let shown = format!("{commands:?}");
        let commands = commands.into_iter().map(|command| (command, Amount::ZERO)).collect();
        let outcome = self.chain.transact(sender, commands);
        outcome.unwrap_or_else(|refused| panic!("{shown}: {refused}"));
    }

    /// A message in a block of its own, measured.
    pub(crate) fn measure(&mut self, name: &'static str, sender: AccountId, command: Command) {
        self.measure_all(name, sender, vec![command]);
    }

    /// Messages in one transaction and a block of its own, measured together.
    pub(crate) fn measure_all(
        &mut self,
        name: &'static str,
        sender: AccountId,
        commands: Vec<Command>,
    ) {
        self.pass(1, 6);
        self.run(sender, commands);
        let gas = self.chain.gas();
        let (vm, storage, loads, events) = (gas.vm, gas.storage, gas.loads, gas.events);
        println!("{name}: vm {vm}, storage {storage}, loads {loads}, events {events}");
        self.chain.ledger().iter().for_each(|line| println!("    {line}"));
        self.totals.push((name, gas.total()));
    }

    /// SDK gas of all that was measured, in order.
    pub(crate) fn totals(self) -> Vec<(&'static str, u64)> {
        self.totals
    }
}

pub(crate) fn bond(units: u128, tier: u8) -> Command {
    send(ModuleId::Staking, units, Payload::Stake { tier })
}

pub(crate) fn send(to: ModuleId, units: u128, payload: Payload) -> Command {
    let (to, amount) = (to.account(), amount(units));
    Command::Token(token::Command::Send { to, amount, payload })
}
