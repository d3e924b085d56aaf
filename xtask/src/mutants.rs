//! `cargo xtask mutants-conform`: rules broken on purpose, one at a time, each to be caught.
//!
//! `xtask/mutants.toml` lists them. A copy of the clone gets them all, asleep, and is built once;
//! a number in the built file wakes one. A mutant in one contract's Wasm must be caught by
//! conformance, which says command, module, table and key; one in everybody's rulebook, which no
//! comparison can see, by a law.

mod catch;
mod copy;
mod kept;
mod list;
mod located;

use crate::failure::{Failure, Outcome};
use crate::progress::{say, step};
use crate::workspace::Workspace;

use catch::Trap;
use kept::Kept;
use list::Mutant;

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

/// Which mutants are tried.
pub(crate) struct Choice<'a> {
    /// The one of this name.
    pub(crate) only: Option<&'a str>,
    /// Those that this judge must see.
    pub(crate) judge: Option<&'a str>,
}

/// Wakes each mutant that is chosen and sees that it is caught. What was caught in the same sources
/// before is not tried again unless it is asked for by name.
///
/// # Errors
/// A mutant that no longer applies, sources that do not compile with the mutants in them, or a
/// mutant that survives.
pub(crate) fn mutants(workspace: &Workspace, Choice { only, judge }: Choice<'_>) -> Outcome {
    let all = list::read(workspace)?;
    let is_chosen = |one: &&Mutant| {
        only.is_none_or(|name| one.name == name)
            && judge.is_none_or(|name| one.judge.name() == name)
    };
    let chosen: Vec<&Mutant> = all.iter().filter(is_chosen).collect();
    if chosen.is_empty() {
        return Err(Failure::new("no such mutant").fix("cargo xtask mutants-conform --list"));
    }
    let folder = workspace.target().join("xtask/mutants");
    let copied = step("mutants: copy the clone, mutants asleep", || {
        copy::copy(workspace.root(), &folder.join("clone"), &all)
    })?;
    let mut kept = Kept::open(folder.join("caught"), &copied)?;
    let trap = Trap::set(workspace, folder, &chosen)?;
    let mut survivors = Vec::new();
    for mutant in &chosen {
        let place = match kept.place(mutant).filter(|_| only.is_none()) {
            Some(place) => {
                say(&format!("==> mutant {}: caught before", mutant.name));
                Some(place)
            }
            None => {
                let name = format!("mutant {}: {}", mutant.name, mutant.says);
                step(&name, || trap.catch(mutant))?
            }
        };
        match place {
            Some(place) => {
                place.lines().for_each(|line| say(&format!("    {line}")));
                kept.keep(mutant, &place)?;
            }
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
