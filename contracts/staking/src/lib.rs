//! The staking contract: messages onto the rules of `protocol::staking`; cw4's and
//! DAO DAO's queries.

mod contract;
mod members;
mod query;

pub use contract::{execute, instantiate, migrate, reply};
pub use query::query;
