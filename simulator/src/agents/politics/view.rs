//! A proposal as agents see it at a close.

use std::sync::Arc;

use protocol::{
    Fraction, Timestamp,
    governance::{Form, Status, Terms},
};

/// A proposal that is not over.
#[derive(Clone, Debug)]
pub struct ProposalView {
    /// Its number.
    pub number: u32,
    /// What was fixed when it was made.
    pub terms: Terms,
    /// How it stands.
    pub status: Status,
    /// The first second without votes.
    pub deadline: Timestamp,
    /// What people think of it.
    pub likes: Arc<Likes>,
}

/// What people think of a proposal, which its voters find out one by one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Likes {
    /// What the scenario calls it.
    pub name: Option<String>,
    /// The part who are for it once they know what it does.
    pub support: Fraction,
    /// The part who are for what it says.
    pub shown: Fraction,
    /// The part of those against it who veto.
    pub veto: Fraction,
    /// The part of those who usually vote that it interests.
    pub interest: Fraction,
    /// The part who want each option of a choice or gauge.
    pub wants: Vec<Fraction>,
    /// Whether it is an attack.
    pub attack: bool,
}

impl ProposalView {
    /// Whether votes are taken.
    pub fn is_open(&self) -> bool {
        self.status == Status::Open
    }

    /// Whether it is the one, or any where none is named.
    pub fn is(&self, name: Option<&str>) -> bool {
        name.is_none_or(|name| self.likes.name.as_deref() == Some(name))
    }

    /// Whether there may be no other epoch before the deadline: `epoch` seconds each.
    pub fn is_late(&self, now: Timestamp, epoch: u64) -> bool {
        self.deadline.since(now) <= epoch.saturating_mul(2)
    }

    /// Whether a ballot has yes, no, abstain and veto.
    pub const fn is_standard(&self) -> bool {
        matches!(self.terms.form, Form::Standard | Form::Signal)
    }

    /// The option that means none of them.
    pub const fn none(&self) -> u8 {
        self.terms.options.saturating_sub(1)
    }
}
