//! A contract that does what it is told: as an account with code, and as a subscriber to
//! changes of power.

use cosmwasm_std::{
    Binary, CosmosMsg, Deps, DepsMut, Empty, Env, MessageInfo, Response, StdError, StdResult,
};
use cw_multi_test::{Contract, ContractWrapper};
use cw_storage_plus::Item;
use cw4::MemberChangedHookMsg;
use serde::{Deserialize, Serialize};

/// What a puppet does when it is told of changed power.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Manner {
    /// Counts.
    Listen,
    /// Fails.
    Fail,
    /// Sends this.
    Send(Vec<CosmosMsg>),
}

/// What a puppet may be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExecuteMsg {
    /// To send this as its own.
    Act(Vec<CosmosMsg>),
    /// To behave like this from now on.
    Become(Manner),
    /// cw4's notice.
    MemberChangedHook(MemberChangedHookMsg),
}

const MANNER: Item<Manner> = Item::new("manner");
const HEARD: Item<Vec<MemberChangedHookMsg>> = Item::new("heard");

/// The puppet's code.
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
        ExecuteMsg::MemberChangedHook(notice) => {
            HEARD.update(deps.storage, |mut heard| -> StdResult<_> {
                heard.push(notice);
                Ok(heard)
            })?;
            match MANNER.load(deps.storage)? {
                Manner::Listen => {}
                Manner::Fail => return Err(StdError::generic_err("the puppet fails")),
                Manner::Send(messages) => return Ok(Response::new().add_messages(messages)),
            }
        }
    }
    Ok(Response::new())
}

/// Everything that it heard, in order.
fn query(deps: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    cosmwasm_std::to_json_binary(&HEARD.load(deps.storage)?)
}
