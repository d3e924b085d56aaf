//! Binaryen's half: what rustc emits and the chain's VM refuses, rewritten to plain instructions.
//!
//! rustc 1.95 emits bulk memory, sign extension and saturating conversions; the CosmWasm VM takes
//! none of them ("bulk memory support is not enabled").

use std::path::Path;

use crate::failure::Outcome;
use crate::files;
use crate::process;
use crate::tools::Binaryen;

/// The arguments of `wasm-opt`, which are part of what an artifact is made from.
pub(crate) const RECIPE: &[&str] = &[
    "-Os",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-reference-types",
    "--llvm-memory-copy-fill-lowering",
    "--llvm-nontrapping-fptoint-lowering",
    "--signext-lowering",
    "--strip-debug",
    "--strip-producers",
];

/// Lowers the contract at `built` and returns its bytes.
///
/// # Errors
/// `wasm-opt` refuses the module.
pub(crate) fn lower(binaryen: &Binaryen, built: &Path) -> Outcome<Vec<u8>> {
    let lowered = built.with_extension("lowered.wasm");
    process::capture(binaryen.wasm_opt().args(RECIPE).arg(built).arg("-o").arg(&lowered))?;
    files::read(&lowered)
}
