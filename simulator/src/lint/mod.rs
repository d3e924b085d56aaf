//! What is wrong or doubtful about the parameters of a scenario or a deployment, all at once.
//!
//! A *violation* is what the rulebook refuses: genesis, and an update on chain, would. A *doubt*
//! is allowed, and seldom meant: a rule that is switched off, a number that another one makes
//! useless, a period too short for what it is for. Each module's parameters have their file; a
//! module joins by adding its function to [`findings`].

mod deployment;
mod emission;
mod governance;
mod people;
mod staking;
mod subject;
mod topics;

use protocol::Refusal;

pub use deployment::deployed;
pub(crate) use subject::Subject;

use crate::scenario::Scenario;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Allowed, and seldom meant.
    Doubt,
    /// Refused by the rules.
    Violation,
}

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// The key that it is about, as a path: `topics.work.activity_cutoff`.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

/// Every finding about a scenario, in the order of its file's parts.
pub fn findings(scenario: &Scenario) -> Vec<Finding> {
    let (mut found, subject) = (Found(Vec::new()), Subject::of(scenario));
    staking::lint(&subject, &mut found);
    emission::lint(&subject, &mut found);
    emission::around(scenario, &subject, &mut found);
    topics::lint(&subject, &mut found);
    topics::around(scenario, &subject, &mut found);
    people::lint(scenario, &mut found);
    governance::lint(scenario, &mut found);
    found.0
}

/// Collects findings.
struct Found(Vec<Finding>);

impl Found {
    /// Doubts where `holds` is true.
    fn doubt(&mut self, holds: bool, place: &str, what: impl Into<String>, fix: &str) {
        if holds {
            let severity = Severity::Doubt;
            let (place, fix) = (place.to_owned(), fix.to_owned());
            self.0.push(Finding { severity, place, what: what.into(), fix });
        }
    }

    /// What the rulebook refuses; `key` says which key of `place` a code is about.
    fn violations(
        &mut self,
        refusals: Vec<Refusal>,
        place: &str,
        key: impl Fn(u16) -> &'static str,
    ) {
        for refusal in refusals {
            let numbers = match (refusal.have, refusal.need) {
                (0, 0) => String::new(),
                (have, need) => format!(" (have {have}, need {need})"),
            };
            let (code, what) = (refusal.code(), refusal.reason.what);
            let place = match key(code) {
                "" => place.to_owned(),
                key if place.is_empty() => key.to_owned(),
                key => format!("{place}.{key}"),
            };
            self.0.push(Finding {
                severity: Severity::Violation,
                place,
                what: format!("E{code:04} {what}{numbers}"),
                fix: refusal.reason.fix.to_owned(),
            });
        }
    }
}
