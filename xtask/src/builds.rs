//! The two release builds that everything shares, so that nothing is compiled twice.
//!
//! Small: one package with its default features, as `cargo run --release` makes it.
//! Whole: the workspace with feature `conform`, tests included. Wasmer takes 10 to 30 minutes and
//! would again for each other set of features, so every chore that needs it asks for exactly this.

use std::path::PathBuf;
use std::process::Command;

use crate::failure::Outcome;
use crate::process;
use crate::workspace::Workspace;

/// What selects the whole build; a test run adds its filters behind it.
const WHOLE: &[&str] = &["--release", "--workspace", "--features", "moot/conform"];
/// The same without what needs wasmer.
const WITHOUT_VM: &[&str] = &["--release", "--workspace", "--exclude", "conformance"];

/// Which packages a test run covers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Everything.
    Whole,
    /// All but the engines over contracts and Wasm.
    WithoutVm,
}

impl Extent {
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Whole => WHOLE,
            Self::WithoutVm => WITHOUT_VM,
        }
    }
}

/// Builds one package's binary with its default features and returns where it is.
///
/// # Errors
/// It does not compile.
pub(crate) fn binary(workspace: &Workspace, package: &str, name: &str) -> Outcome<PathBuf> {
    let arguments = ["build", "--release", "--quiet", "--package", package, "--bin", name];
    process::run(process::cargo().args(arguments).current_dir(workspace.root()))?;
    Ok(workspace.target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Builds every test and binary of an extent.
///
/// # Errors
/// Something does not compile.
pub(crate) fn tests(workspace: &Workspace, extent: Extent) -> Outcome {
    let mut cargo = process::cargo();
    cargo.arg("build").args(extent.arguments()).args(["--tests", "--bins"]);
    process::run(cargo.current_dir(workspace.root()))
}

/// A run of an extent's tests; the caller adds filters and environment.
pub(crate) fn test_run(workspace: &Workspace, extent: Extent) -> Command {
    let mut cargo = process::cargo();
    cargo.arg("test").args(extent.arguments()).current_dir(workspace.root());
    // A backtrace for each refusal that a test provokes makes the VM eight times slower.
    cargo.env("RUST_BACKTRACE", "0");
    cargo
}
