//! Entry points: message, command, rule, response.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Response, entry_point};
use interface::{
    Error, MigrateMsg,
    network::{ExecuteMsg, InstantiateMsg, command, genesis},
};
use protocol::{Amount, Height, ModuleId, network::Command};
use shell::{Book, Edge, Outcome, Peers, Store, no_funds, respond, stamp};

const NAME: &str = "crates.io:moot-network";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes a network with the topics that exist from the beginning.
///
/// # Errors
/// Every violation of the parameters' bounds.
#[entry_point]
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    let book = Book::create(deps.api, deps.storage, &env, &info, ModuleId::Network)?;
    let genesis = genesis(&book, &msg, Height::new(env.block.height))?;
    let mut store = Store::new(deps.storage, &book, &[]);
    protocol::network::genesis(&mut store, &genesis).map_err(Error::Parameters)?;
    store.finish()?;
    Ok(Response::new().add_attribute("action", "instantiate"))
}

/// Carries a message out.
///
/// # Errors
/// Refusals of the rulebook.
#[entry_point]
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: ExecuteMsg) -> Outcome {
    no_funds(&info)?;
    if let ExecuteMsg::Wire(contracts) = &msg {
        Book::wire(deps.api, deps.storage, &info, contracts)?;
        return Ok(Response::new().add_attribute("action", "wire"));
    }
    let book = Book::open(deps.api, deps.storage)?;
    let Some(command) = command(&book, msg)? else { return Ok(Response::new()) };
    let cx = book.context(&env, info.sender.as_str(), Amount::ZERO)?;
    let peers = Peers::new(deps.querier, &book);
    let (mut store, mut effects) = (Store::new(deps.storage, &book, &[]), Vec::new());
    let asked = match &command {
        Command::CreateTopic { params, .. } | Command::UpdateTopic { params, .. } => {
            Some(params.clone())
        }
        _ => None,
    };
    let violations = || asked.map(|params| params.violations()).unwrap_or_default();
    protocol::network::apply(&mut store, &peers, &cx, command, &mut effects)
        .map_err(|refused| Error::with_all(refused, violations()))?;
    store.finish()?;
    respond(&book, &Edge::default(), effects)
}

/// Takes over the storage of an older version.
///
/// # Errors
/// Another contract, or a newer version.
#[entry_point]
pub fn migrate(deps: DepsMut, _: Env, _: MigrateMsg) -> Outcome {
    shell::migrate(deps.storage, NAME, VERSION)
}
