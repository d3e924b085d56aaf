//! Entry points: message, command, rule, response.

use crate::members;
use cosmwasm_std::{DepsMut, Env, MessageInfo, Reply, Response, StdError};
use cw_storage_plus::Item;
use interface::{
    Error, MigrateMsg,
    staking::{ExecuteMsg, InstantiateMsg, ParamsMsg, command, params},
};
use protocol::{
    Amount, Context, Effect, Get, ModuleId, Record, Refusal, TrackPort,
    staking::{Account, Command, Params, Total, reasons::FIXED_PARAMETER},
};
use shell::{Book, Edge, Outcome, Peers, Store, funds, no_funds, respond, stamp};

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
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    if let Some(denom) = &msg.params.denom {
        if denom.is_empty() {
            return Err(StdError::generic_err("the denom is empty; name the staked coin").into());
        }
        DENOM.save(deps.storage, denom)?;
    }
    let book = Book::create(deps.api, deps.storage, &env, &info, ModuleId::Staking)?;
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
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Outcome {
    if let ExecuteMsg::Wire(contracts) = &msg {
        no_funds(&info)?;
        Book::wire(deps.api, deps.storage, &info, contracts)?;
        return Ok(Response::new().add_attribute("action", "wire"));
    }
    let attached = match &msg {
        ExecuteMsg::Stake { .. } => funds(&info, DENOM.may_load(deps.storage)?.as_deref())?,
        _ => funds(&info, None)?,
    };
    if let ExecuteMsg::UpdateParams { params } = &msg {
        keeps_denom(params, DENOM.may_load(deps.storage)?.as_deref())?;
    }
    let book = Book::open(deps.api, deps.storage)?;
    let Some(command) = command(&book, msg)? else { return Ok(Response::new()) };
    let cx = book.context(&env, info.sender.as_str(), attached)?;
    run(deps, &book, &cx, command)
}

/// A subscriber refused a notice; the change it was told of stands.
///
/// # Errors
/// Storage.
pub fn reply(deps: DepsMut, env: Env, reply: Reply) -> Outcome {
    let book = Book::open(deps.api, deps.storage)?;
    let cx = book.context(&env, env.contract.address.as_str(), Amount::ZERO)?;
    run(deps, &book, &cx, Command::Failed { tag: reply.id })
}

/// Takes over the storage of an older version.
///
/// # Errors
/// Another contract, or a newer version.
pub fn migrate(deps: DepsMut, _: Env, _: MigrateMsg) -> Outcome {
    shell::migrate(deps.storage, NAME, VERSION)
}

/// Power lies in these tables: whoever changes there may have another cw4 weight.
const POWER: &[u8] = &[Account::TABLE, Total::TABLE];

/// Parameters may name the staked denom, or leave its name empty, but not another's: the rules
/// know only that coins are staked.
fn keeps_denom(params: &ParamsMsg, staked: Option<&str>) -> Outcome<()> {
    let named = params.denom.as_deref().filter(|named| !named.is_empty());
    match (named, staked) {
        (Some(named), Some(staked)) if named != staked => Err(FIXED_PARAMETER.bare().into()),
        _ => Ok(()),
    }
}

fn run(deps: DepsMut, book: &Book, cx: &Context, command: Command) -> Outcome {
    let peers = Peers::new(deps.querier, book);
    let (mut store, mut effects) = (Store::new(deps.storage, book, POWER), Vec::new());
    let asked = match &command {
        Command::UpdateParams { params } => Some(params.clone()),
        _ => None,
    };
    protocol::staking::apply(&mut store, &peers, cx, command, &mut effects)
        .map_err(|refused| Error::with_all(refused, violations(&store, &peers, asked.as_ref())))?;
    let Params { unit, .. } = store.get(());
    let changes = store.finish()?;
    members::update(deps.storage, book, unit, &changes)?;
    let pays = effects.iter().any(|effect| matches!(effect, Effect::Pay { .. }));
    let denom = if pays { DENOM.may_load(deps.storage)? } else { None };
    respond(book, &Edge { denom, unit }, effects)
}

/// All that is wrong with parameters that are to follow those there are.
fn violations(store: &Store, peers: &Peers, next: Option<&Params>) -> Vec<Refusal> {
    let Some(next) = next else { return Vec::new() };
    let (old, total): (Params, Total) = (store.get(()), store.get(()));
    let mut found = old.violations_of_next(next, total.bonded);
    found.extend(next.violations_beside(peers.longest_track().unwrap_or_default()));
    found
}
