//! `cargo xtask digest`: the golden digests as this machine and as wasm32 compute them.

use std::collections::BTreeMap;
use std::process::Command;

use crate::builds;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::{say, step};
use crate::tools;
use crate::wasm;
use crate::workspace::Workspace;

/// Where the committed digests stand: `name hex` a line.
pub(crate) const GOLDEN: &str = "xtask/golden/digests.txt";
/// The package that computes them.
const PACKAGE: &str = "digests";

/// Which machine computes.
#[derive(Clone, Copy)]
pub(crate) enum Platform {
    /// This one.
    Native,
    /// WebAssembly, run in node.
    Wasm32,
}

impl Platform {
    fn name(self) -> &'static str {
        match self {
            Self::Native => "natively",
            Self::Wasm32 => "as wasm32 in node",
        }
    }
}

/// Computes the digests on one platform and compares them with the committed ones.
///
/// # Errors
/// They cannot be built or run, or one of them differs.
pub(crate) fn check(workspace: &Workspace, platform: Platform) -> Outcome {
    step(&format!("digests {}", platform.name()), || {
        let found = compute(workspace, platform)?;
        let committed = files::read_text(&workspace.root().join(GOLDEN))?;
        let differences = differences(&committed, &found);
        for line in found.lines() {
            say(&format!("    {line}"));
        }
        if differences.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!("digests differ {} from {GOLDEN}", platform.name()))
            .because(differences.join("\n"))
            .fix("if the change is meant: cargo xtask golden --bless, and say why in the commit"))
    })
}

/// The digests of one platform: `name hex` a line.
///
/// # Errors
/// They cannot be built or run.
pub(crate) fn compute(workspace: &Workspace, platform: Platform) -> Outcome<String> {
    match platform {
        Platform::Native => {
            process::capture(&mut Command::new(builds::binary(workspace, PACKAGE, PACKAGE)?))
        }
        Platform::Wasm32 => {
            tools::install_wasm_target(workspace)?;
            let target = workspace.target();
            let mut cargo = wasm::wasm_cargo(workspace, target, &wasm::remapped_flags(workspace)?);
            process::run(cargo.args(["--package", PACKAGE, "--lib"]))?;
            let script = workspace.root().join("xtask/digests/digests.mjs");
            tools::node(&script, &[&wasm::output(target, PACKAGE)])
        }
    }
}

fn differences(committed: &str, found: &str) -> Vec<String> {
    let (committed, found) = (rows(committed), rows(found));
    let names = committed.keys().chain(found.keys().filter(|name| !committed.contains_key(*name)));
    names
        .filter(|name| committed.get(*name) != found.get(*name))
        .map(|name| {
            let value = |rows: &BTreeMap<&str, &str>| {
                rows.get(name).copied().unwrap_or("absent").to_owned()
            };
            format!("{name}: committed {}, found {}", value(&committed), value(&found))
        })
        .collect()
}

fn rows(table: &str) -> BTreeMap<&str, &str> {
    table.lines().filter_map(|line| line.split_once(' ')).collect()
}

#[cfg(test)]
mod tests {
    use super::differences;

    #[test]
    fn a_changed_a_missing_and_a_new_digest_are_told_apart() {
        let found = differences("kernel aa\nsamplers bb\n", "kernel aa\nsamplers bc\nepochs dd\n");
        let expected = ["samplers: committed bb, found bc", "epochs: committed absent, found dd"];
        assert_eq!(found, expected);
        assert_eq!(differences("gone aa\n", ""), ["gone: committed aa, found absent"]);
        assert_eq!(differences("kernel aa\n", "kernel aa\n"), [""; 0]);
    }
}
