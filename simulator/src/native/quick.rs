//! A hasher for keys of our own making.

use std::hash::{BuildHasherDefault, Hasher};

/// Builds [`Quick`] hashers; every run hashes alike.
pub(super) type QuickBuilder = BuildHasherDefault<Quick>;

/// One rotation and one multiplication a number. Keys are small handles that no stranger
/// chooses, and tables that use it are never iterated, so neither quality nor order matters.
#[derive(Default)]
pub(super) struct Quick(u64);

impl Hasher for Quick {
    fn finish(&self) -> u64 {
        // The table takes its index from the low bits and its tag from the high ones.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let number = chunk.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte));
            self.write_u64(number);
        }
    }

    fn write_u16(&mut self, number: u16) {
        self.write_u64(u64::from(number));
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(5) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
