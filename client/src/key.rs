//! Keys: twelve to twenty-four words, from where nobody else reads them.

use std::io::Read;
use std::path::{Path, PathBuf};

use age::secrecy::SecretString;
use cosmrs::crypto::PublicKey;
use cosmrs::crypto::secp256k1::SigningKey;

use crate::error::{Error, Result};
use crate::network::Network;

/// The most bytes of a key file.
const MAX_BYTES: u64 = 64 * 1024;

/// Where the words are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// In an environment variable.
    Environment(String),
    /// In a file that only its owner may read.
    File(PathBuf),
    /// In such a file, encrypted with age and a passphrase.
    Encrypted(PathBuf),
}

impl Source {
    /// What `env:NAME`, a path, or a path that ends in `.age` mean.
    pub fn read(text: &str) -> Self {
        match text.strip_prefix("env:") {
            Some(name) => Self::Environment(name.to_owned()),
            None if text.ends_with(".age") => Self::Encrypted(text.into()),
            None => Self::File(text.into()),
        }
    }
}

/// A key, and whose account it opens on one network.
pub struct Key {
    signing: SigningKey,
    address: String,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("address", &self.address).finish_non_exhaustive()
    }
}

impl Key {
    /// Reads the words, and derives the first account's key: `m/44'/COIN'/0'/0/0`.
    ///
    /// `passphrase` is asked for an encrypted file alone.
    ///
    /// # Errors
    /// A file that others can read, a wrong passphrase, or words that are none.
    pub fn open(
        source: &Source,
        network: &Network,
        passphrase: impl FnOnce() -> Result<String>,
    ) -> Result<Self> {
        let words = match source {
            Source::Environment(name) => std::env::var(name).map_err(|_| {
                Error::Usage(format!("the environment variable {name} holds no mnemonic"))
            })?,
            Source::File(path) => text(path, private(path)?)?,
            Source::Encrypted(path) => {
                let sealed = private(path)?;
                text(path, unseal(path, &sealed, passphrase()?)?)?
            }
        };
        Self::derive(&words, network)
    }

    /// The key of a mnemonic.
    ///
    /// # Errors
    /// Words that are no mnemonic. The words themselves are never part of the error.
    pub fn derive(words: &str, network: &Network) -> Result<Self> {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let mnemonic = bip39::Mnemonic::parse_normalized(&words).map_err(|error| {
            Error::Usage(format!("that is no BIP-39 mnemonic: {}", without_words(&error)))
        })?;
        let wrong = |error: &dyn std::fmt::Display| Error::Usage(format!("no key: {error}"));
        let path = format!("m/44'/{}'/0'/0/0", network.coin_type);
        let path = path.parse().map_err(|error| wrong(&error))?;
        let signing = SigningKey::derive_from_path(mnemonic.to_seed(""), &path)
            .map_err(|error| wrong(&error))?;
        let account =
            signing.public_key().account_id(&network.prefix).map_err(|error| wrong(&error))?;
        Ok(Self { address: account.to_string(), signing })
    }

    /// The account's address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        self.signing.public_key()
    }

    /// The signature of bytes: 64 bytes, over their SHA-256.
    ///
    /// # Errors
    /// None in practice: every message can be signed.
    pub(crate) fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>> {
        let signature = self.signing.sign(bytes);
        let signature =
            signature.map_err(|error| Error::Usage(format!("no signature: {error}")))?;
        Ok(signature.to_vec())
    }
}

/// The file, if nobody but its owner can read it.
fn private(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display();
    let wrong = |error: std::io::Error| Error::Usage(format!("key file {shown}: {error}"));
    // Opened once: what is checked is what is read.
    let file = std::fs::File::open(path).map_err(wrong)?;
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::MetadataExt::mode(&file.metadata().map_err(wrong)?);
        if mode & 0o077 != 0 {
            let mode = mode & 0o777;
            return Err(Error::Usage(format!(
                "key file {shown} can be read by others (mode {mode:04o})\n\
                 next: chmod 600 {shown}; where others had time to read it, move to a new key"
            )));
        }
    }
    let mut bytes = Vec::new();
    file.take(MAX_BYTES).read_to_end(&mut bytes).map_err(wrong)?;
    Ok(bytes)
}

fn text(path: &Path, bytes: Vec<u8>) -> Result<String> {
    let wrong = |_| Error::Usage(format!("key file {} holds no text", path.display()));
    String::from_utf8(bytes).map_err(wrong)
}

fn unseal(path: &Path, sealed: &[u8], passphrase: String) -> Result<Vec<u8>> {
    let wrong = |why: &dyn std::fmt::Display| {
        Error::Usage(format!("key file {} cannot be decrypted: {why}", path.display()))
    };
    let armored = age::armor::ArmoredReader::new(sealed);
    let decryptor = age::Decryptor::new_buffered(armored).map_err(|error| wrong(&error))?;
    let identity = age::scrypt::Identity::new(SecretString::from(passphrase));
    let mut reader = decryptor
        .decrypt(std::iter::once(&identity as &dyn age::Identity))
        .map_err(|error| wrong(&error))?;
    let mut words = Vec::new();
    reader.read_to_end(&mut words).map_err(|error| wrong(&error))?;
    Ok(words)
}

/// bip39's errors name positions, not words; one that did would be cut here.
fn without_words(error: &bip39::Error) -> &'static str {
    match error {
        bip39::Error::BadWordCount(_) => "it must have 12, 15, 18, 21 or 24 words",
        bip39::Error::UnknownWord(_) => "a word is not in the list",
        bip39::Error::InvalidChecksum => "its checksum is wrong, as where words are swapped",
        _ => "see BIP-39",
    }
}

#[cfg(test)]
mod tests {
    use super::{Key, Source};
    use crate::decimal::Decimal;
    use crate::gas::GasPrice;
    use crate::network::Network;
    use std::io::Write;
    use std::path::Path;

    const WORDS: &str = "abandon abandon abandon abandon abandon abandon abandon abandon abandon \
        abandon abandon about";

    fn network() -> Network {
        let price = Decimal::read("0.025").unwrap();
        Network {
            name: "a".into(),
            chain_id: "a-1".into(),
            prefix: "cosmos".into(),
            coin_type: 118,
            gas_price: GasPrice { price, denom: "ua".into() },
            endpoints: vec![],
        }
    }

    fn write(path: &Path, bytes: &[u8], mode: u32) {
        std::fs::write(path, bytes).unwrap();
        let mode = std::os::unix::fs::PermissionsExt::from_mode(mode);
        std::fs::set_permissions(path, mode).unwrap();
    }

    #[test]
    fn the_known_mnemonic_has_the_known_address() {
        let key = Key::derive(WORDS, &network()).unwrap();
        assert_eq!(key.address(), "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4");
    }

    #[test]
    fn a_key_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        for mode in [0o644, 0o640, 0o604, 0o660] {
            write(&path, WORDS.as_bytes(), mode);
            let source = Source::File(path.clone());
            let error = Key::open(&source, &network(), || unreachable!()).unwrap_err().to_string();
            assert!(
                error.contains("can be read by others") && error.contains("chmod 600"),
                "{error}"
            );
            assert!(!error.contains("abandon"), "{error}");
        }
        write(&path, WORDS.as_bytes(), 0o600);
        assert!(Key::open(&Source::File(path), &network(), || unreachable!()).is_ok());
    }

    #[test]
    fn an_encrypted_key_opens_with_its_passphrase_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key.age");
        let mut recipient = age::scrypt::Recipient::new("open".to_owned().into());
        recipient.set_work_factor(2);
        let recipients = std::iter::once(&recipient as &dyn age::Recipient);
        let mut sealed = Vec::new();
        let encryptor = age::Encryptor::with_recipients(recipients).unwrap();
        let mut writer = encryptor.wrap_output(&mut sealed).unwrap();
        writer.write_all(WORDS.as_bytes()).unwrap();
        writer.finish().unwrap();
        write(&path, &sealed, 0o600);
        let source = Source::read(path.to_str().unwrap());
        assert_eq!(source, Source::Encrypted(path.clone()));
        let open = |word: &str| Key::open(&source, &network(), || Ok(word.to_owned()));
        assert_eq!(
            open("open").unwrap().address(),
            Key::derive(WORDS, &network()).unwrap().address()
        );
        assert!(open("sesame").unwrap_err().to_string().contains("cannot be decrypted"));
        write(&path, &sealed, 0o644);
        assert!(open("open").unwrap_err().to_string().contains("can be read by others"));
    }

    #[test]
    fn words_that_are_none_are_not_repeated() {
        for words in ["", "abandon", "secret word list here", &WORDS.replace("about", "zoo")] {
            let error = Key::derive(words, &network()).unwrap_err().to_string();
            assert!(error.contains("no BIP-39 mnemonic") && !error.contains("abandon"), "{error}");
        }
    }
}
