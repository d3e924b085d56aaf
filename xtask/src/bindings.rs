//! `cargo xtask bindings`: TypeScript for the contracts' messages, generated, compiled and tried.
//!
//! Committed schemas -> ts-codegen -> `bindings/src` -> `tsc --strict` -> a test in node. The test
//! reads answers that the contracts' own types printed, and those types parse what it sends.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::builds;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::{say, step};
use crate::tools::NodeTools;
use crate::workspace::Workspace;

/// The npm package: what is generated lies in its `src`.
const FOLDER: &str = "bindings";
/// What the compiler needs of it.
const SOURCES: &[&str] = &["src", "test"];

/// Generates, compares with what is committed, compiles, and runs the test.
///
/// # Errors
/// A tool is missing; the bindings differ; they do not compile; the test fails.
pub(crate) fn check(workspace: &Workspace) -> Outcome {
    let tools = NodeTools::install(workspace, FOLDER, "the bindings' tools, 140 MB")?;
    let made = step("bindings: generate", || generate(workspace, &tools))?;
    let committed = texts(&source(workspace))?;
    let names = made.keys().chain(committed.keys().filter(|name| !made.contains_key(*name)));
    let differs = names.filter(|name| made.get(*name) != committed.get(*name));
    let differs: Vec<&str> = differs.map(String::as_str).collect();
    if !differs.is_empty() {
        return Err(Failure::new("the bindings differ from those committed")
            .because(differs.join("\n"))
            .fix("if the schemas are meant: cargo xtask bindings --bless"));
    }
    step("bindings: compile and try", || try_out(workspace, &tools))
}

/// Replaces the committed bindings by today's, and checks them.
///
/// # Errors
/// As [`check`]; a file cannot be written.
pub(crate) fn bless(workspace: &Workspace) -> Outcome {
    let tools = NodeTools::install(workspace, FOLDER, "the bindings' tools, 140 MB")?;
    let made = step("bindings: generate", || generate(workspace, &tools))?;
    let folder = source(workspace);
    for name in texts(&folder)?.keys().filter(|name| !made.contains_key(*name)) {
        let file = folder.join(name);
        std::fs::remove_file(&file)
            .map_err(|error| Failure::new(format!("cannot remove {name}")).because(error))?;
    }
    for (name, text) in &made {
        files::replace(&folder.join(name), text.as_bytes())?;
    }
    say(&format!("    wrote {} files to {FOLDER}/src", made.len()));
    check(workspace)
}

fn source(workspace: &Workspace) -> PathBuf {
    workspace.root().join(FOLDER).join("src")
}

/// What ts-codegen makes of the committed schemas, by file name.
fn generate(workspace: &Workspace, tools: &NodeTools) -> Outcome<BTreeMap<String, String>> {
    let out = workspace.target().join("xtask/bindings");
    clear(&out)?;
    let script = workspace.root().join(FOLDER).join("generate.cjs");
    let mut node = tools.node();
    process::capture(node.arg(script).arg(workspace.root().join("schemas")).arg(&out))?;
    texts(&out)
}

/// The files of a folder; none where there is no folder.
fn texts(folder: &Path) -> Outcome<BTreeMap<String, String>> {
    if !folder.is_dir() {
        return Ok(BTreeMap::new());
    }
    let paths = files::walk(folder, &|_| false)?.into_iter();
    let named = paths.map(|path| {
        let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
        Ok((name, files::read_text(&path)?))
    });
    named.collect()
}

/// Compiles a copy of the package beside its tools, where the compiler finds them, and runs it.
fn try_out(workspace: &Workspace, tools: &NodeTools) -> Outcome {
    let package = workspace.root().join(FOLDER);
    let clone = files::sha256(workspace.root().display().to_string().as_bytes());
    let copy = tools.folder().join("clones").join(clone.get(..16).unwrap_or(&clone));
    clear(&copy)?;
    for folder in SOURCES {
        for (name, text) in texts(&package.join(folder))? {
            files::replace(&copy.join(folder).join(name), text.as_bytes())?;
        }
    }
    for name in ["package.json", "tsconfig.json"] {
        files::replace(&copy.join(name), &files::read(&package.join(name))?)?;
    }
    let compiler = tools.folder().join("node_modules/typescript/bin/tsc");
    process::run(tools.node().arg(compiler).arg("-p").arg(&copy))?;
    let schemas = builds::binary(workspace, "schemas", "schemas")?;
    let answers = process::capture(Command::new(&schemas).arg("answers"))?;
    let (read, written) = (copy.join("answers.json"), copy.join("messages.json"));
    files::replace(&read, answers.as_bytes())?;
    let mut node = tools.node();
    node.env("MOOT_ANSWERS", &read).env("MOOT_MESSAGES", &written).arg("--test");
    let printed = process::capture(node.arg(copy.join("dist/test/governor.test.js")))?;
    if !printed.lines().any(|line| line == "# pass 2" || line.ends_with("pass 2")) {
        return Err(Failure::new("the bindings' test did not run whole").because(printed));
    }
    let parsed = process::capture(Command::new(&schemas).arg("read").arg(&written))?;
    say(&format!("    tsc accepts them, two tests pass, {}", parsed.trim()));
    Ok(())
}

fn clear(folder: &Path) -> Outcome {
    if !folder.exists() {
        return Ok(());
    }
    std::fs::remove_dir_all(folder)
        .map_err(|error| Failure::new(format!("cannot clear {}", folder.display())).because(error))
}
