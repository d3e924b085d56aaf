//! The contracts' code, checked against its checksums.

use std::collections::BTreeMap;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::commands::chain::session::usage;
use crate::exit::Outcome;

/// Codes in the order in which they are stored: token, staking and rewards share the first.
pub(crate) const CODES: [&str; 4] = ["suite", "network", "governor", "treasury"];

/// One code.
pub(crate) struct Artifact {
    /// Its bytes.
    pub(crate) wasm: Vec<u8>,
    /// Their SHA-256.
    pub(crate) checksum: [u8; 32],
}

/// Every code by name.
pub(crate) struct Artifacts(BTreeMap<&'static str, Artifact>);

impl Artifacts {
    /// Reads the codes of a folder.
    ///
    /// # Errors
    /// One is missing, or is not what checksums.txt says.
    pub(crate) fn read(folder: &Path) -> Outcome<Self> {
        let list = folder.join("checksums.txt");
        let missing = |path: &Path, error: std::io::Error| {
            usage(format!("{}: {error}\nnext: moot build", path.display()))
        };
        let sums = std::fs::read_to_string(&list).map_err(|error| missing(&list, error))?;
        let mut codes = BTreeMap::new();
        for name in CODES {
            let path = folder.join(format!("{name}.wasm"));
            let wasm = std::fs::read(&path).map_err(|error| missing(&path, error))?;
            let checksum: [u8; 32] = Sha256::digest(&wasm).into();
            let line = format!("{}  {name}.wasm", hex(&checksum));
            if !sums.lines().any(|one| one == line) {
                let (path, list) = (path.display(), list.display());
                return Err(usage(format!("{path} is not what {list} says\nnext: moot build")));
            }
            codes.insert(name, Artifact { wasm, checksum });
        }
        Ok(Self(codes))
    }

    /// One code.
    ///
    /// # Errors
    /// There is none of that name.
    pub(crate) fn get(&self, name: &str) -> Outcome<&Artifact> {
        self.0.get(name).ok_or_else(|| usage(format!("there is no code `{name}`")))
    }

    /// SHA-256 of each as text.
    pub(crate) fn checksums(&self) -> BTreeMap<String, String> {
        let sums = self.0.iter();
        sums.map(|(name, one)| ((*name).to_owned(), hex(&one.checksum))).collect()
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
