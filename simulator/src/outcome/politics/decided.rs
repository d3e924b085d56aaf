//! One proposal's way, as numbers.

use protocol::{
    AccountId, FIRST_USER, Timestamp, Track,
    governance::{self, ABSTAIN, Form, NO, Proposal, Status, Terms, VETO, YES},
};

use super::stop::{Stop, stopped};
use crate::{
    run::{Case, Season},
    scenario::Happening,
};

/// What became of one proposal. Days count from the start of the run.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// Its number.
    pub number: u32,
    /// The event that planned it; `None`: an agent made it by itself.
    pub plan: Option<usize>,
    /// What reports call it: its name, or its title.
    pub name: String,
    /// Whether it is one of the attacks.
    pub attack: bool,
    /// Index of the proposer's population.
    pub group: Option<usize>,
    /// Under which rules.
    pub track: Track,
    /// What was asked.
    pub form: Form,
    /// How it stands at the end.
    pub status: Status,
    /// The day it was made.
    pub made: f64,
    /// The day voting began.
    pub opens: f64,
    /// The day it ended, or will.
    pub deadline: f64,
    /// The day it was queued.
    pub queued: Option<f64>,
    /// The day it was executed.
    pub executed: Option<f64>,
    /// The day it was cancelled.
    pub cancelled: Option<f64>,
    /// Votes, of all power at the snapshot.
    pub turnout: f64,
    /// The quorum, of the same.
    pub quorum: f64,
    /// Yes, of yes, no and veto; the winner's, of all votes, where there were options.
    pub approval: Option<f64>,
    /// Veto, of all votes.
    pub veto: Option<f64>,
    /// Ballots cast.
    pub ballots: u64,
    /// Whether a late quorum moved the deadline.
    pub extended: bool,
    /// How often its execution failed.
    pub failures: usize,
    /// Deposit lost, in base units.
    pub forfeited: u128,
    /// What stopped it, if anything did.
    pub stop: Option<Stop>,
}

impl Decided {
    /// Reads the way of proposal `number` off a season.
    pub(super) fn of(season: &Season<'_>, number: u32, case: &Case, first: Timestamp) -> Self {
        let (terms, record) = season.proposal(number);
        let world = season.state();
        let status = governance::status(&terms, &record, world.height(), world.time());
        let days = |time: Timestamp| time.since(first) as f64 / 86_400.0;
        let plan =
            case.plan.and_then(|event| match &season.scenario().events.get(event)?.happening {
                Happening::Proposed(plan) => Some(&**plan),
                _ => None,
            });
        let named = plan.map(|plan| plan.name.clone().unwrap_or_else(|| plan.title.clone()));
        let cast = governance::cast(&record.tally);
        Self {
            number,
            plan: case.plan,
            name: named.unwrap_or_else(|| format!("proposal {number}")),
            attack: plan.is_some_and(|plan| plan.attack),
            group: group(season, case.proposer),
            track: case.track,
            form: case.form,
            status,
            made: days(case.made),
            opens: days(case.opens),
            deadline: days(record.deadline),
            queued: case.queued.map(days),
            executed: case.executed.map(days),
            cancelled: case.cancelled.map(|(_, time)| days(time)),
            turnout: share(cast, terms.total.units()).unwrap_or(0.0),
            quorum: share(terms.quorum.units(), terms.total.units()).unwrap_or(0.0),
            approval: approval(&terms, &record),
            veto: is_standard(&terms)
                .then(|| share(governance::votes_for(&record.tally, VETO), cast))
                .flatten(),
            ballots: case.ballots,
            extended: case.extended,
            failures: case.failures.len(),
            forfeited: case.forfeited.units(),
            stop: stopped(case, &terms, &record, status),
        }
    }

    /// Whether it passed, whatever became of it then.
    pub fn passed(&self) -> bool {
        let after = matches!(
            self.status,
            Status::Passed
                | Status::Queued
                | Status::Executable
                | Status::Executed
                | Status::Failed
        );
        after || self.queued.is_some() || self.status == Status::Expired
    }

    /// Whether its voting is over.
    pub fn is_decided(&self) -> bool {
        !matches!(self.status, Status::Pending | Status::Open)
    }
}

/// The population of whoever has this account.
pub(super) fn group(season: &Season<'_>, who: AccountId) -> Option<usize> {
    let place = who.handle().checked_sub(FIRST_USER)?;
    season.roster().members.get(place as usize).map(|member| member.group)
}

const fn is_standard(terms: &Terms) -> bool {
    matches!(terms.form, Form::Standard | Form::Signal)
}

fn approval(terms: &Terms, record: &Proposal) -> Option<f64> {
    let votes = |option| governance::votes_for(&record.tally, option);
    let cast = governance::cast(&record.tally);
    match is_standard(terms) {
        true => share(votes(YES), cast - votes(ABSTAIN)),
        false => share((0..terms.options).map(votes).max().unwrap_or(0), cast),
    }
}

/// `some / all`; `None` of nothing.
pub(super) fn share(some: u128, all: u128) -> Option<f64> {
    (all > 0).then(|| some as f64 / all as f64)
}

/// No and veto together, of all power: what an optimistic proposal is stopped by.
pub(super) fn objecting(terms: &Terms, record: &Proposal) -> Option<f64> {
    let votes = |option| governance::votes_for(&record.tally, option);
    share(votes(NO) + votes(VETO), terms.total.units())
}
