//! The three ways by which a proposal may pass.

use crate::{codec::codec_enum, store::Key};

/// A track: each has its own quorum, threshold, periods and deposit.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Track {
    /// Payments under the cap, topics inside bounds.
    #[default]
    Ordinary,
    /// Whatever may be done at all.
    Constitutional,
    /// A short list of actions whose effects lapse.
    Emergency,
}

codec_enum!(Track { 0 => Ordinary, 1 => Constitutional, 2 => Emergency });

impl Key for Track {}

impl Track {
    /// Every track, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Ordinary, Self::Constitutional, Self::Emergency];

    /// The name used in events and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ordinary => "ordinary",
            Self::Constitutional => "constitutional",
            Self::Emergency => "emergency",
        }
    }
}
