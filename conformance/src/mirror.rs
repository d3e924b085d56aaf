//! Raw contract storage, read as records.

use std::collections::BTreeMap;

use cosmwasm_std::Record;
use protocol::{Digest, ModuleId, bytes_hash};
use simulator::native::{Accounts, Exported, recode};

/// Tables of the rulebook that the state hash covers. What a contract keeps for its
/// framework (links, cw2, cw4's mirror) has other first bytes.
const HASHED: std::ops::RangeInclusive<u8> = 1..=31;

/// What one contract's storage held when it was last read, with the hash of each record, so that
/// only what has changed since is decoded.
#[derive(Default)]
pub(crate) struct Mirror {
    hashes: BTreeMap<Vec<u8>, (Vec<u8>, Digest)>,
}

impl Mirror {
    /// The module's digest, from its whole storage.
    pub(crate) fn digest(
        &mut self,
        names: &Accounts,
        module: ModuleId,
        storage: Vec<Record>,
    ) -> Digest {
        let mut sum = Digest::default();
        for (key, value) in storage.into_iter().filter(|(key, _)| is_hashed(key)) {
            match self.hashes.get(&key) {
                Some((known, hash)) if *known == value => sum.add(*hash),
                _ => {
                    let hash = read(names, module, &key, &value).hash();
                    sum.add(hash);
                    self.hashes.insert(key, (value, hash));
                }
            }
        }
        sum
    }
}

/// Every record that the state hash covers.
pub(crate) fn export(
    names: &Accounts,
    module: ModuleId,
    storage: &[Record],
) -> impl Iterator<Item = Exported> {
    let hashed = storage.iter().filter(|(key, _)| is_hashed(key));
    hashed.map(move |(key, value)| read(names, module, key, value))
}

fn is_hashed(key: &[u8]) -> bool {
    key.first().is_some_and(|table| HASHED.contains(table))
}

/// A record that does not decode is shown as it is, and matches nothing.
fn read(names: &Accounts, module: ModuleId, key: &[u8], value: &[u8]) -> Exported {
    recode(names, module, key, value).unwrap_or_else(|| Exported {
        table: "unreadable",
        key: key.to_vec(),
        value: value.to_vec(),
        shown: format!("bytes that are no record: {:?}", bytes_hash(value)),
    })
}
