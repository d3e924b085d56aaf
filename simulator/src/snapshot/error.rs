//! Why a file is no snapshot.

use std::fmt;

use protocol::ModuleId;

use crate::native::{Misfit, Unloaded};

/// A record of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub module: ModuleId,
    /// Its number among the module's, from 1, as in the file.
    pub number: usize,
    /// Its table's name, as the file says.
    pub table: String,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, record {} ({})", self.module.name(), self.number, self.table)
    }
}

/// Why a file is no snapshot, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SnapshotError {
    /// It is no JSON of this form; the text has line and column.
    #[error("not a snapshot, or one that was cut off: {0}")]
    Form(String),
    /// It is of another version.
    #[error("its format is `{0}`; this program reads `{FORMAT}`", FORMAT = super::file::FORMAT)]
    Version(String),
    /// Numbers that only people are told are out of range.
    #[error(
        "a token has {decimals} decimals and a block takes {block_seconds} s: at most 18, and 1 to 86,400, make sense"
    )]
    About {
        /// Decimals of a token.
        decimals: u8,
        /// Seconds of a block.
        block_seconds: u64,
    },
    /// A hash or an address is not hexadecimal, or not as long as it should be.
    #[error("{place}: not {wanted}")]
    Hex {
        /// Where.
        place: String,
        /// What should be there.
        wanted: &'static str,
    },
    /// Accounts do not ascend by address.
    #[error(
        "account {number} does not come after the one before it: a list that was reordered, or an account twice"
    )]
    AccountOrder {
        /// Its number, from 1.
        number: usize,
    },
    /// There is no such module.
    #[error("there is no module `{0}` with records")]
    Module(String),
    /// Modules do not come in the order of the state hash.
    #[error("module {} does not come after the one before it: modules were reordered, or one is there twice", .0.name())]
    ModuleOrder(ModuleId),
    /// There is no such table.
    #[error("{0}: the module has no such table")]
    Table(Place),
    /// A record does not come after the one before it.
    #[error(
        "{0}: it does not come after the record before it: records were reordered, or one is there twice"
    )]
    Order(Place),
    /// A record is none.
    #[error("{place}: {why}")]
    Record {
        /// Where.
        place: Place,
        /// Why.
        why: Misfit,
    },
    /// A record is not written as the rulebook writes it.
    #[error("{0}: not in the one form in which the rulebook writes it")]
    Written(Place),
    /// A record names an account that the file does not list.
    #[error("{0}: it names an account that the file does not list")]
    Stranger(Place),
    /// A module's records are not those that were counted or hashed.
    #[error("{}: the file states {stated}, its records give {found}", module.name())]
    Altered {
        /// Whose.
        module: ModuleId,
        /// What the file states.
        stated: String,
        /// What its records give.
        found: String,
    },
    /// The records have another state hash.
    #[error("the file states the state hash {stated}, its records give {found}")]
    StateHash {
        /// What the file states.
        stated: String,
        /// What its records give.
        found: String,
    },
    /// Block, source or accounts were altered.
    #[error(
        "the file states the content hash {stated}, its content gives {found}: block, source, token or accounts were altered"
    )]
    ContentHash {
        /// What the file states.
        stated: String,
        /// What its content gives.
        found: String,
    },
    /// A record that was taken from an engine is none.
    #[error(transparent)]
    Unloaded(#[from] Unloaded),
}
