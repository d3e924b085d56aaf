//! Talks to a Cosmos chain over gRPC: which node, whose key, what to sign, whether it happened.
//!
//! Everything is behind the feature `chain`, off by default.
//!
//! - A transaction is paid for once: its hash is known before it is broadcast, its last block is
//!   part of it, and it is signed anew only where it can no longer be included.
//! - What a chain says is checked where two answers can contradict each other, and shown to
//!   people without anything that a terminal would obey.
#![cfg(feature = "chain")]

mod address;
mod amino;
mod connect;
mod decimal;
mod encode;
mod error;
mod executed;
mod gas;
mod hex;
mod key;
mod message;
mod network;
mod node;
mod queries;
mod reason;
mod sender;
mod settle;
mod sign;
mod text;
mod unsigned;

pub use address::{address_bytes, address_text, predictable};
pub use connect::connect;
pub use decimal::Decimal;
pub use encode::base64;
pub use error::{Error, Result};
pub use executed::{Executed, executed};
pub use gas::{Fee, GasPolicy, GasPrice};
pub use key::{Key, Source};
pub use message::{Coin, Message};
pub use network::Network;
pub use node::{Account, Block, Broadcast, Included, Node, Timing};
pub use queries::{CodeInfo, ContractInfo};
pub use reason::reason;
pub use sender::Sender;
pub use settle::Fate;
pub use sign::{SignMode, Signed, Signing, sign};
pub use text::harmless;
pub use unsigned::{sign_doc, unsigned};
