//! The treasury: pays what proposals decided, under a cap; streams, grants, handover.

mod action;
mod apply;
mod authority;
mod carry;
mod command;
mod execute;
mod genesis;
mod grant;
mod pay;
pub mod reasons;
mod records;
mod stream;
#[cfg(test)]
mod tests;
mod views;
mod window;

pub use action::{Action, MAX_ACTIONS, MAX_MESSAGE};
pub use apply::apply;
pub use authority::authority;
pub use carry::{carried, needed, outflow};
pub use command::{Command, Event};
pub use genesis::{Genesis, genesis};
pub use reasons::ALL as REASONS;
pub use records::{
    Authority, BUCKETS, Bucket, Grant, GrantTerms, MAX_BUCKETS, MAX_MILESTONES, MAX_PERIOD,
    MAX_WINDOW, Numbers, Outflow, Params, Promised, State, Stream, StreamTerms,
};
pub use views::{claimable, room};
