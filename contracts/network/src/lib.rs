//! The network contract: messages onto the rules of `protocol::network`.

mod contract;
mod query;

pub use contract::{execute, instantiate, migrate};
pub use query::query;
