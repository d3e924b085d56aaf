//! The treasury: pays what proposals decided, under a cap; streams, grants, handover.

mod action;
mod command;
pub mod reasons;
mod records;

pub use action::{Action, MAX_ACTIONS, MAX_MESSAGE};
pub use command::{Command, Event};
pub use reasons::ALL as REASONS;
pub use records::{
    Authority, BUCKETS, Bucket, Grant, GrantTerms, MAX_BUCKETS, MAX_MILESTONES, MAX_PERIOD,
    MAX_WINDOW, Numbers, Outflow, Params, Promised, State, Stream, StreamTerms,
};
