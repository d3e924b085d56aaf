//! `cargo xtask tidy`: what a reader of the clone relies on and no compiler checks.

mod architecture;
mod catalogue;
mod laws;
mod licences;
mod rust_source;
mod style;
mod text;

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::process;
use crate::progress::say;
use crate::workspace::Workspace;

/// What a check has to say about one place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    /// Path below the clone's top folder.
    path: PathBuf,
    /// Counted from 1; 0 stands for the whole file.
    line: usize,
    /// What is wrong, and what would be right.
    says: String,
}

impl Finding {
    fn new(path: &Path, line: usize, says: impl Into<String>) -> Self {
        Self { path: path.to_path_buf(), line, says: says.into() }
    }

    fn spell(&self) -> String {
        match self.line {
            0 => format!("{}: {}", self.path.display(), self.says),
            line => format!("{}:{line}: {}", self.path.display(), self.says),
        }
    }
}

/// What all checks found.
#[derive(Default)]
struct Findings {
    errors: Vec<Finding>,
    warnings: Vec<Finding>,
}

/// The files that are the project's, as paths below its top folder.
pub(crate) struct Clone<'a> {
    root: &'a Path,
    files: Vec<PathBuf>,
    crates: Vec<PathBuf>,
}

impl Clone<'_> {
    fn text(&self, path: &Path) -> Outcome<String> {
        files::read_text(&self.root.join(path))
    }

    fn of_type(&self, extension: &str) -> impl Iterator<Item = &Path> {
        let is_of_type = move |path: &&Path| path.extension().is_some_and(|end| end == extension);
        self.files.iter().map(PathBuf::as_path).filter(is_of_type)
    }
}

/// Runs every check and prints every finding.
///
/// # Errors
/// A file cannot be read, or a check found an error.
pub(crate) fn tidy(workspace: &Workspace) -> Outcome {
    let root = workspace.root();
    let folder = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_path_buf();
    let crates = workspace.members().map(|member| folder(member.folder())).collect();
    let clone = Clone { root, files: tracked(root)?, crates };
    let mut findings = Findings::default();
    findings.errors.extend(architecture::check(&clone)?);
    findings.errors.extend(text::check(&clone)?);
    style::check(&clone, &mut findings)?;
    findings.errors.extend(laws::check(&clone)?);
    findings.errors.extend(licences::check(workspace));
    report(findings, clone.files.len())
}

/// What git tracks or would track, and is there.
fn tracked(root: &Path) -> Outcome<Vec<PathBuf>> {
    let arguments = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listing = process::capture(Command::new("git").args(arguments).current_dir(root))?;
    let names = listing.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from);
    let mut found: Vec<_> = names.filter(|name| root.join(name).is_file()).collect();
    found.sort();
    found.dedup();
    Ok(found)
}

fn report(mut findings: Findings, file_count: usize) -> Outcome {
    findings.errors.sort();
    findings.warnings.sort();
    for warning in &findings.warnings {
        say(&format!("warning: {}", warning.spell()));
    }
    for error in &findings.errors {
        say(&format!("error: {}", error.spell()));
    }
    let (errors, warnings) = (findings.errors.len(), findings.warnings.len());
    say(&format!("tidy: {file_count} files, {errors} errors, {warnings} warnings"));
    if errors == 0 { Ok(()) } else { Err(Failure::new(format!("tidy found {errors} errors"))) }
}

#[cfg(test)]
mod planted {
    //! A folder with planted files, for the checks' own tests.

    use super::Clone;
    use std::path::{Path, PathBuf};

    /// Files that exist only for one test.
    pub(super) struct Planted {
        folder: tempfile::TempDir,
        files: Vec<PathBuf>,
    }

    impl Planted {
        /// Writes `files` as (path, content).
        pub(super) fn new(files: &[(&str, &str)]) -> Self {
            let folder = tempfile::tempdir().expect("a temporary folder");
            for (path, content) in files {
                let path = folder.path().join(path);
                std::fs::create_dir_all(path.parent().expect("a parent")).expect("it is made");
                std::fs::write(path, content).expect("it is written");
            }
            let files = files.iter().map(|(path, _)| PathBuf::from(path)).collect();
            Self { folder, files }
        }

        /// The clone that the checks see.
        pub(super) fn clone(&self, crates: &[&str]) -> Clone<'_> {
            let crates = crates.iter().map(PathBuf::from).collect();
            Clone { root: Path::new(self.folder.path()), files: self.files.clone(), crates }
        }
    }
}
