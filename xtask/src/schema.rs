//! `cargo xtask schema`: the JSON schemas of files, reports and contracts, and the chapter on events,
//! as committed.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

use crate::builds;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::{say, step};
use crate::workspace::Workspace;

/// Where schemas are committed, one file a contract and one each for what `moot` reads and writes.
const FOLDER: &str = "schemas";
/// The chapter that is made of the rulebook's list of events.
const EVENTS: &str = "docs/events.md";
/// More files than a reader wants to see.
const MAX_FILES: usize = 12;
/// What `moot schema` prints, by name.
const OF_MOOT: &[&str] = &["scenario", "incident", "deployment", "report"];

/// Compares every schema with the committed one.
///
/// # Errors
/// A schema cannot be made, or differs, or one is committed that nothing makes.
pub(crate) fn check(workspace: &Workspace) -> Outcome {
    let made = step("schemas", || make(workspace))?;
    let mut problems = Vec::new();
    for (name, text) in &made {
        match files::read_text(&workspace.root().join(name)) {
            Err(_) => problems.push(format!("{name} is not committed")),
            Ok(committed) if &committed != text => problems.push(format!("{name} differs")),
            Ok(_) => say(&format!("    {name} is unchanged")),
        }
    }
    problems.extend(left_over(workspace, &made)?.iter().map(|name| format!("{name} has no maker")));
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::new("the schemas differ from those committed")
        .because(problems.join("\n"))
        .fix("if the change is meant: cargo xtask schema --bless, and say why in the commit"))
}

/// Replaces the committed schemas by today's.
///
/// # Errors
/// A schema cannot be made or written.
pub(crate) fn bless(workspace: &Workspace) -> Outcome {
    let made = step("schemas", || make(workspace))?;
    for name in left_over(workspace, &made)? {
        std::fs::remove_file(workspace.root().join(&name))
            .map_err(|error| Failure::new(format!("cannot remove {name}")).because(error))?;
        say(&format!("    removed {name}"));
    }
    for (name, text) in &made {
        files::replace(&workspace.root().join(name), text.as_bytes())?;
        say(&format!("    wrote {name}"));
    }
    Ok(())
}

/// Every schema, and the chapter, by path.
fn make(workspace: &Workspace) -> Outcome<BTreeMap<String, String>> {
    let schemas = builds::binary(workspace, "schemas", "schemas")?;
    let mut made = split(&process::capture(&mut Command::new(&schemas))?)?;
    let moot = builds::binary(workspace, "moot", "moot")?;
    for name in OF_MOOT {
        let mut run = Command::new(&moot);
        let text = process::capture(run.args(["schema", name]).current_dir(workspace.root()))?;
        made.insert(format!("{FOLDER}/{name}.json"), text);
    }
    if made.len() > MAX_FILES {
        let count = made.len();
        return Err(Failure::new(format!("{count} schema files are too many"))
            .because(format!("{MAX_FILES} are allowed"))
            .fix("put what belongs together into one file"));
    }
    made.insert(EVENTS.to_owned(), process::capture(Command::new(&schemas).arg("events"))?);
    Ok(made)
}

/// One object with a member a contract, to one file each.
fn split(text: &str) -> Outcome<BTreeMap<String, String>> {
    let unreadable = |error| Failure::new("the schemas' own JSON cannot be read").because(error);
    let all: BTreeMap<String, Value> = serde_json::from_str(text).map_err(unreadable)?;
    all.into_iter()
        .map(|(name, schema)| {
            let text = serde_json::to_string_pretty(&schema).map_err(unreadable)?;
            Ok((format!("{FOLDER}/{name}.json"), text + "\n"))
        })
        .collect()
}

fn left_over(workspace: &Workspace, made: &BTreeMap<String, String>) -> Outcome<Vec<String>> {
    let folder = workspace.root().join(FOLDER);
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let paths = files::walk(&folder, &|_| false)?.into_iter();
    let names = paths.filter_map(|path| Some(format!("{FOLDER}/{}", path.file_name()?.to_str()?)));
    Ok(names.filter(|name| name.ends_with(".json") && !made.contains_key(name)).collect())
}

#[cfg(test)]
mod tests {
    use super::split;

    #[test]
    fn one_object_becomes_one_file_a_member() {
        let files = split("{\"token\": {\"a\": 1}, \"staking\": true}").expect("it is JSON");
        let rows: Vec<_> =
            files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        assert_eq!(
            rows,
            [("schemas/staking.json", "true\n"), ("schemas/token.json", "{\n  \"a\": 1\n}\n")]
        );
        assert!(split("[]").is_err());
    }
}
