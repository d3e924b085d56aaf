//! The document that Ledgers and older multisigs sign: sorted JSON, without spaces.

use serde_json::{Value, json};

use crate::encode::{self, Form};
use crate::error::Result;
use crate::sign::Signing;

/// The bytes to sign: keys sorted, `&`, `<` and `>` escaped as Go escapes them.
///
/// # Errors
/// A contract's message that is no JSON.
pub(crate) fn document(signing: &Signing<'_>) -> Result<Vec<u8>> {
    let messages = signing.messages.iter();
    let messages = messages.map(|one| encode::message(one, signing.sender, Form::Amino));
    let mut document = json!({
        "account_number": signing.account.number.to_string(),
        "chain_id": signing.chain_id,
        "fee": {
            "amount": encode::coins(std::slice::from_ref(&signing.fee.amount)),
            "gas": signing.fee.gas.to_string(),
        },
        "memo": signing.memo,
        "msgs": messages.collect::<Result<Vec<Value>>>()?,
        "sequence": signing.account.sequence.to_string(),
    });
    if signing.timeout_height > 0 {
        document["timeout_height"] = signing.timeout_height.to_string().into();
    }
    let mut out = String::new();
    canonical(&document, &mut out);
    Ok(out.into_bytes())
}

/// JSON with sorted keys, whatever order the value keeps them in.
fn canonical(value: &Value, out: &mut String) {
    match value {
        Value::Object(map) => {
            let mut keys: Vec<_> = map.iter().collect();
            keys.sort_by(|left, right| left.0.cmp(right.0));
            out.push('{');
            for (n, (key, value)) in keys.into_iter().enumerate() {
                out.push_str(if n > 0 { "," } else { "" });
                out.push_str(&escaped(key));
                out.push(':');
                canonical(value, out);
            }
            out.push('}');
        }
        Value::Array(values) => {
            out.push('[');
            for (n, value) in values.iter().enumerate() {
                out.push_str(if n > 0 { "," } else { "" });
                canonical(value, out);
            }
            out.push(']');
        }
        Value::String(text) => out.push_str(&escaped(text)),
        plain => out.push_str(&plain.to_string()),
    }
}

fn escaped(text: &str) -> String {
    let text = Value::from(text).to_string();
    [
        ('&', "\\u0026"),
        ('<', "\\u003c"),
        ('>', "\\u003e"),
        ('\u{2028}', "\\u2028"),
        ('\u{2029}', "\\u2029"),
    ]
    .into_iter()
    .fold(text, |text, (one, escape)| text.replace(one, escape))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn keys_are_sorted_and_markup_is_escaped() {
        let value = serde_json::json!({ "b": [1, { "d": null, "c": true }], "a": "<&>\n\"" });
        let mut out = String::new();
        canonical(&value, &mut out);
        assert_eq!(out, r#"{"a":"\u003c\u0026\u003e\n\"","b":[1,{"c":true,"d":null}]}"#);
    }
}
