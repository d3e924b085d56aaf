//! Cargo's half: the `wasm` profile, and no path of this machine in the bytes.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::Outcome;
use crate::process;
use crate::tools::{self, WASM_TARGET};
use crate::workspace::Workspace;

/// The cargo profile of what goes on chain.
const PROFILE: &str = "wasm";

/// Builds every contract and probe below `target`.
///
/// # Errors
/// The compiler refuses a source.
pub(crate) fn contracts(workspace: &Workspace, target: &Path) -> Outcome {
    let mut cargo = wasm_cargo(workspace, target, &remapped_flags(workspace)?);
    for code in workspace.contracts().into_iter().chain(workspace.probes()) {
        cargo.args(["--package", &code.name]);
    }
    process::run(cargo.arg("--lib"))
}

/// `cargo build` for wasm32 with the profile and flags of contracts; packages are the caller's.
pub(crate) fn wasm_cargo(workspace: &Workspace, target: &Path, flags: &[String]) -> Command {
    let mut cargo = process::cargo();
    cargo
        .args(["build", "--quiet", "--locked", "--target", WASM_TARGET, "--profile", PROFILE])
        .arg("--target-dir")
        .arg(target)
        .env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"))
        .env_remove("RUSTFLAGS")
        .current_dir(workspace.root());
    cargo
}

/// Compiler flags that replace this machine's folders by names that are equal everywhere.
///
/// The compiler applies the last one that matches, so the more general come first.
///
/// # Errors
/// rustc does not run.
pub(crate) fn remapped_flags(workspace: &Workspace) -> Outcome<Vec<String>> {
    let sysroot = tools::sysroot(workspace)?;
    let mut pairs = Vec::new();
    if let Some(cargo_home) = cargo_home() {
        pairs.push((cargo_home, "/cargo"));
    }
    pairs.push((sysroot.clone(), "/rust"));
    pairs.push((workspace.root().to_path_buf(), "/moot"));
    let registries = workspace.registry_folders().into_iter();
    pairs.extend(registries.map(|folder| (folder.to_path_buf(), "/registry")));
    let flag = |(from, to): (PathBuf, &str)| format!("--remap-path-prefix={}={to}", from.display());
    Ok(pairs.into_iter().map(flag).collect())
}

/// Where cargo leaves the contract `name`.
pub(crate) fn output(target: &Path, name: &str) -> PathBuf {
    target.join(WASM_TARGET).join(PROFILE).join(format!("{}.wasm", name.replace('-', "_")))
}

fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}
