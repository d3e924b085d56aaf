//! `cargo xtask golden`: what must not change unless a commit says so.
//!
//! Digests of kernel, samplers and ten epochs; and each file of small reports by size and sha256.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::builds;
use crate::digest::{self, Platform};
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::{say, step};
use crate::workspace::Workspace;

/// Where the reports' files are listed: `bytes sha256 report/file` a line.
const REPORTS: &str = "xtask/golden/reports.txt";

/// A report small enough to be made again on each change.
struct Example {
    name: &'static str,
    arguments: &'static [&'static str],
}

const EXAMPLES: &[Example] = &[Example {
    name: "quickstart",
    arguments: &["run", "scenarios/quickstart.toml", "--seeds", "4"],
}];

/// Compares everything with the committed values.
///
/// # Errors
/// Something cannot be made, or differs.
pub(crate) fn check(workspace: &Workspace) -> Outcome {
    digest::check(workspace, Platform::Native)?;
    let found = step("golden reports", || reports(workspace))?;
    let committed = files::read_text(&workspace.root().join(REPORTS))?;
    if committed == found {
        return Ok(());
    }
    let is_new = |line: &&str| !committed.lines().any(|one| one == *line);
    let is_gone = |line: &&str| !found.lines().any(|one| one == *line);
    let gone = committed.lines().filter(is_gone).map(|line| format!("- {line}"));
    let new = found.lines().filter(is_new).map(|line| format!("+ {line}"));
    Err(Failure::new(format!("reports differ from {REPORTS}"))
        .because(gone.chain(new).collect::<Vec<_>>().join("\n"))
        .fix("if the change is meant: cargo xtask golden --bless, and say why in the commit"))
}

/// Replaces the committed values by today's.
///
/// # Errors
/// Something cannot be made or written.
pub(crate) fn bless(workspace: &Workspace) -> Outcome {
    let digests = step("digests", || digest::compute(workspace, Platform::Native))?;
    let reports = step("golden reports", || reports(workspace))?;
    for (file, content) in [(digest::GOLDEN, digests), (REPORTS, reports)] {
        files::replace(&workspace.root().join(file), content.as_bytes())?;
        say(&format!("    wrote {file}"));
    }
    Ok(())
}

fn reports(workspace: &Workspace) -> Outcome<String> {
    let moot = builds::binary(workspace, "moot", "moot")?;
    let mut listing = String::new();
    for example in EXAMPLES {
        let folder = workspace.target().join("xtask/golden").join(example.name);
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| {
                Failure::new(format!("cannot clear {}", folder.display())).because(error)
            })?;
        }
        let mut run = Command::new(&moot);
        run.args(example.arguments).arg("--out").arg(&folder).current_dir(workspace.root());
        process::capture(&mut run)?;
        listing += &list(example.name, &folder, &files::walk(&folder, &|_| false)?)?;
    }
    Ok(listing)
}

fn list(name: &str, folder: &Path, paths: &[PathBuf]) -> Outcome<String> {
    if paths.is_empty() {
        return Err(Failure::new(format!("report {name} has no files")));
    }
    let mut listing = String::new();
    for path in paths {
        let content = files::read(path)?;
        let below = path.strip_prefix(folder).unwrap_or(path).display();
        listing += &format!("{} {} {name}/{below}\n", content.len(), files::sha256(&content));
    }
    Ok(listing)
}

#[cfg(test)]
mod tests {
    use super::list;
    use crate::files::{replace, walk};

    #[test]
    fn a_report_is_listed_by_size_and_digest() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        replace(&folder.path().join("a/b.txt"), b"abc").expect("it is written");
        let paths = walk(folder.path(), &|_| false).expect("it is read");
        let listing = list("small", folder.path(), &paths).expect("it is listed");
        assert!(
            listing.starts_with("3 ba7816bf") && listing.ends_with(" small/a/b.txt\n"),
            "{listing}"
        );
        assert!(list("small", folder.path(), &[]).is_err());
    }
}
