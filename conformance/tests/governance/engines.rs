//! The native engine and the chains, in step: the same commands, and the same state after each.

use conformance::vm::Instances;
use conformance::{Chain, Codes, first_difference};
use protocol::governance::{Command as Verb, Draft, Question, Status, YES};
use protocol::treasury::Action;
use protocol::{
    AccountId, Amount, Asset, Bytes, Command, Fraction, Get, Height, ModuleId, Payload, Timestamp,
    Track, governance, staking, token,
};
use simulator::engine::{Engine, Genesis};
use simulator::native::World;

use crate::stage::{self, TOKEN, amount, user};
use crate::versions::{self, DEPLOYED, Version};

/// Users; each of the first five stakes 100 tokens and deposits 50.
pub(crate) const USERS: u32 = 8;

/// The engines.
pub(crate) struct Engines {
    pub(crate) world: World,
    pub(crate) chains: Vec<Chain>,
}

impl Engines {
    fn open(genesis: &Genesis, chains: Vec<Chain>) -> Self {
        let world = World::from_genesis(genesis).expect("a valid genesis");
        let mut engines = Self { world, chains };
        for chain in &mut engines.chains {
            chain.genesis(genesis).expect("a genesis that the native engine accepts");
        }
        engines.agree("genesis");
        engines
    }

    /// Everybody has power and a deposit balance.
    pub(crate) fn ready() -> Self {
        let chains = vec![Chain::new("contracts", Codes::rust()), stage::wasm(Instances::Reused)];
        let genesis = stage::governed(USERS, staking::Asset::Token);
        let mut engines = Self::open(&genesis, chains);
        engines.pass(6);
        for n in 0..5 {
            let send = |to: ModuleId, units, payload| {
                let (to, amount) = (to.account(), amount(units * TOKEN));
                Command::Token(token::Command::Send { to, amount, payload })
            };
            engines.ok(user(n), send(ModuleId::Staking, 100, Payload::Stake { tier: 0 }));
            engines.ok(user(n), send(ModuleId::Governor, 50, Payload::Deposit));
        }
        engines.pass(6);
        engines
    }

    fn agree(&mut self, label: &str) {
        for chain in &mut self.chains {
            if Engine::digests(&mut self.world) == chain.digests() {
                continue;
            }
            let found = first_difference(&Engine::export(&mut self.world), &chain.export());
            let found = found.map(|(record, _)| record.to_string()).unwrap_or_default();
            panic!("{} parts from native at {label}\n{found}", chain.name());
        }
    }

    /// Uploads every contract's code in a version: what each chain numbers it.
    pub(crate) fn upload(&mut self, version: Version) -> [(ModuleId, u64); 6] {
        let mut numbered = DEPLOYED.map(|module| (module, 0));
        for chain in &mut self.chains {
            let codes = match chain.name() {
                "wasm" => versions::wasm(version),
                _ => versions::rust(version),
            };
            for (place, code) in numbered.iter_mut().zip(versions::deployed(codes)) {
                place.1 = chain.store(code);
            }
        }
        numbered
    }

    /// Whether each chain's contract of a module says so of its version.
    pub(crate) fn says(&self, module: ModuleId, version: &str) {
        let name = format!("crates.io:moot-{}", module.name());
        for chain in &self.chains {
            let found = chain.version(module).expect("a version");
            let found = (found.contract, found.version);
            assert_eq!(found, (name.clone(), version.to_owned()), "{}", chain.name());
        }
    }

    /// A block later, so many seconds on.
    pub(crate) fn pass(&mut self, seconds: u64) {
        let height = Height::new(self.world.height().get() + 1);
        let time = Timestamp::new(self.world.time().get() + seconds);
        self.world.begin_block(height, time);
        self.chains.iter_mut().for_each(|chain| chain.begin_block(height, time));
    }

    /// A command to all engines; the code of its refusal, 0 where it was accepted.
    pub(crate) fn send(&mut self, sender: AccountId, command: Command) -> u16 {
        let native = Engine::execute(&mut self.world, sender, command.clone(), Amount::ZERO);
        let code = native.err().map_or(0, |refused| refused.code);
        for chain in &mut self.chains {
            let theirs = chain.execute(sender, command.clone(), Amount::ZERO);
            let text = format!("{theirs:?}");
            let theirs = theirs.err().map_or(0, |refused| refused.code);
            assert_eq!(code, theirs, "{}: {command:?}: {text}", chain.name());
        }
        self.agree(&format!("{command:?}"));
        code
    }

    pub(crate) fn ok(&mut self, sender: AccountId, command: Command) {
        let shown = format!("{command:?}");
        assert_eq!(self.send(sender, command), 0, "{shown}");
    }

    pub(crate) fn govern(&mut self, sender: AccountId, verb: Verb) {
        self.ok(sender, Command::Governance(verb));
    }

    pub(crate) fn status(&self, id: u32) -> Status {
        let (terms, proposal) = (self.world.get(id), self.world.get(id));
        governance::status(&terms, &proposal, self.world.height(), self.world.time())
    }

    pub(crate) fn tokens(&self, who: AccountId) -> u128 {
        let balance: token::Balance = self.world.get(who);
        balance.amount.units()
    }

    /// Proposes, votes yes with everybody, queues, and waits for the timelock.
    pub(crate) fn pass_proposal(&mut self, track: Track, actions: Vec<Action>) -> u32 {
        let governance::Numbers { proposals: id, .. } = self.world.get(());
        self.govern(user(0), propose(track, Question::Standard { actions }));
        self.pass(5);
        for n in 0..5 {
            self.govern(user(n), yes(id));
        }
        self.pass(30);
        assert_eq!(self.status(id), Status::Passed);
        self.govern(user(6), Verb::Queue { proposal: id });
        self.pass(20);
        assert_eq!(self.status(id), Status::Executable);
        id
    }

    pub(crate) fn enact(&mut self, track: Track, actions: Vec<Action>) -> Status {
        let id = self.pass_proposal(track, actions);
        self.govern(user(6), Verb::Execute { proposal: id });
        self.status(id)
    }
}

pub(crate) fn propose(track: Track, question: Question) -> Verb {
    let (title, body) = (Bytes(b"title".to_vec()), Bytes(b"body".to_vec()));
    Verb::Propose { draft: Draft { track, title, body, question } }
}

pub(crate) fn yes(proposal: u32) -> Verb {
    let shares = vec![(YES, Fraction::ONE)];
    Verb::Vote { proposal, shares, rationale: Bytes::default() }
}

pub(crate) fn pay(asset: Asset, to: AccountId, units: u128) -> Action {
    Action::Pay { asset, to, amount: amount(units) }
}
