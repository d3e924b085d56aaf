//! What a contract answers when it does not do what it was asked.

use cosmwasm_std::{Decimal, StdError};
use protocol::{NOT_NEWER, Reason, Refusal};
use std::fmt::{Display, Formatter};

/// An error of a contract. A refusal's text starts with its code, so that engines can be
/// compared on it; the others come from outside the rulebook and compare as code 0.
#[derive(Debug, PartialEq)]
pub enum Error {
    /// The rulebook says no.
    Refused(Refusal),
    /// The rulebook says no to parameters, for every one of these reasons.
    Parameters(Vec<Refusal>),
    /// A fraction that is above one, or finer than 9 digits.
    Fraction {
        /// What was given.
        given: Decimal,
    },
    /// A module has no address here.
    NotWired {
        /// Which.
        module: &'static str,
    },
    /// Storage, parsing or addresses.
    Std(StdError),
    /// `E0008`: a migration to what is not newer code of the same contract.
    Migration {
        /// Contract and version that are stored.
        from: String,
        /// Contract and version of this code.
        to: String,
    },
}

impl Error {
    /// A refusal with every reason that there is: all of them where they begin with it.
    ///
    /// Parameters are refused for their first violation, which engines are compared on; whoever
    /// reads the text wants the rest as well.
    pub fn with_all(refused: Refusal, all: Vec<Refusal>) -> Self {
        match all.first() {
            Some(first) if *first == refused => Self::Parameters(all),
            _ => Self::Refused(refused),
        }
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => write!(f, "{refusal}"),
            Self::Parameters(refusals) => {
                for (n, refusal) in refusals.iter().enumerate() {
                    write!(f, "{}{refusal}", if n == 0 { "" } else { " | " })?;
                }
                Ok(())
            }
            Self::Fraction { given } => {
                write!(f, "{given} is not a usable fraction; use at most 9 digits and at most 1")
            }
            Self::NotWired { module } => {
                write!(f, "no address for {module}; wire the contracts first")
            }
            Self::Std(error) => write!(f, "{error}"),
            Self::Migration { from, to } => {
                let Reason { code, what, fix } = &NOT_NEWER;
                write!(f, "E{code:04} {what}: {from} to {to}; {fix}")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StdError> for Error {
    fn from(error: StdError) -> Self {
        Self::Std(error)
    }
}
