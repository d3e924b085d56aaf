//! What the governor sends, as the JSON of each receiver.
//!
//! Its rules send three forms only. Written as a list of their own they keep the writers of every
//! other message out of the governor's code, which has to fit what a chain accepts. A test
//! compares each with [`crate::message`].

use crate::{Error, Lexicon, governor::TrackMsg};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, Uint128, to_json_binary};
use protocol::{Command, NOT_AUTHORISED, encode, network, rewards, staking, token, treasury};

/// A message that the governor sends.
#[cw_serde]
enum SentMsg {
    /// To the token: deposits that are taken back or forfeited.
    Transfer {
        /// To whom.
        recipient: String,
        /// Base units.
        amount: Uint128,
    },
    /// To the treasury: what a proposal decided.
    Execute {
        /// The proposal's number.
        proposal: u32,
        /// The track it passed on.
        track: TrackMsg,
        /// What it does, in the rulebook's encoding.
        actions: Binary,
    },
    /// To a module that can be paused.
    Pause {
        /// Seconds since 1970.
        until: u64,
    },
}

/// The execute message that means a command of the governor's.
///
/// # Errors
/// A handle without an address; `E0003` for a command that its rules never send.
pub fn sent(lexicon: &Lexicon, command: &Command) -> Result<Binary, Error> {
    let msg = match command {
        Command::Token(token::Command::Transfer { to, amount }) => SentMsg::Transfer {
            recipient: lexicon.book.address(*to)?,
            amount: amount.units().into(),
        },
        Command::Treasury(treasury::Command::Execute { proposal, track, actions }) => {
            SentMsg::Execute {
                proposal: *proposal,
                track: (*track).into(),
                actions: encode(lexicon.names, actions).into(),
            }
        }
        Command::Staking(staking::Command::Pause { until })
        | Command::Network(network::Command::Pause { until })
        | Command::Rewards(rewards::Command::Pause { until }) => {
            SentMsg::Pause { until: until.get() }
        }
        _ => return Err(NOT_AUTHORISED.bare().into()),
    };
    Ok(to_json_binary(&msg)?)
}
