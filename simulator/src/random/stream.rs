use rand_chacha::ChaCha8Rng;
use rand_core::{Rng, SeedableRng};

/// A ChaCha8 keystream that samplers draw from, 32-bit words in order.
///
/// Made by [`Seed::stream`](super::Seed::stream). The samplers are methods, one file a
/// family; each says how many words it takes. A clone repeats what the original would draw.
#[derive(Clone, Debug)]
pub struct Stream {
    words: ChaCha8Rng,
}

impl Stream {
    /// A stream from its 256-bit key, nonce and counter 0.
    pub fn from_key(key: [u8; 32]) -> Self {
        Self { words: ChaCha8Rng::from_seed(key) }
    }

    /// One word.
    #[inline]
    pub fn next_u32(&mut self) -> u32 {
        self.words.next_u32()
    }

    /// Two words, the first one low.
    #[inline]
    pub fn next_u64(&mut self) -> u64 {
        self.words.next_u64()
    }

    /// Four bytes a word, little-endian; bytes left of the last word are dropped.
    #[inline]
    pub(super) fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.words.fill_bytes(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::Stream;

    /// ChaCha8, key and nonce all zeros: the first words of the keystream as published in
    /// draft-strombergson-chacha-test-vectors-01, TC1 with 256-bit key and 8 rounds.
    #[test]
    fn is_chacha8() {
        let mut stream = Stream::from_key([0; 32]);
        let expected = [0x3e, 0x00, 0xef, 0x2f, 0x89, 0x5f, 0x40, 0xd6];
        assert_eq!(stream.next_u64(), u64::from_le_bytes(expected));
    }

    #[test]
    fn words_and_bytes_are_one_sequence() {
        let mut words = Stream::from_key([9; 32]);
        let mut bytes = words.clone();
        let mut block = [0; 4 * 301];
        assert_eq!(words.next_u32(), bytes.next_u32());
        bytes.fill_bytes(&mut block);
        for chunk in block.chunks_exact(4) {
            assert_eq!(chunk, words.next_u32().to_le_bytes());
        }
        assert_eq!(words.next_u64(), bytes.next_u64());
    }
}
