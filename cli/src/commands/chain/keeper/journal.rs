//! What the keeper writes down: what it is about to send, and what it must not try again soon.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use client::Signed;
use cosmwasm_std::Binary;
use serde::{Deserialize, Serialize};

use super::decide::{Act, Decision};
use crate::commands::chain::disk;
use crate::commands::chain::session::usage;
use crate::exit::Outcome;

/// The version of this form.
const VERSION: u32 = 1;
/// Seconds until something is tried again, doubled each time.
const FIRST_HOLD: u64 = 60;
/// The most of them.
const LONGEST_HOLD: u64 = 3_600;

/// What is written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Notes {
    version: u32,
    /// Whose, and of what: chain, governor, keeper.
    of: [String; 3],
    /// Proposals below are over.
    pub(super) first: u32,
    /// What was to be sent, until it is known what became of it.
    pub(super) pending: Option<Pending>,
    /// By topic, the epoch for which a row was submitted.
    pub(super) rows: BTreeMap<u16, u64>,
    /// By name of what is held off.
    pub(super) holds: BTreeMap<String, Hold>,
}

/// A transaction that was signed, and may have been sent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pending {
    /// What it does.
    pub(super) act: Act,
    /// Why.
    pub(super) why: String,
    /// Its hash.
    pub(super) hash: String,
    /// The sequence that it uses up.
    pub(super) sequence: u64,
    /// The last block that may include it.
    pub(super) timeout_height: u64,
    /// Its bytes. A copy carries the same sequence: of any number at most one is included.
    pub(super) bytes: Binary,
}

/// Until when something is not tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Hold {
    /// How often it was tried.
    pub(super) times: u32,
    /// Block time, seconds since 1970.
    pub(super) until: u64,
}

impl Notes {
    /// Nothing yet.
    pub(super) fn new(of: [String; 3]) -> Self {
        let (first, pending, rows, holds) = Default::default();
        Self { version: VERSION, of, first, pending, rows, holds }
    }

    /// The notes in a folder; `fresh` where there are none.
    ///
    /// # Errors
    /// They are of another deployment or key, or cannot be read.
    pub(super) fn read(folder: &Path, fresh: Self) -> Outcome<Self> {
        let path = folder.join("journal.json");
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(fresh),
            Err(error) => return Err(usage(format!("{}: {error}", path.display()))),
        };
        let wrong = |why: String| usage(format!("{} is no journal: {why}", path.display()));
        let notes: Self = serde_json::from_slice(&text).map_err(|why| wrong(why.to_string()))?;
        match (notes.version, notes.of == fresh.of) {
            (VERSION, true) => Ok(notes),
            (VERSION, false) => Err(usage(format!(
                "{} is the journal of another deployment or key\nnext: name another folder: \
                 --state",
                path.display()
            ))),
            (other, _) => Err(wrong(format!("version {other}, and this is version {VERSION}"))),
        }
    }

    /// What a transaction came to, as of block time `now`: it is pending no more.
    ///
    /// What is refused is held off, and what is executed too: where an execution failed, the chain
    /// includes it all the same.
    pub(super) fn ended(&mut self, act: &Act, is_done: bool, now: u64) {
        self.pending = None;
        if let (Act::Row { topic, epoch }, true) = (act, is_done) {
            self.rows.insert(*topic, *epoch);
        }
        self.holds.retain(|_, hold| hold.until.saturating_add(24 * LONGEST_HOLD) > now);
        if is_done && !matches!(act, Act::Execute { .. }) {
            self.holds.remove(&act.name());
        } else {
            self.hold(act, now);
        }
    }

    /// Holds something off: a minute, then twice as long each time, at most an hour.
    fn hold(&mut self, act: &Act, now: u64) {
        let hold = self.holds.entry(act.name()).or_insert(Hold { times: 0, until: 0 });
        let wait = FIRST_HOLD.saturating_mul(1 << hold.times.min(16)).min(LONGEST_HOLD);
        *hold = Hold { times: hold.times.saturating_add(1), until: now.saturating_add(wait) };
    }
}

/// Notes that one process at a time goes on writing.
pub(super) struct Journal {
    folder: PathBuf,
    /// What is written.
    pub(super) notes: Notes,
    _lock: File,
}

impl Journal {
    /// Goes on with the notes in a folder, or begins.
    ///
    /// # Errors
    /// Another process has them, they are of another deployment, or cannot be written.
    pub(super) fn open(folder: PathBuf, fresh: Notes) -> Outcome<Self> {
        fs::create_dir_all(&folder)?;
        let lock = File::create(folder.join("lock"))?;
        if lock.try_lock().is_err() {
            return Err(usage(format!("another keeper writes in {}", folder.display())));
        }
        let notes = Notes::read(&folder, fresh)?;
        let journal = Self { folder, notes, _lock: lock };
        journal.write()?;
        Ok(journal)
    }

    /// Writes the notes whole.
    ///
    /// # Errors
    /// The disk is full, or the folder cannot be written.
    pub(super) fn write(&self) -> std::io::Result<()> {
        disk::replace(&self.folder.join("journal.json"), &self.notes)
    }

    /// Writes down what is about to be broadcast.
    ///
    /// # Errors
    /// As [`Self::write`]; then nothing may be broadcast.
    pub(super) fn note(&mut self, decision: &Decision, signed: &Signed) -> std::io::Result<()> {
        self.notes.pending = Some(Pending {
            act: decision.act.clone(),
            why: decision.why.clone(),
            hash: signed.hash.clone(),
            sequence: signed.sequence,
            timeout_height: signed.timeout_height,
            bytes: Binary::new(signed.bytes.clone()),
        });
        self.write()
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Journal, Notes};

    fn of(keeper: &str) -> Notes {
        Notes::new(["a-1".into(), "governor".into(), keeper.into()])
    }

    #[test]
    fn holds_double_up_to_an_hour_and_end_with_success() {
        let (mut notes, act) = (of("me"), Act::Close { topic: 0 });
        let waits = [60, 120, 240, 480, 960, 1_920, 3_600, 3_600];
        for wait in waits {
            notes.ended(&act, false, 1_000);
            assert_eq!(notes.holds[&act.name()].until, 1_000 + wait);
        }
        notes.ended(&act, true, 1_000);
        assert!(notes.holds.is_empty());
        // An execution is included whether what it does fails or not.
        notes.ended(&Act::Execute { proposal: 1 }, true, 1_000);
        assert_eq!(notes.holds["execute proposal 1"].until, 1_060);
    }

    #[test]
    fn a_journal_is_one_keepers_and_one_deployments() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("k");
        let mut journal = Journal::open(path.clone(), of("me")).unwrap();
        journal.notes.ended(&Act::Row { topic: 2, epoch: 9 }, true, 0);
        journal.write().unwrap();
        assert!(Journal::open(path.clone(), of("me")).is_err(), "two at a time");
        let notes = journal.notes.clone();
        drop(journal);
        assert_eq!(Journal::open(path.clone(), of("me")).unwrap().notes, notes);
        assert_eq!(notes.rows[&2], 9);
        assert!(Journal::open(path, of("you")).is_err(), "of another key");
    }
}
