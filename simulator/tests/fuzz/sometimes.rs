//! What a long run must have reached: a fuzzer that never gets there proves nothing about it.

use crate::{aim::Order, civic::status_of};
use protocol::{
    Command, Event, Get,
    governance::{self, Event as Told, Overridden, Proposal, Status, Terms, cast},
};
use simulator::native::World;
use std::{cell::RefCell, collections::BTreeMap};

/// Each goal, and how often it was reached.
pub(crate) struct Sometimes(RefCell<BTreeMap<&'static str, u64>>);

/// What there is to reach.
const GOALS: [&str; 16] = [
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
];

impl Default for Sometimes {
    fn default() -> Self {
        Self(RefCell::new(GOALS.into_iter().map(|goal| (goal, 0)).collect()))
    }
}

impl Sometimes {
    fn reach(&self, goal: &'static str) {
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

/// Looks at what a command that succeeded has brought.
pub(crate) fn watch(w: &World, order: &Order, again: bool, sometimes: &Sometimes) {
    let executes = |id| {
        matches!(&order.command,
            Command::Governance(governance::Command::Execute { proposal }) if *proposal == id)
    };
    let by_vote = matches!(order.command, Command::Governance(governance::Command::Execute { .. }));
    let (mut ran, mut failed) = (None, false);
    for event in w.heard() {
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
            Told::Extended { .. } => sometimes.reach("deadline extended"),
            Told::Queued { .. } => sometimes.reach("passed and queued"),
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
            Told::Held { .. } => sometimes.reach("held"),
            Told::Dropped { .. } => sometimes.reach("dropped"),
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
