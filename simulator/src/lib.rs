//! Rehearses the rulebook: scenarios, agents, engine, trace, report.

pub mod agents;
pub mod audit;
pub mod bank;
pub mod claims;
pub mod deployment;
pub mod economy;
pub mod engine;
pub mod foreign;
pub mod lint;
pub mod market;
pub mod metagraph;
pub mod metrics;
pub mod native;
#[cfg(feature = "report")]
pub mod outcome;
pub mod random;
#[cfg(feature = "report")]
pub mod report;
pub mod run;
pub mod scenario;
#[cfg(feature = "report")]
pub mod score;
pub mod snapshot;
pub mod trace;
#[cfg(feature = "report")]
pub mod why;
