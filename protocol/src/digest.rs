//! The state hash: additive over records, so that no engine needs an order.

use crate::{
    account::MODULES,
    codec::Names,
    store::{Record, UNHASHED, key_bytes},
    units::Height,
};

/// The format of the state hash; part of what is hashed.
pub const VERSION: u32 = 1;

/// A sum of record hashes modulo 2^256, as low and high half.
///
/// It finds errors, not forgers: additive digests can be collided on purpose.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Digest {
    low: u128,
    high: u128,
}

impl Digest {
    /// Counts `other` in.
    pub fn add(&mut self, other: Self) {
        let (low, carry) = self.low.overflowing_add(other.low);
        let high = self.high.wrapping_add(other.high).wrapping_add(u128::from(carry));
        *self = Self { low, high };
    }

    /// Counts `other` out.
    pub fn sub(&mut self, other: Self) {
        let (low, borrow) = self.low.overflowing_sub(other.low);
        let high = self.high.wrapping_sub(other.high).wrapping_sub(u128::from(borrow));
        *self = Self { low, high };
    }
}

/// `blake3(table | key | value)` as a 256-bit number; zero for a record that is not live or
/// whose table is not hashed. `scratch` is reused between calls.
pub fn record_hash<R: Record>(
    names: &dyn Names,
    key: &R::Key,
    value: &R,
    scratch: &mut Vec<u8>,
) -> Digest {
    if R::TABLE >= UNHASHED || *value == R::default() {
        return Digest::default();
    }
    use crate::codec::Codec;
    scratch.clear();
    scratch.push(R::TABLE);
    key.put(names, scratch);
    value.put(names, scratch);
    bytes_hash(scratch)
}

/// The hash of a record's bytes as the digest counts them: table, key and value.
pub fn bytes_hash(bytes: &[u8]) -> Digest {
    let hash = blake3::hash(bytes);
    let mut halves = [0u128; 2];
    for (half, bytes) in halves.iter_mut().zip(hash.as_bytes().chunks_exact(16)) {
        *half = bytes.iter().rev().fold(0, |number, byte| (number << 8) | u128::from(*byte));
    }
    let [low, high] = halves;
    Digest { low, high }
}

/// The key and value bytes of a live record, as the digest reads them.
pub fn record_bytes<R: Record>(names: &dyn Names, key: &R::Key, value: &R) -> (Vec<u8>, Vec<u8>) {
    (key_bytes::<R>(names, key), crate::codec::encode(names, value))
}

/// `blake3(version | height | module digests in the order of ModuleId)`.
pub fn state_hash(height: Height, modules: &[Digest; MODULES]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&VERSION.to_be_bytes()).update(&height.get().to_be_bytes());
    for digest in modules {
        hasher.update(&digest.high.to_be_bytes()).update(&digest.low.to_be_bytes());
    }
    *hasher.finalize().as_bytes()
}
