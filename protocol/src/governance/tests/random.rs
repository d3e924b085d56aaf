//! Any sequence of commands, against the slow auditor, with the laws after each.

use super::{
    lifecycle::balance,
    model::{Case, Done, Rules, Shares, Stakes},
};
use crate::{
    AccountId, Command as Any, Get, Height, ModuleId, Power,
    governance::{
        Command, Depositor, Params, Proposal, Status, Threshold, TrackParams, Unheard, YES,
    },
    laws::{Past, Proposals, assembly_laws, state_laws},
    pause::Pausable,
    staking::{self, Account},
    testing::{Stage, amount, draft, fraction, pay, rules, to_governor, user},
    track::Track,
};
use proptest::{
    collection::vec,
    prelude::{Just, Strategy, any, prop_oneof, proptest},
    test_runner::Config,
};

const USERS: usize = 6;

/// What somebody tries.
#[derive(Clone, Debug)]
enum Act {
    Wait { blocks: u64, seconds: u64 },
    Stake(u128),
    Unstake(u128),
    Delegate(Option<usize>),
    Propose { track: usize, kind: u8 },
    Vote { proposal: usize, cuts: Vec<u32>, first: u8 },
    Queue(usize),
    Execute(usize),
    Settle(usize),
    Cancel(usize),
    Withdraw(u128),
}

fn acts() -> impl Strategy<Value = (usize, Act)> {
    let cut = prop_oneof![Just(1_000_000_000u32), 1u32..1_000_000_000];
    let act = prop_oneof![
        6 => (0u64..3, 0u64..14).prop_map(|(blocks, seconds)| Act::Wait { blocks, seconds }),
        2 => (0u128..900).prop_map(Act::Stake),
        2 => (0u128..900).prop_map(Act::Unstake),
        3 => proptest::option::weighted(0.7, 0..USERS).prop_map(Act::Delegate),
        4 => (0usize..3, any::<u8>()).prop_map(|(track, kind)| Act::Propose { track, kind }),
        16 => (0usize..4, vec(cut, 0..3), 0u8..6)
            .prop_map(|(proposal, cuts, first)| Act::Vote { proposal, cuts, first }),
        3 => (0usize..4).prop_map(Act::Queue),
        3 => (0usize..4).prop_map(Act::Execute),
        3 => (0usize..4).prop_map(Act::Settle),
        1 => (0usize..4).prop_map(Act::Cancel),
        1 => (0u128..3_000).prop_map(Act::Withdraw),
    ];
    (0..USERS, act)
}

/// The stage beside what the auditor knows.
struct Trial {
    stage: Stage,
    /// Stake now, and at the end of the block before.
    now: Stakes,
    before: Stakes,
    cases: Vec<Case>,
    free: Vec<u128>,
    /// Which statuses were seen.
    seen: Vec<Status>,
}

impl Trial {
    fn new(unheard: bool) -> Self {
        let mut lax = rules();
        lax.params.unheard = if unheard { Unheard::Returned } else { Unheard::Forfeited };
        let stage = Stage::governed_by(lax);
        let own = (0..USERS).map(|n| 100 * (n as u128 + 1)).collect();
        let now = Stakes { own, delegate: vec![None; USERS] };
        Self {
            stage,
            before: now.clone(),
            now,
            cases: Vec::new(),
            free: vec![10_000; USERS],
            seen: Vec::new(),
        }
    }

    fn block(&self) -> (u64, u64) {
        (self.stage.height.get(), self.stage.time.get())
    }

    /// A proposal near the last one made; one that is not there now and then.
    fn pick(&self, back: usize) -> usize {
        self.cases.len().saturating_sub(back + 1).max(if back == 3 { self.cases.len() } else { 0 })
    }

    fn live(&self, who: usize) -> usize {
        self.cases.iter().filter(|case| case.proposer == who && !case.settled).count()
    }

    fn step(&mut self, who: usize, act: Act) {
        let by = user(who as u32);
        let (height, time) = self.block();
        match act {
            Act::Wait { blocks, seconds } => {
                if blocks > 0 {
                    self.before = self.now.clone();
                }
                self.stage.block(height + blocks, time + seconds);
            }
            Act::Stake(units) => {
                if self.stage.stake(by, units, 0).is_ok() {
                    self.now.own[who] += units;
                }
            }
            Act::Unstake(units) => {
                let unstake = staking::Command::Unstake { amount: amount(units) };
                if self.stage.run(by, Any::Staking(unstake)).is_ok() {
                    self.now.own[who] -= units;
                }
            }
            Act::Delegate(to) => {
                let to_user = to.map(|to| user(to as u32));
                let lend = staking::Command::Delegate { to: to_user };
                if self.stage.run(by, Any::Staking(lend)).is_ok() {
                    self.now.delegate[who] = to;
                }
            }
            Act::Withdraw(units) => {
                let withdraw = Command::Withdraw { amount: amount(units) };
                let done = self.stage.govern(by, withdraw).is_ok();
                assert_eq!(done, units > 0 && units <= self.free[who]);
                self.free[who] -= if done { units } else { 0 };
            }
            Act::Propose { track, kind } => self.propose(who, track, kind),
            Act::Vote { proposal, cuts, first } => self.vote(who, self.pick(proposal), cuts, first),
            Act::Queue(back) => self.queue(by, self.pick(back)),
            Act::Execute(back) => self.execute(by, self.pick(back)),
            Act::Settle(back) => self.settle(by, self.pick(back)),
            Act::Cancel(back) => self.cancel(who, self.pick(back)),
        }
    }

    fn propose(&mut self, who: usize, track: usize, kind: u8) {
        let (height, time) = self.block();
        let params: Params = self.stage.store.get(());
        let rules = params.tracks[track];
        let actions = match (track, kind % 4) {
            (_, 0) => vec![],
            (2, _) => {
                vec![to_governor(Command::Pause { module: Pausable::Network, seconds: 3 })]
            }
            // Now and then one that cannot be paid.
            (1, 1) => vec![pay(user(30), 9_000_000)],
            _ => vec![pay(user(30), 1)],
        };
        let acts = !actions.is_empty();
        let draft = draft(Track::ALL[track], actions);
        let done = self.stage.govern(user(who as u32), Command::Propose { draft });
        let snapshot = self.before.clone();
        let total: u128 = snapshot.own.iter().sum();
        let lent = (0..USERS).filter(|other| snapshot.delegate[*other] == Some(who));
        let mut power = lent.map(|other| snapshot.own[other]).sum::<u128>();
        if snapshot.delegate[who].is_none() {
            power += snapshot.own[who];
        }
        let deposit = rules.deposit.units();
        let may = total >= 10
            && power * 100 >= total
            && self.live(who) < usize::from(params.live)
            && self.free[who] >= deposit;
        assert_eq!(done.is_ok(), may, "{done:?}: {power} of {total}");
        if !may {
            return;
        }
        self.free[who] -= deposit;
        self.cases.push(Case {
            proposer: who,
            at: (height, time),
            snapshot,
            opens: time + rules.delay,
            deadline: time + rules.delay + rules.period,
            extended: false,
            rules: plain(&rules, acts),
            ballots: vec![None; USERS],
            done: Done::Nothing,
            settled: false,
        });
    }

    fn vote(&mut self, who: usize, id: usize, cuts: Vec<u32>, first: u8) {
        let (height, time) = self.block();
        let mut cuts: Vec<u128> = cuts.into_iter().map(u128::from).collect();
        cuts.extend([0, 1_000_000_000]);
        cuts.sort_unstable();
        cuts.dedup();
        let shares: Shares = cuts
            .windows(2)
            .enumerate()
            .map(|(at, cut)| ((usize::from(first) + 3 * at) % 4, cut[1] - cut[0]))
            .collect();
        let ballot = shares.iter().map(|(option, share)| (*option as u8, fraction(*share as u32)));
        let done = self.stage.vote(user(who as u32), id as u32, ballot.collect());
        let takes = self.cases.get(id).is_some_and(|case| case.takes(who, height, time));
        assert_eq!(done.is_ok(), takes, "{done:?}");
        if takes {
            self.cases[id].vote(who, shares, time);
        }
    }

    fn queue(&mut self, by: AccountId, id: usize) {
        let (height, time) = self.block();
        let done = self.stage.govern(by, Command::Queue { proposal: id as u32 }).is_ok();
        let case = self.cases.get_mut(id);
        let passed = |case: &Case| case.status(height, time) == Status::Passed && case.rules.acts;
        assert_eq!(done, case.as_ref().is_some_and(|case| passed(case)));
        if let (true, Some(case)) = (done, case) {
            if !case.settled {
                self.free[case.proposer] += case.rules.deposit;
            }
            (case.done, case.settled) = (Done::Queued(time + case.rules.timelock), true);
        }
    }

    fn execute(&mut self, by: AccountId, id: usize) {
        let (height, time) = self.block();
        let paid = balance(&self.stage, user(30));
        let done = self.stage.govern(by, Command::Execute { proposal: id as u32 }).is_ok();
        let Some(case) = self.cases.get_mut(id) else { return assert!(!done) };
        let status = case.status(height, time);
        assert_eq!(done, matches!(status, Status::Executable | Status::Failed));
        if !done {
            return;
        }
        let (Done::Queued(eta) | Done::Failed(eta)) = case.done else { panic!("{:?}", case.done) };
        let proposal: Proposal = self.stage.store.get(id as u32);
        let failed = matches!(proposal.stage, crate::governance::Stage::Failed { .. });
        case.done = if failed { Done::Failed(eta) } else { Done::Executed };
        let more = balance(&self.stage, user(30)) - paid;
        assert!(more <= 1 && (more == 0 || !failed), "all or nothing");
    }

    fn settle(&mut self, by: AccountId, id: usize) {
        let (height, time) = self.block();
        let unheard = {
            let params: Params = self.stage.store.get(());
            params.unheard == Unheard::Returned
        };
        let done = self.stage.govern(by, Command::Settle { proposal: id as u32 }).is_ok();
        let Some(case) = self.cases.get_mut(id) else { return assert!(!done) };
        let open = matches!(case.status(height, time), Status::Pending | Status::Open);
        assert_eq!(done, !open && !case.settled);
        if done {
            case.settled = true;
            if case.is_returned(height, time, unheard) {
                self.free[case.proposer] += case.rules.deposit;
            }
        }
    }

    fn cancel(&mut self, who: usize, id: usize) {
        let (height, time) = self.block();
        let cancel = Command::Cancel { proposal: id as u32, reason: Default::default() };
        let done = self.stage.govern(user(who as u32), cancel).is_ok();
        let Some(case) = self.cases.get_mut(id) else { return assert!(!done) };
        let may = case.proposer == who && case.status(height, time) == Status::Pending;
        assert_eq!(done, may);
        if done {
            self.free[who] += case.rules.deposit;
            (case.done, case.settled) = (Done::Cancelled, true);
        }
    }

    /// Everything that the auditor knows, against the records.
    fn audit(&mut self) {
        let (height, time) = self.block();
        for (id, case) in (0u32..).zip(&self.cases) {
            let proposal: Proposal = self.stage.store.get(id);
            assert_eq!(self.stage.tally(id), case.tally(), "tally of {id}");
            assert_eq!(proposal.deadline.get(), case.deadline, "deadline of {id}");
            assert_eq!(self.stage.status(id), case.status(height, time), "status of {id}");
            assert_eq!(proposal.settled, case.settled);
            assert!(case.abstention_is_neutral());
            self.seen.push(self.stage.status(id));
        }
        for (n, free) in (0u32..).zip(&self.free) {
            let depositor: Depositor = self.stage.store.get(user(n));
            let found = (depositor.free.units(), usize::from(depositor.live));
            assert_eq!(found, (*free, self.live(n as usize)), "deposits of {n}");
            let account: Account = self.stage.store.get(user(n));
            assert_eq!(account.own.current.power, Power::new(self.now.own[n as usize]));
        }
        if let Err(breach) = assembly_laws(&self.stage.store) {
            panic!("{breach}");
        }
    }
}

fn plain(rules: &TrackParams, acts: bool) -> Rules {
    Rules {
        deposit: rules.deposit.units(),
        extension: rules.extension,
        timelock: rules.timelock,
        grace: rules.grace,
        quorum: rules.quorum.parts().into(),
        threshold: match rules.threshold {
            Threshold::Majority => None,
            Threshold::AtLeast { part } => Some(part.parts().into()),
        },
        veto: rules.veto.parts().into(),
        revoting: rules.revoting,
        acts,
    }
}

proptest! {
    #![proptest_config(Config::with_cases(96))]
    /// Laws 6 and 8 to 12, deposits, deadlines and statuses, against the slow auditor.
    #[test]
    fn any_sequence_is_what_a_slow_auditor_counts(
        unheard in any::<bool>(), steps in vec(acts(), 1..90),
    ) {
        let mut trial = Trial::new(unheard);
        for (who, act) in steps {
            let (height, time) = (trial.stage.height, trial.stage.time);
            let proposals = Proposals::of(&trial.stage.store, height, time);
            let past = Past::of(&trial.stage.store, &[height]);
            trial.step(who, act);
            let (height, time) = (trial.stage.height, trial.stage.time);
            proposals.go_forward(&trial.stage.store, height, time).unwrap();
            past.is_unchanged(&trial.stage.store).unwrap();
            trial.audit();
        }
        state_laws(&trial.stage.store, Height::new(trial.block().0), crate::Amount::MAX).unwrap();
        let treasury = ModuleId::Treasury.account();
        assert!(balance(&trial.stage, treasury) + balance(&trial.stage, user(30)) >= 100_000);
    }
}

/// The sequences reach what they are made for.
#[test]
fn a_year_of_proposals_sees_every_status() {
    let mut trial = Trial::new(false);
    let full = || vec![];
    for round in 0..12 {
        let who = round % USERS;
        trial.step(who, Act::Propose { track: round % 3, kind: if round == 4 { 1 } else { 3 } });
        let id = trial.cases.len() - 1;
        trial.audit();
        if round == 11 {
            trial.step(who, Act::Cancel(0));
        }
        trial.step(0, Act::Wait { blocks: 1, seconds: 10 });
        for voter in 0..USERS {
            let option = match round {
                1 => crate::governance::NO,
                3 => crate::governance::VETO,
                _ => YES,
            };
            trial.vote(voter, id, full(), option);
            trial.audit();
        }
        for act in [Act::Queue(0), Act::Execute(0), Act::Settle(0)] {
            trial.step(0, Act::Wait { blocks: 1, seconds: if round == 7 { 80 } else { 30 } });
            trial.audit();
            trial.step(0, act);
            trial.audit();
        }
        trial.step(0, Act::Wait { blocks: 1, seconds: 60 });
        trial.audit();
    }
    for status in Status::ALL {
        assert!(trial.seen.contains(&status), "{} is never seen", status.name());
    }
}
