//! What is broken, where, and who must see it.

use std::path::Path;

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::workspace::Workspace;

/// Who must see a mutant.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Judge {
    /// The engines part: the mutant is in one contract's Wasm alone.
    Conformance,
    /// A law is broken: the mutant is in everybody's rulebook.
    Law,
}

/// One rule, broken.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Mutant {
    /// Its name.
    pub(super) name: String,
    /// What is wrong with it.
    pub(super) says: String,
    /// Who must see it.
    pub(super) judge: Judge,
    /// The file, below the clone.
    file: String,
    /// Text that occurs in the file once.
    find: String,
    /// What stands there instead.
    put: String,
    /// The contracts that get it; for conformance.
    #[serde(default)]
    pub(super) contracts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutant: Vec<Mutant>,
}

/// A file that was changed, with what it was before: [`Broken::mend`] puts it back.
pub(super) struct Broken<'a> {
    mutant: &'a Mutant,
    path: std::path::PathBuf,
    before: String,
}

/// Reads `xtask/mutants.toml`.
///
/// # Errors
/// The file is missing or malformed.
pub(super) fn read(workspace: &Workspace) -> Outcome<Vec<Mutant>> {
    let path = workspace.root().join("xtask/mutants.toml");
    let list: List = toml::from_str(&files::read_text(&path)?)
        .map_err(|error| Failure::new("xtask/mutants.toml cannot be read").because(error))?;
    Ok(list.mutant)
}

impl Judge {
    /// As in the list.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Conformance => "conformance",
            Self::Law => "law",
        }
    }
}

impl Mutant {
    /// Breaks the rule in the clone at `root`.
    ///
    /// # Errors
    /// The text is not there, or more than once: the rule has changed.
    pub(super) fn apply(&self, root: &Path) -> Outcome<Broken<'_>> {
        let path = root.join(&self.file);
        let before = files::read_text(&path)?;
        let times = before.matches(&self.find).count();
        if times != 1 {
            return Err(Failure::new(format!("mutant {} does not apply", self.name))
                .because(format!("`{}` occurs {times} times in {}", self.find, self.file))
                .fix("bring xtask/mutants.toml up to date with the rule"));
        }
        files::replace(&path, before.replacen(&self.find, &self.put, 1).as_bytes())?;
        Ok(Broken { mutant: self, path, before })
    }
}

impl Broken<'_> {
    /// Puts the file back as it was.
    ///
    /// # Errors
    /// It cannot be written.
    pub(super) fn mend(self) -> Outcome {
        files::replace(&self.path, self.before.as_bytes()).map_err(|failure| {
            Failure::new(format!("{} stays broken", self.mutant.file)).because(failure)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Judge, Mutant, read};
    use crate::files;
    use crate::workspace::Workspace;
    use std::collections::BTreeSet;

    fn mutant(find: &str) -> Mutant {
        Mutant {
            name: "one".into(),
            says: "a test".into(),
            judge: Judge::Law,
            file: "a.rs".into(),
            find: find.into(),
            put: "x - 1".into(),
            contracts: Vec::new(),
        }
    }

    #[test]
    fn a_mutant_is_put_in_and_taken_out_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("a.rs");
        files::replace(&path, b"let y = x + 1; let z = y;").expect("it is written");
        let one = mutant("x + 1");
        let broken = one.apply(folder.path()).expect("it applies");
        assert_eq!(files::read_text(&path).expect("there"), "let y = x - 1; let z = y;");
        broken.mend().expect("it is put back");
        assert_eq!(files::read_text(&path).expect("there"), "let y = x + 1; let z = y;");
        for find in ["x + 2", "y"] {
            let failure = mutant(find).apply(folder.path()).err().expect("it does not apply");
            assert!(failure.to_string().contains("mutants.toml"), "{failure}");
        }
    }

    /// A rule that changes must take its mutant along.
    #[test]
    fn every_mutant_of_the_list_applies_today() {
        let workspace = Workspace::read().expect("the clone is readable");
        let all = read(&workspace).expect("the list is readable");
        assert!(all.len() >= 20, "only {} mutants", all.len());
        let names: BTreeSet<_> = all.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names.len(), all.len(), "names are unique");
        for one in &all {
            let text =
                files::read_text(&workspace.root().join(&one.file)).expect("the file is there");
            assert_eq!(text.matches(&one.find).count(), 1, "{} in {}", one.name, one.file);
            assert_ne!(one.find, one.put, "{}", one.name);
            let needs_contracts = one.judge == Judge::Conformance;
            assert_eq!(!one.contracts.is_empty(), needs_contracts, "{}", one.name);
        }
    }
}
