//! Makes a chain: one validator, and keys that hold coins.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::commands::localnet::config;
use crate::commands::localnet::home::Home;
use crate::exit::{Failure, Outcome};

/// The chain's name for itself.
pub(crate) const CHAIN_ID: &str = "moot-local-1";
/// What is staked and paid in.
pub(crate) const DENOM: &str = "ustake";
/// What the validator locks.
const BONDED: &str = "250000000ustake";
/// What each key holds, and the validator.
const COINS: &str = "1000000000000000ustake";
/// Keys with coins, for people and tests.
const KEYS: [&str; 4] = ["alice", "bob", "carol", "faucet"];

/// Makes a chain in a folder that has none, with so many keys beside the usual ones.
///
/// # Errors
/// The node's program refuses, or the folder cannot be written.
pub(crate) fn make(wasmd: &Path, home: &Home, more: u16) -> Outcome {
    home.remember()?;
    let node = Node { wasmd, home };
    for stale in ["config", "data", "wasm", "keyring-test", "keys"] {
        match fs::remove_dir_all(home.root().join(stale)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    node.ask(&["init", "local", "--chain-id", CHAIN_ID, "--default-denom", DENOM])?;
    node.key("validator")?;
    node.ask(&["genesis", "add-genesis-account", "validator", COINS])?;
    fs::create_dir_all(home.keys_folder())?;
    let mut addresses = BTreeMap::new();
    let numbered = (1..=more).map(|number| format!("key-{number}"));
    for name in KEYS.into_iter().map(str::to_owned).chain(numbered) {
        let (mnemonic, address) = node.key(&name)?;
        secret(&home.keys_folder().join(&name), &mnemonic)?;
        node.ask(&["genesis", "add-genesis-account", &name, COINS])?;
        addresses.insert(name, address);
    }
    fs::write(home.addresses_file(), serde_json::to_string_pretty(&addresses)?)?;
    node.ask(&["genesis", "gentx", "validator", BONDED, "--chain-id", CHAIN_ID])?;
    node.ask(&["genesis", "collect-gentxs"])?;
    config::quicken(home)?;
    config::describe(home)
}

struct Node<'a> {
    wasmd: &'a Path,
    home: &'a Home,
}

impl Node<'_> {
    /// Makes a key and gives its words and its address.
    fn key(&self, name: &str) -> Outcome<(String, String)> {
        let said = self.ask(&["keys", "add", name, "--output", "json"])?;
        let said: serde_json::Value = serde_json::from_str(&said)?;
        let text = |key| said.get(key).and_then(|text: &serde_json::Value| text.as_str());
        let missing = || Failure::Internal(anyhow::anyhow!("the node gave no words for {name}"));
        let (words, address) = text("mnemonic").zip(text("address")).ok_or_else(missing)?;
        Ok((words.to_owned(), address.to_owned()))
    }

    fn ask(&self, words: &[&str]) -> Outcome<String> {
        let mut command = Command::new(self.wasmd);
        command.args(words).arg("--home").arg(self.home.root()).stdin(Stdio::null());
        if words.contains(&"keys")
            || words.contains(&"genesis") && !words.contains(&"collect-gentxs")
        {
            command.args(["--keyring-backend", "test"]);
        }
        let output = command.output()?;
        if !output.status.success() {
            let (asked, why) = (words.join(" "), String::from_utf8_lossy(&output.stderr));
            let why = why.lines().next().unwrap_or_default();
            return Err(Failure::Internal(anyhow::anyhow!("wasmd {asked}: {why}")));
        }
        // Keys are told on stdout by newer nodes and on stderr by older ones.
        let said = if output.stdout.is_empty() { output.stderr } else { output.stdout };
        Ok(String::from_utf8_lossy(&said).into_owned())
    }
}

/// Writes what only this user may read.
fn secret(path: &Path, text: &str) -> Outcome {
    use std::io::Write;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    Ok(writeln!(options.open(path)?, "{text}")?)
}
