//! The same sources in another folder give the same bytes.

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::progress::say;
use crate::tools::Binaryen;
use crate::wasm::{artifacts_folder, build, lower};
use crate::workspace::Workspace;

/// Copies the clone, builds the copy with a target folder of its own, and compares.
///
/// # Errors
/// The copy cannot be made or built, or a contract differs.
pub(crate) fn compare(workspace: &Workspace) -> Outcome {
    let elsewhere = workspace.target().join("xtask/reproduce");
    let copy = elsewhere.join("a-clone-with-another-and-longer-path");
    files::clear(&elsewhere)?;
    files::copy_sources(workspace.root(), &copy)?;
    let second = Workspace::read_at(&copy)?;
    let target = elsewhere.join("target");
    build::contracts(&second, &target)?;
    let binaryen = Binaryen::install(workspace)?;
    let mut differing = Vec::new();
    for contract in workspace.contracts() {
        let built = files::read(&build::output(&target, &contract.name))?;
        let again = lower::lower(&binaryen, &elsewhere.join("lowered"), &built)?;
        let file = artifacts_folder(workspace).join(format!("{}.wasm", contract.name));
        if files::read(&file)? == again {
            say(&format!("    {}: equal", contract.name));
        } else {
            differing.push(contract.name.as_str());
        }
    }
    if differing.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("not reproducible: {}", differing.join(", ")))
        .because("two builds of the same sources in two folders differ")
        .fix("look for a path of this machine: `strings artifacts/NAME.wasm | grep /`"))
}
