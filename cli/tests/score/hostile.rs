//! Files and options that make no sense: each is refused with the place, the reason and what to
//! do, with exit code 2.

use std::fs::File;

use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};

use super::{SMALL, moot, written};

fn refused(label: &str, name: &str, content: impl AsRef<[u8]>, words: &[&str]) {
    refused_with(label, name, content, &[], words);
}

fn refused_with(label: &str, name: &str, content: impl AsRef<[u8]>, more: &[&str], words: &[&str]) {
    let (_folder, file) = written(name, content);
    let ran = moot().arg("score").arg(&file).args(more).assert();
    let stderr = String::from_utf8_lossy(&ran.get_output().stderr).into_owned();
    ran.code(2).stdout(is_empty()).stderr(contains("panicked").not());
    for word in words {
        assert!(stderr.contains(word), "{label}: `{word}` is not in\n{stderr}");
    }
}

#[test]
fn rows_that_are_none() {
    let line = |by: &str| SMALL.replace("1,400,2:0.9 3:0.1", by);
    for (label, by, words) in [
        ("NaN stake", "1,NaN,2:1", ["a.csv:3:3", "column `stake`", "NaN is no number"]),
        ("infinite stake", "1,inf,2:1", ["a.csv:3:3", "not finite", "finite number"]),
        ("negative stake", "1,-400,2:1", ["a.csv:3:3", "is negative", "use 0 or more"]),
        (
            "a unit",
            "1,400 TAO,2:1",
            ["a.csv:3:3", "`400 TAO` is no number", "write the number alone"],
        ),
        ("a comma", "1,\"1,5\",2:1", ["a.csv:3", "`1,5` is no number", "with a point"]),
        ("NaN weight", "1,400,2:NaN", ["a.csv:3:7", "column `weights`", "NaN is no number"]),
        ("negative weight", "1,400,2:-1", ["a.csv:3:7", "is negative", "use 0 or more"]),
        ("no pair", "1,400,2", ["a.csv:3:7", "`2` is no pair", "uid:value"]),
        ("uid twice in a row", "1,400,2:1 2:1", ["a.csv:3:7", "uid 2 appears twice", "keep one"]),
        ("no uid", "x,400,2:1", ["a.csv:3:1", "column `uid`", "digits only"]),
        ("uid too large", "65536,400,2:1", ["a.csv:3:1", "65536 is no uid", "0 to 65535"]),
        ("duplicate uid", "0,400,2:1", ["a.csv:3:1", "uid 0 has a line already", "line 2"]),
        ("fields", "1,400", ["a.csv:3", "2 fields under 3 names", "give each column a field"]),
        ("uid without slot", "1,400,9:1", ["line 3", "names uid 9, which has no slot", "0 to 4"]),
        (
            "gap",
            "7,400,2:1",
            ["uid 1 has no line, but uid 2 has", "give each slot a line", "stake 0"],
        ),
    ] {
        refused(label, "a.csv", line(by), &words);
    }
}

#[test]
fn headers_that_are_none() {
    let header = |by: &str| SMALL.replace("uid,stake,weights", by);
    for (label, by, words) in [
        ("typo", "uid,stakes,weights", ["unknown column `stakes`", "did you mean `stake`?"]),
        ("column twice", "uid,stake,stake", ["column `stake` appears twice", "keep one"]),
        ("no uid", "who,stake,weights", ["there is no column `uid`", "uid,stake,weights"]),
        ("no header", "0,1,2:1", ["names no column", "the first line names the columns"]),
        ("no stake", "uid,owner_name,weights", ["says no stakes", "--stakes FILE"]),
        ("both stakes", "uid,stake,stake_base", ["`stake` and `stake_base`", "keep one"]),
    ] {
        refused(label, "a.csv", header(by), &words);
    }
}

#[test]
fn edges_that_are_none() {
    let edges = |rows: &str| format!("from,to,weight,stake\n{rows}");
    for (label, rows, words) in [
        ("pair twice", "0,2,1,6\n0,2,2,6\n", ["from uid 0", "uid 2 appears twice"]),
        ("two stakes", "0,2,1,6\n0,3,2,7\n", ["a.csv:3:7", "another stake in line 2"]),
        ("NaN", "0,2,nan,6\n", ["a.csv:2:5", "NaN is no number"]),
    ] {
        refused(label, "a.csv", edges(rows), &words);
    }
    refused("column", "a.csv", "from,to,stake\n0,1,6\n", &["there is no column `weight`"]);
    let bonds = "from,to,weight,stake,bond\n0,2,1,6,0.5\n";
    refused("bond", "a.csv", bonds, &["0.5 is no bond", "65535ths"]);
}

#[test]
fn json_that_is_none() {
    for (label, json, words) in [
        ("NaN", r#"{"stake": [1, NaN]}"#, ["stake[1]", "column 15", "NaN is no number"]),
        ("infinity", r#"{"stake": [1, -Infinity]}"#, ["stake[1]", "line 1", "is no number"]),
        ("beyond f64", r#"{"stake": [1e999]}"#, ["stake[0]", "out of range", "docs/score.md"]),
        ("negative", r#"{"stake": [1, -2]}"#, ["stake[1]", "-2 is no stake", "0 or more"]),
        ("text", r#"{"stake": ["1"]}"#, ["stake[0]", "invalid type: string", "docs/score.md"]),
        ("unknown key", r#"{"stakes": [1]}"#, ["unknown key `stakes`", "line 1", "`stake`?"]),
        ("key twice", r#"{"stake": [1], "stake": [2]}"#, ["duplicate field", "line 1", "docs"]),
        ("a list", "[1, 2]", ["a.json", "line 1", "docs/score.md"]),
        ("cut off", r#"{"stake": [1, "#, ["a.json", "EOF", "line 1"]),
        ("more", r#"{"stake": [1]} x"#, ["a.json", "more after the object", "keep one"]),
        ("n", r#"{"n": 3, "stake": [1]}"#, ["1 stakes for 3 slots", "n: ", "leave `n` out"]),
        (
            "no slot",
            r#"{"stake": [1], "weights_sparse": [[0, [[1, 1]]]]}"#,
            ["weights_sparse[0]", "uid 1, which has no slot", "slots are 0 to 0"],
        ),
        (
            "row of no slot",
            r#"{"stake": [1], "weights_sparse": [[5, [[0, 1]]]]}"#,
            ["weights_sparse[0]", "uid 5, which has no slot", "leave the weight out"],
        ),
        (
            "row twice",
            r#"{"stake": [1, 1], "weights_sparse": [[0, [[1, 1]]], [0, []]]}"#,
            ["weights_sparse[1]", "uid 0 has a row already", "keep one"],
        ),
        (
            "uid twice",
            r#"{"stake": [1, 1], "weights_sparse": [[0, [[1, 1], [1, 2]]]]}"#,
            ["weights_sparse[0]", "uid 1 appears twice", "keep one"],
        ),
        (
            "negative weight",
            r#"{"stake": [1, 1], "weights_sparse": [[0, [[1, -1]]]]}"#,
            ["weights_sparse[0]", "-1 is no weight, for uid 1", "use 0 or more"],
        ),
        (
            "bonds",
            r#"{"stake": [1, 1], "bonds_sparse": [[0, [[1, 0.25]]]]}"#,
            ["bonds_sparse[0]", "0.25 is no bond", "multiply fractions by 65535"],
        ),
        (
            "short column",
            r#"{"stake": [1, 1], "permits": [true]}"#,
            ["permits", "1 values for 2 slots", "give one for each slot"],
        ),
        ("owner", r#"{"stake": [1], "owner": 4}"#, ["a.json", "owner's uid 4", "has no slot"]),
        ("no stakes", r#"{"n": 1}"#, ["a.json", "says no stakes", "--stakes FILE"]),
    ] {
        refused(label, "a.json", json, &words);
    }
}

#[test]
fn base_units_taken_for_tokens() {
    let rao = SMALL.replace("0,600", "0,423150094000000").replace("1,400", "1,1894367125000000");
    refused("csv", "a.csv", rao, &["the stakes sum to 2317517219000001", "`stake_base`"]);
    refused(
        "json",
        "a.json",
        r#"{"stake": [9300000000]}"#,
        &["more than 9223372036", "`stake_base`"],
    );
    let tokens = SMALL.replace("stake", "stake_base");
    refused("tokens", "a.csv", tokens, &["`1.5` is no number of base units", "belong to `stake`"]);
}

#[test]
fn bytes_that_are_no_text() {
    let bytes = [SMALL.as_bytes(), b"5,\xff\xfe,\n"].concat();
    refused(
        "UTF-8",
        "a.csv",
        bytes,
        &["a.csv", "line 7", "is not UTF-8", "save the file as UTF-8"],
    );
    let wide: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(SMALL.bytes().flat_map(|b| [b, 0])).collect();
    refused("UTF-16", "a.csv", wide, &["is UTF-16", "save the file as UTF-8"]);
    refused("empty", "a.csv", "", &["a.csv", "is empty"]);
    refused("blank", "a.json", "\n \r\n", &["a.json", "is empty"]);
}

#[test]
fn more_than_any_network_has() {
    let (folder, _) = written("a.csv", SMALL);
    let file = folder.path().join("large.csv");
    File::create(&file).unwrap().set_len(20_000_000_000).unwrap();
    let ran = moot().arg("score").arg(&file).assert().code(2);
    ran.stderr(contains("has 20000000000 bytes, more than 268435456"));
    let stakes = format!(r#"{{"stake": [{}0]}}"#, "0,".repeat(100_000));
    refused("json", "a.json", stakes, &["stake", "more than 65536 entries"]);
    let lines: String = (0..70_000).map(|uid| format!("{uid},1,\n")).collect();
    let words = ["a.csv:65538:1", "65536 is no uid", "uids are 0 to 65535"];
    refused("csv", "a.csv", format!("uid,stake,weights\n{lines}"), &words);
    let nested = format!("{}{}", r#"{"stake": "#, "[".repeat(1_000_000));
    refused("nested", "a.json", nested, &["stake[0]", "docs/score.md"]);
}

#[test]
fn every_problem_of_a_file_comes_at_once() {
    let wrong = SMALL.replace("600", "-1").replace("400", "NaN").replace("1.5", "x");
    refused("three", "a.csv", wrong, &["a.csv:2:3", "a.csv:3:3", "a.csv:5:3"]);
}

#[test]
fn options_that_make_no_sense() {
    for (label, more, words) in [
        ("typo", vec!["--param", "kapa=0.5"], vec!["no parameter `kapa`", "did you mean `kappa`?"]),
        (
            "of another",
            vec!["--mechanism", "mean", "--param", "decay=0.5"],
            vec!["no parameter `decay`", "this mechanism has: max_validators"],
        ),
        (
            "three at once",
            vec!["--param", "kappa=1.5", "--param", "max_validators=0", "--param", "x"],
            vec!["is not from 0 to 1", "below its minimum 1", "is no NAME=VALUE"],
        ),
        ("emission", vec!["--emission", "lots"], vec!["--emission lots", "is not an amount"]),
        ("negative emission", vec!["--emission=-5"], vec!["--emission -5", "is not an amount"]),
        ("cut", vec!["--emission", "1", "--owner-cut", "18"], vec!["--owner-cut 18", "\"18 %\""]),
        ("uid", vec!["--uid", "0,9"], vec!["--uid 9", "uids are 0 to 4"]),
        ("explain", vec!["--explain", "5"], vec!["--explain 5", "uids are 0 to 4"]),
        ("mechanism", vec!["--mechanism", "yumma"], vec!["invalid value 'yumma'", "'yuma'"]),
        ("stakes", vec!["--stakes", "/nowhere.csv"], vec!["/nowhere.csv: cannot be read"]),
    ] {
        refused_with(label, "a.csv", SMALL, &more, &words);
    }
    moot().args(["score", "nowhere.csv"]).assert().code(2).stderr(contains("cannot be read"));
}
