//! The stage with token holders in charge.

use crate::{
    account::{AccountId, ModuleId},
    codec::Bytes,
    effect::{Command, Payload},
    governance::{
        self, Bounds, Choice, Draft, Genesis, Mandate, Params, Proposal, Question, Status, Terms,
        Threshold, TrackParams, Unheard,
    },
    store::Get,
    testing::{Stage, amount, percent, user},
    token,
    track::Track,
    treasury::{self, Action},
    units::{Fraction, Power, Timestamp},
};

/// The guardian of [`Stage::governed`].
pub const GUARDIAN: AccountId = user(7);

/// The governor's first state in [`Stage::governed`]: every track lasts 100 s at most, as long as
/// the shortest notice.
///
/// | track | delay, period, extension, timelock, grace | quorum | threshold | veto | deposit |
/// |---|---|---|---|---|---|
/// | ordinary | 5, 20, 10, 15, 30 | 20% | majority | 1/3 | 100 |
/// | constitutional | 10, 30, 10, 20, 30 | 40% | 2/3 | 1/3 | 500 |
/// | emergency | 0, 10, 0, 1, 20 | 50% | 80% | 20% | 1,000 |
pub fn rules() -> Genesis {
    let third = fraction(333_333_333);
    let ordinary = TrackParams {
        deposit: amount(100),
        proposal_power: percent(1),
        delay: 5,
        period: 20,
        extension: 10,
        timelock: 15,
        grace: 30,
        quorum: percent(20),
        threshold: Threshold::Majority,
        veto: third,
        objection: Fraction::ZERO,
        revoting: true,
    };
    let constitutional = TrackParams {
        deposit: amount(500),
        delay: 10,
        period: 30,
        timelock: 20,
        quorum: percent(40),
        threshold: Threshold::AtLeast { part: fraction(666_666_667) },
        ..ordinary
    };
    let emergency = TrackParams {
        deposit: amount(1000),
        delay: 0,
        period: 10,
        extension: 0,
        timelock: 1,
        grace: 20,
        quorum: percent(50),
        threshold: Threshold::AtLeast { part: percent(80) },
        veto: percent(20),
        revoting: false,
        ..ordinary
    };
    let params = Params {
        tracks: [ordinary, constitutional, emergency],
        live: 3,
        unheard: Unheard::Forfeited,
        least_power: Power::new(10),
        lapse: 60,
    };
    let bounds = Bounds {
        quorum: percent(5),
        period: 10,
        timelock: 1,
        length: 1000,
        pause: 200,
        mandate: 10_000,
    };
    let mandate = Mandate {
        guardian: Some(GUARDIAN),
        ends: Timestamp::new(6000),
        pause: 50,
        pauses: 2,
        suspended: Timestamp::ZERO,
    };
    Genesis { params, bounds, mandate, start: Timestamp::new(1000) }
}

/// A fraction in parts per 10^9.
///
/// # Panics
/// Above one.
pub fn fraction(parts: u32) -> Fraction {
    Fraction::from_parts(parts).expect("a test's fraction is in range")
}

/// A ballot for one option.
pub fn all_for(option: u8) -> Vec<(u8, Fraction)> {
    vec![(option, Fraction::ONE)]
}

/// A payment of tokens from the treasury.
pub fn pay(to: AccountId, units: u128) -> Action {
    Action::Pay { asset: crate::Asset::Token, to, amount: amount(units) }
}

/// A command of the governor's, as the treasury sends it.
pub fn to_governor(command: governance::Command) -> Action {
    Action::Call { command: Command::Governance(command) }
}

/// A draft with these actions after a yes; a signal without any.
pub fn draft(track: Track, actions: Vec<Action>) -> Draft {
    let question =
        if actions.is_empty() { Question::Signal } else { Question::Standard { actions } };
    Draft { track, title: Bytes(b"title".to_vec()), body: Bytes(b"body".to_vec()), question }
}

/// A choice among options of these names and actions.
pub fn choice(track: Track, options: Vec<(&str, Vec<Action>)>) -> Draft {
    let options = options
        .into_iter()
        .map(|(name, actions)| Choice { name: Bytes(name.as_bytes().to_vec()), actions });
    let question = Question::Choice { options: options.collect() };
    Draft { question, ..draft(track, Vec::new()) }
}

impl Stage {
    /// [`Stage::small`] under [`rules`], in block 2 at second 1,010: users 0 to 5 have staked 100,
    /// 200, ... 600 and deposited 10,000, the treasury holds 100,000 tokens and may pay 10,000 of
    /// them in 1,000 seconds.
    ///
    /// # Panics
    /// Where a module refuses that genesis.
    pub fn governed() -> Self {
        Self::governed_by(rules())
    }

    /// [`Stage::governed`] under other rules.
    ///
    /// # Panics
    /// Where a module refuses that genesis.
    pub fn governed_by(rules: Genesis) -> Self {
        let mut stage = Self::small();
        governance::genesis(&mut stage.store, &rules).expect("valid rules");
        let caps = treasury::Params {
            token_cap: amount(10_000),
            native_cap: amount(10_000),
            window: 1000,
        };
        treasury::genesis(&mut stage.store, &caps).expect("valid caps");
        let (governor, treasury) = (ModuleId::Governor.account(), ModuleId::Treasury.account());
        for n in 0..6 {
            stage.stake(user(n), 100 * u128::from(n + 1), 0).expect("users have tokens");
            let (to, amount, payload) = (governor, amount(10_000), Payload::Deposit);
            let deposit = token::Command::Send { to, amount, payload };
            stage.run(user(n), Command::Token(deposit)).expect("users have tokens");
        }
        let fund = token::Command::Transfer { to: treasury, amount: amount(100_000) };
        stage.run(user(6), Command::Token(fund)).expect("users have tokens");
        stage.block(2, 1010);
        stage
    }

    /// Moves on one block and some seconds.
    pub fn wait(&mut self, seconds: u64) -> &mut Self {
        let (height, time) = (self.height.get() + 1, self.time.get() + seconds);
        self.block(height, time)
    }

    /// Applies one of the governor's verbs.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn govern(&mut self, who: AccountId, command: governance::Command) -> Result<(), u16> {
        self.run(who, Command::Governance(command))
    }

    /// Makes a proposal of user 5, and returns its number.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn propose(&mut self, draft: Draft) -> Result<u32, u16> {
        let governance::Numbers { proposals, .. } = self.store.get(());
        self.govern(user(5), governance::Command::Propose { draft })?;
        Ok(proposals)
    }

    /// Casts a ballot without a rationale.
    ///
    /// # Errors
    /// The code of the refusal.
    pub fn vote(
        &mut self,
        who: AccountId,
        proposal: u32,
        shares: Vec<(u8, Fraction)>,
    ) -> Result<(), u16> {
        let rationale = Bytes::default();
        self.govern(who, governance::Command::Vote { proposal, shares, rationale })
    }

    /// How a proposal stands now.
    pub fn status(&self, id: u32) -> Status {
        let (terms, proposal): (Terms, Proposal) = (self.store.get(id), self.store.get(id));
        governance::status(&terms, &proposal, self.height, self.time)
    }

    /// What has been voted, by option.
    pub fn tally(&self, id: u32) -> Vec<u128> {
        let proposal: Proposal = self.store.get(id);
        proposal.tally.iter().map(|power| power.units()).collect()
    }

    /// Makes a proposal, has everyone vote yes, queues it and waits until it can be executed.
    ///
    /// # Panics
    /// Where that is refused.
    pub fn pass(&mut self, draft: Draft) -> u32 {
        let track = draft.track;
        let id = self.propose(draft).expect("a valid draft");
        let params: Params = self.store.get(());
        self.wait(params.track(track).delay.max(1));
        for n in 0..6 {
            if self.status(id) == Status::Open {
                self.vote(user(n), id, all_for(governance::YES)).expect("an open vote");
            }
        }
        self.wait(params.track(track).period + params.track(track).extension);
        self.govern(user(9), governance::Command::Queue { proposal: id }).expect("it passed");
        self.wait(params.track(track).timelock);
        id
    }

    /// [`Stage::pass`], and executes it.
    ///
    /// # Panics
    /// Where that is refused, or the execution failed.
    pub fn enact(&mut self, draft: Draft) -> u32 {
        let id = self.pass(draft);
        self.govern(user(9), governance::Command::Execute { proposal: id }).expect("executable");
        assert_eq!(self.status(id), Status::Executed);
        id
    }
}
