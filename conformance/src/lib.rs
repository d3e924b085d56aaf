//! The same scenario through the real contracts and the real Wasm.
//!
//! The native engine runs a season; every command it applies is sent, as JSON, to the contracts on
//! a chain in memory, once compiled as Rust and once as the Wasm that is deployed. After
//! each command all must have refused it with the same code or accepted it, and after each
//! epoch all must have the same state hash, the chains' computed from raw contract storage.
//!
//! ```text
//! Season ──Recorder──▶ Rehearsal ──▶ Chain (contracts) ──▶ cw-multi-test ──▶ Rust
//!   │ native World                └▶ Chain (wasm) ──────▶ cw-multi-test ──▶ vm ──▶ Wasm
//! ```

mod book;
mod chain;
mod codes;
mod compare;
mod deploy;
mod error;
mod mirror;
mod rehearsal;
mod run;
mod start;
pub mod vm;

pub use chain::Chain;
pub use codes::{ARTIFACTS, Codes};
pub use compare::{Mismatch, RecordDifference, Sent, first_difference};
pub use error::ConformError;
pub use run::{Progress, Report, run, run_with};
