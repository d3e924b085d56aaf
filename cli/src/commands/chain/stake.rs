//! `moot stake` and `moot unstake`.

use client::{Coin, Message};
use cosmwasm_std::Uint128;
use interface::{SendMsg, staking};
use protocol::ModuleId;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::commands::chain::{call, send, tokens};
use crate::exit::Outcome;

/// Bonds tokens, or coins where those are staked.
///
/// # Errors
/// An amount that is none, or staking refuses.
pub(crate) fn stake(args: &chain::Stake, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let (amount, tier) = (tokens::units(&args.amount, &receipt)?, args.tier);
    let message = match receipt.staked_denom() {
        None => send(&receipt, ModuleId::Staking, amount, &SendMsg::Stake { tier })?,
        Some(denom) => {
            let coin = Coin { denom: denom.clone(), amount: amount.units() };
            let stake = call(&receipt, ModuleId::Staking, &staking::ExecuteMsg::Stake { tier })?;
            funded(stake, coin)
        }
    };
    let what = format!("stake {} in tier {tier}", tokens::shown(amount.units(), &receipt));
    act_and_tell(&session, output, &what, &[message])
}

fn funded(message: Message, coin: Coin) -> Message {
    match message {
        Message::Execute { contract, msg, .. } => {
            Message::Execute { contract, msg, funds: vec![coin] }
        }
        other => other,
    }
}

/// Starts the notice of part of the stake.
///
/// # Errors
/// An amount that is none, or staking refuses.
pub(crate) fn unstake(args: &chain::Unstake, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let amount = tokens::units(&args.amount, &receipt)?;
    let msg = staking::ExecuteMsg::Unstake { amount: Uint128::new(amount.units()) };
    let message = call(&receipt, ModuleId::Staking, &msg)?;
    let what = format!("unstake {}", tokens::shown(amount.units(), &receipt));
    act_and_tell(&session, output, &what, &[message])
}
