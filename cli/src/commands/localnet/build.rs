//! The node's program: built once for each state of `localnet/go.mod`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::commands::localnet::home::cache;
use crate::exit::{Failure, Outcome};

const GO_MOD: &str = include_str!("../../../../localnet/go.mod");
const GO_SUM: &str = include_str!("../../../../localnet/go.sum");
/// The package that is built.
const PACKAGE: &str = "github.com/CosmWasm/wasmd/cmd/wasmd";
/// Where the node keeps what it is called.
const VERSION: &str = "github.com/cosmos/cosmos-sdk/version";

/// The node's program, built first where it is missing.
///
/// # Errors
/// There is no Go, or the build fails.
pub(crate) fn wasmd() -> Outcome<PathBuf> {
    let folder = folder()?;
    let program = folder.join("wasmd");
    if program.is_file() {
        return Ok(program);
    }
    go()?;
    fs::create_dir_all(&folder)?;
    // One build at a time; who waited finds it done.
    let lock = File::create(folder.join("lock"))?;
    lock.lock()?;
    if !program.is_file() {
        compile(&folder, &program)?;
    }
    Ok(program)
}

/// Whether a node can be run here without building or with.
pub(crate) fn is_possible() -> bool {
    folder().is_ok_and(|folder| folder.join("wasmd").is_file()) || go().is_ok()
}

fn folder() -> Outcome<PathBuf> {
    // The module's own checksums name its state; 64 bits tell builds apart.
    let text = [GO_MOD, GO_SUM].concat();
    let name = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Ok(cache()?.join(format!("wasmd-{name:016x}")))
}

/// Go's version, if there is Go.
pub(crate) fn go_version() -> Option<String> {
    let said = Command::new("go").args(["env", "GOVERSION"]).output().ok();
    let said = said.filter(|output| output.status.success())?;
    Some(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

/// Go's version.
///
/// # Errors
/// There is none: says where it is from.
fn go() -> Outcome<String> {
    match go_version() {
        Some(version) => Ok(version),
        None => Err(Failure::Usage(
            "error: the local chain's node is a Go program, and there is no `go` here\n\
             next: install Go 1.25.9 or later from https://go.dev/dl, with a C compiler, and run \
             this again"
                .into(),
        )),
    }
}

fn compile(folder: &Path, program: &Path) -> Outcome {
    fs::write(folder.join("go.mod"), GO_MOD)?;
    fs::write(folder.join("go.sum"), GO_SUM)?;
    let made = folder.join("wasmd.new");
    eprintln!("building the node, once: about 6 minutes and 4 GB in Go's caches ({PACKAGE})");
    let status = Command::new("go")
        .args(["build", "-buildvcs=false", "-mod=readonly", "-tags", "netgo", "-ldflags"])
        .arg(format!("-X {VERSION}.Name=wasm -X {VERSION}.AppName=wasmd"))
        .arg("-o")
        .args([&made.display().to_string(), PACKAGE])
        .envs([("GOTOOLCHAIN", "local"), ("CGO_ENABLED", "1")])
        .current_dir(folder)
        .stdin(Stdio::null())
        .status()?;
    if !status.success() {
        return Err(Failure::Usage(format!(
            "error: the node does not build with {}; Go says why above\n\
             next: Go 1.25.9 or later and a C compiler are needed, and the module proxy",
            go()?
        )));
    }
    Ok(fs::rename(made, program)?)
}
