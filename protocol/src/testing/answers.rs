//! What other modules answer: fixed by the test, or read from a store.

use crate::{
    account::AccountId,
    accrued::Accrued,
    network::Slot,
    ports::{IndexPort, SlotPort, StakePort},
    refusal::Refusal,
    rewards::Validator,
    staking,
    store::Get,
    testing::Store,
    units::{Height, Power},
};
use std::collections::HashMap;

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
}

impl IndexPort for Answers {
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal> {
        Ok(self.index.get(&validator).copied().unwrap_or_default())
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
}

impl IndexPort for Live {
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal> {
        let found: Validator = self.0.get(validator);
        Ok(found.index)
    }
}

impl SlotPort for Live {
    fn holder(&self, topic: u16, uid: u16) -> Result<Option<AccountId>, Refusal> {
        let slot: Slot = self.0.get((topic, uid));
        Ok(slot.holder)
    }
}
