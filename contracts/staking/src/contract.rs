//! Entry points: message, command, rule, response.

use crate::members;
use cosmwasm_std::{DepsMut, Env, MessageInfo, Reply, Response, StdError, entry_point};
use cw_storage_plus::Item;
use interface::{
    Error, MigrateMsg,
    staking::{ExecuteMsg, InstantiateMsg, command, params},
};
use protocol::{
    Amount, Context, Get, ModuleId, Record,
    staking::{Command, Own, Params, Received, Total, reasons::FIXED_PARAMETER},
};
use shell::{Book, Edge, Outcome, Peers, Store, View, funds, no_funds, respond, stamp};

/// cw2's name of this contract.
pub(crate) const NAME: &str = "crates.io:moot-staking";
/// cw2's version.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The native denom that is staked, where there is one.
pub(crate) const DENOM: Item<String> = Item::new("denom");

/// Makes a staking contract for the token, or for a native denom.
///
/// # Errors
/// Every violation of the parameters' bounds.
#[entry_point]
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    if let Some(denom) = &msg.params.denom {
        if denom.is_empty() {
            return Err(StdError::generic_err("the denom is empty; name the staked coin").into());
        }
        DENOM.save(deps.storage, denom)?;
    }
    let book = Book::create(deps.api, deps.storage, &env, &info, ModuleId::Staking, false)?;
    let genesis = params(&msg.params)?;
    let mut store = Store::new(deps.storage, &book, &[]);
    protocol::staking::genesis(&mut store, &genesis).map_err(Error::Parameters)?;
    store.finish()?;
    members::create(deps.storage)?;
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
    let expected = matches!(msg, ExecuteMsg::Stake { .. }).then_some(denom.as_deref()).flatten();
    let attached = funds(&info, expected)?;
    keeps_denom(&msg, denom.as_deref())?;
    let book = Book::open(deps.api, deps.storage)?;
    let Some(command) = command(&book, msg)? else { return Ok(Response::new()) };
    let cx = book.context(&env, info.sender.as_str(), attached)?;
    run(deps, &book, &cx, command, denom)
}

/// A subscriber refused a notice; the change it was told of stands.
///
/// # Errors
/// Storage.
#[entry_point]
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Outcome {
    let book = Book::open(deps.api, deps.storage)?;
    let cx = book.context(&env, env.contract.address.as_str(), Amount::ZERO)?;
    run(deps, &book, &cx, Command::Failed { tag: reply.id }, None)
}

/// Takes over the storage of an older version.
///
/// # Errors
/// Another contract, or a newer version.
#[entry_point]
pub fn migrate(deps: DepsMut, _: Env, _: MigrateMsg) -> Outcome {
    shell::migrate(deps.storage, NAME, VERSION)
}

/// Power lies in these tables: whoever is written there may have another cw4 weight.
const POWER: &[u8] = &[Own::TABLE, Received::TABLE, Total::TABLE];

/// Parameters may name the staked denom, or leave its name empty, but not another's: the rules
/// know only that coins are staked.
fn keeps_denom(msg: &ExecuteMsg, staked: Option<&str>) -> Outcome<()> {
    let ExecuteMsg::UpdateParams { params } = msg else { return Ok(()) };
    let named = params.denom.as_deref().filter(|named| !named.is_empty());
    match (named, staked) {
        (Some(named), Some(staked)) if named != staked => Err(FIXED_PARAMETER.bare().into()),
        _ => Ok(()),
    }
}

fn run(
    deps: DepsMut,
    book: &Book,
    cx: &Context,
    command: Command,
    denom: Option<String>,
) -> Outcome {
    let peers = Peers::new(deps.querier, book);
    let (mut store, mut effects) = (Store::new(deps.storage, book, POWER), Vec::new());
    protocol::staking::apply(&mut store, &peers, cx, command, &mut effects)?;
    let touched = store.finish()?;
    let Params { unit, .. } = View::new(deps.storage, book).get(());
    members::update(deps.storage, book, unit, &touched)?;
    respond(book, &Edge { denom, unit }, effects)
}
