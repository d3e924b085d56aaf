//! What other modules answer: fixed by the test, or read from a store.

use crate::{
    account::AccountId,
    accrued::Accrued,
    asset::Asset,
    codec::{Names, codec_struct},
    governance,
    network::{self, Slot},
    ports::{AddressPort, BalancePort, IndexPort, SlotPort, StakePort, TopicPort, TrackPort},
    refusal::Refusal,
    rewards,
    staking::{self, Standing},
    store::{Get, Record},
    testing::{PlainNames, Store},
    token,
    units::{Amount, Height, Power},
};
use std::collections::HashMap;

/// The address of an account in tests: its handle.
fn plain_address(who: AccountId) -> Vec<u8> {
    let mut address = Vec::new();
    PlainNames.write(who, &mut address);
    address
}

/// Other modules' answers, fixed by the test.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// Power by account; `None` is the total.
    pub power: HashMap<Option<AccountId>, Power>,
    /// Reward index by validator.
    pub index: HashMap<AccountId, Accrued>,
    /// Who holds which slot.
    pub holders: HashMap<(u16, u16), AccountId>,
}

impl StakePort for Answers {
    fn power_at(&self, who: Option<AccountId>, _: Height) -> Result<Power, Refusal> {
        Ok(self.power.get(&who).copied().unwrap_or_default())
    }
    fn current_power(&self, who: AccountId) -> Result<Power, Refusal> {
        Ok(self.power.get(&Some(who)).copied().unwrap_or_default())
    }
    fn standing_at(&self, who: AccountId, _: Height) -> Result<(Standing, Power), Refusal> {
        let power = self.power.get(&Some(who)).copied().unwrap_or_default();
        Ok((Standing { power, delegate: None }, Power::ZERO))
    }
    fn staking_params(&self) -> Result<staking::Params, Refusal> {
        Ok(staking::Params::default())
    }
}

impl IndexPort for Answers {
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal> {
        Ok(self.index.get(&validator).copied().unwrap_or_default())
    }
}

impl TrackPort for Answers {
    fn longest_track(&self) -> Result<u64, Refusal> {
        Ok(0)
    }
}

impl AddressPort for Answers {
    fn address(&self, who: AccountId) -> Vec<u8> {
        plain_address(who)
    }
}

impl SlotPort for Answers {
    fn holder(&self, topic: u16, uid: u16) -> Result<Option<AccountId>, Refusal> {
        Ok(self.holders.get(&(topic, uid)).copied())
    }
}

/// Other modules as they are in a store.
#[derive(Clone, Debug)]
pub struct Live(pub Store);

impl StakePort for Live {
    fn power_at(&self, who: Option<AccountId>, height: Height) -> Result<Power, Refusal> {
        Ok(staking::power_at(&self.0, who, height))
    }
    fn current_power(&self, who: AccountId) -> Result<Power, Refusal> {
        Ok(staking::current_power(&self.0, who))
    }
    fn standing_at(&self, who: AccountId, height: Height) -> Result<(Standing, Power), Refusal> {
        Ok(staking::standing_at(&self.0, who, height))
    }
    fn staking_params(&self) -> Result<staking::Params, Refusal> {
        Ok(self.0.get(()))
    }
}

impl IndexPort for Live {
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal> {
        Ok(rewards::reward_index(&self.0, validator))
    }
}

impl TrackPort for Live {
    fn longest_track(&self) -> Result<u64, Refusal> {
        let params: governance::Params = self.0.get(());
        Ok(params.longest())
    }
}

impl TopicPort for Live {
    fn topics(&self) -> Result<u16, Refusal> {
        let params: network::Params = self.0.get(());
        Ok(params.topics)
    }
}

impl AddressPort for Live {
    fn address(&self, who: AccountId) -> Vec<u8> {
        plain_address(who)
    }
}

impl SlotPort for Live {
    fn holder(&self, topic: u16, uid: u16) -> Result<Option<AccountId>, Refusal> {
        let slot: Slot = self.0.get((topic, uid));
        Ok(slot.holder)
    }
}

/// Native coins of an account, as a bank would keep them: what modules are sent and pay.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coins {
    /// Base units.
    pub amount: Amount,
}

codec_struct!(Coins { amount });

impl Record for Coins {
    type Key = AccountId;
    const TABLE: u8 = 1;
    const NAME: &'static str = "Coins";
}

impl BalancePort for Live {
    fn held(&self, who: AccountId, asset: Asset) -> Result<Amount, Refusal> {
        Ok(match asset {
            Asset::Token => Get::<token::Balance>::get(&self.0, who).amount,
            Asset::Native => Get::<Coins>::get(&self.0, who).amount,
        })
    }
}
