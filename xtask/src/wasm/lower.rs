//! Binaryen's half: what rustc emits and the chain's VM refuses, rewritten to plain instructions.
//!
//! rustc 1.95 emits bulk memory, sign extension and saturating conversions; the CosmWasm VM takes
//! none of them ("bulk memory support is not enabled").

use std::path::Path;

use crate::failure::{Failure, Outcome};
use crate::files::{self, ContentHash};
use crate::process;
use crate::tools::Binaryen;

/// The arguments of `wasm-opt`, which are part of what an artifact is made from.
///
/// Functions with one caller are inlined only while they are small: without that bound the
/// treasury's decoder of messages becomes one function of 155 KB and 102 locals, and the chain's
/// VM accepts 100.
///
/// Measured on the staking contract, built with 519,594 bytes: `-Oz` 442,268, `-Os` 445,982,
/// `-O3` 447,532, `-O2` 451,745. `-Os` is the recipe that chains' own tools use.
pub(crate) const RECIPE: &[&str] = &[
    "-Os",
    "--one-caller-inline-max-function-size=200",
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

/// Lowers the module `built` and returns its bytes, kept in `cache` by what they were made from.
///
/// # Errors
/// `wasm-opt` refuses the module.
pub(crate) fn lower(binaryen: &Binaryen, cache: &Path, built: &[u8]) -> Outcome<Vec<u8>> {
    let mut inputs = ContentHash::new();
    inputs.add("binaryen", binaryen.pin().as_bytes());
    inputs.add("recipe", RECIPE.join(" ").as_bytes());
    inputs.add("built", built);
    let key = inputs.finish();
    let kept = cache.join(format!("{key}.wasm"));
    if kept.is_file() {
        return files::read(&kept);
    }
    let input = cache.join(format!("{key}.in.wasm"));
    files::replace(&input, built)?;
    let output = cache.join(format!("{key}.out.wasm"));
    process::capture(binaryen.wasm_opt().args(RECIPE).arg(&input).arg("-o").arg(&output))?;
    let lowered = files::read(&output)?;
    files::replace(&kept, &lowered)?;
    for file in [&input, &output] {
        std::fs::remove_file(file)
            .map_err(|error| Failure::new("cannot remove what was lowered").because(error))?;
    }
    Ok(lowered)
}
