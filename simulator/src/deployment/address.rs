//! Addresses as a chain accepts them.

use bech32::primitives::decode::CheckedHrpstring;
use bech32::{Bech32, Hrp};

/// The bytes of an account's address, and of a contract's.
const LENGTHS: [usize; 2] = [20, 32];

/// Why a chain whose addresses begin with `prefix` would not take this one, and what to do;
/// `None` where it would.
pub(crate) fn problem_of(address: &str, prefix: &str) -> Option<(String, String)> {
    let wrong = |what: &str, fix: String| Some((format!("`{address}` {what}"), fix));
    if address.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return wrong("has capital letters", "write it in small letters".into());
    }
    let Ok(parsed) = CheckedHrpstring::new::<Bech32>(address) else {
        return wrong("is no address: its checksum is wrong", "copy it again, whole".into());
    };
    if Hrp::parse(prefix).is_ok_and(|prefix| prefix != parsed.hrp()) {
        let given = parsed.hrp();
        let what = format!("is of another chain: it begins with `{given}`, not `{prefix}`");
        return wrong(&what, "use the address that the holder has on this chain".into());
    }
    let length = parsed.byte_iter().len();
    if !LENGTHS.contains(&length) {
        let what = format!("has {length} bytes, and addresses have 20 or 32");
        return wrong(&what, "use an account's or a contract's address".into());
    }
    None
}

#[cfg(test)]
mod tests {
    use super::problem_of;
    use bech32::{Bech32, Bech32m, Hrp};

    fn address(prefix: &str, bytes: usize) -> String {
        bech32::encode::<Bech32>(Hrp::parse(prefix).unwrap(), &vec![7; bytes]).unwrap()
    }

    #[test]
    fn accounts_and_contracts_are_taken_and_nothing_else() {
        let whole = address("wasm", 20);
        let modern = bech32::encode::<Bech32m>(Hrp::parse("wasm").unwrap(), &[7; 20]).unwrap();
        let flipped = format!("{}q", &whole[..whole.len() - 1]);
        for (given, words) in [
            (whole.clone(), None),
            (address("wasm", 32), None),
            (address("wasm", 33), Some("33 bytes")),
            (address("wasm", 0), Some("0 bytes")),
            (address("osmo", 20), Some("another chain")),
            (whole.to_uppercase(), Some("capital letters")),
            (flipped, Some("checksum")),
            (modern, Some("checksum")),
            (format!(" {whole}"), Some("checksum")),
            (String::new(), Some("checksum")),
            ("founder".to_owned(), Some("checksum")),
        ] {
            let found = problem_of(&given, "wasm").map(|(what, _)| what);
            match (found, words) {
                (None, None) => {}
                (Some(what), Some(words)) => assert!(what.contains(words), "{given}: {what}"),
                (found, _) => panic!("{given}: {found:?}"),
            }
        }
    }
}
