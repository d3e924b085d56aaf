//! The governor contract: messages onto the rules of `protocol::governance`; cw3's queries.

mod contract;
mod cw3_query;
mod query;

pub use contract::{execute, instantiate, migrate, reply};
pub use query::query;
