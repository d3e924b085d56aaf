//! How a snapshot is written: JSON with a record a line, so that two files can be compared with
//! the usual tools, and hashes that say what was altered.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use protocol::ModuleId;

use super::Snapshot;
use crate::native::{Known, Stored};

/// The form of the file.
pub(super) const FORMAT: &str = "moot-snapshot/1";

impl Snapshot {
    /// The file's text; the same state gives the same.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(512 + self.size());
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        let content = hex(&self.content_hash());
        let _ = write!(
            out,
            "{{\n\"format\": {},\n\"source\": {},\n\"token\": [{}, {}],\n\
             \"block_seconds\": {},\n\"height\": {},\n\"time\": {},\n\
             \"state_hash\": \"{}\",\n\"content_hash\": \"{content}\",\n\"accounts\": [",
            quoted(FORMAT),
            quoted(&self.about.source),
            quoted(&self.about.symbol),
            self.about.decimals,
            self.about.block_seconds,
            self.height.get(),
            self.time.get(),
            hex(&self.state_hash),
        );
        for (number, Known { address, name }) in self.accounts.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let _ = write!(out, "{comma}\n[\"{}\", {}]", hex(address), quoted(name));
        }
        out.push_str("\n],\n\"modules\": [");
        for (number, (module, records)) in self.modules.iter().enumerate() {
            let comma = if number == 0 { "" } else { "," };
            let hash = hex(&records_hash(records));
            let _ = write!(
                out,
                "{comma}\n{{\"module\": \"{}\", \"count\": {}, \"blake3\": \"{hash}\", \"records\": [",
                module.name(),
                records.len(),
            );
            for (number, Stored { table, key, value }) in records.iter().enumerate() {
                let comma = if number == 0 { "" } else { "," };
                let key = hex(key.get(1..).unwrap_or_default());
                let _ = write!(out, "{comma}\n[\"{table}\", \"{key}\", \"{}\"]", hex(value));
            }
            out.push_str("\n]}");
        }
        out.push_str("\n]\n}\n");
        out
    }

    fn size(&self) -> usize {
        let records = self.modules.iter().flat_map(|(_, records)| records);
        let records = records.map(|one| 32 + 2 * (one.key.len() + one.value.len()));
        let accounts = self.accounts.iter().map(|one| 16 + 2 * one.address.len() + one.name.len());
        records.chain(accounts).sum()
    }

    /// `blake3` of all that the file says: what people are told, block and state hash, accounts, and each
    /// module's hash. Texts and lists have their lengths before them.
    pub(super) fn content_hash(&self) -> [u8; 32] {
        let mut hasher = Listing::default();
        hasher.bytes(FORMAT.as_bytes());
        hasher.bytes(self.about.source.as_bytes());
        hasher.bytes(self.about.symbol.as_bytes());
        hasher.number(self.about.decimals.into());
        hasher.number(self.about.block_seconds);
        hasher.number(self.height.get());
        hasher.number(self.time.get());
        hasher.bytes(&self.state_hash);
        hasher.number(self.accounts.len() as u64);
        for Known { address, name } in &self.accounts {
            hasher.bytes(address);
            hasher.bytes(name.as_bytes());
        }
        for (module, records) in &self.modules {
            hasher.number(*module as u64);
            hasher.bytes(&records_hash(records));
        }
        hasher.done()
    }
}

/// `blake3` of a module's records, keys and values, in their order.
pub(super) fn records_hash(records: &[Stored]) -> [u8; 32] {
    let mut hasher = Listing::default();
    for Stored { key, value, .. } in records {
        hasher.bytes(key);
        hasher.bytes(value);
    }
    hasher.done()
}

/// A hash over parts, each with its length before it.
#[derive(Default)]
struct Listing(blake3::Hasher);

impl Listing {
    fn number(&mut self, number: u64) {
        self.0.update(&number.to_be_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len() as u64);
        self.0.update(bytes);
    }

    fn done(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The module of this name.
pub(super) fn module_named(name: &str) -> Option<ModuleId> {
    ModuleId::ALL.into_iter().find(|module| module.name() == name)
}

/// Writes a file that appears whole or not at all: beside its place first, then renamed.
///
/// # Errors
/// What the file system refuses; whatever was at the place is still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let name = path.file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let partial = format!(".{}.partial-{}", name.to_string_lossy(), std::process::id());
    let partial = path.with_file_name(partial);
    let written = File::create(&partial).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    let placed = written.and_then(|()| fs::rename(&partial, path));
    if placed.is_err() {
        // What cannot be removed either is left; its name says what it is.
        let _ = fs::remove_file(&partial);
    }
    placed
}
