//! Reads of the other contracts: raw where the record answers, by query only where a
//! checkpoint is younger than the height asked for.

use crate::{Book, Outcome};
use cosmwasm_std::QuerierWrapper;
use interface::{
    Accounts,
    staking::{QueryMsg, StandingResponse, VotingPowerResponse},
};
use protocol::{
    AccountId, Accrued, AddressPort, Height, IndexPort, ModuleId, Names, PEER_SILENT, Power,
    Record, Refusal, SlotPort, StakePort, TopicPort, TrackPort, decode, governance, key_bytes,
    network::{self, Slot},
    rewards::{PAGE, SlotOwed, Validator},
    staking::{self, Account, Standing, Total, recent, voting_power},
};

/// The other contracts, through the querier.
pub struct Peers<'a> {
    querier: QuerierWrapper<'a>,
    book: &'a Book<'a>,
}

impl<'a> Peers<'a> {
    /// Through this querier.
    pub const fn new(querier: QuerierWrapper<'a>, book: &'a Book<'a>) -> Self {
        Self { querier, book }
    }

    /// A record of another contract, read raw; the default where there is none.
    ///
    /// # Errors
    /// `E0004` where the contract does not answer, or not with such a record.
    pub fn raw<R: Record>(&self, of: ModuleId, key: &R::Key) -> Result<R, Refusal> {
        let silent = |_| PEER_SILENT.refuse(of as u128, 0);
        let address = self.book.address(of.account()).map_err(silent)?;
        let key = key_bytes::<R>(self.book, key);
        let found = self.querier.query_wasm_raw(address, key);
        match found.map_err(|_| PEER_SILENT.refuse(of as u128, 0))? {
            None => Ok(R::default()),
            Some(bytes) => decode(self.book, &bytes).ok_or(PEER_SILENT.refuse(of as u128, 1)),
        }
    }

    fn ask(&self, who: Option<AccountId>, height: Height) -> Outcome<Power> {
        let address = self.book.address(ModuleId::Staking.account())?;
        let height = Some(height.get());
        let query = match who {
            Some(who) => QueryMsg::VotingPowerAtHeight { address: self.book.address(who)?, height },
            None => QueryMsg::TotalPowerAtHeight { height },
        };
        let answer: VotingPowerResponse = self.querier.query_wasm_smart(address, &query)?;
        Ok(Power::new(answer.power.u128()))
    }

    fn ask_standing(&self, who: AccountId, height: Height) -> Outcome<(Standing, Power)> {
        let to = self.book.address(ModuleId::Staking.account())?;
        let (address, height) = (self.book.address(who)?, height.get());
        let query = QueryMsg::StandingAtHeight { address, height };
        let answer: StandingResponse = self.querier.query_wasm_smart(to, &query)?;
        let delegate = answer.delegate.map(|delegate| self.book.account(&delegate)).transpose()?;
        let standing = Standing { power: Power::new(answer.own_power.u128()), delegate };
        Ok((standing, Power::new(answer.received_power.u128())))
    }

    /// The standing and what was received, where the raw records can tell.
    fn read_standing(
        &self,
        who: AccountId,
        height: Height,
    ) -> Result<Option<(Standing, Power)>, Refusal> {
        let account: Account = self.raw(ModuleId::Staking, &who)?;
        Ok(account.recent_standing(height))
    }

    /// The power where the raw records can tell.
    fn read(&self, who: Option<AccountId>, height: Height) -> Result<Option<Power>, Refusal> {
        let Some(who) = who else {
            let total: Total = self.raw(ModuleId::Staking, &())?;
            return Ok(recent(&total.power, height));
        };
        let found = self.read_standing(who, height)?;
        Ok(found.map(|(standing, received)| voting_power(standing, received)))
    }
}

impl StakePort for Peers<'_> {
    fn power_at(&self, who: Option<AccountId>, height: Height) -> Result<Power, Refusal> {
        match self.read(who, height)? {
            Some(power) => Ok(power),
            None => {
                let silent = PEER_SILENT.refuse(ModuleId::Staking as u128, 0);
                self.ask(who, height).map_err(|_| silent)
            }
        }
    }

    fn current_power(&self, who: AccountId) -> Result<Power, Refusal> {
        Ok(self.raw::<Account>(ModuleId::Staking, &who)?.voting_power())
    }

    fn powers(&self, who: AccountId, height: Height) -> Result<(Power, Power), Refusal> {
        let account: Account = self.raw(ModuleId::Staking, &who)?;
        let then = match account.recent_standing(height) {
            Some((standing, received)) => voting_power(standing, received),
            None => self.power_at(Some(who), height)?,
        };
        Ok((then, account.voting_power()))
    }

    fn standing_at(&self, who: AccountId, height: Height) -> Result<(Standing, Power), Refusal> {
        match self.read_standing(who, height)? {
            Some(found) => Ok(found),
            None => {
                let silent = PEER_SILENT.refuse(ModuleId::Staking as u128, 0);
                self.ask_standing(who, height).map_err(|_| silent)
            }
        }
    }

    fn staking_params(&self) -> Result<staking::Params, Refusal> {
        self.raw(ModuleId::Staking, &())
    }
}

impl IndexPort for Peers<'_> {
    fn reward_index(&self, validator: AccountId) -> Result<Accrued, Refusal> {
        let Validator { index, slots, .. } = self.raw(ModuleId::Rewards, &validator)?;
        slots.into_iter().try_fold(index, |sum, (topic, uid)| {
            let page: SlotOwed = self.raw(ModuleId::Rewards, &(topic, uid / PAGE))?;
            Ok(sum.plus(page.index(uid)))
        })
    }
}

impl TrackPort for Peers<'_> {
    fn longest_track(&self) -> Result<u64, Refusal> {
        if self.book.address(ModuleId::Governor.account()).is_err() {
            // Deployed without one.
            return Ok(0);
        }
        Ok(self.raw::<governance::Params>(ModuleId::Governor, &())?.longest())
    }
}

impl TopicPort for Peers<'_> {
    fn topics(&self) -> Result<u16, Refusal> {
        Ok(self.raw::<network::Params>(ModuleId::Network, &())?.topics)
    }
}

impl AddressPort for Peers<'_> {
    fn address(&self, who: AccountId) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.book.write(who, &mut bytes);
        bytes
    }
}

impl SlotPort for Peers<'_> {
    fn holder(&self, topic: u16, uid: u16) -> Result<Option<AccountId>, Refusal> {
        Ok(self.raw::<Slot>(ModuleId::Network, &(topic, uid))?.holder)
    }
}
