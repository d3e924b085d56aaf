//! A chain in memory, and a folder with what the command needs to use it.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use client::{Key, Network};
use mock_chain::{MockChain, Setup, artifact};
use serde_json::Value;

/// Mnemonics of the people in tests, by name.
pub(crate) const PEOPLE: [(&str, &str); 2] = [
    (
        "alice",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon \
         about",
    ),
    ("bob", "legal winner thank year wave sausage worth useful legal winner thank yellow"),
];

/// What is deployed; `{alice}` and `{bob}` are their addresses.
const DEPLOYMENT: &str = include_str!("deployment.toml");

/// A chain and a folder.
pub(crate) struct Stage {
    pub(crate) chain: MockChain,
    folder: tempfile::TempDir,
}

impl Stage {
    /// A chain on which everybody has coins, codes to deploy, and a file that says what.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // The client's own view of the network gives the addresses.
        let path = folder.path().join("chain.json");
        fs::write(&path, chain_file("http://127.0.0.1:1")).unwrap();
        let network = Network::read(&path).unwrap();
        let mut text = DEPLOYMENT.to_owned();
        let mut holders = Vec::new();
        fs::create_dir(folder.path().join("keys")).unwrap();
        for (name, words) in PEOPLE {
            let address = Key::derive(words, &network).unwrap().address().to_owned();
            text = text.replace(&format!("{{{name}}}"), &address);
            holders.push((address, 1_000_000_000_u128));
            secret(&folder.path().join("keys").join(name), words, 0o600);
        }
        fs::write(folder.path().join("network.toml"), text).unwrap();
        let chain = MockChain::start(Setup { holders, ..Setup::default() });
        fs::write(&path, chain_file(chain.endpoint())).unwrap();
        let artifacts = folder.path().join("artifacts");
        fs::create_dir(&artifacts).unwrap();
        let mut sums = String::new();
        for name in ["governor", "network", "suite", "treasury"] {
            let wasm = artifact(name, 1);
            sums += &format!("{}  {name}.wasm\n", sha256(&wasm));
            fs::write(artifacts.join(format!("{name}.wasm")), wasm).unwrap();
        }
        fs::write(artifacts.join("checksums.txt"), sums).unwrap();
        Self { chain, folder }
    }

    /// The folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `moot` in the folder, on the chain.
    pub(crate) fn moot(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_moot"));
        command.current_dir(self.folder.path()).args(words);
        command.args(["--network", "chain.json", "--keyring-dir", "keys"]);
        command.env("XDG_CACHE_HOME", self.folder.path());
        command
    }

    /// `moot` as somebody, who is not asked.
    pub(crate) fn by(&self, who: &str, words: &[&str]) -> Command {
        let mut command = self.moot(words);
        command.args(["--from", who, "-y"]);
        command
    }

    /// Deploys, whole.
    pub(crate) fn deploy(&self) {
        self.by("alice", &["deploy", "network.toml"]).assert().success();
    }

    /// What a contract answers.
    pub(crate) fn query(&self, contract: &str, question: &str) -> Value {
        let output =
            self.moot(&["query", contract, question, "--output", "json"]).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{contract} {question}: {said}");
        serde_json::from_slice(&output.stdout).unwrap()
    }

    /// Somebody's address.
    pub(crate) fn address(&self, who: &str) -> String {
        let network = Network::read(&self.path("chain.json")).unwrap();
        let words = PEOPLE.iter().find(|(name, _)| *name == who).unwrap().1;
        Key::derive(words, &network).unwrap().address().to_owned()
    }
}

/// Writes a file with a mode.
pub(crate) fn secret(path: &Path, text: &str, mode: u32) {
    fs::write(path, text).unwrap();
    let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
    fs::set_permissions(path, mode).unwrap();
}

fn chain_file(endpoint: &str) -> String {
    format!(
        r#"{{"chain_name":"mock","chain_id":"mock-1","bech32_prefix":"wasm","slip44":118,
        "fees":{{"fee_tokens":[{{"denom":"ustake","average_gas_price":0.025}}]}},
        "apis":{{"grpc":[{{"address":"{endpoint}"}}]}}}}"#
    )
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
