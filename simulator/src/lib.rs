//! Rehearses the rulebook: scenarios, agents, engine, trace, report.

pub mod report;
