//! Live records as bytes, for finding where two engines part.

use protocol::{Digest, Names, Record, bytes_hash, record_bytes};

/// A live record of any table, for another engine to start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The table's name.
    pub table: &'static str,
    /// Table and key, as in contract storage with addresses as the digest writes them.
    pub key: Vec<u8>,
    /// The encoded value.
    pub value: Vec<u8>,
}

impl Stored {
    /// The record at `key`.
    pub(super) fn of<R: Record>(names: &dyn Names, key: &R::Key, row: &R) -> Self {
        let (key, value) = record_bytes(names, key, row);
        Self { table: R::NAME, key, value }
    }
}

/// A live record of a hashed table.
#[derive(Clone, Debug, PartialEq)]
pub struct Exported {
    /// The table's name.
    pub table: &'static str,
    /// Table and key, as in contract storage with addresses as the digest writes them.
    pub key: Vec<u8>,
    /// The encoded value.
    pub value: Vec<u8>,
    /// `[key] = value`, for people.
    pub shown: String,
}

impl Exported {
    /// The record at `key`.
    pub(super) fn of<R: Record>(names: &dyn Names, key: &R::Key, row: &R) -> Self {
        let (key_bytes, value) = record_bytes(names, key, row);
        Self { table: R::NAME, key: key_bytes, value, shown: format!("[{key:?}] = {row:?}") }
    }

    /// What the record adds to its module's digest.
    pub fn hash(&self) -> Digest {
        bytes_hash(&[self.key.as_slice(), self.value.as_slice()].concat())
    }
}
