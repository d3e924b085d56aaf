//! The node's configuration, and the chain's in chain-registry form.

use std::fs;

use crate::commands::localnet::genesis::{CHAIN_ID, DENOM};
use crate::commands::localnet::home::Home;
use crate::exit::{Failure, Outcome};

/// Price of gas below which the node takes no transaction, in [`DENOM`].
pub(crate) const GAS_PRICE: &str = "0.025";

/// Blocks of half a second instead of five.
///
/// # Errors
/// The node's configuration has no such key.
pub(crate) fn quicken(home: &Home) -> Outcome {
    let path = home.root().join("config/config.toml");
    let mut found = false;
    let mut text = String::new();
    for line in fs::read_to_string(&path)?.lines() {
        let quick = line.starts_with("timeout_commit =");
        found |= quick;
        text += if quick { "timeout_commit = \"500ms\"" } else { line };
        text.push('\n');
    }
    if !found {
        return Err(Failure::Internal(anyhow::anyhow!("{} has no timeout_commit", path.display())));
    }
    Ok(fs::write(path, text)?)
}

/// Writes `chain.json`: how clients find the chain.
///
/// # Errors
/// The file cannot be written.
pub(crate) fn describe(home: &Home) -> Outcome {
    let ports = home.ports();
    let chain = serde_json::json!({
        "$schema": "../chain.schema.json",
        "chain_name": "localnet",
        "chain_id": CHAIN_ID,
        "network_type": "devnet",
        "bech32_prefix": "wasm",
        "slip44": 118,
        "fees": { "fee_tokens": [{
            "denom": DENOM,
            "fixed_min_gas_price": 0.025,
            "low_gas_price": 0.025,
            "average_gas_price": 0.025,
            "high_gas_price": 0.03,
        }] },
        "apis": {
            "rpc": [{ "address": ports.rpc_address() }],
            "grpc": [{ "address": ports.grpc_address() }],
        },
    });
    Ok(fs::write(home.chain_file(), serde_json::to_string_pretty(&chain)? + "\n")?)
}
