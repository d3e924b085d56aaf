//! Where records live: the two ports that every rule reads and writes through.

use crate::{
    account::AccountId,
    codec::{Codec, Names},
};
use std::{fmt::Debug, hash::Hash};

/// What a record is found by.
pub trait Key: Codec + Copy + Eq + Hash + Debug {
    /// A small dense number, where the key is one already; engines may index by it.
    fn dense(&self) -> Option<u32> {
        None
    }
}

impl Key for () {
    fn dense(&self) -> Option<u32> {
        Some(0)
    }
}
impl Key for AccountId {
    fn dense(&self) -> Option<u32> {
        Some(self.handle())
    }
}
impl Key for u16 {
    fn dense(&self) -> Option<u32> {
        Some(u32::from(*self))
    }
}
impl Key for (u16, u16) {}
impl Key for (u16, AccountId) {}
impl Key for (AccountId, AccountId) {}
impl Key for (AccountId, u32) {}
impl Key for (u32, AccountId) {}
impl Key for (u32, u32) {}
impl Key for (u32, u32, u32) {}
impl Key for u32 {
    fn dense(&self) -> Option<u32> {
        Some(*self)
    }
}

/// One row of one table. A record equal to its default is not live: it is absent.
pub trait Record: Codec + Clone + PartialEq + Default + Debug {
    /// What it is found by.
    type Key: Key;
    /// Unique in its module. 1 to 31 are covered by the state hash; 128 and above (history,
    /// page cursors) are not; 0 and printable ASCII belong to the contract's framework.
    const TABLE: u8;
    /// The name used in errors and reports.
    const NAME: &'static str;
}

/// Reading a table. An absent record reads as its default.
pub trait Get<R: Record> {
    /// The record at `key`.
    fn get(&self, key: R::Key) -> R;
}

/// Writing a table. Writing the default removes the record.
pub trait Has<R: Record>: Get<R> {
    /// Replaces the record at `key`.
    fn set(&mut self, key: R::Key, value: R);
}

/// Every live record of a table: what laws are checked against. Engines have it, contracts
/// do not, so no rule can iterate.
pub trait All<R: Record> {
    /// Visits each live record once, in no stated order.
    fn each(&self, visit: &mut dyn FnMut(R::Key, &R));
}

/// Tables from here on are not covered by the state hash.
pub const UNHASHED: u8 = 128;

/// The storage key of a record, and what other contracts query raw: table, then key.
pub fn key_bytes<R: Record>(names: &dyn Names, key: &R::Key) -> Vec<u8> {
    let mut out = Vec::with_capacity(80);
    out.push(R::TABLE);
    key.put(names, &mut out);
    out
}

/// `records! { /// doc  1 Balance[AccountId] { amount: Amount } }`: a struct with public
/// fields, its encoding in field order, and its table.
macro_rules! records {
    ($($(#[$doc:meta])* $table:literal $name:ident [$key:ty] {
        $($(#[$field_doc:meta])* $field:ident: $ty:ty),* $(,)?
    })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq)]
        pub struct $name { $($(#[$field_doc])* pub $field: $ty),* }

        $crate::codec::codec_struct!($name { $($field),* });

        impl $crate::store::Record for $name {
            type Key = $key;
            const TABLE: u8 = $table;
            const NAME: &'static str = stringify!($name);
        }
    )*};
}
pub(crate) use records;
