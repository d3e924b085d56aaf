//! What the chain's virtual machine calls: each entry point asks which contract this is, and
//! hands on. The messages differ in type, so this happens before they are parsed.
#![expect(unsafe_code, reason = "the names of entry points must not be mangled")]

use crate::{instantiate, module};
use cosmwasm_std::{
    Binary, Deps, DepsMut, Empty, Env, ExternalStorage, MessageInfo, Reply, Response, StdError,
    do_execute, do_instantiate, do_migrate, do_query, do_reply,
};
use protocol::ModuleId;
use shell::Outcome;

/// Makes a contract.
#[unsafe(export_name = "instantiate")]
extern "C" fn make(env: u32, info: u32, msg: u32) -> u32 {
    do_instantiate(&instantiate, env, info, msg)
}

/// Carries a message out.
#[unsafe(no_mangle)]
extern "C" fn execute(env: u32, info: u32, msg: u32) -> u32 {
    match module(&ExternalStorage::new()) {
        Some(ModuleId::Token) => do_execute(&token::execute, env, info, msg),
        Some(ModuleId::Staking) => do_execute(&staking::execute, env, info, msg),
        Some(ModuleId::Rewards) => do_execute(&rewards::execute, env, info, msg),
        _ => do_execute(&nothing_executes, env, info, msg),
    }
}

/// Answers a query.
#[unsafe(no_mangle)]
extern "C" fn query(env: u32, msg: u32) -> u32 {
    match module(&ExternalStorage::new()) {
        Some(ModuleId::Token) => do_query(&token::query, env, msg),
        Some(ModuleId::Staking) => do_query(&staking::query, env, msg),
        Some(ModuleId::Rewards) => do_query(&rewards::query, env, msg),
        _ => do_query(&nothing_answers, env, msg),
    }
}

/// Hears what came of a message that was sent.
#[unsafe(no_mangle)]
extern "C" fn reply(env: u32, msg: u32) -> u32 {
    match module(&ExternalStorage::new()) {
        Some(ModuleId::Staking) => do_reply(&staking::reply, env, msg),
        _ => do_reply(&nothing_hears, env, msg),
    }
}

/// Takes over the storage of an older version of the same contract.
#[unsafe(no_mangle)]
extern "C" fn migrate(env: u32, msg: u32) -> u32 {
    match module(&ExternalStorage::new()) {
        Some(ModuleId::Token) => do_migrate(&token::migrate, env, msg),
        Some(ModuleId::Staking) => do_migrate(&staking::migrate, env, msg),
        Some(ModuleId::Rewards) => do_migrate(&rewards::migrate, env, msg),
        _ => do_migrate(&nothing_migrates, env, msg),
    }
}

fn unmade() -> StdError {
    StdError::generic_err("this address was not instantiated as a contract of the suite")
}

fn nothing_executes(
    _: DepsMut<'_>,
    _: Env,
    _: MessageInfo,
    _: Empty,
) -> Result<Response, StdError> {
    Err(unmade())
}

fn nothing_answers(_: Deps<'_>, _: Env, _: Empty) -> Result<Binary, StdError> {
    Err(unmade())
}

fn nothing_hears(_: DepsMut<'_>, _: Env, _: Reply) -> Result<Response, StdError> {
    Err(unmade())
}

/// Refused as any other contract's code is: no contract has the suite's own name.
fn nothing_migrates(deps: DepsMut<'_>, _: Env, _: Empty) -> Outcome {
    shell::migrate(deps.storage, env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"))
}
