//! cw2: which contract this is, and what it may be migrated to.

use crate::Outcome;
use cosmwasm_std::{Response, Storage};
use cw2::{ensure_from_older_version, get_contract_version, set_contract_version};
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
/// Another contract, a newer version, or storage that names none.
pub fn migrate(storage: &mut dyn Storage, name: &str, version: &str) -> Outcome {
    let from = get_contract_version(storage)?;
    if ensure_from_older_version(storage, name, version).is_err() {
        let from = format!("{} {}", from.contract, from.version);
        return Err(Error::Migration { from, to: format!("{name} {version}") });
    }
    Ok(Response::new()
        .add_attribute("action", "migrate")
        .add_attribute("from", from.version)
        .add_attribute("to", version))
}
