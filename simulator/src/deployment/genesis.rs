//! The first state of a deployment: what its contracts are made with.

use indexmap::IndexSet;
use protocol::{
    AccountId, Amount, FIRST_USER, Height, ModuleId, Timestamp, governance, network, rewards, token,
};

use super::{Deployment, Governed};
use crate::engine::Genesis;

impl Deployment {
    /// Every address that the file names, once each, in the order in which it is first named:
    /// holders of tokens, of slots, owners, the guardian.
    pub fn accounts(&self) -> Vec<String> {
        self.book().into_iter().map(str::to_owned).collect()
    }

    fn book(&self) -> IndexSet<&str> {
        let holders = self.allocations.iter().map(|one| &one.address);
        let owners = self.topics.iter().filter_map(|topic| topic.owner.as_ref());
        let guardian = self.governance.guardian.iter().map(|guardian| &guardian.address);
        let all = holders.chain(self.slots.iter().flatten()).chain(owners).chain(guardian);
        all.map(String::as_str).collect()
    }

    /// Tokens that there are before the first block: allocations, and what the treasury holds.
    pub fn supply(&self) -> u128 {
        let tokens = self.allocations.iter().map(|one| one.tokens.units());
        tokens.fold(self.governance.tokens.units(), u128::saturating_add)
    }

    /// What one of the contracts is called on the chain: `moot-staking`.
    pub fn label_of(&self, module: ModuleId) -> String {
        format!("{}-{}", self.label, module.name())
    }

    /// Names the deployment in receipts: blake3 over its whole content.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("moot deployment, version 1");
        hasher.update(format!("{self:?}").as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// The first state, if the contracts are made in the block of this height and time.
    ///
    /// Accounts are handles in the order of [`Deployment::accounts`].
    pub fn genesis(&self, height: Height, time: Timestamp) -> Genesis {
        let book = self.book();
        let handle = |address: &String| {
            // Every address is in the book; a file of 4 MiB names fewer than 2^32.
            let at = book.get_index_of(address.as_str()).unwrap_or_default();
            AccountId::from_handle(FIRST_USER + at as u32)
        };
        let treasury = Some((ModuleId::Treasury.account(), self.governance.tokens));
        let held = treasury.filter(|(_, tokens)| !tokens.is_zero());
        let balances = self.allocations.iter().map(|one| (handle(&one.address), one.tokens));
        let topics = self.topics.iter().enumerate().map(|(number, topic)| {
            let owner = topic.owner.as_ref().map(handle);
            let params = network::TopicParams { owner, ..topic.params.clone() };
            let holders = self.slots.get(number).into_iter().flatten().map(handle).collect();
            network::TopicGenesis { params, holders }
        });
        Genesis {
            height,
            time,
            native: Vec::new(),
            token: token::Genesis {
                balances: balances.chain(held).collect(),
                minter: Some(ModuleId::Rewards.account()),
                cap: self.emission.schedule.cap,
            },
            staking: self.staking.clone(),
            network: network::Genesis { topics: topics.collect(), start: height },
            rewards: rewards::Genesis {
                params: self.emission.clone(),
                supply: Amount::saturating(self.supply()),
                start: height,
                weights: self.topics.iter().map(|topic| topic.weight).collect(),
                grants: Vec::new(),
                airdrops: Vec::new(),
            },
            governance: Some((
                governor(&self.governance, time, handle),
                self.governance.caps.clone(),
            )),
            accounts: self.accounts(),
        }
    }
}

/// The governor's first state.
fn governor(
    of: &Governed,
    start: Timestamp,
    handle: impl Fn(&String) -> AccountId,
) -> governance::Genesis {
    let mandate = of.guardian.as_ref().map(|guardian| governance::Mandate {
        guardian: Some(handle(&guardian.address)),
        ends: start.after(guardian.lasts),
        pause: guardian.pause,
        pauses: guardian.pauses,
        suspended: Timestamp::default(),
    });
    let (params, bounds) = (of.params.clone(), of.bounds.clone());
    governance::Genesis { params, bounds, mandate: mandate.unwrap_or_default(), start }
}
