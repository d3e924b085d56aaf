//! A contract that is told of proposals, and does then what it was made for; it sends what it is
//! told to as its own, as any account with code can.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{
    Binary, CosmosMsg, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
    to_json_binary,
};
use cw_multi_test::{Contract, ContractWrapper};
use cw_storage_plus::Item;

/// What it does when it is told.
#[cw_serde]
pub(crate) enum Manner {
    /// Counts.
    Listen,
    /// Fails.
    Fail,
    /// Sends this where a proposal now stands so.
    Send {
        /// How it must stand.
        when: String,
        /// What it sends.
        msgs: Vec<CosmosMsg>,
    },
}

/// What it may be asked.
#[cw_serde]
pub(crate) enum ExecuteMsg {
    /// To send this as its own.
    Act(Vec<CosmosMsg>),
    /// To behave like this from now on.
    Become(Manner),
    /// The governor's notice.
    ProposalHook {
        /// Which.
        proposal_id: u32,
        /// How it stood.
        old_status: Option<String>,
        /// How it stands.
        new_status: String,
    },
}

/// A proposal's number, and how it stood and stands.
pub(crate) type Notice = (u32, Option<String>, String);

const MANNER: Item<Manner> = Item::new("manner");
const HEARD: Item<Vec<Notice>> = Item::new("heard");

/// The subscriber's code.
pub(crate) fn code() -> Box<dyn Contract<Empty>> {
    Box::new(ContractWrapper::new(execute, instantiate, query))
}

fn instantiate(deps: DepsMut, _: Env, _: MessageInfo, manner: Manner) -> StdResult<Response> {
    MANNER.save(deps.storage, &manner)?;
    HEARD.save(deps.storage, &Vec::new())?;
    Ok(Response::new())
}

fn execute(deps: DepsMut, _: Env, _: MessageInfo, msg: ExecuteMsg) -> StdResult<Response> {
    match msg {
        ExecuteMsg::Act(messages) => return Ok(Response::new().add_messages(messages)),
        ExecuteMsg::Become(manner) => MANNER.save(deps.storage, &manner)?,
        ExecuteMsg::ProposalHook { proposal_id, old_status, new_status } => {
            let mut heard = HEARD.load(deps.storage)?;
            heard.push((proposal_id, old_status, new_status.clone()));
            HEARD.save(deps.storage, &heard)?;
            match MANNER.load(deps.storage)? {
                Manner::Fail => return Err(StdError::generic_err("the subscriber fails")),
                Manner::Send { when, msgs } if when == new_status => {
                    return Ok(Response::new().add_messages(msgs));
                }
                Manner::Listen | Manner::Send { .. } => {}
            }
        }
    }
    Ok(Response::new())
}

/// Everything that it heard, in order.
fn query(deps: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&HEARD.load(deps.storage)?)
}
