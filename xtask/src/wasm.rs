//! `cargo xtask wasm`: the contracts, built, lowered for the chain, checked and named by checksum.
//!
//! Inputs -> cargo -> `wasm-opt` -> checks -> `artifacts/NAME.wasm` and `artifacts/checksums.txt`.
//! Probes, which tests alone run in the VM, go the same way to `artifacts/probes/NAME.wasm`.

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
use crate::workspace::{Package, Workspace};

pub(crate) use build::{output, remapped_flags, wasm_cargo};
pub(crate) use lower::lower;

/// Where probes lie below the artifacts, apart from what is deployed.
const PROBES: &str = "probes";

/// One contract as it goes on chain, or one probe.
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
    let (contracts, probes) = make(workspace, &binaryen)?;
    step("wasm: write artifacts", || {
        for Artifact { name, wasm, .. } in &probes {
            let folder = artifacts_folder(workspace).join(PROBES);
            files::replace(&folder.join(format!("{name}.wasm")), wasm)?;
        }
        write(workspace, &contracts)
    })?;
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

/// The contracts, and the probes.
fn make(workspace: &Workspace, binaryen: &Binaryen) -> Outcome<(Vec<Artifact>, Vec<Artifact>)> {
    let contracts = workspace.contracts();
    if contracts.is_empty() {
        return Err(Failure::new("no contract below contracts/ has the crate type cdylib"));
    }
    step("wasm: build", || build::contracts(workspace, workspace.target()))?;
    step("wasm: lower and check", || {
        Ok((
            lower_all(workspace, binaryen, &contracts)?,
            lower_all(workspace, binaryen, &workspace.probes())?,
        ))
    })
}

fn lower_all(
    workspace: &Workspace,
    binaryen: &Binaryen,
    codes: &[&Package],
) -> Outcome<Vec<Artifact>> {
    // One process a code: `wasm-opt` under node uses one core.
    std::thread::scope(|scope| {
        let lower = |name| move || lower_one(workspace, binaryen, name);
        let threads: Vec<_> =
            codes.iter().map(|one| scope.spawn(lower(one.name.as_str()))).collect();
        let joined = threads.into_iter().map(|thread| match thread.join() {
            Ok(outcome) => outcome,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
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
