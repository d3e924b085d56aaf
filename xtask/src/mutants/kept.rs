//! Where mutants were caught, kept until a source changes, so that a run can go on.

use std::path::PathBuf;

use super::list::Mutant;
use crate::failure::Outcome;
use crate::files;

/// One file a mutant, below one folder.
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// What was kept in `folder` for sources of this hash; what was kept for others goes.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn open(folder: PathBuf, sources: &str) -> Outcome<Self> {
        let mark = folder.join("SOURCES");
        if files::read_text(&mark).ok().as_deref() != Some(sources) {
            files::clear(&folder)?;
            files::replace(&mark, sources.as_bytes())?;
        }
        Ok(Self { folder })
    }

    /// Where a mutant was caught, if it was.
    pub(super) fn place(&self, mutant: &Mutant) -> Option<String> {
        files::read_text(&self.folder.join(&mutant.name)).ok()
    }

    /// Keeps where one was caught.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(super) fn keep(&mut self, mutant: &Mutant, place: &str) -> Outcome {
        files::replace(&self.folder.join(&mutant.name), place.as_bytes())
    }
}
