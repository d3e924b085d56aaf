//! What is broken, where, and who must see it.

use serde::Deserialize;

use crate::failure::{Failure, Outcome};
use crate::files;
use crate::workspace::Workspace;

/// In `put`: true where the mutant is awake.
const BROKEN: &str = "BROKEN";

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
    pub(super) file: String,
    /// Text that occurs in the file once.
    find: String,
    /// What stands there instead: the same unless `BROKEN`.
    put: String,
    /// The contracts in which it is awake; for conformance.
    #[serde(default)]
    pub(super) contracts: Vec<String>,
    /// Its place in the list, from 1.
    #[serde(skip)]
    pub(super) number: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    mutant: Vec<Mutant>,
}

/// Reads `xtask/mutants.toml`.
///
/// # Errors
/// The file is missing or malformed.
pub(super) fn read(workspace: &Workspace) -> Outcome<Vec<Mutant>> {
    let path = workspace.root().join("xtask/mutants.toml");
    let List { mutant: mut all } = toml::from_str(&files::read_text(&path)?)
        .map_err(|error| Failure::new("xtask/mutants.toml cannot be read").because(error))?;
    all.iter_mut().zip(1..).for_each(|(mutant, number)| mutant.number = number);
    Ok(all)
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
    /// The file of the crate that it is in, which gets what it asks whether it is awake.
    ///
    /// # Errors
    /// It is in no crate's `src`.
    pub(super) fn crate_root(&self) -> Outcome<String> {
        let (crate_folder, _) = self.file.split_once("/src/").ok_or_else(|| {
            Failure::new(format!("mutant {} is in no crate: {}", self.name, self.file))
        })?;
        Ok(format!("{crate_folder}/src/lib.rs"))
    }

    /// A file's text with the mutant in it, asleep.
    ///
    /// # Errors
    /// What it replaces is not there, or more than once: the rule has changed.
    pub(super) fn applied_to(&self, text: &str) -> Outcome<String> {
        let times = text.matches(&self.find).count();
        if times != 1 {
            return Err(Failure::new(format!("mutant {} does not apply", self.name))
                .because(format!("`{}` occurs {times} times in {}", self.find, self.file))
                .fix("bring xtask/mutants.toml up to date with the rule"));
        }
        let condition = format!("crate::is_awake({})", self.number);
        Ok(text.replacen(&self.find, &self.put.replace(BROKEN, &condition), 1))
    }
}

#[cfg(test)]
mod tests {
    use super::{BROKEN, Judge, Mutant, read};
    use crate::files;
    use crate::workspace::Workspace;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn a_mutant_replaces_what_occurs_once() {
        let mutant = |find: &str| Mutant {
            name: "one".into(),
            says: "a test".into(),
            judge: Judge::Law,
            file: "a/src/b.rs".into(),
            find: find.into(),
            put: "if BROKEN { x - 1 } else { x + 1 }".into(),
            contracts: Vec::new(),
            number: 7,
        };
        let text = "let y = x + 1; let z = y;";
        let applied = mutant("x + 1").applied_to(text).expect("it applies");
        assert_eq!(applied, "let y = if crate::is_awake(7) { x - 1 } else { x + 1 }; let z = y;");
        assert_eq!(mutant("x + 1").crate_root().expect("a crate"), "a/src/lib.rs");
        for find in ["x + 2", "y"] {
            let failure = mutant(find).applied_to(text).expect_err("it does not apply");
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
        let mut texts = BTreeMap::new();
        for one in &all {
            let text = texts.entry(&one.file).or_insert_with(|| {
                files::read_text(&workspace.root().join(&one.file)).expect("the file is there")
            });
            *text = one.applied_to(text).expect("it applies beside the others");
            assert!(one.put.contains(BROKEN), "{}", one.name);
            let needs_contracts = one.judge == Judge::Conformance;
            assert_eq!(!one.contracts.is_empty(), needs_contracts, "{}", one.name);
        }
    }
}
