//! Queries: ours, cw4's and DAO DAO's voting module's.

use crate::{
    contract::{DENOM, NAME, VERSION},
    members,
};
use cosmwasm_std::{Addr, Binary, Deps, Env, Storage, Uint128, to_json_binary};
use cw2::ContractVersion;
use cw4::{AdminResponse, HooksResponse, MemberListResponse, MemberResponse, TotalWeightResponse};
use interface::{
    Accounts,
    staking::{
        DenomResponse, InfoResponse, QueryMsg, StakeResponse, StandingResponse, UnbondingResponse,
        UnbondingsResponse, VotingPowerResponse, params_message,
    },
};
use protocol::{
    AccountId, Get, Height, ModuleId, Power,
    staking::{
        Account, Hooks, Params, Unbonding, pending, power_at, reasons::OTHER_ASSET, standing_at,
        weight_of,
    },
};
use shell::{Book, Outcome, Peers, View, limit};

/// Answers a query.
///
/// # Errors
/// Addresses that the chain would not accept; rewards that do not answer.
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Outcome<Binary> {
    let book = Book::open(deps.api, deps.storage)?;
    let ask = Ask { storage: deps.storage, book: &book, now: env.block.height };
    Ok(match msg {
        QueryMsg::Params {} => {
            let denom = DENOM.may_load(deps.storage)?;
            to_json_binary(&params_message(&ask.params(), denom))?
        }
        QueryMsg::Stake { address } => to_json_binary(&ask.stake(&address)?)?,
        QueryMsg::Unbondings { address } => to_json_binary(&ask.unbondings(&address)?)?,
        QueryMsg::PendingRewards { address } => {
            let peers = Peers::new(deps.querier, &book);
            let owed = pending(&ask.view(), &peers, book.account(&address)?)?;
            to_json_binary(&Uint128::new(owed.units()))?
        }
        QueryMsg::Member { addr, at_height } => {
            let weight = ask.weight(Some(book.account(&addr)?), at_height);
            to_json_binary(&MemberResponse { weight: Some(weight).filter(|weight| *weight > 0) })?
        }
        QueryMsg::TotalWeight { at_height } => {
            to_json_binary(&TotalWeightResponse { weight: ask.weight(None, at_height) })?
        }
        QueryMsg::ListMembers { start_after, limit: asked } => {
            let members = members::list(deps.storage, start_after.as_deref(), limit(asked))?;
            to_json_binary(&MemberListResponse { members })?
        }
        QueryMsg::Admin {} => to_json_binary(&AdminResponse { admin: Some(ask.authority()?) })?,
        QueryMsg::Hooks {} => to_json_binary(&ask.hooks()?)?,
        QueryMsg::VotingPowerAtHeight { address, height } => {
            to_json_binary(&ask.power(Some(book.account(&address)?), height))?
        }
        QueryMsg::TotalPowerAtHeight { height } => to_json_binary(&ask.power(None, height))?,
        QueryMsg::StandingAtHeight { address, height } => {
            to_json_binary(&ask.standing(&address, height)?)?
        }
        QueryMsg::Info {} => to_json_binary(&InfoResponse {
            info: ContractVersion { contract: NAME.into(), version: VERSION.into() },
        })?,
        QueryMsg::Dao {} => to_json_binary(&Addr::unchecked(ask.authority()?))?,
        QueryMsg::IsActive {} => to_json_binary(&true)?,
        QueryMsg::TokenContract {} => match DENOM.may_load(deps.storage)? {
            Some(_) => return Err(OTHER_ASSET.bare().into()),
            None => to_json_binary(&book.address(ModuleId::Token.account())?)?,
        },
        QueryMsg::Denom {} => {
            let denom = DENOM.may_load(deps.storage)?.ok_or(OTHER_ASSET.bare())?;
            to_json_binary(&DenomResponse { denom })?
        }
    })
}

struct Ask<'a> {
    storage: &'a dyn Storage,
    book: &'a Book<'a>,
    now: u64,
}

impl Ask<'_> {
    fn view(&self) -> View<'_> {
        View::new(self.storage, self.book)
    }

    fn params(&self) -> Params {
        self.view().get(())
    }

    fn authority(&self) -> Outcome<String> {
        self.book.address(ModuleId::Treasury.account())
    }

    fn stake(&self, address: &str) -> Outcome<StakeResponse> {
        let account: Account = self.view().get(self.book.account(address)?);
        let (standing, received) = (account.own.current, account.received.current);
        Ok(StakeResponse {
            bonded: account.position.bonded.units().into(),
            tier: account.position.tier,
            own_power: standing.power.units().into(),
            delegate: standing.delegate.map(|to| self.book.address(to)).transpose()?,
            received_power: received.units().into(),
            voting_power: account.voting_power().units().into(),
        })
    }

    fn unbondings(&self, address: &str) -> Outcome<UnbondingsResponse> {
        let Account { unbondings, .. } = self.view().get(self.book.account(address)?);
        let one = |unbonding: Unbonding| UnbondingResponse {
            amount: unbonding.amount.units().into(),
            at: unbonding.at.get(),
        };
        Ok(UnbondingsResponse { unbondings: unbondings.into_iter().map(one).collect() })
    }

    fn hooks(&self) -> Outcome<HooksResponse> {
        let Hooks { subscribers } = self.view().get(());
        let hooks = subscribers.into_iter().map(|hook| self.book.address(hook));
        Ok(HooksResponse { hooks: hooks.collect::<Outcome<_>>()? })
    }

    /// The power that a height reads; without one, what a later block will read of now.
    fn read(&self, who: Option<AccountId>, height: Option<u64>) -> Power {
        let height = Height::new(height.unwrap_or(self.now.saturating_add(1)));
        power_at(&self.view(), who, height)
    }

    fn power(&self, who: Option<AccountId>, height: Option<u64>) -> VotingPowerResponse {
        let power = self.read(who, height).units().into();
        VotingPowerResponse { power, height: height.unwrap_or(self.now) }
    }

    fn standing(&self, address: &str, height: u64) -> Outcome<StandingResponse> {
        let (who, height) = (self.book.account(address)?, Height::new(height));
        let (standing, received) = standing_at(&self.view(), who, height);
        Ok(StandingResponse {
            own_power: standing.power.units().into(),
            delegate: standing.delegate.map(|to| self.book.address(to)).transpose()?,
            received_power: received.units().into(),
        })
    }

    fn weight(&self, who: Option<AccountId>, height: Option<u64>) -> u64 {
        weight_of(self.read(who, height), self.params().unit)
    }
}
