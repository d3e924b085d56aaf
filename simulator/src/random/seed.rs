use super::Stream;

/// The seed of a scenario, from which every random stream of every run is derived.
///
/// ```
/// use simulator::random::Seed;
///
/// let seed = Seed::new(7);
/// let mut a = seed.stream(0, "alice", "noise");
/// let mut again = seed.stream(0, "alice", "noise");
/// let mut b = seed.stream(0, "bob", "noise");
/// let first = a.next_u64();
/// assert_eq!(first, again.next_u64());
/// assert_ne!(first, b.next_u64());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Seed(u64);

/// Domain of the key derivation; it names the layout of the fields, so that a new layout
/// gets a new name.
const CONTEXT: &str = "moot simulator random stream, version 1";

impl Seed {
    /// The seed as a scenario writes it.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The number given to [`Seed::new`].
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The key of one stream: blake3 in key-derivation mode over
    /// `seed | run | len(agent) | agent | len(purpose) | purpose`, integers and lengths as
    /// eight bytes big-endian.
    ///
    /// The lengths make the layout injective: no two tuples feed the same bytes.
    pub fn key(self, run: u64, agent: &str, purpose: &str) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key(CONTEXT);
        hasher.update(&self.0.to_be_bytes());
        hasher.update(&run.to_be_bytes());
        for field in [agent, purpose] {
            hasher.update(&(field.len() as u64).to_be_bytes());
            hasher.update(field.as_bytes());
        }
        *hasher.finalize().as_bytes()
    }

    /// The stream of one agent for one purpose in one run (a run is one seed of a Monte
    /// Carlo series, counted from 0).
    ///
    /// Streams share no state, so adding an agent, a purpose or a draw shifts no other
    /// stream.
    pub fn stream(self, run: u64, agent: &str, purpose: &str) -> Stream {
        Stream::from_key(self.key(run, agent, purpose))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Seed;

    #[test]
    fn no_two_tuples_share_a_key() {
        let mut keys = BTreeSet::new();
        let names = ["", "a", "b", "ab", "abc", "bc", "c", "\0", "a\0", "\0a"];
        let mut tuples = 0;
        for seed in [0, 1, u64::MAX] {
            for run in [0, 1, 256] {
                for agent in names {
                    for purpose in names {
                        keys.insert(Seed::new(seed).key(run, agent, purpose));
                        tuples += 1;
                    }
                }
            }
        }
        assert_eq!(keys.len(), tuples);
    }
}
