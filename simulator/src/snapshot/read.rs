//! How a snapshot is read: nothing is taken on trust but who the accounts are.

use std::borrow::Cow;

use protocol::{Height, ModuleId, Timestamp};
use serde::Deserialize;

use super::{
    About, Place, Snapshot, SnapshotError,
    file::{FORMAT, hex, module_named, records_hash},
};
use crate::native::{Known, Stored, Unloaded, World, table_number};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm<'a> {
    #[serde(borrow)]
    format: Cow<'a, str>,
    source: String,
    token: (String, u8),
    block_seconds: u64,
    height: u64,
    time: u64,
    state_hash: String,
    content_hash: String,
    #[serde(borrow)]
    accounts: Vec<(Cow<'a, str>, String)>,
    #[serde(borrow)]
    modules: Vec<ModuleForm<'a>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ModuleForm<'a> {
    module: String,
    count: usize,
    blake3: String,
    #[serde(borrow)]
    records: Vec<(Cow<'a, str>, Cow<'a, str>, Cow<'a, str>)>,
}

/// Only the version, so that a file of another is not refused for its fields.
#[derive(Deserialize)]
struct Version {
    format: String,
}

impl Snapshot {
    /// Reads a file.
    ///
    /// # Errors
    /// What is wrong with it, and where: a file that was cut off, whose accounts, modules or
    /// records are out of order or there twice, that has a module, a table or a record that is
    /// none, or whose hashes are not those of its content.
    pub fn parse(bytes: &[u8]) -> Result<Self, SnapshotError> {
        let form = |error: serde_json::Error| SnapshotError::Form(error.to_string());
        let found = serde_json::from_slice::<FileForm<'_>>(bytes).map_err(|error| {
            match serde_json::from_slice::<Version>(bytes) {
                Ok(Version { format }) if format != FORMAT => SnapshotError::Version(format),
                _ => form(error),
            }
        })?;
        if found.format != FORMAT {
            return Err(SnapshotError::Version(found.format.into_owned()));
        }
        let snapshot = Self {
            state_hash: hash_of("state_hash", &found.state_hash)?,
            accounts: accounts(&found.accounts)?,
            modules: modules(&found.modules)?,
            about: about(found.source, found.token, found.block_seconds)?,
            height: Height::new(found.height),
            time: Timestamp::new(found.time),
        };
        snapshot.verify(&hash_of("content_hash", &found.content_hash)?)?;
        Ok(snapshot)
    }

    /// Checks that records are the rulebook's, and hashes those of the content.
    fn verify(&self, content: &[u8; 32]) -> Result<(), SnapshotError> {
        let mut world = self.world(&[]).map_err(|error| self.placed(error))?;
        self.verify_accounts(&world)?;
        let written = world.stored();
        for ((module, stated), (_, found)) in self.modules.iter().zip(&written) {
            let pairs = stated.iter().zip(found);
            let other = pairs.enumerate().find(|(_, (stated, found))| stated != found);
            if let Some((number, _)) = other {
                return Err(SnapshotError::Written(self.place(*module, number)));
            }
        }
        let found = world.state_hash();
        if found != self.state_hash {
            let (stated, found) = (hex(&self.state_hash), hex(&found));
            return Err(SnapshotError::StateHash { stated, found });
        }
        let found = self.content_hash();
        if found != *content {
            let (stated, found) = (hex(content), hex(&found));
            return Err(SnapshotError::ContentHash { stated, found });
        }
        Ok(())
    }

    /// Refuses the first record that made an account known which the file does not list.
    fn verify_accounts(&self, world: &World) -> Result<(), SnapshotError> {
        let known = world.accounts().users();
        let Some(stranger) = known.get(self.accounts.len()) else { return Ok(()) };
        let within = |bytes: &[u8]| {
            bytes.windows(stranger.address.len()).any(|part| part == stranger.address)
        };
        for (module, records) in &self.modules {
            let names = |record: &Stored| within(&record.key) || within(&record.value);
            if let Some(number) = records.iter().position(names) {
                return Err(SnapshotError::Stranger(self.place(*module, number)));
            }
        }
        Ok(())
    }

    fn place(&self, module: ModuleId, number: usize) -> Place {
        let records = self.modules.iter().find(|(found, _)| *found == module);
        let record = records.and_then(|(_, records)| records.get(number));
        let table = record.map_or("unknown", |record| record.table).to_owned();
        Place { module, number: number + 1, table }
    }

    fn placed(&self, error: SnapshotError) -> SnapshotError {
        match error {
            SnapshotError::Unloaded(Unloaded { module, number, why }) => {
                SnapshotError::Record { place: self.place(module, number), why }
            }
            other => other,
        }
    }
}

fn about(
    source: String,
    (symbol, decimals): (String, u8),
    block_seconds: u64,
) -> Result<About, SnapshotError> {
    match decimals <= 18 && (1..=86_400).contains(&block_seconds) {
        true => Ok(About { source, symbol, decimals, block_seconds }),
        false => Err(SnapshotError::About { decimals, block_seconds }),
    }
}

fn accounts(stated: &[(Cow<'_, str>, String)]) -> Result<Vec<Known>, SnapshotError> {
    let mut all: Vec<Known> = Vec::with_capacity(stated.len());
    for (number, (address, name)) in (1..).zip(stated) {
        let refused = |wanted| SnapshotError::Hex { place: format!("account {number}"), wanted };
        let address = unhex(address).ok_or_else(|| refused("an address in hexadecimal"))?;
        // One byte is a module's.
        if !(2..=255).contains(&address.len()) {
            return Err(refused("an address of 2 to 255 bytes"));
        }
        if all.last().is_some_and(|last| last.address >= address) {
            return Err(SnapshotError::AccountOrder { number });
        }
        all.push(Known { address, name: name.clone() });
    }
    Ok(all)
}

fn modules(stated: &[ModuleForm<'_>]) -> Result<Vec<(ModuleId, Vec<Stored>)>, SnapshotError> {
    let mut all: Vec<(ModuleId, Vec<Stored>)> = Vec::new();
    for form in stated {
        let unknown = || SnapshotError::Module(form.module.clone());
        let module = module_named(&form.module).ok_or_else(unknown)?;
        if all.last().is_some_and(|(last, _)| *last >= module) {
            return Err(SnapshotError::ModuleOrder(module));
        }
        let records = records(module, &form.records)?;
        let altered = |stated, found| SnapshotError::Altered { module, stated, found };
        if records.len() != form.count {
            let count = |number: usize| format!("{number} records");
            return Err(altered(count(form.count), count(records.len())));
        }
        if records.is_empty() {
            return Err(unknown());
        }
        let found = hex(&records_hash(&records));
        if found != form.blake3 {
            let hash = |hash: &str| format!("the hash {hash}");
            return Err(altered(hash(&form.blake3), hash(&found)));
        }
        all.push((module, records));
    }
    Ok(all)
}

fn records(
    module: ModuleId,
    stated: &[(Cow<'_, str>, Cow<'_, str>, Cow<'_, str>)],
) -> Result<Vec<Stored>, SnapshotError> {
    let mut all: Vec<Stored> = Vec::with_capacity(stated.len());
    for (number, (table, key, value)) in (1..).zip(stated) {
        let place = || Place { module, number, table: table.clone().into_owned() };
        let (table, byte) =
            table_number(module, table).ok_or_else(|| SnapshotError::Table(place()))?;
        let wrong = |wanted| SnapshotError::Hex { place: place().to_string(), wanted };
        let mut bytes = vec![byte];
        bytes.append(&mut unhex(key).ok_or_else(|| wrong("a key in hexadecimal"))?);
        let value = unhex(value).ok_or_else(|| wrong("a value in hexadecimal"))?;
        if all.last().is_some_and(|last| last.key >= bytes) {
            return Err(SnapshotError::Order(place()));
        }
        all.push(Stored { table, key: bytes, value });
    }
    Ok(all)
}

fn hash_of(place: &str, text: &str) -> Result<[u8; 32], SnapshotError> {
    let bytes = unhex(text).and_then(|bytes| bytes.try_into().ok());
    let place = place.to_owned();
    bytes.ok_or(SnapshotError::Hex { place, wanted: "64 hexadecimal digits" })
}

/// The bytes of an even number of lower-case digits.
fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let pairs = text.as_bytes().chunks(2);
    pairs.map(|pair| Some(digit(*pair.first()?)? << 4 | digit(*pair.get(1)?)?)).collect()
}
