//! The token contract: cw20's messages onto the rules of `protocol::token`.

mod contract;
mod query;

pub use contract::{execute, instantiate, migrate};
pub use query::query;
