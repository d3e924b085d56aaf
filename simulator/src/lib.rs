//! Rehearses the rulebook: scenarios, agents, engine, trace, report.

#[cfg(sim_wip)]
pub mod agents;
pub mod bank;
pub mod economy;
pub mod engine;
pub mod market;
pub mod metrics;
pub mod native;
pub mod random;
pub mod report;
#[cfg(sim_wip)]
pub mod run;
#[cfg(sim_wip)]
pub mod scenario;
