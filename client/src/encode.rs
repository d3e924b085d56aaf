//! Messages as JSON: in the chain's own form, and in the older one that Ledgers and multisigs sign.

use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::message::{Coin, Message};

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Protobuf's: a message beside its `@type`.
    Proto,
    /// Amino's: `type` and `value`, and what is empty left out.
    Amino,
}

/// A message in one of the forms.
///
/// # Errors
/// A contract's message that is no JSON.
pub(crate) fn message(message: &Message, sender: &str, form: Form) -> Result<Value> {
    let (proto, amino, body) = match message {
        Message::Send { to, coins: sent } => (
            "/cosmos.bank.v1beta1.MsgSend",
            "cosmos-sdk/MsgSend",
            json!({ "from_address": sender, "to_address": to, "amount": coins(sent) }),
        ),
        Message::Store { wasm } => {
            let mut body = json!({ "sender": sender, "wasm_byte_code": base64(wasm) });
            if form == Form::Proto {
                body["instantiate_permission"] = Value::Null;
            }
            ("/cosmwasm.wasm.v1.MsgStoreCode", "wasm/MsgStoreCode", body)
        }
        Message::Instantiate { code, admin, label, msg, salt } => {
            let mut body = json!({
                "sender": sender, "admin": admin, "code_id": code.to_string(), "label": label,
                "msg": inner(msg)?, "funds": [], "salt": base64(salt),
            });
            if form == Form::Proto {
                body["fix_msg"] = Value::Bool(false);
            }
            ("/cosmwasm.wasm.v1.MsgInstantiateContract2", "wasm/MsgInstantiateContract2", body)
        }
        Message::Execute { contract, msg, funds } => (
            "/cosmwasm.wasm.v1.MsgExecuteContract",
            "wasm/MsgExecuteContract",
            json!({
                "sender": sender, "contract": contract, "msg": inner(msg)?, "funds": coins(funds),
            }),
        ),
        Message::UpdateAdmin { contract, admin } => (
            "/cosmwasm.wasm.v1.MsgUpdateAdmin",
            "wasm/MsgUpdateAdmin",
            json!({ "sender": sender, "new_admin": admin, "contract": contract }),
        ),
    };
    Ok(match form {
        Form::Amino => json!({ "type": amino, "value": body }),
        Form::Proto => {
            let mut typed = Map::from_iter([("@type".to_owned(), proto.into())]);
            typed.extend(body.as_object().cloned().unwrap_or_default());
            Value::Object(typed)
        }
    })
}

/// Coins, amounts as text.
pub(crate) fn coins(coins: &[Coin]) -> Value {
    let coin = |coin: &Coin| json!({ "amount": coin.amount.to_string(), "denom": coin.denom });
    coins.iter().map(coin).collect()
}

/// A contract's message is part of the document, not text in it.
fn inner(msg: &[u8]) -> Result<Value> {
    let wrong = |error| Error::Usage(format!("a contract's message is no JSON: {error}"));
    serde_json::from_slice(msg).map_err(wrong)
}

/// Base64 with padding, as protobuf's JSON has it.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let at = |n: usize| u32::from(group.get(n).copied().unwrap_or_default());
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        for n in 0..4 {
            let digit = (bits >> (18 - 6 * n) & 63) as usize;
            out.push(if n > group.len() { '=' } else { char::from(DIGITS[digit]) });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Form, base64, message};
    use crate::message::Message;

    #[test]
    fn base64_is_padded() {
        for (bytes, text) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")]
        {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }

    #[test]
    fn a_contracts_message_stays_json() {
        let execute = Message::Execute {
            contract: "c".into(),
            msg: br#"{"claim":{}}"#.to_vec(),
            funds: vec![],
        };
        let proto = message(&execute, "s", Form::Proto).unwrap();
        assert_eq!(proto["@type"], "/cosmwasm.wasm.v1.MsgExecuteContract");
        assert!(proto["msg"]["claim"].is_object());
        let amino = message(&execute, "s", Form::Amino).unwrap();
        assert_eq!(amino["type"], "wasm/MsgExecuteContract");
        assert_eq!(amino["value"]["funds"], serde_json::json!([]));
    }
}
