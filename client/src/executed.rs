//! What a transaction asked of contracts, read from its bytes.

use cosmrs::proto::cosmos::tx::v1beta1::{TxBody, TxRaw};
use cosmrs::proto::cosmwasm::wasm::v1::MsgExecuteContract;
use cosmrs::proto::prost::{DecodeError, Message as _};
use cosmrs::proto::traits::Name;

use crate::error::{Error, Result};
use crate::message::Coin;

/// A message to a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executed {
    /// Who asked.
    pub sender: String,
    /// Which.
    pub contract: String,
    /// To its `execute`.
    pub msg: Vec<u8>,
    /// Coins that came with it.
    pub funds: Vec<Coin>,
}

/// The messages to contracts in a transaction, in order; other messages are left out.
///
/// # Errors
/// Bytes that are no transaction.
pub fn executed(bytes: &[u8]) -> Result<Vec<Executed>> {
    let wrong =
        |error: DecodeError| Error::Network(format!("a block holds no transaction: {error}"));
    let raw = TxRaw::decode(bytes).map_err(wrong)?;
    let body = TxBody::decode(&*raw.body_bytes).map_err(wrong)?;
    let ours = body.messages.iter().filter(|any| any.type_url == MsgExecuteContract::type_url());
    let read = |any: &cosmrs::Any| {
        let message = MsgExecuteContract::decode(&*any.value).map_err(wrong)?;
        let coins = message.funds.into_iter().map(|coin| {
            let amount = coin.amount.parse().unwrap_or_default();
            Coin { denom: coin.denom, amount }
        });
        let (sender, contract, msg) = (message.sender, message.contract, message.msg);
        Ok(Executed { sender, contract, msg, funds: coins.collect() })
    };
    ours.map(read).collect()
}
