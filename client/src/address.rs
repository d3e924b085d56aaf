//! Where a contract will be, before it is.

use cosmrs::AccountId;
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// The bytes of an address.
///
/// # Errors
/// Text that is none.
pub fn address_bytes(address: &str) -> Result<Vec<u8>> {
    let account: std::result::Result<AccountId, _> = address.parse();
    let account = account.map_err(|_| Error::Usage(format!("`{address}` is no address")))?;
    Ok(account.to_bytes())
}

/// The address of bytes on chains whose addresses begin with `prefix`.
///
/// # Errors
/// A prefix that is none, or more bytes than an address has.
pub fn address_text(prefix: &str, bytes: &[u8]) -> Result<String> {
    let account = AccountId::new(prefix, bytes);
    Ok(account.map_err(|error| Error::Usage(error.to_string()))?.to_string())
}

/// The address of a contract that is made with `instantiate2`, from its code's checksum, its
/// maker and its salt:
///
/// `SHA-256(SHA-256("module") | "wasm" 0 | key)` with
/// `key = len8(checksum) checksum len8(maker) maker len8(salt) salt len8(msg)`, `len8` a length in
/// eight bytes, big-endian, and no msg.
///
/// # Errors
/// A maker that is no address, or a salt that is not 1 to 64 bytes.
pub fn predictable(checksum: &[u8; 32], maker: &str, salt: &[u8]) -> Result<String> {
    let account: AccountId =
        maker.parse().map_err(|_| Error::Usage(format!("`{maker}` is no address")))?;
    if salt.is_empty() || salt.len() > 64 {
        return Err(Error::Usage(format!("a salt has 1 to 64 bytes, not {}", salt.len())));
    }
    let mut key = b"wasm\0".to_vec();
    for part in [&checksum[..], &account.to_bytes(), salt, &[]] {
        key.extend((part.len() as u64).to_be_bytes());
        key.extend(part);
    }
    let hash = Sha256::new().chain_update(Sha256::digest(b"module")).chain_update(key).finalize();
    let address = AccountId::new(account.prefix(), &hash);
    Ok(address.map_err(|error| Error::Usage(error.to_string()))?.to_string())
}

#[cfg(test)]
mod tests {
    use super::predictable;
    use crate::hex;

    /// From cosmwasm-std's `instantiate2_address` tests, which wasmd's agree with.
    #[test]
    fn the_known_contract_has_the_known_address() {
        let checksum = "13a1fc994cc6d1c81b746ee0c0ff6f90043875e0bf1d9be6b7d779fc978dc2a5";
        let checksum = hex::bytes(checksum).unwrap().try_into().unwrap();
        let maker = cosmrs::AccountId::new(
            "purple",
            &hex::bytes("9999999999aaaaaaaaaabbbbbbbbbbcccccccccc").unwrap(),
        )
        .unwrap();
        let address = predictable(&checksum, maker.as_ref(), &[0x61]).unwrap();
        let bytes = address.parse::<cosmrs::AccountId>().unwrap().to_bytes();
        assert_eq!(
            hex::lower(&bytes),
            "5e865d3e45ad3e961f77fd77d46543417ced44d924dc3e079b5415ff6775f847"
        );
    }
}
