//! Rehearses the rulebook: scenarios, agents, engine, trace, report.

pub mod bank;
pub mod engine;
pub mod native;
pub mod random;
pub mod report;
