//! The governor: proposals, votes, deposits, the guardian.

mod apply;
mod ballot;
mod cancel;
mod command;
mod decide;
mod deposit;
mod draft;
mod early;
mod execute;
mod gauge;
mod genesis;
mod guardian;
mod hold;
mod hooks;
mod lint;
mod load;
mod params;
mod pause;
mod propose;
mod queue;
pub mod reasons;
mod records;
mod settle;
mod status;
mod tally;
#[cfg(test)]
mod tests;
mod track;
mod update_params;
mod vote;

pub use apply::apply;
pub use ballot::{ensure_valid, leading, own_part, split};
pub use command::{Choice, Command, Draft, Event, HOOK_TAG, Question};
pub use decide::{Outcome, cast, outcome, votes_for};
pub use early::is_early_pass;
pub use gauge::{allocated, shared};
pub use genesis::{Genesis, genesis};
pub use lint::{Surroundings, lint};
pub use queue::winner;
pub use reasons::ALL as REASONS;
pub use records::{
    ABSTAIN, Actions, Ballot, Bounds, Depositor, Form, Guardian, MAX_BODY, MAX_CHOICES, MAX_HOOKS,
    MAX_LINE, MAX_LIVE, MAX_SECONDS, MIN_CHOICES, Mandate, NO, Numbers, Overridden, Params,
    Proposal, STANDARD_OPTIONS, Stage, State, Terms, Text, Unheard, VETO, YES,
};
pub use settle::is_returned;
pub use status::{Status, carries, status};
pub use tally::{counted, uncounted};
pub use track::{Threshold, TrackParams};
pub use vote::extended;
