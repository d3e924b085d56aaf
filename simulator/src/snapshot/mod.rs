//! The whole state of a network in a file, which any engine writes and any engine starts from.
//!
//! A snapshot holds what rules can read, and nothing else: every live record of every module in
//! the rulebook's own encoding (tables that the state hash does not cover too, since power at a
//! past height and a close half done are read from them), who the accounts are, and the block.
//! Engines in the same state write the same bytes. `docs/snapshot.md` has the form.

mod error;
mod file;
mod read;

use protocol::{Height, ModuleId, Timestamp};

use crate::native::{Accounts, Known, Stored, World};

pub use error::{Place, SnapshotError};
pub use file::write_whole;

/// The state of a network in one block.
///
/// One that was read or taken is sound: its records decode, and have its state hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    source: String,
    height: Height,
    time: Timestamp,
    state_hash: [u8; 32],
    /// Ascending by address.
    accounts: Vec<Known>,
    /// In the order of the state hash; each module's ascending by key.
    modules: Vec<(ModuleId, Vec<Stored>)>,
}

impl Snapshot {
    /// The state that an engine is in. `source` says, for people, where it comes from.
    pub fn take(world: &mut World, source: &str) -> Self {
        let mut accounts = world.accounts().users();
        accounts.sort_unstable_by(|a, b| a.address.cmp(&b.address));
        Self {
            source: source.to_owned(),
            height: world.height(),
            time: world.time(),
            state_hash: world.state_hash(),
            accounts,
            modules: world.stored(),
        }
    }

    /// Where it comes from, as whoever took it says.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The block.
    pub const fn height(&self) -> Height {
        self.height
    }

    /// The block's time.
    pub const fn time(&self) -> Timestamp {
        self.time
    }

    /// The state hash of the block.
    pub const fn state_hash(&self) -> [u8; 32] {
        self.state_hash
    }

    /// Every account that is no module's, ascending by address.
    pub fn accounts(&self) -> &[Known] {
        &self.accounts
    }

    /// Each module's records, ascending by key.
    pub fn modules(&self) -> &[(ModuleId, Vec<Stored>)] {
        &self.modules
    }

    /// The native engine in this state. Handles are those of `first`, then those of the other
    /// accounts, ascending by address: no result depends on them.
    ///
    /// # Errors
    /// A record that is none, which [`Snapshot::parse`] rules out.
    pub fn world(&self, first: &[Known]) -> Result<World, SnapshotError> {
        let all = first.iter().chain(&self.accounts).cloned();
        let modules = self.modules.iter().map(|(module, records)| {
            let bytes = records.iter().map(|record| (&record.key[..], &record.value[..]));
            (*module, bytes.collect())
        });
        Ok(World::load(Accounts::known(all), (self.height, self.time), modules)?)
    }
}
