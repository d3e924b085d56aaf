//! Reads across modules. They are the only reads that can fail: in a contract they are
//! queries, natively a borrow of the other module's columns.

use crate::{
    account::AccountId,
    accrued::Accrued,
    asset::Asset,
    refusal::Refusal,
    staking::{self, Standing},
    units::{Amount, Height, Power},
};

/// What others read of staking.
pub trait StakePort {
    /// The power of an account at the end of the block before `height`: its own, unless
    /// delegated, and what it received. `None` is the total.
    ///
    /// # Errors
    /// `E0004` where staking does not answer.
    fn power_at(&self, who: Option<AccountId>, height: Height) -> Result<Power, Refusal>;

    /// The power of an account now, the base of its reward index.
    ///
    /// # Errors
    /// `E0004` where staking does not answer.
    fn current_power(&self, who: AccountId) -> Result<Power, Refusal>;

    /// Both at once, of which a contract reads one record: power as read at `height`, and now.
    ///
    /// # Errors
    /// `E0004` where staking does not answer.
    fn powers(&self, who: AccountId, height: Height) -> Result<(Power, Power), Refusal> {
        Ok((self.power_at(Some(who), height)?, self.current_power(who)?))
    }

    /// What an account has by itself at the end of the block before `height`, and what it
    /// received: [`StakePort::power_at`] before the two are added up.
    ///
    /// # Errors
    /// `E0004` where staking does not answer.
    fn standing_at(&self, who: AccountId, height: Height) -> Result<(Standing, Power), Refusal>;

    /// Staking's parameters: the governor's tracks are checked beside them.
    ///
    /// # Errors
    /// `E0004` where staking does not answer.
    fn staking_params(&self) -> Result<staking::Params, Refusal>;
}

/// What staking reads of rewards.
pub trait IndexPort {
    /// Base units owed per unit of power behind a validator, since the beginning.
    ///
    /// # Errors
    /// `E0004` where rewards does not answer.
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal>;
}

/// What staking reads of the governor.
pub trait TrackPort {
    /// Seconds that the governor's longest track takes; 0 where there is no governor.
    ///
    /// # Errors
    /// `E0004` where the governor does not answer.
    fn longest_track(&self) -> Result<u64, Refusal>;
}

/// What the governor reads of the network.
pub trait TopicPort {
    /// How many topics there are.
    ///
    /// # Errors
    /// `E0004` where the network does not answer.
    fn topics(&self) -> Result<u16, Refusal>;
}

/// What rules read of the chain itself.
pub trait AddressPort {
    /// The address bytes of an account as its chain writes them: what hashes that are made off
    /// chain commit to. A module's are not part of the state and may differ between engines.
    fn address(&self, who: AccountId) -> Vec<u8>;
}

/// What rewards reads of the network.
pub trait SlotPort {
    /// Who holds a slot; `None` where it is vacant.
    ///
    /// # Errors
    /// `E0004` where the network does not answer.
    fn holder(&self, topic: u16, uid: u16) -> Result<Option<AccountId>, Refusal>;
}

/// What the treasury reads of the token and of the chain's bank.
pub trait BalancePort {
    /// What an account holds now.
    ///
    /// # Errors
    /// `E0004` where the token or the bank does not answer.
    fn held(&self, who: AccountId, asset: Asset) -> Result<Amount, Refusal>;
}
