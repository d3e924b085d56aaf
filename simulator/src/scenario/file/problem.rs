//! What is wrong with a scenario file, and where.

use std::fmt;
use std::ops::Range;

/// A file that is not a scenario: one or more problems.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileError {
    /// In the order found; never empty.
    pub problems: Vec<Problem>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The key it is about, as a path: `populations.copier.behaviour`. May be empty.
    pub path: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it. May be empty.
    pub fix: String,
    /// Where it stands, if it stands anywhere.
    pub snippet: Option<Box<Snippet>>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The file's name as it was asked for.
    pub file: String,
    /// Its whole text.
    pub text: String,
    /// The bytes that the problem is about.
    pub span: Range<usize>,
}

impl Snippet {
    /// Line and column, from 1; columns count characters.
    pub fn line_column(&self) -> (usize, usize) {
        let before = self.text.get(..self.span.start).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }
}

impl Problem {
    /// A problem of a key; the file is looked for later.
    pub(crate) fn at(
        path: impl Into<String>,
        what: impl Into<String>,
        fix: impl Into<String>,
    ) -> Self {
        Self { path: path.into(), what: what.into(), fix: fix.into(), snippet: None }
    }

    /// A problem that stands at no key.
    pub(super) fn whole(what: impl Into<String>, fix: impl Into<String>) -> Self {
        Self::at("", what, fix)
    }
}

impl From<Problem> for FileError {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(snippet) = &self.snippet {
            let (line, column) = snippet.line_column();
            write!(f, "{}:{line}:{column}: ", snippet.file)?;
        }
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "{}", self.what)?;
        if !self.fix.is_empty() {
            write!(f, "; {}", self.fix)?;
        }
        Ok(())
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            let between = if number == 0 { "" } else { "\n" };
            write!(f, "{between}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for FileError {}
