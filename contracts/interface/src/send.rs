//! Commands, payloads and notices as the JSON that contracts exchange.

use crate::{Accounts, Error, Lexicon, governor, network, rewards, staking, token, treasury};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, from_json, to_json_binary};
use cw4::{MemberChangedHookMsg, MemberDiff};
use cw20::Cw20ReceiveMsg;
use protocol::{AccountId, Amount, Bytes, Command, Payload, governance::Status};

/// What a holder attaches to cw20's `send`.
#[cw_serde]
pub enum SendMsg {
    /// To staking: bond in this notice tier.
    Stake {
        /// Index of the tier.
        tier: u8,
    },
    /// To the network: burn the price of a slot.
    Register {
        /// The topic.
        topic: u16,
    },
    /// To the governor: credit the sender's deposit balance.
    Deposit {},
    /// To the treasury: add to a stream.
    Fund {
        /// Its number.
        stream: u32,
    },
}

/// The bytes that a payload travels as.
///
/// # Errors
/// None in practice: plain numbers always serialise.
pub fn payload(payload: &Payload) -> Result<Binary, Error> {
    Ok(match payload {
        Payload::Stake { tier } => to_json_binary(&SendMsg::Stake { tier: *tier })?,
        Payload::Register { topic } => to_json_binary(&SendMsg::Register { topic: *topic })?,
        Payload::Deposit => to_json_binary(&SendMsg::Deposit {})?,
        Payload::Fund { stream } => to_json_binary(&SendMsg::Fund { stream: *stream })?,
        Payload::Opaque(bytes) => Binary::from(bytes.0.as_slice()),
    })
}

/// The payload that bytes mean; the rulebook refuses what stays opaque.
pub fn read_payload(bytes: &Binary) -> Payload {
    match from_json(bytes) {
        Ok(SendMsg::Stake { tier }) => Payload::Stake { tier },
        Ok(SendMsg::Register { topic }) => Payload::Register { topic },
        Ok(SendMsg::Deposit {}) => Payload::Deposit,
        Ok(SendMsg::Fund { stream }) => Payload::Fund { stream },
        Err(_) => Payload::Opaque(Bytes(bytes.to_vec())),
    }
}

/// The execute message that means a command. The module's own verbs, which no message may
/// carry, are refused.
///
/// # Errors
/// A handle without an address; a verb that only the module itself has.
pub fn message(lexicon: &Lexicon, command: &Command) -> Result<Binary, Error> {
    let book = lexicon.book;
    Ok(match command {
        Command::Token(command) => to_json_binary(&token::message(book, command)?)?,
        Command::Staking(command) => to_json_binary(&staking::message(book, command)?)?,
        Command::Network(command) => to_json_binary(&network::message(book, command)?)?,
        Command::Rewards(command) => {
            to_json_binary(&rewards::message(book, lexicon.names, command)?)?
        }
        Command::Governance(command) => to_json_binary(&governor::message(lexicon, command)?)?,
        Command::Treasury(command) => {
            to_json_binary(&treasury::message(book, lexicon.names, command)?)?
        }
    })
}

/// cw20's notice to a receiver.
///
/// # Errors
/// A handle without an address.
pub fn notice_message(
    book: &dyn Accounts,
    from: AccountId,
    amount: Amount,
    attached: &Payload,
) -> Result<Binary, Error> {
    let (sender, amount) = (book.address(from)?, amount.units().into());
    Ok(Cw20ReceiveMsg { sender, amount, msg: payload(attached)? }.into_json_binary()?)
}

/// cw4's notice to a subscriber, with weights as cw4 counts them.
///
/// # Errors
/// A handle without an address.
pub fn hook_message(
    book: &dyn Accounts,
    who: AccountId,
    before: Option<u64>,
    after: Option<u64>,
) -> Result<Binary, Error> {
    let diff = MemberDiff::new(book.address(who)?, before, after);
    Ok(MemberChangedHookMsg::one(diff).into_json_binary()?)
}

/// What a subscriber to proposals is told.
#[cw_serde]
pub enum ProposalHookMsg {
    /// A proposal was made, or stands otherwise than before.
    ProposalHook {
        /// Its number.
        proposal_id: u32,
        /// How it stood; absent where it is new.
        old_status: Option<String>,
        /// How it stands.
        new_status: String,
    },
}

/// The notice of a proposal to a subscriber.
///
/// # Errors
/// None in practice: plain numbers and words always serialise.
pub fn proposal_message(
    proposal: u32,
    before: Option<Status>,
    after: Status,
) -> Result<Binary, Error> {
    Ok(to_json_binary(&ProposalHookMsg::ProposalHook {
        proposal_id: proposal,
        old_status: before.map(|status| status.name().to_owned()),
        new_status: after.name().to_owned(),
    })?)
}
