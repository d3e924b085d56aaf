//! `cargo xtask mutants-conform`: rules broken on purpose, one at a time, each to be caught.
//!
//! `xtask/mutants.toml` lists them. A mutant in one contract's copy of the rulebook must be caught
//! by conformance, which says command, module, table and key; one in everybody's copy, which no
//! comparison can see, by a law.

mod catch;
mod list;

use std::path::PathBuf;

use crate::builds::{self, Extent};
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::{say, step};
use crate::tools::Binaryen;
use crate::wasm;
use crate::workspace::Workspace;

use catch::Trap;
use list::{Judge, Mutant};

/// Prints the list.
///
/// # Errors
/// The list cannot be read.
pub(crate) fn print(workspace: &Workspace) -> Outcome {
    for mutant in list::read(workspace)? {
        say(&format!("{:<32} {:<12} {}", mutant.name, mutant.judge.name(), mutant.says));
    }
    Ok(())
}

/// Breaks each rule of the list, or the one called `only`, in a copy of the clone, and sees that
/// it is caught.
///
/// # Errors
/// A mutant that no longer applies, does not compile, or survives.
pub(crate) fn mutants(workspace: &Workspace, only: Option<&str>) -> Outcome {
    let all = list::read(workspace)?;
    let chosen: Vec<&Mutant> =
        all.iter().filter(|one| only.is_none_or(|name| one.name == name)).collect();
    if chosen.is_empty() {
        return Err(Failure::new("no such mutant").fix("cargo xtask mutants-conform --list"));
    }
    wasm::wasm(workspace)?;
    let trap = step("mutants: copy the clone", || prepare(workspace, &chosen))?;
    let mut survivors = Vec::new();
    for mutant in &chosen {
        let name = format!("mutant {}: {}", mutant.name, mutant.says);
        let caught = step(&name, || trap.catch(mutant))?;
        match caught {
            Some(place) => place.lines().for_each(|line| say(&format!("    {line}"))),
            None => survivors.push(mutant.name.as_str()),
        }
    }
    say(&format!("mutants: {} of {} caught", chosen.len() - survivors.len(), chosen.len()));
    if survivors.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("survived: {}", survivors.join(", ")))
        .because("the rule was broken and neither conformance nor a law saw it")
        .fix("write the test, law or command that would have caught it"))
}

fn prepare<'a>(workspace: &'a Workspace, chosen: &[&Mutant]) -> Outcome<Trap<'a>> {
    let folder = folder(workspace);
    let copy = folder.join("clone");
    files::clear(&copy)?;
    files::copy_sources(workspace.root(), &copy)?;
    let wanted = |judge| chosen.iter().any(|mutant| mutant.judge == judge);
    let sequences = match wanted(Judge::Conformance) {
        true => {
            builds::tests(workspace, Extent::Whole)?;
            Some(builds::test_binary(workspace, Extent::Whole, "conformance", "fuzz")?)
        }
        false => None,
    };
    if wanted(Judge::Law) {
        // Once without a mutant, so that a red tree is not taken for a catch.
        let mut laws = catch::laws(&copy, &folder);
        process::capture(&mut laws)?;
    }
    let second = Workspace::read_at(&copy)?;
    Ok(Trap { workspace, copy: second, folder, sequences, binaryen: Binaryen::install(workspace)? })
}

fn folder(workspace: &Workspace) -> PathBuf {
    workspace.target().join("xtask/mutants")
}
