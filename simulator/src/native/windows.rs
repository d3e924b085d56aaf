//! What modules read of each other: borrows of their columns.

use protocol::{
    AccountId, Accrued, AddressPort, Amount, Asset, BalancePort, Get, Height, IndexPort, Names,
    Power, Refusal, SlotPort, StakePort, TopicPort, TrackPort, governance, network, rewards,
    staking::{self, Standing},
    token,
};

use super::{
    names::Accounts,
    tables::{Bank, Governor, Network, Rewards, Staking, Token},
};
use crate::bank::Holding;

/// What the network reads: stake.
pub(super) struct StakeWindow<'a>(pub(super) &'a Staking);

/// What rewards reads: stake, slots and addresses.
pub(super) struct PayWindow<'a> {
    pub(super) staking: &'a Staking,
    pub(super) network: &'a Network,
    pub(super) accounts: &'a Accounts,
}

/// What staking reads: reward indices, and how long the governor's tracks take.
pub(super) struct IndexWindow<'a> {
    pub(super) rewards: &'a Rewards,
    pub(super) governor: &'a Governor,
}

/// What the treasury reads: what it holds.
pub(super) struct BalanceWindow<'a> {
    pub(super) token: &'a Token,
    pub(super) bank: &'a Bank,
}

impl StakePort for StakeWindow<'_> {
    fn power_at(&self, who: Option<AccountId>, height: Height) -> Result<Power, Refusal> {
        Ok(staking::power_at(self.0, who, height))
    }

    fn current_power(&self, who: AccountId) -> Result<Power, Refusal> {
        Ok(staking::current_power(self.0, who))
    }

    fn standing_at(&self, who: AccountId, height: Height) -> Result<(Standing, Power), Refusal> {
        Ok(staking::standing_at(self.0, who, height))
    }

    fn staking_params(&self) -> Result<staking::Params, Refusal> {
        Ok(self.0.get(()))
    }
}

impl StakePort for PayWindow<'_> {
    fn power_at(&self, who: Option<AccountId>, height: Height) -> Result<Power, Refusal> {
        StakeWindow(self.staking).power_at(who, height)
    }

    fn current_power(&self, who: AccountId) -> Result<Power, Refusal> {
        StakeWindow(self.staking).current_power(who)
    }

    fn standing_at(&self, who: AccountId, height: Height) -> Result<(Standing, Power), Refusal> {
        StakeWindow(self.staking).standing_at(who, height)
    }

    fn staking_params(&self) -> Result<staking::Params, Refusal> {
        StakeWindow(self.staking).staking_params()
    }
}

impl AddressPort for PayWindow<'_> {
    fn address(&self, who: AccountId) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.accounts.write(who, &mut bytes);
        bytes
    }
}

impl SlotPort for PayWindow<'_> {
    fn holder(&self, topic: u16, uid: u16) -> Result<Option<AccountId>, Refusal> {
        let slot: network::Slot = self.network.get((topic, uid));
        Ok(slot.holder)
    }
}

/// Without a governor there are no parameters, and no track is too long.
impl TrackPort for IndexWindow<'_> {
    fn longest_track(&self) -> Result<u64, Refusal> {
        let params: governance::Params = self.governor.get(());
        Ok(params.longest())
    }
}

impl TopicPort for PayWindow<'_> {
    fn topics(&self) -> Result<u16, Refusal> {
        let params: network::Params = self.network.get(());
        Ok(params.topics)
    }
}

impl BalancePort for BalanceWindow<'_> {
    fn held(&self, who: AccountId, asset: Asset) -> Result<Amount, Refusal> {
        Ok(match asset {
            Asset::Token => Get::<token::Balance>::get(self.token, who).amount,
            Asset::Native => Get::<Holding>::get(self.bank, who).amount,
        })
    }
}

impl IndexPort for IndexWindow<'_> {
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal> {
        Ok(rewards::reward_index(self.rewards, validator))
    }
}
