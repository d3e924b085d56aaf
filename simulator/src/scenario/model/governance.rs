//! Who decides, by which rules, and what the treasury may pay.

use protocol::{Amount, governance, treasury};

/// Governor and treasury of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Governance {
    /// What constitutional proposals may change.
    pub params: governance::Params,
    /// What no proposal can change.
    pub bounds: governance::Bounds,
    /// The first guardian.
    pub guardian: Option<GuardianPlan>,
    /// Caps and their window.
    pub caps: treasury::Params,
    /// Tokens that the treasury holds at the start.
    pub tokens: Amount,
}

/// A guardian's mandate, before accounts are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardianPlan {
    /// Its first member is the guardian.
    pub population: String,
    /// Seconds from when it is given.
    pub lasts: u64,
    /// The most seconds of one pause.
    pub pause: u64,
    /// How many pauses.
    pub pauses: u8,
}
