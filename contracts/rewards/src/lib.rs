//! The rewards contract: messages onto the rules of `protocol::rewards`.

mod contract;
mod query;

pub use contract::{execute, instantiate, migrate};
pub use query::query;
