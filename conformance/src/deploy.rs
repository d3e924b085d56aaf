//! A genesis as contracts: store, instantiate, wire.

use std::collections::BTreeMap;

use cosmwasm_std::{Addr, Coin, WasmMsg, to_json_binary};
use cw_multi_test::error::AnyResult;
use cw_multi_test::{App, Executor};
use interface::genesis::{self as messages, TokenName};
use interface::{Accounts, Contracts, Error, staking};
use protocol::ModuleId;
use serde::Serialize;
use simulator::engine::Genesis;

use crate::book::AddressBook;
use crate::codes::Codes;

/// The native denom of chains in memory.
pub(crate) const DENOM: &str = "ustake";
/// What the token is called: rules do not read it.
const CALLED: TokenName<'_> = TokenName { name: "Moot", symbol: "MOOT", decimals: 9 };

/// Gives holders of the native denom their coins, deploys every contract and wires them. The
/// treasury is admin of them all; it is a plain account that also makes them, or, where token
/// holders govern, a contract that a deployer makes first.
///
/// # Errors
/// What a contract refuses.
pub(crate) fn deploy(
    app: &mut App,
    book: &mut AddressBook,
    codes: Codes,
    genesis: &Genesis,
) -> AnyResult<()> {
    let maker = maker(app, book, genesis)?;
    let mut made = Vec::new();
    if let Some((governor, treasury)) = &genesis.governance {
        let (code, me) = (app.store_code(codes.treasury), (maker.clone(), maker.clone()));
        let message = messages::treasury_message(treasury, Some(DENOM));
        let address = make(app, (code, false), ModuleId::Treasury, &me, &message)?;
        let (contract_addr, admin) = (address.to_string(), address.to_string());
        app.execute(maker.clone(), WasmMsg::UpdateAdmin { contract_addr, admin }.into())?;
        book.deployed(ModuleId::Treasury, address.clone());
        let (code, who) = (app.store_code(codes.governor), (maker.clone(), address));
        let message = messages::governor_message(book, governor, Some(DENOM))?;
        let address = make(app, (code, false), ModuleId::Governor, &who, &message)?;
        book.deployed(ModuleId::Governor, address);
        made.extend([ModuleId::Treasury, ModuleId::Governor]);
    }
    fund(app, book, genesis)?;
    let (suite, admin) = (codes.suite, authority(book)?);
    let who = (maker.clone(), admin);
    // Rewards first: the token wants to know its minter.
    let codes = [
        (ModuleId::Rewards, codes.rewards),
        (ModuleId::Staking, codes.staking),
        (ModuleId::Network, codes.network),
        (ModuleId::Token, codes.token),
    ];
    for (module, code) in codes {
        let code = app.store_code(code);
        let code = (code, suite && module != ModuleId::Network);
        let address = match module {
            ModuleId::Rewards => {
                let message = messages::rewards_message(book, &genesis.rewards)?;
                make(app, code, module, &who, &message)
            }
            ModuleId::Staking => {
                let message = messages::staking_message(&genesis.staking, Some(DENOM));
                make(app, code, module, &who, &message)
            }
            ModuleId::Network => {
                let message = messages::network_message(book, &genesis.network)?;
                make(app, code, module, &who, &message)
            }
            _ => {
                let message = messages::token_message(book, &genesis.token, CALLED)?;
                make(app, code, module, &who, &message)
            }
        }?;
        book.deployed(module, address);
    }
    made.extend([ModuleId::Staking, ModuleId::Network, ModuleId::Rewards]);
    wire(app, book, &maker, &made)
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
    (code, named): (u64, bool),
    module: ModuleId,
    (maker, admin): &(Addr, Addr),
    message: &impl Serialize,
) -> AnyResult<Addr> {
    let (maker, admin, name) = (maker.clone(), Some(admin.to_string()), module.name());
    if named {
        let message = BTreeMap::from([(name, message)]);
        return app.instantiate_contract(code, maker, &message, &[], name, admin);
    }
    app.instantiate_contract(code, maker, message, &[], name, admin)
}

fn authority(book: &AddressBook) -> Result<Addr, Error> {
    let treasury = book.module(ModuleId::Treasury).cloned();
    treasury.ok_or(Error::NotWired { module: ModuleId::Treasury.name() })
}

/// Who makes the contracts: a plain account.
fn maker(app: &App, book: &AddressBook, genesis: &Genesis) -> Result<Addr, Error> {
    match genesis.governance {
        // No user's name has a line break, so no user has this address.
        Some(_) => Ok(app.api().addr_make("deployer\n")),
        None => authority(book),
    }
}

/// Tells each of the `made` contracts the others' addresses: staking before the governor, which
/// reads its parameters.
fn wire(app: &mut App, book: &AddressBook, maker: &Addr, made: &[ModuleId]) -> AnyResult<()> {
    let address = |module| book.module(module).map(Addr::to_string);
    let governed = made.contains(&ModuleId::Governor);
    let contracts = Contracts {
        token: address(ModuleId::Token),
        staking: address(ModuleId::Staking),
        network: address(ModuleId::Network),
        rewards: address(ModuleId::Rewards),
        governor: address(ModuleId::Governor).filter(|_| governed),
        treasury: address(ModuleId::Treasury),
        royalties: address(ModuleId::Royalties),
    };
    for module in made.iter().rev() {
        let contract_addr = book.address(module.account())?;
        // The same message for every contract.
        let msg = to_json_binary(&staking::ExecuteMsg::Wire(contracts.clone()))?;
        let call = WasmMsg::Execute { contract_addr, msg, funds: Vec::new() };
        app.execute(maker.clone(), call.into())?;
    }
    Ok(())
}
