//! Rehearses the rulebook: scenarios, agents, engine, trace, report.

pub mod random;
pub mod report;
