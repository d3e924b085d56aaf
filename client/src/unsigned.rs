//! Transactions for others to sign: with the chain's own command line, a multisig or a Ledger.

use serde_json::{Value, json};

use crate::encode::{self, Form};
use crate::error::Result;
use crate::gas::Fee;
use crate::key::Key;
use crate::message::Message;
use crate::sign::Signing;

/// The transaction without signatures, in the form that `tx sign` of the chain's command line
/// reads.
///
/// # Errors
/// A contract's message that is no JSON.
pub fn unsigned(sender: &str, messages: &[Message], memo: &str, fee: &Fee) -> Result<Value> {
    let messages = messages.iter().map(|one| encode::message(one, sender, Form::Proto));
    Ok(json!({
        "body": {
            "messages": messages.collect::<Result<Vec<Value>>>()?,
            "memo": memo,
            "timeout_height": "0",
            "extension_options": [],
            "non_critical_extension_options": [],
        },
        "auth_info": {
            "signer_infos": [],
            "fee": {
                "amount": encode::coins(std::slice::from_ref(&fee.amount)),
                "gas_limit": fee.gas.to_string(),
                "payer": "",
                "granter": "",
            },
        },
        "signatures": [],
    }))
}

/// The bytes that a signature is over, in the mode of `signing`: base64 of them where they are
/// the chain's own, the JSON itself where they are a document.
///
/// # Errors
/// A contract's message that is no JSON.
pub fn sign_doc(signing: &Signing<'_>, key: &Key) -> Result<String> {
    let bytes = signing.document(key)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) if text.starts_with('{') => text,
        Ok(text) => encode::base64(text.as_bytes()),
        Err(error) => encode::base64(error.as_bytes()),
    })
}
