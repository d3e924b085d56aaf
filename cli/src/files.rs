//! Scenario files on disk: found by name or pattern, read with what they name.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use simulator::foreign::Incident;
use simulator::lint::Severity;
use simulator::scenario::Scenario;
use simulator::scenario::file::{self, Disk, FileError, Problem, Source, Subject, read};
use simulator::snapshot::Snapshot;

use crate::exit::{Failure, Outcome};
use crate::snippet;

/// A scenario with the files it was read from.
pub(crate) struct Loaded {
    /// What is played.
    pub(crate) scenario: Scenario,
    /// Every file that was read, by its path from the root.
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// The state that it begins in, with its file's bytes; its own first state where absent.
    pub(crate) from: Option<(Snapshot, Vec<u8>)>,
}

/// A file of either kind, with the files it was read from.
pub(crate) enum Opened {
    /// A season to play.
    Season(Box<Loaded>),
    /// An incident to tell.
    Incident(Box<Incident>, BTreeMap<String, Vec<u8>>),
}

impl Opened {
    /// Every file that was read, by its path from the root.
    pub(crate) const fn files(&self) -> &BTreeMap<String, Vec<u8>> {
        match self {
            Self::Season(loaded) => &loaded.files,
            Self::Incident(_, files) => files,
        }
    }
}

/// Remembers what is read.
struct Remembering {
    disk: Disk,
    read: RefCell<BTreeMap<String, Vec<u8>>>,
}

impl Source for Remembering {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        let bytes = self.disk.bytes(path)?;
        self.read.borrow_mut().insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

/// Reads a scenario. Files that it names may lie anywhere below the nearest folder called
/// `scenarios` or `scenario` above it; below its own folder where there is none.
///
/// # Errors
/// What is wrong with it, with the places shown.
pub(crate) fn load(path: &Path) -> Outcome<Loaded> {
    let (root, name) = split(path)?;
    load_from(&root, &name).map_err(|error| Failure::Usage(snippet::render(&error)))
}

/// Reads a scenario below a root.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn load_from(root: &Path, name: &str) -> Result<Loaded, FileError> {
    let source = Remembering { disk: Disk { root: root.to_owned() }, read: RefCell::default() };
    let scenario = read(&source, name)?;
    Ok(Loaded { scenario, files: source.read.into_inner(), from: None })
}

/// Reads a deployment's file; files that it extends lie beside it or below.
///
/// # Errors
/// What is wrong with it, with the places shown.
#[cfg(feature = "chain")]
pub(crate) fn deployment(path: &Path) -> Outcome<simulator::deployment::Deployment> {
    let (root, name) = split(path)?;
    let read = simulator::deployment::read(&Disk { root }, &name);
    read.map_err(|error| Failure::Usage(snippet::render(&error)))
}

/// Reads a scenario or an incident.
///
/// # Errors
/// What is wrong with it, with the places shown.
pub(crate) fn open(path: &Path) -> Outcome<Opened> {
    let (root, name) = split(path)?;
    open_from(&root, &name).map_err(|error| Failure::Usage(snippet::render(&error)))
}

/// Reads a scenario or an incident below a root.
///
/// # Errors
/// What is wrong with it.
pub(crate) fn open_from(root: &Path, name: &str) -> Result<Opened, FileError> {
    let source = Remembering { disk: Disk { root: root.to_owned() }, read: RefCell::default() };
    let subject = file::open(&source, name)?;
    let files = source.read.into_inner();
    Ok(match subject {
        Subject::Season(scenario) => {
            Opened::Season(Box::new(Loaded { scenario: *scenario, files, from: None }))
        }
        Subject::Incident(incident) => Opened::Incident(incident, files),
    })
}

/// What is wrong or doubtful about the parameters of a scenario or a deployment.
///
/// # Errors
/// What keeps the file from being read, with the places shown.
pub(crate) fn lint(path: &Path) -> Outcome<Vec<(Severity, Problem)>> {
    let (root, name) = split(path)?;
    file::lint(&Disk { root }, &name).map_err(|error| Failure::Usage(snippet::render(&error)))
}

fn split(path: &Path) -> Outcome<(PathBuf, String)> {
    let unusual = || Failure::Usage(format!("error: {} is not a usable path", path.display()));
    let parts: Vec<Component> = path.components().collect();
    let folders = parts.len().saturating_sub(1);
    let named =
        |part: &Component| matches!(part.as_os_str().to_str(), Some("scenarios" | "scenario"));
    let root_end = parts.iter().take(folders).rposition(named).map_or(folders, |at| at + 1);
    let (root, rest) = parts.split_at_checked(root_end).ok_or_else(unusual)?;
    let rest: Option<Vec<&str>> = rest.iter().map(|part| part.as_os_str().to_str()).collect();
    let name = rest.map(|rest| rest.join("/")).filter(|name| !name.is_empty());
    Ok((root.iter().collect(), name.ok_or_else(unusual)?))
}

/// `a{b,c}d` as `abd` and `acd`, as shells have it; the first brace pair first.
fn alternatives(pattern: &str) -> Vec<String> {
    let parts = pattern.split_once('{').and_then(|(before, rest)| {
        let (inner, after) = rest.split_once('}')?;
        Some((before, inner, after))
    });
    let Some((before, inner, after)) = parts else { return vec![pattern.to_owned()] };
    inner.split(',').flat_map(|one| alternatives(&format!("{before}{one}{after}"))).collect()
}

/// The files that names and patterns mean, in order, each once.
///
/// # Errors
/// A pattern that is none, or that nothing matches.
pub(crate) fn matching(patterns: &[String]) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let patterns = patterns.iter().flat_map(|pattern| match Path::new(pattern).is_file() {
        true => vec![pattern.clone()],
        false => alternatives(pattern),
    });
    for pattern in &patterns.collect::<Vec<_>>() {
        let wrong = |why: String| Failure::Usage(format!("error: `{pattern}`: {why}"));
        let paths = glob::glob(pattern).map_err(|error| wrong(error.to_string()))?;
        let before = found.len();
        for path in paths {
            let path = path.map_err(|error| wrong(error.to_string()))?;
            if path.is_file() && !found.contains(&path) {
                found.push(path);
            }
        }
        if found.len() == before && !found.iter().any(|path| Path::new(pattern) == path) {
            return Err(wrong(
                "there is no such file; quote patterns: 'scenarios/**/*.toml'".into(),
            ));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::alternatives;

    #[test]
    fn braces_are_alternatives() {
        assert_eq!(alternatives("a/{b,c}/*.{d,e}"), ["a/b/*.d", "a/b/*.e", "a/c/*.d", "a/c/*.e"]);
        assert_eq!(alternatives("plain"), ["plain"]);
        assert_eq!(alternatives("open{a"), ["open{a"]);
    }
}
