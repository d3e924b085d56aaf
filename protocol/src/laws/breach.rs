//! A broken law.

use crate::account::AccountId;
use std::fmt::{Debug, Display, Formatter};

/// A law that does not hold, and what shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Breach {
    /// Its number in `docs/laws.toml`.
    pub law: u8,
    /// What was found, with both sides.
    pub what: String,
    /// Whose record shows it, where it is somebody's.
    pub who: Option<AccountId>,
}

impl Breach {
    /// A law that does not hold, by what was found.
    pub const fn new(law: u8, what: String) -> Self {
        Self { law, what, who: None }
    }

    /// The same, shown by a record of this account.
    pub(super) const fn of(mut self, who: AccountId) -> Self {
        self.who = Some(who);
        self
    }
}

impl Display for Breach {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        write!(f, "law {}: {}", self.law, self.what)
    }
}

impl std::error::Error for Breach {}

/// `Ok` where both sides are equal.
pub(super) fn equal<T: PartialEq + Debug>(
    law: u8,
    what: &str,
    stated: T,
    found: T,
) -> Result<(), Breach> {
    if stated == found {
        return Ok(());
    }
    Err(Breach::new(law, format!("{what}: stated {stated:?}, found {found:?}")))
}

/// `Ok` where `least <= most`.
pub(super) fn at_most<T: PartialOrd + Debug>(
    law: u8,
    what: &str,
    least: T,
    most: T,
) -> Result<(), Breach> {
    if least <= most {
        return Ok(());
    }
    Err(Breach::new(law, format!("{what}: {least:?} is above {most:?}")))
}
