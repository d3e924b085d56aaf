//! `cargo xtask wasm`: the contracts, built, lowered for the chain, checked and named by checksum.
//!
//! Inputs -> cargo -> `wasm-opt` -> checks -> `artifacts/NAME.wasm` and `artifacts/checksums.txt`.

mod build;
mod limits;
mod lower;
mod reproduce;
mod stamp;

use std::path::PathBuf;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::progress::{say, step};
use crate::tools::{self, Binaryen};
use crate::workspace::Workspace;

pub(crate) use build::{output, remapped_flags, wasm_cargo};

/// One contract as it goes on chain.
struct Artifact {
    name: String,
    wasm: Vec<u8>,
    built_bytes: usize,
}

/// Builds what changed since the last time, or nothing.
///
/// # Errors
/// A tool is missing, the build fails, or a contract breaks a limit of the chain's VM.
pub(crate) fn wasm(workspace: &Workspace) -> Outcome {
    step("wasm: tools", || tools::install_wasm_target(workspace))?;
    let binaryen = Binaryen::install(workspace)?;
    let inputs = stamp::inputs(workspace)?;
    if stamp::is_current(workspace, &inputs)? {
        say("    artifacts/ is up to date with its sources");
        return print_sizes(workspace);
    }
    let artifacts = make(workspace, &binaryen)?;
    step("wasm: write artifacts", || write(workspace, &artifacts))?;
    stamp::write(workspace, &inputs)
}

/// Builds the same sources a second time, elsewhere, and compares the bytes.
///
/// # Errors
/// As [`wasm`]; or one byte of one contract depends on where it was built.
pub(crate) fn check_reproducible(workspace: &Workspace) -> Outcome {
    wasm(workspace)?;
    step("wasm: build again in another folder", || reproduce::compare(workspace))
}

/// The folder of the finished contracts.
pub(crate) fn artifacts_folder(workspace: &Workspace) -> PathBuf {
    workspace.root().join("artifacts")
}

fn make(workspace: &Workspace, binaryen: &Binaryen) -> Outcome<Vec<Artifact>> {
    let contracts = workspace.contracts();
    if contracts.is_empty() {
        return Err(Failure::new("no contract below contracts/ has the crate type cdylib"));
    }
    step("wasm: build", || build::contracts(workspace, workspace.target()))?;
    step("wasm: lower and check", || {
        // One process a contract: `wasm-opt` under node uses one core.
        std::thread::scope(|scope| {
            let lower = |name| move || lower_one(workspace, binaryen, name);
            let threads: Vec<_> =
                contracts.iter().map(|one| scope.spawn(lower(one.name.as_str()))).collect();
            let joined = threads.into_iter().map(|thread| match thread.join() {
                Ok(outcome) => outcome,
                Err(panic) => std::panic::resume_unwind(panic),
            });
            joined.collect()
        })
    })
}

fn lower_one(workspace: &Workspace, binaryen: &Binaryen, name: &str) -> Outcome<Artifact> {
    let built = files::read(&build::output(workspace.target(), name))?;
    let wasm = lower::lower(binaryen, &workspace.target().join("xtask/lowered"), &built)?;
    limits::check(name, &wasm)?;
    Ok(Artifact { name: name.to_owned(), wasm, built_bytes: built.len() })
}

fn write(workspace: &Workspace, artifacts: &[Artifact]) -> Outcome {
    let folder = artifacts_folder(workspace);
    let mut checksums = String::new();
    for artifact in artifacts {
        let file = format!("{}.wasm", artifact.name);
        files::replace(&folder.join(&file), &artifact.wasm)?;
        checksums += &format!("{}  {file}\n", files::sha256(&artifact.wasm));
        let lowered = artifact.wasm.len();
        say(&format!("    {file}: {} bytes built, {lowered} lowered", artifact.built_bytes));
    }
    files::replace(&folder.join("checksums.txt"), checksums.as_bytes())?;
    print_sizes(workspace)
}

fn print_sizes(workspace: &Workspace) -> Outcome {
    let folder = artifacts_folder(workspace);
    for contract in workspace.contracts() {
        let wasm = files::read(&folder.join(format!("{}.wasm", contract.name)))?;
        let (kib, hash) = (wasm.len().div_ceil(1024), files::sha256(&wasm));
        say(&format!("    {:<10} {kib:>4} KiB of {}  {hash}", contract.name, limits::MAX_KIB));
    }
    Ok(())
}
