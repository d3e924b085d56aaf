//! The governor: proposals, votes, deposits, the guardian.

mod ballot;
mod command;
mod decide;
mod early;
mod genesis;
mod params;
pub mod reasons;
mod records;
mod status;
mod tally;
mod track;

pub use ballot::{ensure_valid, leading, own_part, split};
pub use command::{Choice, Command, Draft, Event, HOOK_TAG, Question};
pub use decide::{Outcome, cast, outcome, votes_for};
pub use early::is_early_pass;
pub use genesis::{Genesis, genesis};
pub use reasons::ALL as REASONS;
pub use records::{
    ABSTAIN, Actions, Ballot, Bounds, Depositor, Form, Guardian, Hooks, MAX_BODY, MAX_CHOICES,
    MAX_HOOKS, MAX_LINE, MAX_LIVE, MAX_SECONDS, MIN_CHOICES, Mandate, NO, Numbers, Overridden,
    Params, Proposal, STANDARD_OPTIONS, Stage, State, Terms, Text, Unheard, VETO, YES,
};
pub use status::{Status, carries, status};
pub use tally::{counted, uncounted};
pub use track::{Threshold, TrackParams};
