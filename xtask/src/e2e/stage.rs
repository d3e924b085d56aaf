//! A node of its own, and what is deployed on it.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::e2e::moot::Moot;
use crate::failure::{Failure, Outcome};
use crate::files;
use crate::workspace::Workspace;

/// Keys beside the node's own.
pub(crate) const KEYS: u16 = 20;
/// Apart from the ports of a chain that somebody plays with.
const OFFSET: &str = "500";
/// What each key holds, in tokens.
const HELD: u32 = 100_000;
/// What is deployed, with places for the keys' addresses.
const DEPLOYMENT: &str = include_str!("deployment.toml");

/// A running node.
pub(crate) struct Stage {
    /// The command.
    pub(crate) moot: Moot,
    /// The contracts' folder.
    pub(crate) artifacts: PathBuf,
    home: PathBuf,
    status: Value,
}

impl Stage {
    /// Makes a chain anew and starts its node.
    ///
    /// # Errors
    /// The node does not build or start.
    pub(crate) fn start(
        workspace: &Workspace,
        program: PathBuf,
        artifacts: PathBuf,
    ) -> Outcome<Self> {
        let folder = workspace.target().join("xtask/e2e");
        files::clear(&folder)?;
        let absolute = |path: &Path| {
            path.canonicalize().map_err(|error| {
                Failure::new(format!("cannot find {}", path.display())).because(error)
            })
        };
        let home = folder.join("node");
        let (program, artifacts) = (absolute(&program)?, absolute(&artifacts)?);
        let (network, keys) = (home.join("chain.json"), home.join("keys"));
        let moot = Moot { program, folder: folder.clone(), network, keys };
        let count = KEYS.to_string();
        let status = moot.localnet(&home, &["start", "--offset", OFFSET, "--keys", &count])?;
        let stage = Self { moot, artifacts, home, status };
        let (mut text, mut genesis) = (DEPLOYMENT.to_owned(), String::new());
        for number in 1..=KEYS {
            let (name, address) = (key(number), stage.address(&key(number))?);
            text = text.replace(&format!("{{{name}}}"), &address);
            genesis += &format!(
                "[[genesis]]\naddress = \"{address}\"\ntokens = \"{HELD} MOOT\"\nnote = \"{name}\"\n\n"
            );
        }
        text = text.replace("{genesis}", &genesis);
        fs::write(folder.join("network.toml"), text)
            .map_err(|error| Failure::new("cannot write network.toml").because(error))?;
        Ok(stage)
    }

    /// Somebody's address.
    ///
    /// # Errors
    /// There is no such key.
    pub(crate) fn address(&self, name: &str) -> Outcome<String> {
        let address = self.status["addresses"][name].as_str().map(str::to_owned);
        address.ok_or_else(|| Failure::new(format!("the node has no key {name}")))
    }

    /// The last block.
    ///
    /// # Errors
    /// The node does not answer.
    pub(crate) fn height(&self) -> Outcome<u64> {
        let status = self.moot.localnet(&self.home, &["status"])?;
        status["height"].as_u64().ok_or_else(|| Failure::new("the node tells no height"))
    }

    /// Waits for a block.
    ///
    /// # Errors
    /// The node does not answer.
    pub(crate) fn until_height(&self, height: u64) -> Outcome {
        while self.height()? < height {
            std::thread::sleep(std::time::Duration::from_millis(250));
        }
        Ok(())
    }

    /// Ends the node and removes its chain.
    ///
    /// # Errors
    /// It does not end.
    pub(crate) fn stop(&self) -> Outcome {
        self.moot.localnet(&self.home, &["stop"]).map(|_| ())
    }
}

/// A key's name.
pub(crate) fn key(number: u16) -> String {
    format!("key-{number}")
}
