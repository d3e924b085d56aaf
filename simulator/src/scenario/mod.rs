//! What is rehearsed: a network, the people in it, what happens to it, and what is expected.

pub mod file;
mod model;

pub use model::{
    Aggregate, Asked, Behaviour, Choice, Clock, Comparison, Deed, Drift, Emission, Event, Gate,
    Governance, GuardianPlan, Habit, Halt, Happening, Invalid, Market, Places, Plan, Political,
    Population, QualitySpread, Role, Scenario, Snapshot, Spread, Staking, Stance, Token, Topic,
    TraceOptions, Voter,
};
