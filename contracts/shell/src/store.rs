//! `Get` and `Has` for every record at once, over a contract's storage.

use crate::{Book, Outcome};
use cosmwasm_std::{StdError, Storage};
use protocol::{Get, Has, Record, decode, encode, key_bytes};
use std::cell::Cell;

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

/// A contract's records, to read and write.
///
/// A record that does not decode reads as its default and is remembered:
/// [`Store::finish`] then fails, and with it the whole message.
pub struct Store<'a> {
    storage: &'a mut dyn Storage,
    names: &'a Book<'a>,
    lost: Cell<Option<&'static str>>,
    /// Keys written in the watched tables.
    touched: Vec<Vec<u8>>,
    watched: &'static [u8],
}

impl<'a> Store<'a> {
    /// Over this storage; `watched` are the tables whose written keys are wanted.
    pub const fn new(
        storage: &'a mut dyn Storage,
        names: &'a Book<'a>,
        watched: &'static [u8],
    ) -> Self {
        Self { storage, names, lost: Cell::new(None), touched: Vec::new(), watched }
    }

    /// The keys written in the watched tables, each once.
    ///
    /// # Errors
    /// A record that did not decode.
    pub fn finish(mut self) -> Outcome<Vec<Vec<u8>>> {
        if let Some(record) = self.lost.get() {
            return Err(StdError::parse_err(record, "the stored bytes are not a record").into());
        }
        self.touched.sort_unstable();
        self.touched.dedup();
        Ok(self.touched)
    }
}

fn load<R: Record>(
    storage: &dyn Storage,
    names: &Book,
    lost: &Cell<Option<&'static str>>,
    key: &R::Key,
) -> R {
    let Some(raw) = storage.get(&key_bytes::<R>(names, key)) else { return R::default() };
    decode(names, &raw).unwrap_or_else(|| {
        lost.set(Some(R::NAME));
        R::default()
    })
}

impl<R: Record> Get<R> for View<'_> {
    fn get(&self, key: R::Key) -> R {
        load(self.storage, self.names, &self.lost, &key)
    }
}

impl<R: Record> Get<R> for Store<'_> {
    fn get(&self, key: R::Key) -> R {
        load(self.storage, self.names, &self.lost, &key)
    }
}

impl<R: Record> Has<R> for Store<'_> {
    fn set(&mut self, key: R::Key, value: R) {
        let at = key_bytes::<R>(self.names, &key);
        if value == R::default() {
            self.storage.remove(&at);
        } else {
            self.storage.set(&at, &encode(self.names, &value));
        }
        if self.watched.contains(&R::TABLE) {
            self.touched.push(at);
        }
    }
}
