//! Whether the artifacts are already what the sources say: compared by content, never by time.

use crate::failure::Outcome;
use crate::files::{self, ContentHash};
use crate::tools;
use crate::wasm::{PROBES, artifacts_folder, lower};
use crate::workspace::Workspace;

/// The hash over everything that decides an artifact's bytes: the contracts' and probes' own
/// sources and those of the crates they use, manifests, lockfile, toolchain, and binaryen with its
/// arguments.
///
/// # Errors
/// A source cannot be read, or rustc does not run.
pub(crate) fn inputs(workspace: &Workspace) -> Outcome<String> {
    let root = workspace.root();
    let mut hash = ContentHash::new();
    hash.add("rustc", tools::rustc_version(workspace)?.as_bytes());
    hash.add("recipe", lower::RECIPE.join(" ").as_bytes());
    for file in ["Cargo.toml", "Cargo.lock", "xtask/tools/package-lock.json"] {
        hash.add(file, &files::read(&root.join(file))?);
    }
    let mut codes = workspace.contracts();
    codes.extend(workspace.probes());
    for package in workspace.closure(&codes) {
        if workspace.owns(package) {
            let skip =
                |path: &std::path::Path| path.ends_with("tests") || path.ends_with("benches");
            for file in files::walk(package.folder(), &skip)? {
                let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
                hash.add(&name, &files::read(&file)?);
            }
        }
    }
    Ok(hash.finish())
}

/// Whether `artifacts/` holds exactly what was last built, and that from these inputs.
///
/// # Errors
/// An artifact that exists cannot be read.
pub(crate) fn is_current(workspace: &Workspace, inputs: &str) -> Outcome<bool> {
    let Ok(stamp) = files::read_text(&path(workspace)) else { return Ok(false) };
    Ok(stamp == render(workspace, inputs)?)
}

/// Records that `artifacts/` was built from these inputs.
///
/// # Errors
/// The target folder cannot be written.
pub(crate) fn write(workspace: &Workspace, inputs: &str) -> Outcome {
    files::replace(&path(workspace), render(workspace, inputs)?.as_bytes())
}

fn render(workspace: &Workspace, inputs: &str) -> Outcome<String> {
    let folder = artifacts_folder(workspace);
    let contracts = workspace.contracts().into_iter().map(|one| format!("{}.wasm", one.name));
    let probes = workspace.probes().into_iter().map(|one| format!("{PROBES}/{}.wasm", one.name));
    let names = contracts.chain(probes);
    let mut text = format!("inputs {inputs}\n");
    for name in names.chain(["checksums.txt".to_owned()]) {
        let file = folder.join(&name);
        let held = if file.is_file() { files::sha256(&files::read(&file)?) } else { "-".into() };
        text += &format!("{held}  {name}\n");
    }
    Ok(text)
}

fn path(workspace: &Workspace) -> std::path::PathBuf {
    workspace.target().join("xtask/wasm.stamp")
}
