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
use crate::scenario::{Scenario, Token};

pub use error::{Place, SnapshotError};
pub use file::write_whole;

/// What people are told about a state; no rule reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Where it comes from.
    pub source: String,
    /// What a token is called.
    pub symbol: String,
    /// Base units of one token are 10^decimals; at most 18.
    pub decimals: u8,
    /// Seconds of a block, about; at least 1.
    pub block_seconds: u64,
}

impl About {
    /// A state of a scenario's run.
    pub fn run(scenario: &Scenario, source: String) -> Self {
        let Token { symbol, decimals } = scenario.token.clone();
        Self { source, symbol, decimals, block_seconds: scenario.clock.interval }
    }
}

/// Only where it comes from is known: tokens as the contracts are deployed with by default.
impl From<&str> for About {
    fn from(source: &str) -> Self {
        let (source, symbol) = (source.to_owned(), String::from("MOOT"));
        Self { source, symbol, decimals: 9, block_seconds: 6 }
    }
}

impl From<&Self> for About {
    fn from(about: &Self) -> Self {
        about.clone()
    }
}

/// The state of a network in one block.
///
/// One that was read or taken is sound: its records decode, and have its state hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    about: About,
    height: Height,
    time: Timestamp,
    state_hash: [u8; 32],
    /// Ascending by address.
    accounts: Vec<Known>,
    /// In the order of the state hash; each module's ascending by key.
    modules: Vec<(ModuleId, Vec<Stored>)>,
}

impl Snapshot {
    /// The state that an engine is in, with what people are told about it.
    pub fn take(world: &mut World, about: impl Into<About>) -> Self {
        let mut accounts = world.accounts().users();
        accounts.sort_unstable_by(|a, b| a.address.cmp(&b.address));
        Self {
            about: about.into(),
            height: world.height(),
            time: world.time(),
            state_hash: world.state_hash(),
            accounts,
            modules: world.stored(),
        }
    }

    /// What people are told about it, as whoever took it says.
    pub const fn about(&self) -> &About {
        &self.about
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
