//! cw2: which contract this is, and what it may be migrated to.

use crate::Outcome;
use cosmwasm_std::{Response, Storage};
use cw2::{ContractVersion, ensure_from_older_version, get_contract_version, set_contract_version};
use interface::Error;

/// Writes name and version.
///
/// # Errors
/// Storage.
pub fn stamp(storage: &mut dyn Storage, name: &str, version: &str) -> Outcome<()> {
    Ok(set_contract_version(storage, name, version)?)
}

/// Takes over the storage of the same contract in an older version, or the same.
///
/// # Errors
/// `E0008` where the storage is another contract's, a newer version's, or names none; where
/// either version is none that can be compared.
pub fn migrate(storage: &mut dyn Storage, name: &str, version: &str) -> Outcome {
    let stored = get_contract_version(storage);
    let Ok(from) = ensure_from_older_version(storage, name, version) else {
        let named = |found: ContractVersion| format!("{} {}", found.contract, found.version);
        let from = stored.map_or_else(|_| "what names no contract".to_owned(), named);
        return Err(Error::Migration { from, to: format!("{name} {version}") });
    };
    Ok(Response::new()
        .add_attribute("action", "migrate")
        .add_attribute("from", from.to_string())
        .add_attribute("to", version))
}
