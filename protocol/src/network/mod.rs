//! The scoring network: topics, slots, weights, paged epochs.

mod apply;
mod close;
mod command;
mod create_topic;
mod genesis;
mod leave;
mod params;
mod pause;
mod price;
mod prune;
pub mod reasons;
mod records;
mod register;
pub mod row;
mod scoring;
mod scratch;
mod slots;
mod submit;
#[cfg(test)]
mod tests;
mod update_topic;
mod views;

pub use apply::{apply, apply_with};
pub use close::{PAID_ROWS, due, kernel_stakes, paid_rows};
pub use command::{Command, Event};
pub use genesis::{Genesis, TopicGenesis, genesis};
pub use params::{MAX_BLOCKS, MAX_OWNER_CUT, MAX_TEMPO, MAX_VALIDATORS};
pub use price::{price_now, raised};
pub use prune::immune;
pub use reasons::ALL as REASONS;
pub use records::{
    BOND_GROUP, Bonds, Closing, MAX_SLOTS, Next, PAGE, Params, Paused, Pending, PriceParams,
    Registered, Row, Seat, Slot, Standing, State, Topic, TopicParams, Updated, VACANT, Working,
};
pub use scoring::{Electorate, Liquid, Scoring, YumaVariant};
pub use scratch::Scratch;
pub use update_topic::owner_may_change;
pub use views::{SlotView, bonds, holder, price, slot, topic, uid_of, weights};
