//! The tree below a root, for whoever publishes one and whoever hands out proofs.
//!
//! No rule builds one: a contract sees a root and single proofs.

use crate::rewards::merkle::{Hash, MAX_LEAVES, Side, Steps, node_hash};

/// Every node above a list of leaves, level by level; the last level is the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// Over hashes of leaves, in the order of their indices; `None` for none, or more than
    /// [`MAX_LEAVES`].
    pub fn new(leaves: Vec<Hash>) -> Option<Self> {
        if leaves.is_empty() || leaves.len() > MAX_LEAVES as usize {
            return None;
        }
        let mut levels = vec![leaves];
        while let Some(level) = levels.last().filter(|level| level.len() > 1) {
            let above = level.chunks(2).filter_map(|pair| match pair {
                [left, right] => Some(node_hash(left, right)),
                [alone] => Some(*alone),
                _ => None,
            });
            let above = above.collect();
            levels.push(above);
        }
        Some(Self { levels })
    }

    /// The hash that stands for all leaves.
    pub fn root(&self) -> Hash {
        self.levels.last().and_then(|level| level.first()).copied().unwrap_or_default()
    }

    /// How many leaves there are.
    pub fn leaves(&self) -> u32 {
        // At most MAX_LEAVES.
        self.levels.first().map_or(0, |level| level.len() as u32)
    }

    /// The neighbours on the way from a leaf to the root; `None` where there is no such leaf.
    pub fn proof(&self, index: u32) -> Option<Vec<Hash>> {
        if index >= self.leaves() {
            return None;
        }
        let mut proof = Vec::new();
        let mut at = index as usize;
        for (side, level) in (Steps { at: index, width: self.leaves() }).zip(&self.levels) {
            let neighbour = match side {
                Side::Alone => None,
                Side::Left => Some(level.get(at + 1)?),
                Side::Right => Some(level.get(at.checked_sub(1)?)?),
            };
            proof.extend(neighbour);
            at /= 2;
        }
        Some(proof)
    }
}

#[cfg(test)]
mod tests {
    use super::Tree;
    use crate::rewards::merkle::{Hash, node_hash, proof_length, root_of};
    use proptest::prelude::{any, prop, prop_assert, prop_assert_eq, proptest};

    /// Distinct leaves.
    fn leaves(n: u32) -> Vec<Hash> {
        (0..n)
            .map(|at| {
                let mut leaf = [9; 32];
                leaf[..4].copy_from_slice(&at.to_be_bytes());
                leaf
            })
            .collect()
    }

    #[test]
    fn an_odd_one_moves_up() {
        let all = leaves(3);
        let tree = Tree::new(all.clone()).unwrap();
        assert_eq!(tree.root(), node_hash(&node_hash(&all[0], &all[1]), &all[2]));
        assert_eq!(tree.proof(2), Some(vec![node_hash(&all[0], &all[1])]));
        assert_eq!(Tree::new(vec![]), None);
        assert_eq!(Tree::new(leaves(1)).unwrap().root(), leaves(1)[0]);
    }

    proptest! {
        #[test]
        fn every_leaf_has_one_proof_and_it_verifies(n in 1u32..70) {
            let all = leaves(n);
            let tree = Tree::new(all.clone()).unwrap();
            for (index, leaf) in (0..n).zip(&all) {
                let proof = tree.proof(index).unwrap();
                prop_assert_eq!(proof.len(), proof_length(index, n));
                prop_assert_eq!(root_of(*leaf, index, n, &proof), Some(tree.root()));
            }
            prop_assert_eq!(tree.proof(n), None);
        }

        #[test]
        fn nothing_else_verifies(
            n in 2u32..70, index: prop::sample::Index, other: prop::sample::Index,
            at: prop::sample::Index, bit in 0u8..8, widen in 1u32..9,
        ) {
            let tree = Tree::new(leaves(n)).unwrap();
            let (index, other) = (index.index(n as usize) as u32, other.index(n as usize) as u32);
            let (leaf, proof) = (leaves(n)[index as usize], tree.proof(index).unwrap());
            if other != index {
                prop_assert!(root_of(leaf, other, n, &proof) != Some(tree.root()), "another place");
            }
            let mut flipped = proof.clone();
            if let Some(hash) = flipped.get_mut(at.index(proof.len().max(1))) {
                hash[0] ^= 1 << bit;
                prop_assert!(root_of(leaf, index, n, &flipped) != Some(tree.root()), "another proof");
            }
            let mut longer = proof.clone();
            longer.push([0; 32]);
            prop_assert_eq!(root_of(leaf, index, n, &longer), None);
            // A list of another length has another shape, or another last leaf.
            let wider = root_of(leaf, index, n + widen, &proof);
            prop_assert!(wider.is_none() || proof_length(index, n + widen) == proof.len());
        }

        /// Second preimage: an inner node is no leaf of any shorter list.
        #[test]
        fn an_inner_node_is_not_what_a_leaf_hashes_to(
            address in prop::collection::vec(any::<u8>(), 0..40), units in 0u128..1 << 95,
        ) {
            use crate::rewards::merkle::{Place, leaf_hash};
            let tree = Tree::new(leaves(4)).unwrap();
            let inner = node_hash(&leaves(4)[0], &leaves(4)[1]);
            let place = Place { campaign: 0, round: 0, index: 0 };
            let leaf = leaf_hash(place, &address, crate::testing::amount(units));
            prop_assert!(leaf != inner);
            prop_assert!(root_of(leaf, 0, 2, &tree.proof(0).unwrap()[1..]) != Some(tree.root()));
        }
    }
}
