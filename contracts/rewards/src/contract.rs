//! Entry points: message, command, rule, response.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Response};
use interface::{
    Error, MigrateMsg,
    rewards::{ExecuteMsg, InstantiateMsg, command, genesis},
};
use protocol::{
    Amount, Get, Height, ModuleId, Refusal,
    rewards::{Command, Emission, Params},
};
use shell::{Book, Edge, Outcome, Peers, Store, no_funds, respond, stamp};

const NAME: &str = "crates.io:moot-rewards";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes a rewards contract; emission starts in this block.
///
/// # Errors
/// Every violation of the parameters' bounds.
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    let book = Book::create(deps.api, deps.storage, &env, &info, ModuleId::Rewards)?;
    let genesis = genesis(&book, &msg, Height::new(env.block.height))?;
    let mut store = Store::new(deps.storage, &book, &[]);
    protocol::rewards::genesis(&mut store, &genesis).map_err(Error::Parameters)?;
    store.finish()?;
    Ok(Response::new().add_attribute("action", "instantiate"))
}

/// Carries a message out.
///
/// # Errors
/// Refusals of the rulebook.
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Outcome {
    no_funds(&info)?;
    if let ExecuteMsg::Wire(contracts) = &msg {
        Book::wire(deps.api, deps.storage, &info, contracts)?;
        return Ok(Response::new().add_attribute("action", "wire"));
    }
    let book = Book::open(deps.api, deps.storage)?;
    let Some(command) = command(&book, &book, msg)? else { return Ok(Response::new()) };
    let cx = book.context(&env, info.sender.as_str(), Amount::ZERO)?;
    let peers = Peers::new(deps.querier, &book);
    let (mut store, mut effects) = (Store::new(deps.storage, &book, &[]), Vec::new());
    let asked = match &command {
        Command::UpdateParams { params } => Some(params.clone()),
        _ => None,
    };
    protocol::rewards::apply(&mut store, &peers, &cx, command, &mut effects)
        .map_err(|refused| Error::with_all(refused, violations(&store, asked.as_ref())))?;
    store.finish()?;
    respond(&book, &Edge::default(), effects)
}

/// Takes over the storage of an older version.
///
/// # Errors
/// Another contract, or a newer version.
pub fn migrate(deps: DepsMut, _: Env, _: MigrateMsg) -> Outcome {
    shell::migrate(deps.storage, NAME, VERSION)
}

/// All that is wrong with parameters beside what was issued.
fn violations(store: &Store, params: Option<&Params>) -> Vec<Refusal> {
    let Emission { issued, .. } = store.get(());
    params.map(|params| params.violations(issued.units())).unwrap_or_default()
}
