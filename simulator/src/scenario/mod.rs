//! What is rehearsed: a network, the people in it, what happens to it, and what is expected.

pub mod file;
mod model;

pub use model::{
    Aggregate, Behaviour, Choice, Clock, Comparison, Drift, Emission, Event, Gate, Halt, Happening,
    Invalid, Market, Places, Population, QualitySpread, Role, Scenario, Snapshot, Spread, Staking,
    Token, Topic, TraceOptions,
};
