//! Roots of lists of payments: how a leaf and a node are hashed, and how a proof is followed.
//!
//! With SHA-256 and every number big-endian:
//!
//! ```text
//! leaf = H(0 | "moot.leaf" | campaign u32 | round u32 | index u32 | length u8 | address | amount u128)
//! node = H(1 | left | right)
//! ```
//!
//! The first byte keeps a leaf from being taken for a node, so that no inner node can be claimed
//! as a leaf; campaign and round keep a proof from counting anywhere else. Leaves lie in the order
//! of their indices. Each level joins neighbours from the left; a last node without a neighbour
//! moves up as it is. So the shape follows from the number of leaves, and the length of a proof
//! from that and the index: a longer one is refused before anything is hashed.

use crate::units::Amount;
use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// The most leaves below a root.
pub const MAX_LEAVES: u32 = 1 << 20;

/// Where a leaf lies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Place {
    /// The campaign.
    pub campaign: u32,
    /// Its round.
    pub round: u32,
    /// The leaf's number in the round, from 0.
    pub index: u32,
}

/// The hash of a leaf that pays `amount` to the account with this address, of at most 255 bytes.
pub fn leaf_hash(place: Place, address: &[u8], amount: Amount) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0]);
    hasher.update(b"moot.leaf");
    for number in [place.campaign, place.round, place.index] {
        hasher.update(number.to_be_bytes());
    }
    // Addresses are at most 32 bytes: the length fits.
    hasher.update([address.len() as u8]);
    hasher.update(address);
    hasher.update(amount.units().to_be_bytes());
    hasher.finalize().into()
}

/// The hash of the node above two others.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([1]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

/// How many hashes the proof of leaf `index` among `leaves` has: at most 20 for [`MAX_LEAVES`].
pub fn proof_length(index: u32, leaves: u32) -> usize {
    Steps { at: index, width: leaves }.filter(|side| *side != Side::Alone).count()
}

/// The root that a leaf and its proof lead to; `None` where the proof has not the one length that
/// fits, or there is no such leaf.
pub fn root_of(leaf: Hash, index: u32, leaves: u32, proof: &[Hash]) -> Option<Hash> {
    if index >= leaves || proof.len() != proof_length(index, leaves) {
        return None;
    }
    let mut proof = proof.iter();
    let mut node = leaf;
    for side in (Steps { at: index, width: leaves }) {
        node = match side {
            Side::Alone => node,
            Side::Left => node_hash(&node, proof.next()?),
            Side::Right => node_hash(proof.next()?, &node),
        };
    }
    Some(node)
}

/// Where a node lies in its pair.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    /// The last of an odd level.
    Alone,
    /// Left of its neighbour.
    Left,
    /// Right of it.
    Right,
}

/// The way from a leaf up to the root, level by level.
#[derive(Clone, Copy, Debug)]
pub(super) struct Steps {
    /// The node's place in its level.
    pub(super) at: u32,
    /// Nodes in the level.
    pub(super) width: u32,
}

impl Iterator for Steps {
    type Item = Side;

    fn next(&mut self) -> Option<Side> {
        if self.width <= 1 {
            return None;
        }
        let side = match (self.at % 2, self.at.saturating_add(1) == self.width) {
            (0, true) => Side::Alone,
            (0, false) => Side::Left,
            _ => Side::Right,
        };
        (self.at, self.width) = (self.at / 2, self.width.div_ceil(2));
        Some(side)
    }
}

#[cfg(test)]
mod tests {
    use super::{Hash, MAX_LEAVES, Place, leaf_hash, node_hash, proof_length, root_of};
    use crate::testing::amount;

    fn hex(hash: &Hash) -> String {
        hash.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Made with another implementation (Python's hashlib): what an oracle in another language must reproduce.
    #[test]
    fn known_hashes() {
        let place = Place { campaign: 1, round: 2, index: 3 };
        let leaf = leaf_hash(place, b"addr", amount(5));
        assert_eq!(hex(&leaf), LEAF);
        assert_eq!(hex(&node_hash(&leaf, &[7; 32])), NODE);
    }
    const LEAF: &str = "6db0bcc15daecfcec00fd8d6adb0d9056fc5b51ebb17cd1ee4d1104685dbd44e";
    const NODE: &str = "c0b97167013e72dd50cc6181d420cf1af3246db6f898b1d928279840ad716449";

    #[test]
    fn every_part_of_a_leaf_counts() {
        let place = Place { campaign: 1, round: 2, index: 3 };
        let leaf = leaf_hash(place, b"addr", amount(5));
        for (label, other) in [
            ("campaign", leaf_hash(Place { campaign: 2, ..place }, b"addr", amount(5))),
            ("round", leaf_hash(Place { round: 1, ..place }, b"addr", amount(5))),
            ("index", leaf_hash(Place { index: 4, ..place }, b"addr", amount(5))),
            ("address", leaf_hash(place, b"adds", amount(5))),
            ("length", leaf_hash(place, b"addr\0", amount(5))),
            ("amount", leaf_hash(place, b"addr", amount(6))),
        ] {
            assert_ne!(leaf, other, "{label}");
        }
    }

    #[test]
    fn lengths_follow_from_index_and_number() {
        for (index, leaves, length) in [
            (0, 1, 0),
            (0, 2, 1),
            (2, 3, 1),
            (1, 3, 2),
            (4, 5, 1),
            (3, 5, 3),
            (0, MAX_LEAVES, 20),
            (MAX_LEAVES - 1, MAX_LEAVES, 20),
            (MAX_LEAVES - 2, MAX_LEAVES - 1, 19),
        ] {
            assert_eq!(proof_length(index, leaves), length, "{index} of {leaves}");
        }
    }

    #[test]
    fn no_proof_leads_beyond_the_leaves() {
        assert_eq!(root_of([1; 32], 0, 1, &[]), Some([1; 32]));
        for (label, index, leaves, proof) in [
            ("no leaves", 0, 0, 0),
            ("beyond", 3, 3, 2),
            ("too long", 0, 1, 1),
            ("too short", 0, 3, 1),
        ] {
            assert_eq!(root_of([1; 32], index, leaves, &vec![[2; 32]; proof]), None, "{label}");
        }
    }
}
