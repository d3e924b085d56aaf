//! How a proposal stands: a function of its records and of now, never a stored word.

use crate::{
    governance::{Form, Outcome, Proposal, Stage, Terms, decide::outcome, early::is_early_pass},
    units::{Height, Timestamp},
};

/// How a proposal stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Status {
    /// Voting has not begun.
    Pending,
    /// Votes are taken.
    Open,
    /// It has passed. With actions, anyone may queue it until its grace is over.
    Passed,
    /// It failed.
    Defeated,
    /// It failed by veto.
    Vetoed,
    /// Its timelock runs.
    Queued,
    /// It may be executed until its grace is over.
    Executable,
    /// It was executed.
    Executed,
    /// Its last execution failed; it may be tried again until its grace is over.
    Failed,
    /// It passed, but was not queued or executed in time.
    Expired,
    /// It was cancelled.
    Cancelled,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 11] = [
        Self::Pending,
        Self::Open,
        Self::Passed,
        Self::Defeated,
        Self::Vetoed,
        Self::Queued,
        Self::Executable,
        Self::Executed,
        Self::Failed,
        Self::Expired,
        Self::Cancelled,
    ];

    /// The name used in events, queries and reports.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Open => "open",
            Self::Passed => "passed",
            Self::Defeated => "defeated",
            Self::Vetoed => "vetoed",
            Self::Queued => "queued",
            Self::Executable => "executable",
            Self::Executed => "executed",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// What may come directly after it, by an act or by time; none where it is final. There is
    /// no way back.
    pub const fn next(self) -> &'static [Self] {
        match self {
            Self::Pending => &[Self::Open, Self::Passed, Self::Defeated, Self::Cancelled],
            Self::Open => &[Self::Passed, Self::Defeated, Self::Vetoed],
            Self::Passed => &[Self::Queued, Self::Expired],
            Self::Queued => &[Self::Executable, Self::Cancelled],
            Self::Executable => &[Self::Executed, Self::Failed, Self::Expired, Self::Cancelled],
            Self::Failed => &[Self::Executed, Self::Expired, Self::Cancelled],
            Self::Defeated | Self::Vetoed | Self::Executed | Self::Expired | Self::Cancelled => &[],
        }
    }

    /// Whether nothing can come after it.
    pub const fn is_final(self) -> bool {
        self.next().is_empty()
    }

    /// Whether `later` may be seen some time after it: by any number of [`next`](Self::next).
    pub fn leads_to(self, later: Self) -> bool {
        self == later || self.next().iter().any(|next| next.leads_to(later))
    }
}

/// How a proposal stands in the block `height` at `time`.
///
/// | stage | time | status |
/// |---|---|---|
/// | voting | block of creation, or before `opens` | pending |
/// | | before the deadline | open; passed where no further vote can change that |
/// | | from the deadline on | vetoed, defeated or passed, by [`outcome`] |
/// | | grace after the deadline, passed with actions | expired |
/// | queued | before `eta` | queued |
/// | | from `eta` on | executable |
/// | queued or failed | grace after `eta` | expired |
pub fn status(terms: &Terms, proposal: &Proposal, height: Height, time: Timestamp) -> Status {
    let over = |from: Timestamp| time >= from.after(terms.grace);
    match proposal.stage {
        Stage::Executed { .. } => Status::Executed,
        Stage::Cancelled => Status::Cancelled,
        Stage::Queued { eta } | Stage::Failed { eta } if over(eta) => Status::Expired,
        Stage::Failed { .. } => Status::Failed,
        Stage::Queued { eta } if time < eta => Status::Queued,
        Stage::Queued { .. } => Status::Executable,
        Stage::Voting if height <= terms.snapshot || time < terms.opens => Status::Pending,
        Stage::Voting if time < proposal.deadline => {
            if is_early_pass(terms, proposal.firm) {
                Status::Passed
            } else {
                Status::Open
            }
        }
        Stage::Voting => match outcome(terms, &proposal.tally) {
            Outcome::Vetoed => Status::Vetoed,
            Outcome::Defeated { .. } => Status::Defeated,
            Outcome::Passed { option } if carries(terms, option) && over(proposal.deadline) => {
                Status::Expired
            }
            Outcome::Passed { .. } => Status::Passed,
        },
    }
}

/// Whether something follows if this option wins.
pub const fn carries(terms: &Terms, option: u8) -> bool {
    match terms.form {
        Form::Gauge => true,
        _ => terms.carries.wrapping_shr(option as u32) & 1 == 1,
    }
}
