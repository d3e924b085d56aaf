//! Every form of file says the same.

use std::fs;

use super::{SMALL, column, moot, scored, written};
use predicates::str::contains;

/// What must not depend on the form of the file.
fn columns(name: &str, content: &str, more: &[&str]) -> Vec<Vec<u64>> {
    let (_folder, file) = written(name, content);
    let value = scored(&file, more);
    ["incentive_raw", "dividend_raw", "consensus_raw", "trust_raw", "active_stake_raw"]
        .map(|name| column(&value, name))
        .to_vec()
}

#[test]
fn forms_of_one_network_score_alike() {
    let expected = columns("a.csv", SMALL, &[]);
    assert_eq!(expected[4], [2_576_980_377, 1_717_986_918, 0, 0, 0]);
    let json = r#"{"n": 5, "stake": [600, 400, 0, 1.5, 0],
        "weights_sparse": [[0, [[2, 0.5], [3, 0.5]]], [1, [[3, 0.1], [2, 0.9]]]]}"#;
    let base = "uid,stake_base,weights\n0,600000000000,2:1 3:1\n1,400000000000,2:9|3:1\n\
         2,0,\n3,1500000000,\n4,0,\n";
    let spread = "uid;stake;weights\r\n0;600;2:0.5 3:0.5\r\n1;400;2:0.9 3:0.1\r\n2;0;\r\n\
         3;1.5;\r\n4;0;\r\n";
    for (label, name, content) in [
        ("json", "a.json", json.to_owned()),
        ("json by content", "a.txt", json.to_owned()),
        ("base units, other separators of pairs", "a.csv", base.to_owned()),
        ("semicolons and carriage returns", "a.csv", spread.to_owned()),
        ("tabs", "a.tsv", SMALL.replace(',', "\t")),
        ("a byte order mark", "a.csv", format!("\u{feff}{SMALL}")),
        ("a byte order mark, json", "a.json", format!("\u{feff}{json}")),
        (
            "quotes, comments, blank lines",
            "a.csv",
            format!("# mine\n\n{}", SMALL.replace("2:0.5 3:0.5", "\"2:0.5 3:0.5\"")),
        ),
        (
            "another order of lines",
            "a.csv",
            "stake,weights,uid\n0,,4\n1.5,,3\n0,,2\n400,2:0.9 3:0.1,1\n600,2:0.5 3:0.5,0\n"
                .to_owned(),
        ),
        ("more columns", "a.csv", SMALL.replace("\n", ",x\n")),
    ] {
        assert_eq!(columns(name, &content, &[]), expected, "{label}");
    }
}

#[test]
fn a_row_a_weight_needs_the_stakes_from_somewhere() {
    let expected = columns("a.csv", SMALL, &[]);
    let edges = "from,to,weight\n0,2,0.5\n0,3,0.5\n1,3,0.1\n1,2,0.9\n";
    let (folder, file) = written("edges.csv", edges);
    let failed = moot().arg("score").arg(&file).assert().code(2);
    failed.stderr(contains("says no stakes")).stderr(contains("--stakes FILE"));
    let stakes = folder.path().join("stakes.csv");
    fs::write(&stakes, "uid,stake\n0,600\n1,400\n2,0\n3,1.5\n4,0\n").unwrap();
    let with = ["--stakes", stakes.to_str().unwrap()];
    assert_eq!(columns("edges.csv", edges, &with), expected);
    // With the stake of who weighs in each row, contributors' own stake is not known.
    let staked = "from,to,weight,stake\n0,2,0.5,600\n0,3,0.5,600\n1,3,0.1,400\n1,2,0.9,400\n";
    let (_folder, file) = written("staked.csv", staked);
    let value = scored(&file, &[]);
    assert_eq!(column(&value, "incentive_raw"), expected[0][..4]);
    assert_eq!(value["slots"], 4);
}

#[test]
fn what_the_file_knows_besides_counts() {
    let with = |header: &str, first: &str| {
        SMALL
            .replace("uid,stake,weights", &format!("uid,stake,weights,{header}"))
            .replace("2:0.5 3:0.5", &format!("2:0.5 3:0.5,{first}"))
            .replace("2:0.9 3:0.1", "2:0.9 3:0.1,")
            .replace("2,0,\n", "2,0,,\n")
            .replace("3,1.5,\n", "3,1.5,,\n")
            .replace("4,0,\n", "4,0,,\n")
    };
    let plain = columns("a.csv", SMALL, &[]);
    let permit = columns("a.csv", &with("permit", "true"), &[]);
    assert_eq!(permit[4], [1 << 32, 0, 0, 0, 0], "only uid 0 has a permit");
    let bonds = columns("a.csv", &with("bonds", "2:65535"), &[]);
    assert!(bonds[1][0] > plain[1][0], "uid 0 held bonds in uid 2");
    let json = |more: &str| {
        format!(r#"{{"stake": [6, 4, 0], "weights_sparse": [[0, [[2, 1]]], [1, [[2, 1]]]]{more}}}"#)
    };
    let all = columns("a.json", &json(""), &[]);
    let late = columns("a.json", &json(r#", "last_update": [9000, 10, 0], "block": 9001"#), &[]);
    assert_eq!((all[4][1] > 0, late[4][1]), (true, 0), "uid 1 was silent for too long");
    let new =
        columns("a.json", &json(r#", "registered": [0, 0, 8], "last_update": [9, 5, 0]"#), &[]);
    assert_eq!(new[3][1], 0, "uid 1 weighed who held the slot before");
    let own = json(r#", "owner": 0"#).replace("[0, [[2, 1]]]", "[0, [[0, 1]]]");
    assert!(columns("a.json", &own, &[])[3][0] > 0, "the owner may weigh itself");
}

#[test]
fn standard_input_is_a_file_too() {
    let ran = moot().args(["score", "-"]).write_stdin(SMALL).assert().success();
    ran.stdout(contains("uid")).stdout(contains("moot score -"));
}
