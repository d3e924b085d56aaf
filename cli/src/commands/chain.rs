//! Verbs that talk to a chain, one file each. What they share: `session` finds chain and key,
//! `act` asks, signs and sends, `receipt` says where the contracts are.
//!
//! They need the feature `chain`; without it each says how to get it.

#[cfg(not(feature = "chain"))]
mod absent;
#[cfg(feature = "chain")]
mod act;
#[cfg(feature = "chain")]
mod artifacts;
mod build;
#[cfg(feature = "chain")]
mod claim;
#[cfg(feature = "chain")]
mod delegate;
#[cfg(feature = "chain")]
mod deploy;
#[cfg(feature = "chain")]
mod disk;
#[cfg(feature = "chain")]
mod epoch;
#[cfg(feature = "chain")]
mod keeper;
#[cfg(feature = "chain")]
mod proposal;
#[cfg(feature = "chain")]
mod propose;
#[cfg(feature = "chain")]
mod query;
#[cfg(feature = "chain")]
mod receipt;
#[cfg(feature = "chain")]
mod register;
#[cfg(feature = "chain")]
mod replay;
#[cfg(feature = "chain")]
mod session;
#[cfg(feature = "chain")]
mod stake;
#[cfg(feature = "chain")]
mod state;
#[cfg(feature = "chain")]
mod submit_weights;
#[cfg(feature = "chain")]
mod tokens;
#[cfg(feature = "chain")]
mod vote;
#[cfg(feature = "chain")]
mod watch;

pub(crate) use build::build;

#[cfg(not(feature = "chain"))]
pub(crate) use absent::{
    cancel, claim, delegate, deploy, epoch, execute, keeper, propose, query, queue, register,
    replay, stake, state, submit_weights, unstake, verify, vote, watch,
};
#[cfg(feature = "chain")]
pub(crate) use {
    claim::claim,
    delegate::delegate,
    deploy::{deploy, verify},
    epoch::epoch,
    keeper::keeper,
    proposal::{cancel, execute, queue},
    propose::propose,
    query::query,
    register::register,
    replay::replay,
    stake::{stake, unstake},
    state::read as state,
    submit_weights::submit_weights,
    vote::vote,
    watch::watch,
};

/// The message to a contract of the deployment.
///
/// # Errors
/// The deployment has no such contract.
#[cfg(feature = "chain")]
fn call(
    receipt: &receipt::Receipt,
    module: protocol::ModuleId,
    msg: &impl serde::Serialize,
) -> crate::exit::Outcome<client::Message> {
    let contract = receipt.contract(module)?.to_owned();
    Ok(client::Message::Execute { contract, msg: serde_json::to_vec(msg)?, funds: Vec::new() })
}

/// Tokens sent to a contract of the deployment, with what they are for.
///
/// # Errors
/// The deployment has no such contract.
#[cfg(feature = "chain")]
fn send(
    receipt: &receipt::Receipt,
    to: protocol::ModuleId,
    amount: protocol::Amount,
    purpose: &interface::SendMsg,
) -> crate::exit::Outcome<client::Message> {
    let contract = receipt.contract(to)?.to_owned();
    let msg = serde_json::to_vec(purpose)?.into();
    let send = cw20::Cw20ExecuteMsg::Send { contract, amount: amount.units().into(), msg };
    call(receipt, protocol::ModuleId::Token, &send)
}
