//! What became of proposals, as told by the engine's events.

use std::{collections::BTreeMap, sync::Arc};

use protocol::{
    AccountId, Amount, Event, Fraction, Refusal, Timestamp, Track,
    governance::{self, Form},
    treasury,
};

use crate::{
    agents::Likes,
    scenario::{Asked, Plan, Scenario},
};

/// Everything that governance did in a run.
#[derive(Clone, Debug, Default)]
pub struct Politics {
    /// Proposals of the run, by number from [`Politics::first`] on.
    pub cases: Vec<Case>,
    /// Plans that were refused when they were to be made.
    pub turned_away: Vec<TurnedAway>,
    /// What the treasury paid.
    pub payments: Vec<Payment>,
    /// Modules paused by anyone.
    pub pauses: u32,
    /// Commands that were refused, by the sender's handle and code.
    pub refused: BTreeMap<(u32, u16), u64>,
    /// Proposals that there were before the first case.
    pub(super) before: u32,
    /// Proposals that are not settled.
    pub(super) live: Vec<u32>,
    /// The plan that is being made.
    pub(super) making: Option<usize>,
    /// What people think of each plan, by event.
    likes: BTreeMap<usize, Arc<Likes>>,
}

/// One proposal's way.
#[derive(Clone, Debug)]
pub struct Case {
    /// The event that planned it; `None`: an agent made it by itself.
    pub plan: Option<usize>,
    /// Who made it.
    pub proposer: AccountId,
    /// Under which rules.
    pub track: Track,
    /// What was asked.
    pub form: Form,
    /// When.
    pub made: Timestamp,
    /// The first second of voting.
    pub opens: Timestamp,
    /// Votes cast, replaced ones counted again.
    pub ballots: u64,
    /// Whether a late quorum moved the deadline.
    pub extended: bool,
    /// When it was queued.
    pub queued: Option<Timestamp>,
    /// Whether it was put off.
    pub held: bool,
    /// When it was executed.
    pub executed: Option<Timestamp>,
    /// Why executions failed, by code.
    pub failures: Vec<u16>,
    /// Who cancelled it, and when.
    pub cancelled: Option<(AccountId, Timestamp)>,
    /// Deposit that went back.
    pub returned: Amount,
    /// Deposit that was lost.
    pub forfeited: Amount,
}

/// A plan that was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TurnedAway {
    /// The event that planned it.
    pub plan: usize,
    /// When.
    pub time: Timestamp,
    /// Why.
    pub code: u16,
}

/// Tokens that left the treasury.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// When.
    pub time: Timestamp,
    /// To whom.
    pub to: AccountId,
    /// How many.
    pub amount: Amount,
}

impl Politics {
    pub(super) fn new(scenario: &Scenario) -> Self {
        let likes = scenario.plans().map(|(event, plan)| (event, Arc::new(likes(plan))));
        Self { likes: likes.collect(), ..Self::default() }
    }

    /// The number of the run's first proposal: those before it were in the state at its beginning.
    pub fn first(&self) -> u32 {
        self.before
    }

    /// A case's place, if the proposal is the run's.
    fn place(&self, number: u32) -> Option<usize> {
        number.checked_sub(self.before).map(|place| place as usize)
    }

    /// What people think of a proposal; nothing good of one that nobody planned, and half of
    /// them veto it.
    pub(super) fn likes(&self, number: u32) -> Arc<Likes> {
        let case = self.place(number).and_then(|place| self.cases.get(place));
        let plan = case.and_then(|case| case.plan);
        let known = plan.and_then(|plan| self.likes.get(&plan)).cloned();
        known.unwrap_or_else(|| {
            let (interest, veto) = (Fraction::ONE, Fraction::HALF);
            Arc::new(Likes { interest, veto, ..Likes::default() })
        })
    }

    /// The last proposal of this name.
    pub(super) fn number(&self, name: &str) -> Option<u32> {
        let named = |case: &Case| {
            let likes = case.plan.and_then(|plan| self.likes.get(&plan));
            likes.is_some_and(|likes| likes.name.as_deref() == Some(name))
        };
        let at = self.cases.iter().rposition(named)?;
        u32::try_from(at).ok()?.checked_add(self.before)
    }

    /// Books one command. `reported` are refusals that undid a part of it only.
    pub(super) fn book(
        &mut self,
        sender: AccountId,
        now: Timestamp,
        outcome: &Result<(), Refusal>,
        heard: &[Event],
        reported: &[u16],
    ) {
        if let Err(refusal) = outcome {
            *self.refused.entry((sender.handle(), refusal.code())).or_default() += 1;
            return;
        }
        for event in heard {
            match event {
                Event::Governance(event) => self.governed(now, event, reported),
                Event::Treasury(event) => self.paid(now, event),
                _ => {}
            }
        }
    }

    fn governed(&mut self, now: Timestamp, event: &governance::Event, reported: &[u16]) {
        use governance::Event as E;
        match event {
            E::Proposed { proposal, proposer, track, form, opens, .. } => {
                self.live.push(*proposal);
                let plan = self.making.take();
                let (proposer, track, form, opens) = (*proposer, *track, *form, *opens);
                self.cases.push(Case::new(plan, proposer, track, form, now, opens));
            }
            E::Voted { proposal, .. } => self.change(*proposal, |case| case.ballots += 1),
            E::Extended { proposal, .. } => self.change(*proposal, |case| case.extended = true),
            E::Queued { proposal, .. } => self.change(*proposal, |case| case.queued = Some(now)),
            E::Held { proposal, .. } => self.change(*proposal, |case| case.held = true),
            E::Executed { proposal } => self.change(*proposal, |case| case.executed = Some(now)),
            E::ExecutionFailed { proposal } => self.change(*proposal, |case| {
                case.executed = None;
                case.failures.push(reported.last().copied().unwrap_or_default());
            }),
            E::Settled { proposal, returned, forfeited, .. } => self.change(*proposal, |case| {
                (case.returned, case.forfeited) = (*returned, *forfeited);
            }),
            E::Cancelled { proposal, by, .. } => {
                self.change(*proposal, |case| case.cancelled = Some((*by, now)));
            }
            E::Paused { .. } => self.pauses += 1,
            _ => {}
        }
    }

    fn paid(&mut self, time: Timestamp, event: &treasury::Event) {
        use treasury::Event as E;
        let (to, amount) = match event {
            E::Paid { to, amount, .. } => (*to, *amount),
            E::StreamClaimed { who, amount, .. } => (*who, *amount),
            // A milestone is paid as any payment, which is told besides.
            _ => return,
        };
        self.payments.push(Payment { time, to, amount });
    }

    fn change(&mut self, proposal: u32, change: impl FnOnce(&mut Case)) {
        if let Some(case) = self.place(proposal).and_then(|place| self.cases.get_mut(place)) {
            change(case);
        }
    }
}

impl Case {
    fn new(
        plan: Option<usize>,
        proposer: AccountId,
        track: Track,
        form: Form,
        made: Timestamp,
        opens: Timestamp,
    ) -> Self {
        Self {
            plan,
            proposer,
            track,
            form,
            made,
            opens,
            ballots: 0,
            extended: false,
            queued: None,
            held: false,
            executed: None,
            failures: Vec::new(),
            cancelled: None,
            returned: Amount::ZERO,
            forfeited: Amount::ZERO,
        }
    }
}

fn likes(plan: &Plan) -> Likes {
    Likes {
        name: plan.name.clone(),
        support: plan.support,
        shown: plan.shown,
        veto: plan.veto,
        interest: plan.interest,
        wants: match &plan.asked {
            Asked::Choice { options } => options.iter().map(|(_, part, _)| *part).collect(),
            Asked::Gauge { topics, .. } => topics.iter().map(|(_, part)| *part).collect(),
            Asked::Standard { .. } | Asked::Signal => Vec::new(),
        },
        attack: plan.attack,
    }
}
