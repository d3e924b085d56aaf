//! The scoring network: topics, slots, weights, paged epochs.

mod command;
mod reasons;
mod records;
mod scoring;

pub use command::{Command, Event};
pub use reasons::ALL as REASONS;
pub use records::{
    Bonds, Closing, MAX_SLOTS, Next, PAGE, Params, PriceParams, Registered, Row, Seat, Slot,
    Standing, State, Topic, TopicParams, Updated, Working,
};
pub use scoring::Scoring;
