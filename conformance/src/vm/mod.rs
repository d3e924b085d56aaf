//! Compiled Wasm as contracts of cw-multi-test, in the CosmWasm virtual machine
//! and at wasmd's prices.
//!
//! ```text
//! App ── Contract ── WasmContract ── Instance ── HostStorage, HostQuerier
//!                        │  lends               │ look into
//!                        └──────────▶ Slot ◀────┘
//! ```

mod backend;
mod contract;
mod gas;
mod ledger;
mod library;
mod loan;

pub use contract::WasmContract;
pub use gas::{Gas, LOAD, Meter, RELOAD, VM_GAS_PER_SDK_GAS};
pub use ledger::{Act, Line};
pub use library::{Instances, Library, MAX_WASM_BYTES, Module, WasmError};
