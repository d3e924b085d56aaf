//! The two things that accounts hold.

use crate::{codec::codec_enum, store::Key};

/// What is staked, paid or promised.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Asset {
    /// The token module's cw20.
    #[default]
    Token,
    /// The chain's native denom named at instantiation.
    Native,
}

codec_enum!(Asset { 0 => Token, 1 => Native });

impl Key for Asset {}

impl Asset {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Token, Self::Native];

    /// The name used in events and messages.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Token => "token",
            Self::Native => "native",
        }
    }
}
