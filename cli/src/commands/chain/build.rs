//! `moot build`: the contracts, by the project's own chore.

use std::process::Command;

use crate::args::chain::Build;
use crate::exit::{Failure, Outcome};

/// Builds, lowers and checks the contracts: `artifacts/NAME.wasm` and `artifacts/checksums.txt`.
///
/// # Errors
/// This is not the project's clone, or the build fails.
pub(crate) fn build(args: &Build) -> Outcome {
    let mut cargo = Command::new("cargo");
    cargo.args(["xtask", "wasm"]);
    if args.check_reproducible {
        cargo.arg("--check-reproducible");
    }
    let outside = || {
        Failure::Usage(
            "error: the contracts are built in the project's clone, with Rust and Node.js\n\
             next: run this there; `moot doctor` says what is missing"
                .into(),
        )
    };
    match cargo.status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(outside()),
    }
}
