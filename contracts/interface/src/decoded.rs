//! Actions of proposals as the chain's messages, for whoever reads a proposal.

use crate::{Error, Lexicon, governor::TrackMsg};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, CosmosMsg, WasmMsg};
use protocol::{
    Asset, MALFORMED, ModuleId, decode,
    treasury::{Action, needed},
};

/// A message of a proposal, and what it is.
#[cw_serde]
pub struct DecodedMsg {
    /// Which of our contracts it goes to; absent where it is none of ours.
    pub module: Option<String>,
    /// The track that it needs.
    pub track: TrackMsg,
    /// The message of that contract as JSON text; absent where it is none of ours.
    pub body: Option<String>,
    /// The message of the chain.
    pub msg: CosmosMsg,
}

/// What a proposal does, by option.
#[cw_serde]
pub struct MessagesResponse {
    /// One list for yes, or one for each named option.
    pub options: Vec<Vec<DecodedMsg>>,
}

/// Lists of actions in the rulebook's encoding, as messages.
///
/// # Errors
/// Bytes that are no such lists; a handle without an address; an action that no track allows.
pub fn messages(lexicon: &Lexicon, lists: &Binary) -> Result<MessagesResponse, Error> {
    let lists: Vec<Vec<Action>> = decode(lexicon.names, lists).ok_or(MALFORMED.bare())?;
    let list = |list: &Vec<Action>| list.iter().map(|action| decoded(lexicon, action)).collect();
    Ok(MessagesResponse { options: lists.iter().map(list).collect::<Result<_, Error>>()? })
}

fn decoded(lexicon: &Lexicon, action: &Action) -> Result<DecodedMsg, Error> {
    let msg = lexicon.message(action)?;
    let module = match action {
        Action::Call { command } => Some(command.module()),
        Action::Pay { asset: Asset::Token, .. } => Some(ModuleId::Token),
        Action::Migrate { module, .. } => Some(*module),
        Action::Pay { .. } | Action::Opaque { .. } => None,
    };
    let body = match &msg {
        CosmosMsg::Wasm(WasmMsg::Execute { msg, .. }) if module.is_some() => {
            Some(String::from_utf8_lossy(msg.as_slice()).into_owned())
        }
        _ => None,
    };
    let module = module.map(|module| module.name().to_owned());
    Ok(DecodedMsg { module, track: needed(action)?.into(), body, msg })
}
