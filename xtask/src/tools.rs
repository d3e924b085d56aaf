//! What a fresh machine lacks, installed and said: the wasm32 target and packages of node.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::say;
use crate::workspace::{Workspace, cache_folder};

/// The target that contracts are built for.
pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// Installs the standard library of [`WASM_TARGET`] through rustup, unless it is there.
///
/// # Errors
/// There is no rustup and the target is missing, or rustup cannot install it.
pub(crate) fn install_wasm_target(workspace: &Workspace) -> Outcome {
    let sysroot = sysroot(workspace)?;
    if sysroot.join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir() {
        return Ok(());
    }
    say(&format!("    installing the Rust target {WASM_TARGET} (rustup target add)"));
    let mut rustup = Command::new("rustup");
    process::run(rustup.args(["target", "add", WASM_TARGET]).current_dir(workspace.root())).map_err(
        |failure| {
            Failure::new(format!("the Rust target {WASM_TARGET} cannot be installed"))
                .because(failure)
                .fix(format!("install it as your toolchain's packager says, with {WASM_TARGET}"))
        },
    )
}

/// The folder of the toolchain in use.
///
/// # Errors
/// rustc does not run.
pub(crate) fn sysroot(workspace: &Workspace) -> Outcome<PathBuf> {
    let mut rustc = Command::new("rustc");
    let text = process::capture(rustc.args(["--print", "sysroot"]).current_dir(workspace.root()))?;
    Ok(PathBuf::from(text.trim()))
}

/// The toolchain in use, in full, as a build's input.
///
/// # Errors
/// rustc does not run.
pub(crate) fn rustc_version(workspace: &Workspace) -> Outcome<String> {
    process::capture(Command::new("rustc").arg("-vV").current_dir(workspace.root()))
}

/// Packages that npm installed into the cache, as a lockfile of the project pins them.
pub(crate) struct NodeTools {
    folder: PathBuf,
    pin: String,
}

impl NodeTools {
    /// Installs what `pins/package-lock.json` names, unless it is in the cache.
    ///
    /// The cache folder is named by the lockfile's hash, so that another pin is another folder.
    ///
    /// # Errors
    /// node or npm is missing, or npm cannot fetch a package.
    pub(crate) fn install(workspace: &Workspace, pins: &str, what: &str) -> Outcome<Self> {
        let pins = workspace.root().join(pins);
        let lock = files::read(&pins.join("package-lock.json"))?;
        let pin = files::sha256(&lock);
        let name: String = pin.chars().take(16).collect();
        let folder = cache_folder()?.join("tools").join(name);
        let tools = Self { folder, pin };
        if tools.complete_mark().is_file() {
            return Ok(tools);
        }
        say(&format!("    installing {what} into {} (npm ci)", tools.folder.display()));
        for file in ["package.json", "package-lock.json", ".npmrc"] {
            if let Ok(content) = files::read(&pins.join(file)) {
                files::replace(&tools.folder.join(file), &content)?;
            }
        }
        process::capture(npm().arg("ci").current_dir(&tools.folder)).map_err(|failure| {
            Failure::new(format!("npm cannot install {what}"))
                .because(failure)
                .fix("install node 18 or later with npm, and see that npm reaches its registry")
        })?;
        files::replace(&tools.complete_mark(), b"installed whole\n")?;
        Ok(tools)
    }

    /// Where they are, in `node_modules`.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// node, which finds the packages wherever its script lies.
    pub(crate) fn node(&self) -> Command {
        let mut command = Command::new("node");
        command.env("NODE_PATH", self.folder.join("node_modules"));
        command
    }

    fn complete_mark(&self) -> PathBuf {
        self.folder.join("complete")
    }
}

/// Binaryen as npm installed it.
pub(crate) struct Binaryen(NodeTools);

impl Binaryen {
    /// Installs the version that `xtask/tools/package-lock.json` pins, unless it is in the cache.
    ///
    /// # Errors
    /// As [`NodeTools::install`].
    pub(crate) fn install(workspace: &Workspace) -> Outcome<Self> {
        NodeTools::install(workspace, "xtask/tools", "binaryen, 20 MB").map(Self)
    }

    /// The hash of the lockfile that pins it.
    pub(crate) fn pin(&self) -> &str {
        &self.0.pin
    }

    /// A command that runs `wasm-opt`.
    pub(crate) fn wasm_opt(&self) -> Command {
        let mut command = Command::new("node");
        command.arg(self.0.folder.join("node_modules/binaryen/bin/wasm-opt"));
        command
    }
}

/// Runs a script of the project in node and returns what it prints.
///
/// # Errors
/// node is missing, or the script fails.
pub(crate) fn node(script: &Path, arguments: &[&Path]) -> Outcome<String> {
    process::capture(Command::new("node").arg(script).args(arguments)).map_err(|failure| {
        Failure::new(format!("node cannot run {}", script.display()))
            .because(failure)
            .fix("install node 18 or later")
    })
}

fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
