//! Entry points: message, command, rule, response.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Response, StdError};
use cw20::Cw20ExecuteMsg;
use interface::{Error, MigrateMsg, token};
use protocol::{Amount, NOT_AUTHORISED};
use shell::{Book, Edge, Outcome, Store, no_funds, respond, stamp};

/// cw2's name of this contract.
pub(crate) const NAME: &str = "crates.io:moot-token";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Makes the token and its first balances.
///
/// # Errors
/// Every violation of cw20's and the rulebook's bounds.
pub fn instantiate(
    deps: DepsMut,
    _: Env,
    info: MessageInfo,
    msg: token::InstantiateMsg,
) -> Outcome {
    no_funds(&info)?;
    stamp(deps.storage, NAME, VERSION)?;
    crate::query::describe(deps.storage, &msg)?;
    let book = Book::alone(deps.api);
    let genesis = token::genesis(&book, &msg)?;
    let mut store = Store::new(deps.storage, &book, &[]);
    protocol::token::genesis(&mut store, &genesis).map_err(Error::Parameters)?;
    store.finish()?;
    Ok(Response::new().add_attribute("action", "instantiate"))
}

/// Carries a cw20 message out.
///
/// # Errors
/// Refusals of the rulebook; the marketing extension, which there is not.
pub fn execute(deps: DepsMut, env: Env, info: MessageInfo, msg: Cw20ExecuteMsg) -> Outcome {
    no_funds(&info)?;
    let book = Book::alone(deps.api);
    let Some(command) = token::command(&book, msg)? else {
        return Err(NOT_AUTHORISED.bare().into());
    };
    let cx = book.context(&env, info.sender.as_str(), Amount::ZERO)?;
    let (mut store, mut effects) = (Store::new(deps.storage, &book, &[]), Vec::new());
    protocol::token::apply(&mut store, &cx, command, &mut effects)?;
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

/// cw20's bounds on name, symbol and decimals.
pub(crate) fn check_description(msg: &token::InstantiateMsg) -> Outcome<()> {
    let symbol = msg.symbol.as_bytes();
    let letters = symbol.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b'-');
    let wrong = |what: &str| Err(StdError::generic_err(what).into());
    if !(3..=50).contains(&msg.name.len()) {
        return wrong("the name must have 3 to 50 bytes");
    }
    if !(3..=12).contains(&symbol.len()) || !letters {
        return wrong("the symbol must have 3 to 12 letters or dashes");
    }
    if msg.decimals > 18 {
        return wrong("decimals must be at most 18");
    }
    Ok(())
}
