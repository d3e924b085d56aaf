//! What a long run must have reached: a fuzzer that never gets there proves nothing about it.

use crate::{aim::Order, civic::status_of, plan::GUARDIAN};
use protocol::{
    Command, Event, Get,
    governance::{self, Event as Told, Guardian, Overridden, Proposal, Status, Terms, cast},
    staking, treasury,
};
use simulator::native::World;
use std::{cell::RefCell, collections::BTreeMap};

/// Each goal, and how often it was reached.
pub(crate) struct Sometimes(RefCell<BTreeMap<&'static str, u64>>);

/// What there is to reach.
const GOALS: [&str; 22] = [
    "quorum met",
    "deadline extended",
    "passed and queued",
    "vetoed",
    "defeated without quorum",
    "executed",
    "failed",
    "retried and executed",
    "cancelled by its proposer",
    "cancelled by the guardian",
    "expired",
    "overridden",
    "held",
    "dropped",
    "parameters changed by a vote",
    "paused by a vote",
    "paused by the guardian",
    "the guardian's mandate lapsed",
    "a subscriber failed",
    "a stream paid",
    "a milestone paid",
    "the cap of a window hit",
];

/// What a refusal by the window's cap has for a code.
const OVER_CAP: u16 = 601;

impl Sometimes {
    /// None reached yet, nor any of `more`.
    pub(crate) fn with(more: &[&'static str]) -> Self {
        let goals = GOALS.iter().chain(more);
        Self(RefCell::new(goals.map(|goal| (*goal, 0)).collect()))
    }

    /// Counts a goal that was reached.
    pub(crate) fn reach(&self, goal: &'static str) {
        *self.0.borrow_mut().entry(goal).or_default() += 1;
    }

    /// Prints how often each was reached.
    pub(crate) fn report(&self) {
        for (goal, times) in self.0.borrow().iter() {
            println!("sometimes {goal}: {times}");
        }
    }

    /// What never was.
    pub(crate) fn never(&self) -> Vec<&'static str> {
        self.0.borrow().iter().filter(|(_, times)| **times == 0).map(|(goal, _)| *goal).collect()
    }
}

/// Whether a command tries again what failed before.
pub(crate) fn is_retry(w: &World, order: &Order) -> bool {
    match order.command {
        Command::Governance(governance::Command::Execute { proposal }) => {
            status_of(w, proposal) == Status::Failed
        }
        _ => false,
    }
}

/// Looks at why a command was refused.
pub(crate) fn watch_refused(w: &World, order: &Order, code: u16, sometimes: &Sometimes) {
    use governance::Command::{Cancel, Pause};
    let Guardian { mandate } = w.get(());
    let acts = matches!(&order.command, Command::Governance(Cancel { .. } | Pause { .. }));
    if acts && mandate.guardian == Some(order.sender) && w.time() >= mandate.ends {
        sometimes.reach("the guardian's mandate lapsed");
    }
    if code == OVER_CAP {
        sometimes.reach("the cap of a window hit");
    }
}

/// The goal that an event is, whatever else is known.
fn reached(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::Staking(staking::Event::HookFailed { .. }) => "a subscriber failed",
        Event::Treasury(treasury::Event::StreamClaimed { .. }) => "a stream paid",
        Event::Treasury(treasury::Event::Released { .. }) => "a milestone paid",
        Event::Governance(event) => match event {
            Told::Extended { .. } => "deadline extended",
            Told::Queued { .. } => "passed and queued",
            Told::Held { .. } => "held",
            Told::Dropped { .. } => "dropped",
            Told::HookFailed { .. } => "a subscriber failed",
            Told::Paused { by, .. } if *by == GUARDIAN => "paused by the guardian",
            _ => return None,
        },
        _ => return None,
    })
}

/// Looks at what a command that succeeded has brought.
pub(crate) fn watch(w: &World, order: &Order, again: bool, sometimes: &Sometimes) {
    let executes = |id| {
        matches!(&order.command,
            Command::Governance(governance::Command::Execute { proposal }) if *proposal == id)
    };
    let by_vote = matches!(order.command, Command::Governance(governance::Command::Execute { .. }));
    let (mut ran, mut failed) = (None, false);
    if w.reported().contains(&OVER_CAP) {
        sometimes.reach("the cap of a window hit");
    }
    for event in w.heard() {
        if let Some(goal) = reached(event) {
            sometimes.reach(goal);
        }
        let Event::Governance(event) = event else { continue };
        match event {
            Told::Voted { proposal, voter, .. } => {
                let (terms, found): (Terms, Proposal) = (w.get(*proposal), w.get(*proposal));
                if cast(&found.tally) >= terms.quorum.units() {
                    sometimes.reach("quorum met");
                }
                let taken: Overridden = w.get((*proposal, *voter));
                if !taken.power.is_zero() {
                    sometimes.reach("overridden");
                }
            }
            Told::Settled { status, returned, forfeited, .. } => match status {
                Status::Vetoed => sometimes.reach("vetoed"),
                Status::Expired => sometimes.reach("expired"),
                Status::Defeated if returned < forfeited => {
                    sometimes.reach("defeated without quorum");
                }
                _ => {}
            },
            Told::Executed { proposal } if executes(*proposal) => ran = Some(*proposal),
            Told::ExecutionFailed { .. } => failed = true,
            Told::Cancelled { proposal, by, .. } => {
                let terms: Terms = w.get(*proposal);
                sometimes.reach(if terms.proposer == Some(*by) {
                    "cancelled by its proposer"
                } else {
                    "cancelled by the guardian"
                });
            }
            Told::ParamsUpdated {} if by_vote => sometimes.reach("parameters changed by a vote"),
            Told::Paused { .. } if by_vote => sometimes.reach("paused by a vote"),
            _ => {}
        }
    }
    if ran.is_some() {
        sometimes.reach(match (failed, again) {
            (true, _) => "failed",
            (false, true) => "retried and executed",
            (false, false) => "executed",
        });
    }
}
