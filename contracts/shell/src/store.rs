//! `Get` and `Has` for every record at once, over a contract's storage.

use crate::{Book, Outcome};
use cosmwasm_std::{StdError, Storage};
use protocol::{Get, Has, Record, decode, encode, key_bytes};
use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

/// A contract's records, to read.
pub struct View<'a> {
    storage: &'a dyn Storage,
    names: &'a Book<'a>,
    lost: Cell<Option<&'static str>>,
}

impl<'a> View<'a> {
    /// Over this storage.
    pub const fn new(storage: &'a dyn Storage, names: &'a Book<'a>) -> Self {
        Self { storage, names, lost: Cell::new(None) }
    }
}

/// A contract's records, to read and write: each key is read from storage at most once, and
/// written at most once, by [`Store::finish`], if it has changed at all.
///
/// A record that does not decode reads as its default and is remembered:
/// [`Store::finish`] then fails, and with it the whole message.
pub struct Store<'a> {
    storage: &'a mut dyn Storage,
    names: &'a Book<'a>,
    lost: Cell<Option<&'static str>>,
    kept: RefCell<BTreeMap<Vec<u8>, Kept>>,
    watched: &'static [u8],
}

/// What is known of a key.
struct Kept {
    /// What storage holds; `None` where it was not asked.
    stored: Option<Option<Vec<u8>>>,
    /// What it shall hold.
    now: Option<Vec<u8>>,
}

/// A record of a watched table whose bytes changed.
pub struct Change {
    /// Its storage key: the table, then the record's key.
    pub key: Vec<u8>,
    /// What was stored before; `None`: nothing.
    pub before: Option<Vec<u8>>,
    /// What is stored now.
    pub after: Option<Vec<u8>>,
}

impl<'a> Store<'a> {
    /// Over this storage; `watched` are the tables whose changes are wanted.
    pub const fn new(
        storage: &'a mut dyn Storage,
        names: &'a Book<'a>,
        watched: &'static [u8],
    ) -> Self {
        let kept = RefCell::new(BTreeMap::new());
        Self { storage, names, lost: Cell::new(None), kept, watched }
    }

    /// Writes what changed, in the order of the keys; returns the changes in the watched tables.
    ///
    /// # Errors
    /// A record that did not decode.
    pub fn finish(self) -> Outcome<Vec<Change>> {
        if let Some(record) = self.lost.get() {
            return Err(StdError::parse_err(record, "the stored bytes are not a record").into());
        }
        let mut changes = Vec::new();
        for (key, Kept { stored, now }) in self.kept.into_inner() {
            if stored.as_ref() == Some(&now) {
                continue;
            }
            match &now {
                Some(bytes) => self.storage.set(&key, bytes),
                None => self.storage.remove(&key),
            }
            if key.first().is_some_and(|table| self.watched.contains(table)) {
                changes.push(Change { key, before: stored.flatten(), after: now });
            }
        }
        Ok(changes)
    }
}

fn decoded<R: Record>(names: &Book, lost: &Cell<Option<&'static str>>, stored: Option<&[u8]>) -> R {
    let Some(raw) = stored else { return R::default() };
    decode(names, raw).unwrap_or_else(|| {
        lost.set(Some(R::NAME));
        R::default()
    })
}

impl<R: Record> Get<R> for View<'_> {
    fn get(&self, key: R::Key) -> R {
        let stored = self.storage.get(&key_bytes::<R>(self.names, &key));
        decoded(self.names, &self.lost, stored.as_deref())
    }
}

impl<R: Record> Get<R> for Store<'_> {
    fn get(&self, key: R::Key) -> R {
        let at = key_bytes::<R>(self.names, &key);
        let mut kept = self.kept.borrow_mut();
        if let Some(Kept { now, .. }) = kept.get(&at) {
            return decoded(self.names, &self.lost, now.as_deref());
        }
        let stored = self.storage.get(&at);
        let record = decoded(self.names, &self.lost, stored.as_deref());
        kept.insert(at, Kept { stored: Some(stored.clone()), now: stored });
        record
    }
}

impl<R: Record> Has<R> for Store<'_> {
    fn set(&mut self, key: R::Key, value: R) {
        let at = key_bytes::<R>(self.names, &key);
        let now = (value != R::default()).then(|| encode(self.names, &value));
        let kept = self.kept.get_mut();
        if let Some(known) = kept.get_mut(&at) {
            known.now = now;
            return;
        }
        // What others derive from a watched record, they derive from before and after.
        let stored = self.watched.contains(&R::TABLE).then(|| self.storage.get(&at));
        kept.insert(at, Kept { stored, now });
    }
}
