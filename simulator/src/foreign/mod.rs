//! Systems that were broken, with the rules that they had: one file a system.
//!
//! These rules are told, not offered. No contract, engine or agent can reach them; only a
//! scenario file with a `[foreign]` table does, and what it gets is a [`Tale`]: what happened,
//! step by step, the numbers, and which rule was missing. Everything is whole numbers, and the
//! same file gives the same tale.

mod beanstalk;
mod board;
mod build_finance;
mod compound;
mod curve;
mod incident;
mod juno;
mod mango;
mod part_of;
#[cfg(feature = "report")]
mod present;
mod steem;
mod tale;
mod tornado;

pub use incident::{Incident, System};
#[cfg(feature = "report")]
pub use present::{Told, judge, present};
pub use tale::{Counted, Figure, Missing, Step, Tale};
