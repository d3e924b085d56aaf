//! Why a comparison could not be made; a difference is not among these.

use simulator::{engine::Refused, run::RunError};

use crate::vm::WasmError;

/// What stopped a comparison.
#[derive(Debug, thiserror::Error)]
pub enum ConformError {
    /// A contract's Wasm is missing, or the virtual machine refuses it.
    #[error("{0}; build the contracts with `cargo xtask wasm`")]
    Wasm(#[from] WasmError),
    /// The season itself does not run.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A chain does not accept the genesis that the native engine accepted.
    #[error("{engine} does not start: {why}")]
    Genesis {
        /// Which engine.
        engine: &'static str,
        /// Its reason.
        why: Refused,
    },
    /// A difference was seen once and not again: an engine is not deterministic.
    #[error(
        "epoch {epoch} differed in the first pass and not in the second: {engine} is not deterministic"
    )]
    Unsteady {
        /// Which engine.
        engine: &'static str,
        /// In which epoch.
        epoch: u64,
    },
}
