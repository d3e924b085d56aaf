//! A genesis as contracts: store, instantiate, wire.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, Coin, Uint128, WasmMsg, to_json_binary};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{App, Executor};
use cw20::{Cw20Coin, MinterResponse};
use interface::{Accounts, Contracts, Error, campaigns, network, rewards, staking, token};
use protocol::ModuleId;
use protocol::staking::Asset;
use serde::Serialize;
use simulator::engine::Genesis;

use crate::book::AddressBook;
use crate::codes::Codes;

/// The native denom of chains in memory.
pub(crate) const DENOM: &str = "ustake";

/// Gives holders of the native denom their coins, deploys every contract and wires them.
/// The treasury's account makes them all.
///
/// # Errors
/// What a contract refuses.
pub(crate) fn deploy(
    app: &mut App,
    book: &mut AddressBook,
    codes: Codes,
    genesis: &Genesis,
) -> AnyResult<()> {
    fund(app, book, genesis)?;
    let suite = codes.suite;
    // Rewards first: the token wants to know its minter.
    let codes = [
        (ModuleId::Rewards, codes.rewards),
        (ModuleId::Staking, codes.staking),
        (ModuleId::Network, codes.network),
        (ModuleId::Token, codes.token),
    ];
    for (module, code) in codes {
        let code = app.store_code(code);
        let address = match module {
            ModuleId::Rewards => {
                make(app, book, (code, suite), module, &rewards_message(book, genesis)?)
            }
            ModuleId::Staking => make(app, book, (code, suite), module, &staking_message(genesis)),
            ModuleId::Network => {
                make(app, book, (code, false), module, &network_message(book, genesis)?)
            }
            _ => make(app, book, (code, suite), module, &token_message(book, genesis)?),
        }?;
        book.deployed(module, address);
    }
    wire(app, book)
}

fn fund(app: &mut App, book: &AddressBook, genesis: &Genesis) -> AnyResult<()> {
    app.init_modules(|router, _, storage| {
        for (who, amount) in &genesis.native {
            let holder = book.find(*who).ok_or(Error::NotWired { module: "a holder" })?;
            let coins = vec![Coin::new(amount.units(), DENOM)];
            router.bank.init_balance(storage, holder, coins)?;
        }
        Ok(())
    })
}

fn make(
    app: &mut App,
    book: &AddressBook,
    (code, named): (u64, bool),
    module: ModuleId,
    message: &impl Serialize,
) -> AnyResult<Addr> {
    let maker = maker(book)?;
    let (admin, name) = (Some(maker.to_string()), module.name());
    if named {
        let message = BTreeMap::from([(name, message)]);
        return app.instantiate_contract(code, maker, &message, &[], name, admin);
    }
    app.instantiate_contract(code, maker, message, &[], name, admin)
}

fn maker(book: &AddressBook) -> Result<Addr, Error> {
    let treasury = book.module(ModuleId::Treasury).cloned();
    treasury.ok_or(Error::NotWired { module: ModuleId::Treasury.name() })
}

fn wire(app: &mut App, book: &AddressBook) -> AnyResult<()> {
    let address = |module| book.module(module).map(Addr::to_string);
    let contracts = Contracts {
        token: address(ModuleId::Token),
        staking: address(ModuleId::Staking),
        network: address(ModuleId::Network),
        rewards: address(ModuleId::Rewards),
        governor: address(ModuleId::Governor),
        treasury: address(ModuleId::Treasury),
        royalties: address(ModuleId::Royalties),
    };
    let messages = [
        (ModuleId::Staking, to_json_binary(&staking::ExecuteMsg::Wire(contracts.clone()))?),
        (ModuleId::Network, to_json_binary(&network::ExecuteMsg::Wire(contracts.clone()))?),
        (ModuleId::Rewards, to_json_binary(&rewards::ExecuteMsg::Wire(contracts))?),
    ];
    for (module, msg) in messages {
        let contract_addr = book.address(module.account())?;
        let call = WasmMsg::Execute { contract_addr, msg, funds: Vec::new() };
        app.execute(maker(book)?, call.into())?;
    }
    Ok(())
}

fn token_message(book: &AddressBook, genesis: &Genesis) -> Result<token::InstantiateMsg, Error> {
    let balances = genesis.token.balances.iter();
    let minter = genesis.token.minter.map(|minter| book.address(minter)).transpose()?;
    let cap = Some(Uint128::new(genesis.token.cap.units()));
    Ok(token::InstantiateMsg {
        name: "Moot".to_owned(),
        symbol: "MOOT".to_owned(),
        decimals: 9,
        initial_balances: balances
            .map(|(who, amount)| {
                Ok(Cw20Coin { address: book.address(*who)?, amount: amount.units().into() })
            })
            .collect::<Result<_, Error>>()?,
        mint: minter.map(|minter| MinterResponse { minter, cap }),
    })
}

fn staking_message(genesis: &Genesis) -> staking::InstantiateMsg {
    let native = genesis.staking.asset == Asset::Native;
    let denom = native.then(|| DENOM.to_owned());
    staking::InstantiateMsg { params: staking::params_message(&genesis.staking, denom) }
}

fn network_message(
    book: &AddressBook,
    genesis: &Genesis,
) -> Result<network::InstantiateMsg, Error> {
    let topics = genesis.network.topics.iter().map(|topic| {
        let holders = topic.holders.iter().map(|holder| book.address(*holder));
        Ok(network::TopicGenesisMsg {
            params: network::params_message(book, &topic.params)?,
            holders: holders.collect::<Result<_, Error>>()?,
        })
    });
    Ok(network::InstantiateMsg { topics: topics.collect::<Result<_, Error>>()? })
}

fn rewards_message(
    book: &AddressBook,
    genesis: &Genesis,
) -> Result<rewards::InstantiateMsg, Error> {
    let genesis = &genesis.rewards;
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
