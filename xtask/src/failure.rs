//! The one error of the chores: what failed, why, and what to do about it.

use std::fmt;

/// A chore's outcome.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// What failed, why, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    what: String,
    because: Option<String>,
    fix: Option<String>,
}

impl Failure {
    /// A failure named by what could not be done.
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self { what: what.into(), because: None, fix: None }
    }

    /// Adds the reason.
    pub(crate) fn because(mut self, reason: impl fmt::Display) -> Self {
        self.because = Some(reason.to_string());
        self
    }

    /// Adds the remedy, a sentence or a command.
    pub(crate) fn fix(mut self, remedy: impl Into<String>) -> Self {
        self.fix = Some(remedy.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if let Some(reason) = &self.because {
            write!(f, "\n  because: {}", reason.trim_end().replace('\n', "\n  "))?;
        }
        if let Some(remedy) = &self.fix {
            write!(f, "\n  fix: {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::Failure;

    #[test]
    fn a_failure_prints_reason_and_remedy_on_their_own_lines() {
        let failure = Failure::new("cannot lower token.wasm").because("one\ntwo").fix("do this");
        let text = failure.to_string();
        assert_eq!(text, "cannot lower token.wasm\n  because: one\n  two\n  fix: do this");
    }
}
