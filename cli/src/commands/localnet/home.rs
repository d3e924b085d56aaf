//! Where the local chain lies, and which ports it listens on.

use std::collections::BTreeMap;
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};

use crate::exit::{Failure, Outcome};

/// The folder of the program and its chains: `$XDG_CACHE_HOME/moot/localnet`, else
/// `~/.cache/moot/localnet`.
///
/// # Errors
/// Neither variable is set.
pub(crate) fn cache() -> Outcome<PathBuf> {
    let given = std::env::var_os("XDG_CACHE_HOME").filter(|value| !value.is_empty());
    let cache = given
        .map(PathBuf::from)
        .or_else(|| std::env::home_dir().map(|home| home.join(".cache")))
        .ok_or_else(|| Failure::Usage("error: set XDG_CACHE_HOME to a folder".into()))?;
    Ok(cache.join("moot/localnet"))
}

/// Ports on loopback.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ports {
    /// CometBFT's RPC.
    pub(crate) rpc: u16,
    /// gRPC.
    pub(crate) grpc: u16,
    /// To other nodes, of which there are none.
    pub(crate) p2p: u16,
}

impl Ports {
    const fn new(offset: u16) -> Self {
        Self { rpc: 26_657 + offset, grpc: 9_090 + offset, p2p: 26_656 + offset }
    }

    /// RPC's address.
    pub(crate) fn rpc_address(&self) -> String {
        format!("http://127.0.0.1:{}", self.rpc)
    }

    /// gRPC's address.
    pub(crate) fn grpc_address(&self) -> String {
        format!("http://127.0.0.1:{}", self.grpc)
    }

    /// Checks that nobody listens.
    ///
    /// # Errors
    /// Somebody does.
    pub(crate) fn free(&self) -> Outcome {
        for port in [self.rpc, self.grpc, self.p2p] {
            TcpListener::bind(("127.0.0.1", port)).map_err(|_| {
                Failure::Network(format!(
                    "port {port} is taken by another program; choose others: \
                     moot localnet start --offset 100"
                ))
            })?;
        }
        Ok(())
    }
}

/// One chain's folder.
#[derive(Clone, Debug)]
pub(crate) struct Home {
    root: PathBuf,
    ports: Ports,
}

impl Home {
    /// The chain in `root`, or the usual one. The ports of one that is made are its own.
    ///
    /// # Errors
    /// There is no usual one.
    pub(crate) fn new(root: Option<PathBuf>, offset: Option<u16>) -> Outcome<Self> {
        let root = root.map_or_else(|| Ok::<_, Failure>(cache()?.join("node")), Ok)?;
        // The node is told apart from other programs by this path.
        let root = std::path::absolute(root)?;
        let remembered = fs::read_to_string(root.join("offset")).ok();
        let remembered = remembered.and_then(|text| text.trim().parse().ok());
        let offset = offset.or(remembered).unwrap_or(0);
        Ok(Self { ports: Ports::new(offset), root })
    }

    /// The folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Its ports.
    pub(crate) const fn ports(&self) -> Ports {
        self.ports
    }

    /// Whether a chain was made here.
    pub(crate) fn is_made(&self) -> bool {
        self.chain_file().is_file()
    }

    /// The chain in chain-registry form; written last.
    pub(crate) fn chain_file(&self) -> PathBuf {
        self.root.join("chain.json")
    }

    /// What the node says.
    pub(crate) fn log(&self) -> PathBuf {
        self.root.join("node.log")
    }

    /// The node's process id.
    pub(crate) fn pid_file(&self) -> PathBuf {
        self.root.join("node.pid")
    }

    /// The folder of keys.
    pub(crate) fn keys_folder(&self) -> PathBuf {
        self.root.join("keys")
    }

    /// The files of keys that hold coins, in order of their names.
    pub(crate) fn keys(&self) -> Vec<PathBuf> {
        let files = fs::read_dir(self.keys_folder()).into_iter().flatten().flatten();
        let mut files: Vec<_> = files.map(|file| file.path()).collect();
        files.sort();
        files
    }

    /// The file of keys' addresses.
    pub(crate) fn addresses_file(&self) -> PathBuf {
        self.root.join("addresses.json")
    }

    /// Keys that hold coins and their addresses, in order of their names.
    pub(crate) fn addresses(&self) -> BTreeMap<String, String> {
        let text = fs::read(self.addresses_file()).unwrap_or_default();
        serde_json::from_slice(&text).unwrap_or_default()
    }

    /// The last lines of the log.
    pub(crate) fn last_words(&self) -> String {
        let log = fs::read(self.log()).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        let lines: Vec<_> = log.lines().collect();
        lines.get(lines.len().saturating_sub(8)..).unwrap_or_default().join("\n")
    }

    /// Remembers the ports.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub(crate) fn remember(&self) -> Outcome {
        fs::create_dir_all(&self.root)?;
        Ok(fs::write(self.root.join("offset"), (self.ports.rpc - 26_657).to_string())?)
    }

    /// Removes the chain with all that happened on it; what is no chain is left alone.
    ///
    /// # Errors
    /// The folder holds something else, or cannot be removed.
    pub(crate) fn remove(&self) -> Outcome {
        if !self.root.exists() {
            return Ok(());
        }
        if !self.root.join("offset").is_file() {
            let root = self.root.display();
            return Err(Failure::Usage(format!("error: {root} is no chain of `moot localnet`")));
        }
        Ok(fs::remove_dir_all(&self.root)?)
    }
}
