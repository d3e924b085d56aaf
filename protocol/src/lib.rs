//! The rulebook: pure state transitions, no I/O, no clock, no randomness, no floats.
//!
//! Rules by value (functions of records and numbers) are what the docs explain and property
//! tests quote. Verbs load, rule and save over the ports [`Get`] and [`Has`], so that the
//! contracts and the native engine run the same orchestration too.

mod account;
mod accrued;
mod asset;
mod codec;
mod context;
#[cfg(feature = "digest")]
mod digest;
mod effect;
pub mod governance;
pub mod laws;
pub mod network;
pub mod pause;
mod ports;
mod refusal;
pub mod rewards;
pub mod staking;
mod store;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod token;
mod track;
pub mod treasury;
mod units;
mod wide;

pub use account::{AccountId, FIRST_USER, MODULES, ModuleId};
pub use accrued::Accrued;
pub use asset::Asset;
pub use codec::{Bytes, Codec, Names, decode, encode};
pub use context::Context;
#[cfg(feature = "digest")]
pub use digest::{Digest, VERSION, bytes_hash, record_bytes, record_hash, state_hash};
pub use effect::{
    AttributeKind, Command, EVENTS, Effect, Event, EventKind, OnFail, Payload, Value,
};
pub use ports::{AddressPort, BalancePort, IndexPort, SlotPort, StakePort, TopicPort, TrackPort};
pub use refusal::{
    ALL as COMMON_REASONS, AMOUNT_TOO_LARGE, MALFORMED, NOT_AUTHORISED, NOT_NEWER, PAUSED,
    PEER_SILENT, Reason, Refusal, UNEXPECTED_FUNDS, WRONG_DENOM, catalogue,
};
pub use store::{All, Get, Has, Key, Record, UNHASHED, key_bytes};
pub use track::Track;
pub use units::{Amount, Epoch, Fraction, Height, Power, Timestamp};
pub use wide::mul_div_floor;
