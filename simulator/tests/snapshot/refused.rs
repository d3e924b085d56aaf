//! Files that are no snapshots: each is refused with the place and the reason.

use std::sync::LazyLock;

use proptest::{
    prelude::{ProptestConfig, prop_assert_eq, proptest},
    sample::Index,
};
use simulator::{scenario::Scenario, snapshot::Snapshot};

use crate::stage::played;

fn good() -> String {
    let (taken, _, _) = played(&Scenario::sample(4, 4, 2), 2, 0);
    taken.to_json()
}

fn refused(text: &str) -> String {
    match Snapshot::parse(text.as_bytes()) {
        Ok(_) => panic!("accepted"),
        Err(error) => error.to_string(),
    }
}

/// The numbers of the lines that hold records of a table.
fn lines_of(text: &str, table: &str) -> Vec<usize> {
    let begins = format!("[\"{table}\"");
    let lines = text.lines().enumerate();
    lines.filter(|(_, line)| line.starts_with(&begins)).map(|(at, _)| at).collect()
}

/// The text with its lines changed; a record's line keeps or gets the comma that it needs.
fn relined(text: &str, change: impl Fn(&mut Vec<String>)) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    change(&mut lines);
    for at in 1..lines.len() {
        let record = |line: &str| line.starts_with("[\"");
        if record(&lines[at - 1]) {
            let bare = lines[at - 1].trim_end_matches(',').to_owned();
            lines[at - 1] = if record(&lines[at]) { bare + "," } else { bare };
        }
    }
    lines.join("\n")
}

#[test]
fn a_file_that_was_cut_off() {
    let text = good();
    for part in [0, 1, text.len() / 3, text.len() / 2, text.len() - 3] {
        let told = refused(&text[..part]);
        assert!(told.contains("cut off") && told.contains("line"), "{part}: {told}");
    }
}

#[test]
fn records_out_of_order_or_there_twice() {
    let text = good();
    let balances = lines_of(&text, "Balance");
    let turned = relined(&text, |lines| lines.swap(balances[0], balances[1]));
    let told = refused(&turned);
    assert!(told.starts_with("token, record 2 (Balance): it does not come after"), "{told}");
    let twice = relined(&text, |lines| {
        let line = lines[balances[2]].clone();
        lines.insert(balances[2], line);
    });
    let told = refused(&twice);
    assert!(told.starts_with("token, record 4 (Balance): it does not come after"), "{told}");
    let gone = relined(&text, |lines| drop(lines.remove(balances[1])));
    let told = refused(&gone);
    assert!(told.starts_with("token: the file states") && told.contains("records"), "{told}");
}

#[test]
fn accounts_out_of_order_or_there_twice() {
    let text = good();
    let first = text.lines().position(|line| line == "\"accounts\": [").unwrap() + 1;
    let turned = relined(&text, |lines| lines.swap(first, first + 1));
    assert!(refused(&turned).starts_with("account 2 does not come after"), "{}", refused(&turned));
    let twice = relined(&text, |lines| {
        let line = lines[first].clone();
        lines.insert(first, line);
    });
    assert!(refused(&twice).starts_with("account 2 does not come after"));
    let gone = relined(&text, |lines| drop(lines.remove(first)));
    let told = refused(&gone);
    assert!(told.contains("names an account that the file does not list"), "{told}");
}

#[test]
fn tables_and_modules_that_there_are_not() {
    let text = good();
    let told = refused(&text.replacen("[\"Supply\"", "[\"Demand\"", 1));
    assert!(told.contains("(Demand): the module has no such table"), "{told}");
    let told = refused(&text.replacen("\"module\": \"token\"", "\"module\": \"royalties\"", 1));
    assert!(told.contains("royalties, record 1 (Balance): the module has no such table"), "{told}");
    let told = refused(&text.replacen("\"module\": \"token\"", "\"module\": \"lottery\"", 1));
    assert!(told.contains("there is no module `lottery`"), "{told}");
    // Two modules in the wrong order.
    let told = refused(&text.replacen("\"module\": \"staking\"", "\"module\": \"token\"", 1));
    assert!(told.contains("token does not come after"), "{told}");
}

#[test]
fn other_versions_and_other_fields() {
    let text = good();
    let told = refused(&text.replacen("moot-snapshot/1", "moot-snapshot/2", 1));
    assert!(told.contains("`moot-snapshot/2`; this program reads `moot-snapshot/1`"), "{told}");
    let told = refused(&text.replacen("\"height\":", "\"heights\":", 1));
    assert!(told.contains("unknown field `heights`"), "{told}");
    let told = refused(&text.replacen("\"height\":", "\"height\": 1, \"height\":", 1));
    assert!(told.contains("duplicate field `height`"), "{told}");
    assert!(refused("not JSON at all").contains("line 1"));
}

#[test]
fn bytes_that_are_no_record_and_records_that_were_altered() {
    let text = good();
    let balance = lines_of(&text, "Balance")[0];
    let line = text.lines().nth(balance).unwrap();
    let parts: Vec<&str> = line.split('"').collect();
    let (key, value) = (parts[3], parts[5]);
    let with = |key: &str, value: &str| {
        let comma = if line.ends_with(',') { "," } else { "" };
        text.replacen(line, &format!("[\"Balance\", \"{key}\", \"{value}\"]{comma}"), 1)
    };
    for (label, file, words) in [
        ("no digits", with(key, "zz"), "token, record 1 (Balance): not a value in hexadecimal"),
        ("half a byte", with(key, "123"), "token, record 1 (Balance): not a value in hexadecimal"),
        ("upper case", with("AB", value), "not a key in hexadecimal"),
        ("another amount", with(key, "05"), "token: the file states the hash"),
        ("a longer value", with(key, &format!("{value}00")), "token: the file states the hash"),
    ] {
        let told = refused(&file);
        assert!(told.contains(words), "{label}: {told}");
    }
    let told = refused(&text.replacen("\"height\": ", "\"height\": 1", 1));
    assert!(told.contains("the file states the state hash"), "{told}");
    let told = refused(&text.replacen("\"time\": ", "\"time\": 1", 1));
    assert!(told.contains("block, source, token or accounts were altered"), "{told}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// One byte changed, or one line gone, doubled or moved: refused without a panic, or it says the
    /// same (white space, an escape).
    #[test]
    fn nothing_altered_is_taken_for_the_state(at: Index, other: Index, byte in 32u8..127, way in 0u8..4) {
        static GOOD: LazyLock<(String, Snapshot)> = LazyLock::new(|| {
            let text = good();
            let read = Snapshot::parse(text.as_bytes()).unwrap();
            (text, read)
        });
        let (text, read) = &*GOOD;
        let altered = match way {
            0 => {
                let mut bytes = text.clone().into_bytes();
                let at = at.index(bytes.len());
                bytes[at] = byte;
                String::from_utf8(bytes).unwrap()
            }
            _ => relined(text, |lines| {
                let (at, other) = (at.index(lines.len()), other.index(lines.len()));
                match way {
                    1 => drop(lines.remove(at)),
                    2 => lines.insert(at, lines[other].clone()),
                    _ => lines.swap(at, other),
                }
            }),
        };
        if let Ok(found) = Snapshot::parse(altered.as_bytes()) {
            prop_assert_eq!(&found, read);
        }
    }
}
