//! Token holders govern: the same proposals natively and through the contracts, with the same state
//! after each command.

#[path = "stage/mod.rs"]
mod stage;

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

use stage::{TOKEN, amount, user};

/// Users; each of the first five stakes 100 tokens and deposits 50.
const USERS: u32 = 8;

/// The native engine and the chains, in step.
struct Engines {
    world: World,
    chains: Vec<Chain>,
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
    fn ready(genesis: &Genesis, chains: Vec<Chain>) -> Self {
        let mut engines = Self::open(genesis, chains);
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

    /// A block later, so many seconds on.
    fn pass(&mut self, seconds: u64) {
        let height = Height::new(self.world.height().get() + 1);
        let time = Timestamp::new(self.world.time().get() + seconds);
        self.world.begin_block(height, time);
        self.chains.iter_mut().for_each(|chain| chain.begin_block(height, time));
    }

    /// A command to all engines; the code of its refusal, 0 where it was accepted.
    fn send(&mut self, sender: AccountId, command: Command) -> u16 {
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

    fn ok(&mut self, sender: AccountId, command: Command) {
        let shown = format!("{command:?}");
        assert_eq!(self.send(sender, command), 0, "{shown}");
    }

    fn govern(&mut self, sender: AccountId, verb: Verb) {
        self.ok(sender, Command::Governance(verb));
    }

    fn status(&self, id: u32) -> Status {
        let (terms, proposal) = (self.world.get(id), self.world.get(id));
        governance::status(&terms, &proposal, self.world.height(), self.world.time())
    }

    fn tokens(&self, who: AccountId) -> u128 {
        let balance: token::Balance = self.world.get(who);
        balance.amount.units()
    }

    /// Proposes, votes yes with everybody, queues, and waits for the timelock.
    fn pass_proposal(&mut self, track: Track, actions: Vec<Action>) -> u32 {
        let governance::Numbers { proposals: id, .. } = self.world.get(());
        let (title, body) = (Bytes(b"title".to_vec()), Bytes(b"body".to_vec()));
        let draft = Draft { track, title, body, question: Question::Standard { actions } };
        self.govern(user(0), Verb::Propose { draft });
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

    fn enact(&mut self, track: Track, actions: Vec<Action>) -> Status {
        let id = self.pass_proposal(track, actions);
        self.govern(user(6), Verb::Execute { proposal: id });
        self.status(id)
    }
}

fn yes(proposal: u32) -> Verb {
    let shares = vec![(YES, Fraction::ONE)];
    Verb::Vote { proposal, shares, rationale: Bytes::default() }
}

fn pay(asset: Asset, to: AccountId, units: u128) -> Action {
    Action::Pay { asset, to, amount: amount(units) }
}

fn engines() -> Engines {
    let chains = vec![Chain::new("contracts", Codes::rust()), stage::wasm(Instances::Reused)];
    Engines::ready(&stage::governed(USERS, staking::Asset::Token), chains)
}

/// The whole path: propose, vote, queue, execute.
#[test]
fn a_passed_proposal_pays_tokens_and_coins() {
    let mut engines = engines();
    let before = engines.tokens(user(7));
    let actions = vec![pay(Asset::Token, user(7), 5), pay(Asset::Native, user(7), 6)];
    assert_eq!(engines.enact(Track::Ordinary, actions), Status::Executed);
    assert_eq!(engines.tokens(user(7)), before + 5);
}

/// What fails in the middle undoes all of it, is recorded, and may be tried again.
#[test]
fn a_failed_execution_does_nothing_and_is_tried_again() {
    let mut engines = engines();
    let call = Action::Call { command: Command::Staking(staking::Command::Claim) };
    let opaque = Bytes(b"{\"bank\":{\"burn\":{\"amount\":[]}}}".to_vec());
    let before = engines.tokens(user(7));
    for (track, last) in
        [(Track::Ordinary, call), (Track::Constitutional, Action::Opaque { message: opaque })]
    {
        let id = engines.pass_proposal(track, vec![pay(Asset::Token, user(7), 5), last]);
        for _ in 0..2 {
            engines.govern(user(6), Verb::Execute { proposal: id });
            assert_eq!(engines.status(id), Status::Failed);
            assert_eq!(engines.tokens(user(7)), before);
        }
    }
}

/// A passed constitutional proposal gives a contract with live proposals and stake new code: its
/// records stay as they are, and a vote goes on.
#[test]
fn a_migration_keeps_every_record_and_a_vote_goes_on() {
    let mut engines = engines();
    // Codes in the order of their deployment: treasury, governor, rewards, staking.
    let migrate = [(ModuleId::Staking, 4), (ModuleId::Governor, 2), (ModuleId::Treasury, 1)];
    let actions = migrate.map(|(module, code)| Action::Migrate { module, code }).to_vec();
    let id = engines.pass_proposal(Track::Constitutional, actions);
    let (title, body) = (Bytes(b"live".to_vec()), Bytes::default());
    let draft = Draft { track: Track::Ordinary, title, body, question: Question::Signal };
    engines.govern(user(1), Verb::Propose { draft });
    engines.pass(6);
    engines.govern(user(1), yes(id + 1));
    let before = Engine::digests(&mut engines.world);
    engines.govern(user(6), Verb::Execute { proposal: id });
    assert_eq!(engines.status(id), Status::Executed);
    let after = Engine::digests(&mut engines.world);
    for module in [ModuleId::Token, ModuleId::Staking, ModuleId::Treasury] {
        assert_eq!(before[module as usize], after[module as usize], "{}", module.name());
    }
    engines.govern(user(2), yes(id + 1));
}

/// Only the authority's proposals move the treasury, and only the treasury the governor.
#[test]
fn nobody_goes_around_a_proposal() {
    let mut engines = engines();
    let execute = protocol::treasury::Command::Execute {
        proposal: 0,
        track: Track::Constitutional,
        actions: vec![pay(Asset::Token, user(7), 5)],
    };
    assert_eq!(engines.send(user(0), Command::Treasury(execute)), 3);
    let params: governance::Params = engines.world.get(());
    for verb in [Verb::UpdateParams { params }, Verb::Suspend, Verb::AddHook { hook: user(0) }] {
        assert_eq!(engines.send(user(0), Command::Governance(verb)), 3);
    }
}
