//! One table in memory, with what it takes to undo and to digest.

use std::collections::HashMap;

use protocol::{Digest, Key, Names, Record, record_hash};

use super::quick::QuickBuilder;

/// The rows of one record type.
///
/// A key that is a small dense number is the row's place; any other is looked up. Three
/// things are kept beside the rows: old values since the command began (to undo it), rows
/// changed since the last digest (each once, however often it changed), and each row's hash
/// as it stands in the digest's sum.
pub(super) struct Column<R: Record> {
    places: HashMap<R::Key, u32, QuickBuilder>,
    /// The key of each place that was ever written.
    keys: Vec<Option<R::Key>>,
    rows: Vec<R>,
    /// (place, value before), oldest first.
    undo: Vec<(u32, R)>,
    /// Whether the row is among `touched`.
    dirty: Vec<bool>,
    touched: Vec<u32>,
    hashes: Vec<Digest>,
    digest: Digest,
}

impl<R: Record> Default for Column<R> {
    fn default() -> Self {
        Self {
            places: HashMap::default(),
            keys: Vec::new(),
            rows: Vec::new(),
            undo: Vec::new(),
            dirty: Vec::new(),
            touched: Vec::new(),
            hashes: Vec::new(),
            digest: Digest::default(),
        }
    }
}

impl<R: Record> Column<R> {
    /// The record at `key`, in place.
    pub(super) fn peek(&self, key: &R::Key) -> Option<&R> {
        let place = match key.dense() {
            Some(place) => place,
            None => *self.places.get(key)?,
        };
        self.rows.get(place as usize)
    }

    /// A copy of the record at `key`; the default where there is none.
    #[inline]
    pub(super) fn get(&self, key: &R::Key) -> R {
        self.peek(key).cloned().unwrap_or_default()
    }

    /// Replaces the record at `key`, keeping what it takes to undo that.
    #[inline]
    pub(super) fn set(&mut self, key: R::Key, value: R) {
        let place = self.place(key);
        let old = std::mem::replace(&mut self.rows[place as usize], value);
        self.undo.push((place, old));
        self.touch(place);
    }

    /// The row of `key`, made where it is missing.
    #[inline]
    fn place(&mut self, key: R::Key) -> u32 {
        let place = match key.dense() {
            Some(place) => place,
            None => *self.places.entry(key).or_insert(self.rows.len() as u32),
        };
        let at = place as usize;
        if at >= self.rows.len() {
            self.rows.resize(at + 1, R::default());
            self.keys.resize(at + 1, None);
            self.dirty.resize(at + 1, false);
            self.hashes.resize(at + 1, Digest::default());
        }
        self.keys[at] = Some(key);
        place
    }

    #[inline]
    fn touch(&mut self, place: u32) {
        let dirty = &mut self.dirty[place as usize];
        if !*dirty {
            *dirty = true;
            self.touched.push(place);
        }
    }

    /// How long the undo log is.
    pub(super) fn mark(&self) -> usize {
        self.undo.len()
    }

    /// Undoes what was written since the log was this long.
    pub(super) fn rollback(&mut self, mark: usize) {
        while self.undo.len() > mark {
            let Some((place, old)) = self.undo.pop() else { break };
            self.rows[place as usize] = old;
        }
    }

    /// Forgets how to undo.
    #[inline]
    pub(super) fn commit(&mut self) {
        self.undo.clear();
    }

    /// Brings the digest up to date: each row touched since the last call is hashed once.
    pub(super) fn digest(&mut self, names: &dyn Names, scratch: &mut Vec<u8>) -> Digest {
        for place in self.touched.drain(..) {
            let at = place as usize;
            self.dirty[at] = false;
            let Some(key) = &self.keys[at] else { continue };
            let now = record_hash(names, key, &self.rows[at], scratch);
            self.digest.sub(std::mem::replace(&mut self.hashes[at], now));
            self.digest.add(now);
        }
        self.digest
    }

    /// Visits each live record, in the order in which places were made.
    pub(super) fn each(&self, visit: &mut dyn FnMut(R::Key, &R)) {
        let absent = R::default();
        for (key, row) in self.keys.iter().zip(&self.rows) {
            if let Some(key) = key
                && *row != absent
            {
                visit(*key, row);
            }
        }
    }
}
