//! Why a run could not begin or go on.

use crate::{engine::Refused, random::SampleError, scenario::Invalid};

/// A run that did not come to its end. A broken law is not among these: it is a result.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum RunError {
    /// The scenario's parts do not fit together.
    #[error("{}", list(.0))]
    Invalid(Vec<Invalid>),
    /// Slots of a topic are given with gaps.
    #[error("topics.{topic}: slot {free} is held by nobody at the start; give slots without gaps")]
    Gap {
        /// The topic.
        topic: String,
        /// The first free slot.
        free: u16,
    },
    /// A distribution cannot be drawn from.
    #[error(transparent)]
    Sample(#[from] SampleError),
    /// The scenario does not fit the snapshot that it is to begin in.
    #[error("it does not fit the snapshot: {what}; {fix}")]
    Unfit {
        /// What does not.
        what: String,
        /// What to do about it.
        fix: String,
    },
    /// A module refuses its part of the genesis.
    #[error("genesis: {0}")]
    Genesis(Refused),
    /// A command of the first block was refused.
    #[error("first block, {who}: {why}")]
    Opening {
        /// Whose command.
        who: String,
        /// Why.
        why: Refused,
    },
    /// An epoch could not be closed.
    #[error("epoch {epoch}: not closed: {why}")]
    NotClosed {
        /// Which.
        epoch: u64,
        /// What the last command to close it met with.
        why: String,
    },
}

fn list(all: &[Invalid]) -> String {
    all.iter().map(Invalid::to_string).collect::<Vec<_>>().join("\n")
}
