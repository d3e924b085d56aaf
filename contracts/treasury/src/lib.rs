//! The treasury contract: messages onto the rules of `protocol::treasury`.

mod contract;
mod purse;
mod query;

pub use contract::{execute, instantiate, migrate};
pub use query::query;
