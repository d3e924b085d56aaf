//! `cargo xtask e2e`: a network on a real node, from its codes to an executed proposal, by the
//! command that users have.

mod moot;
mod season;
mod stage;
mod told;

use std::path::PathBuf;
use std::process::Command;

use crate::builds;
use crate::failure::Outcome;
use crate::progress::{Stopwatch, say, step};
use crate::wasm;
use crate::workspace::Workspace;

use stage::Stage;

/// What is used in place of what would be built.
pub(crate) struct Given {
    /// The `moot` command, with its feature `chain`.
    pub(crate) moot: Option<PathBuf>,
    /// The folder of the contracts.
    pub(crate) artifacts: Option<PathBuf>,
}

/// Starts a node of its own, plays a season on it, and tells what each message cost.
///
/// # Errors
/// Something does not build, the node does not start, or the season goes otherwise than it must.
pub(crate) fn e2e(workspace: &Workspace, given: Given) -> Outcome {
    if Command::new("go").arg("version").output().is_err() {
        say("    skipped: the node needs Go 1.25.9 or later: https://go.dev/dl");
        return Ok(());
    }
    let watch = Stopwatch::start();
    let artifacts = match given.artifacts {
        Some(folder) => folder,
        None => {
            wasm::wasm(workspace)?;
            wasm::artifacts_folder(workspace)
        }
    };
    let moot = match given.moot {
        Some(program) => program,
        None => step("e2e: build moot with the chain's client", || builds::chain(workspace))?,
    };
    let stage = step("e2e: a node with twenty keys", || Stage::start(workspace, moot, artifacts))?;
    let told = season::play(&stage);
    let stopped = stage.stop();
    let told = told?;
    stopped?;
    told.compare(workspace)?;
    say(&format!("xtask e2e: {} transactions, in {}", told.count(), watch.spell()));
    Ok(())
}
