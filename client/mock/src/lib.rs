//! A chain in memory that answers gRPC: the real contracts under cw-multi-test, with signatures,
//! sequences and chain ids checked as a node checks them. It can be told to misbehave.
//!
//! For tests alone; everything is behind the feature `chain`, off by default.
#![cfg(feature = "chain")]

mod answer;
mod chain;
mod checks;
mod codes;
mod ledger;
mod mischief;
mod run;
mod serve;
mod server;

pub use codes::artifact;
pub use mischief::Mischief;
pub use server::{MockChain, Setup};
