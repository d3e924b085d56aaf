use super::{AGENTS_MAX, STEPS_MAX};

/// A run outside the bounds within which every number is proved to fit.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum EconomyError {
    /// No agents, or too many.
    #[error("{agents} agents; an economy has 1 to {AGENTS_MAX}")]
    Agents {
        /// What was asked for.
        agents: usize,
    },
    /// More steps in all than a stake has room for.
    #[error("{steps} steps in all; an economy runs at most {STEPS_MAX}")]
    Steps {
        /// Steps done and asked for.
        steps: u64,
    },
}
