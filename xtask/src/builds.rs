//! The two release builds that everything shares, so that nothing is compiled twice.
//!
//! Small: one package with its default features, as `cargo run --release` makes it.
//! Whole: the workspace with feature `conform`, tests included. Wasmer takes 10 to 30 minutes and
//! would again for each other set of features, so every chore that needs it asks for exactly this.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::process;
use crate::workspace::Workspace;

/// What selects the whole build; a test run adds its filters behind it.
const WHOLE: &[&str] = &["--release", "--workspace", "--features", "moot/conform"];
/// The same without what needs wasmer.
const WITHOUT_VM: &[&str] = &["--release", "--workspace", "--exclude", "conformance"];

/// The chain's client, apart: with its feature in the whole build, crates that wasmer shares with it
/// would be built once more.
const CLIENT: &[&str] = &[
    "--release",
    "--package",
    "client",
    "--package",
    "moot",
    "--features",
    "client/chain,moot/chain",
    "--lib",
    "--bins",
    "--test",
    "chain",
];

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

/// Builds `moot` with the chain's client and returns where it is.
///
/// # Errors
/// It does not compile.
pub(crate) fn chain(workspace: &Workspace) -> Outcome<PathBuf> {
    let arguments = ["build", "--release", "--quiet", "--package", "moot", "--features", "chain"];
    process::run(process::cargo().args(arguments).current_dir(workspace.root()))?;
    Ok(workspace.target().join("release").join(format!("moot{}", std::env::consts::EXE_SUFFIX)))
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

/// The executable of one integration test, built as a part of its extent.
///
/// # Errors
/// It does not compile, or there is no such test.
pub(crate) fn test_binary(
    workspace: &Workspace,
    extent: Extent,
    package: &str,
    name: &str,
) -> Outcome<PathBuf> {
    let mut cargo = test_run(workspace, extent);
    cargo.args(["--test", name, "--no-run", "--quiet", "--message-format", "json"]);
    let messages = process::capture(&mut cargo)?;
    named(&messages, workspace.folder_of(package)?, name)
}

/// The test that cargo's messages name: an integration test, or a package's own.
///
/// # Errors
/// They name none.
pub(crate) fn named(messages: &str, folder: &Path, name: &str) -> Outcome<PathBuf> {
    let found = messages.lines().find_map(|line| executable(line, folder, name));
    found.ok_or_else(|| {
        Failure::new(format!("there is no test {name}"))
            .because(format!("cargo names no executable of it in {}", folder.display()))
    })
}

/// A binary, built as a part of the whole.
///
/// # Errors
/// It does not compile.
pub(crate) fn whole_binary(workspace: &Workspace, name: &str) -> Outcome<PathBuf> {
    let mut cargo = process::cargo();
    cargo.arg("build").args(WHOLE).args(["--quiet", "--bin", name]);
    process::run(cargo.current_dir(workspace.root()))?;
    Ok(workspace.target().join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// The executable that one of cargo's messages names, if it is that of a package's test.
fn executable(message: &str, folder: &Path, name: &str) -> Option<PathBuf> {
    #[derive(Deserialize)]
    struct Artifact {
        manifest_path: PathBuf,
        target: Target,
        executable: Option<PathBuf>,
    }
    #[derive(Deserialize)]
    struct Target {
        name: String,
        kind: Vec<String>,
    }
    let artifact: Artifact = serde_json::from_str(message).ok()?;
    let is_test = artifact.target.kind.iter().any(|kind| kind == "test" || kind == "lib");
    let is_named = artifact.target.name == name && artifact.manifest_path.parent() == Some(folder);
    artifact.executable.filter(|_| is_test && is_named)
}

/// A run of an extent's tests; the caller adds filters and environment.
pub(crate) fn test_run(workspace: &Workspace, extent: Extent) -> Command {
    let mut cargo = process::cargo();
    cargo.arg("test").args(extent.arguments()).current_dir(workspace.root());
    // A backtrace for each refusal that a test provokes makes the VM eight times slower.
    cargo.env("RUST_BACKTRACE", "0");
    cargo
}

/// A run of the tests in the message types that other projects publish. These are of another
/// cosmwasm-std: with them in the whole build, it would be another one. Not optimised: one of
/// their crates takes longer to optimise than everything else takes to run.
pub(crate) fn clients(workspace: &Workspace) -> Command {
    let mut cargo = process::cargo();
    cargo.args(["test", "--package", "clients", "--features", "published"]);
    cargo.current_dir(workspace.root()).env("RUST_BACKTRACE", "0");
    cargo
}

/// A run of the tests of the chain's client, built in a folder of their own: contracts are libraries
/// whose file names do not tell feature sets apart, so that one build would spoil the other's.
pub(crate) fn client_run(workspace: &Workspace) -> Command {
    let mut cargo = process::cargo();
    cargo
        .arg("test")
        .arg("--target-dir")
        .arg(workspace.target().join("client"))
        .args(CLIENT)
        .current_dir(workspace.root());
    cargo
}

#[cfg(test)]
mod tests {
    use super::executable;
    use std::path::{Path, PathBuf};

    #[test]
    fn the_executable_of_one_package_s_test_is_picked() {
        let message = |kind: &str| {
            format!(
                "{{\"reason\":\"compiler-artifact\",\"manifest_path\":\"/a/simulator/Cargo.toml\",\
                 \"target\":{{\"name\":\"fuzz\",\"kind\":[\"{kind}\"]}},\"executable\":\"/t/fuzz-1\"}}"
            )
        };
        let pick = |kind, folder| executable(&message(kind), Path::new(folder), "fuzz");
        assert_eq!(pick("test", "/a/simulator"), Some(PathBuf::from("/t/fuzz-1")));
        assert_eq!(pick("test", "/a/conformance"), None);
        assert_eq!(pick("lib", "/a/simulator"), Some(PathBuf::from("/t/fuzz-1")));
        assert_eq!(pick("bench", "/a/simulator"), None);
        assert_eq!(executable("not json", Path::new("/a"), "fuzz"), None);
    }
}
