//! Entry points: message, command, rule, response.

use crate::purse::Purse;
use cosmwasm_std::{DepsMut, Env, MessageInfo, Response, StdError, entry_point};
use cw_storage_plus::Item;
use interface::{
    Error, MigrateMsg,
    treasury::{ExecuteMsg, InstantiateMsg, command, genesis},
};
use protocol::ModuleId;
use shell::{Book, Edge, Outcome, Store, funds, no_funds, respond, stamp};

const NAME: &str = "crates.io:moot-treasury";
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The native denom that is held and paid, where there is one.
pub(crate) const DENOM: Item<String> = Item::new("denom");

/// Makes a treasury.
///
/// # Errors
/// Every violation of the parameters' bounds.
#[entry_point]
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    if let Some(denom) = &msg.denom {
        if denom.is_empty() {
            return Err(StdError::generic_err("the denom is empty; name the coin held").into());
        }
        DENOM.save(deps.storage, denom)?;
    }
    let book = Book::create(deps.api, deps.storage, &env, &info, ModuleId::Treasury)?;
    let genesis = genesis(&msg)?;
    let mut store = Store::new(deps.storage, &book, &[]);
    protocol::treasury::genesis(&mut store, &genesis).map_err(Error::Parameters)?;
    store.finish()?;
    Ok(Response::new().add_attribute("action", "instantiate"))
}

/// Carries a message out.
///
/// # Errors
/// Refusals of the rulebook.
#[entry_point]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Outcome {
    if let ExecuteMsg::Wire(contracts) = &msg {
        no_funds(&info)?;
        Book::wire(deps.api, deps.storage, &info, contracts)?;
        return Ok(Response::new().add_attribute("action", "wire"));
    }
    let denom = DENOM.may_load(deps.storage)?;
    let expected = matches!(msg, ExecuteMsg::Fund { .. }).then_some(denom.as_deref()).flatten();
    let attached = funds(&info, expected)?;
    let book = Book::open(deps.api, deps.storage)?;
    let lexicon = book.lexicon(denom.as_deref());
    let Some(command) = command(&lexicon, msg)? else { return Ok(Response::new()) };
    let cx = book.context(&env, info.sender.as_str(), attached)?;
    let purse = Purse::new(deps.querier, &book, denom.as_deref());
    let (mut store, mut effects) = (Store::new(deps.storage, &book, &[]), Vec::new());
    protocol::treasury::apply(&mut store, &purse, &cx, command, &mut effects)?;
    store.finish()?;
    respond(&book, &Edge { denom: denom.clone(), unit: 0 }, effects)
}

/// Takes over the storage of an older version.
///
/// # Errors
/// Another contract, or a newer version.
#[entry_point]
pub fn migrate(deps: DepsMut, _: Env, _: MigrateMsg) -> Outcome {
    shell::migrate(deps.storage, NAME, VERSION)
}
