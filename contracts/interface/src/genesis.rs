//! First states as the messages that make them: what each contract's `genesis` reads back.

use crate::{Accounts, Error, campaigns, governor, network, rewards, staking, token, treasury};
use cosmwasm_std::Uint128;
use cw20::{Cw20Coin, MinterResponse};
use protocol::staking::Asset;

/// What people call a token.
#[derive(Clone, Copy, Debug)]
pub struct TokenName<'a> {
    /// 3 to 50 bytes.
    pub name: &'a str,
    /// 3 to 12 letters or dashes.
    pub symbol: &'a str,
    /// 0 to 18.
    pub decimals: u8,
}

/// Makes the token.
///
/// # Errors
/// A handle without an address.
pub fn token_message(
    book: &dyn Accounts,
    genesis: &protocol::token::Genesis,
    called: TokenName<'_>,
) -> Result<token::InstantiateMsg, Error> {
    let minter = genesis.minter.map(|minter| book.address(minter)).transpose()?;
    let cap = Some(Uint128::new(genesis.cap.units()));
    let balances = genesis.balances.iter();
    Ok(token::InstantiateMsg {
        name: called.name.to_owned(),
        symbol: called.symbol.to_owned(),
        decimals: called.decimals,
        initial_balances: balances
            .map(|(who, amount)| {
                Ok(Cw20Coin { address: book.address(*who)?, amount: amount.units().into() })
            })
            .collect::<Result<_, Error>>()?,
        mint: minter.map(|minter| MinterResponse { minter, cap }),
    })
}

/// Makes staking; `denom` is the chain's coin, which is staked where the parameters say so.
pub fn staking_message(
    params: &protocol::staking::Params,
    denom: Option<&str>,
) -> staking::InstantiateMsg {
    let denom = denom.filter(|_| params.asset == Asset::Native).map(str::to_owned);
    staking::InstantiateMsg { params: staking::params_message(params, denom) }
}

/// Makes the network.
///
/// # Errors
/// A handle without an address.
pub fn network_message(
    book: &dyn Accounts,
    genesis: &protocol::network::Genesis,
) -> Result<network::InstantiateMsg, Error> {
    let topics = genesis.topics.iter().map(|topic| {
        let holders = topic.holders.iter().map(|holder| book.address(*holder));
        Ok(network::TopicGenesisMsg {
            params: network::params_message(book, &topic.params)?,
            holders: holders.collect::<Result<_, Error>>()?,
        })
    });
    Ok(network::InstantiateMsg { topics: topics.collect::<Result<_, Error>>()? })
}

/// Makes rewards.
///
/// # Errors
/// A handle without an address.
pub fn rewards_message(
    book: &dyn Accounts,
    genesis: &protocol::rewards::Genesis,
) -> Result<rewards::InstantiateMsg, Error> {
    let grants = genesis.grants.iter().map(|(who, grant)| {
        Ok(rewards::GrantMsg {
            address: book.address(*who)?,
            total: grant.total.units().into(),
            start: grant.start.get(),
            cliff: grant.cliff.get(),
            end: grant.end.get(),
        })
    });
    Ok(rewards::InstantiateMsg {
        params: rewards::params_message(&genesis.params),
        supply: genesis.supply.units().into(),
        weights: genesis.weights.clone(),
        grants: grants.collect::<Result<_, Error>>()?,
        airdrops: genesis.airdrops.iter().map(campaigns::airdrop_message).collect(),
    })
}

/// Makes the governor.
///
/// # Errors
/// A guardian without an address.
pub fn governor_message(
    book: &dyn Accounts,
    genesis: &protocol::governance::Genesis,
    denom: Option<&str>,
) -> Result<governor::InstantiateMsg, Error> {
    Ok(governor::InstantiateMsg {
        params: governor::params_message(&genesis.params),
        bounds: governor::bounds_message(&genesis.bounds),
        mandate: governor::mandate_message(book, &genesis.mandate)?,
        denom: denom.map(str::to_owned),
    })
}

/// Makes the treasury.
pub fn treasury_message(
    genesis: &protocol::treasury::Genesis,
    denom: Option<&str>,
) -> treasury::InstantiateMsg {
    let denom = denom.map(str::to_owned);
    treasury::InstantiateMsg { params: treasury::params_message(genesis), denom }
}
