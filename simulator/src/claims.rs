//! Lists of payments that are settled off chain and claimed against a root.

use protocol::{
    AccountId, Amount, Names, Timestamp,
    rewards::{Airdrop, Leaf, Place, Publication, Tree, leaf_hash},
};

/// Who is paid what in one round of a campaign, in the order of the leaves, and the tree above.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    campaign: u32,
    round: u32,
    payments: Vec<(AccountId, Amount)>,
    tree: Tree,
}

impl List {
    /// The list of these payments; `None` for none, or more than a root may stand for. `names`
    /// knows the addresses, as the chain that will verify the proofs writes them.
    pub fn new(
        names: &dyn Names,
        campaign: u32,
        round: u32,
        payments: Vec<(AccountId, Amount)>,
    ) -> Option<Self> {
        let mut address = Vec::new();
        let leaves = (0..).zip(&payments).map(|(index, (who, amount))| {
            address.clear();
            names.write(*who, &mut address);
            leaf_hash(Place { campaign, round, index }, &address, *amount)
        });
        let tree = Tree::new(leaves.collect())?;
        Some(Self { campaign, round, payments, tree })
    }

    /// The campaign and the round.
    pub const fn place(&self) -> (u32, u32) {
        (self.campaign, self.round)
    }

    /// Who is paid what; the place is the leaf's index.
    pub fn payments(&self) -> &[(AccountId, Amount)] {
        &self.payments
    }

    /// What is published, with this much promised.
    pub fn publication(&self, total: Amount) -> Publication {
        let Self { campaign, round, ref tree, .. } = *self;
        Publication { campaign, round, root: tree.root(), leaves: tree.leaves(), total }
    }

    /// The list as an airdrop of a genesis, if its round is 0.
    pub fn airdrop(&self, total: Amount, from: Timestamp, until: Timestamp) -> Airdrop {
        Airdrop { root: self.tree.root(), leaves: self.tree.leaves(), total, from, until }
    }

    /// A leaf with its proof; `None` where there is no such leaf.
    pub fn leaf(&self, index: u32) -> Option<(AccountId, Leaf)> {
        let (who, amount) = *self.payments.get(index as usize)?;
        let proof = self.tree.proof(index)?;
        let Self { campaign, round, .. } = *self;
        Some((who, Leaf { campaign, round, index, amount, proof }))
    }
}
