//! What is printed, explained and exported.

use std::fs;

use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;

use super::{REAL, SMALL, moot, scored, written};

fn base_units(value: &Value) -> u128 {
    value.as_str().unwrap().parse().unwrap()
}

#[test]
fn payouts_sum_to_the_emission() {
    let more = ["--emission", "148.000000001 TAO", "--owner-cut", "18 %", "--top", "0"];
    let value = scored(REAL.as_ref(), &more);
    let rows = value["standings"].as_array().unwrap();
    let paid = |name: &str| rows.iter().map(|row| base_units(&row[name])).sum::<u128>();
    let payouts = &value["payouts"];
    assert_eq!(payouts["symbol"], "TAO");
    assert_eq!(base_units(&payouts["owner"]), 26_640_000_000);
    assert_eq!(paid("paid_contributor"), base_units(&payouts["contributors"]));
    assert_eq!(paid("paid_validator"), base_units(&payouts["validators"]));
    let parts = ["owner", "contributors", "validators"].map(|part| base_units(&payouts[part]));
    assert_eq!(parts.iter().sum::<u128>(), 148_000_000_001);
    assert_eq!(base_units(&payouts["unscored"]), 0);
}

#[test]
fn the_terms_of_every_slot_add_up() {
    for mechanism in ["mean", "yuma", "metered"] {
        for uid in ["2", "52", "126", "244"] {
            let more = ["--mechanism", mechanism, "--explain", uid, "--uid", uid];
            let value = scored(REAL.as_ref(), &more);
            let standing = &value["standings"][0];
            let number = |value: &Value| value.as_u64().unwrap();
            let contributor = &value["explained"]["contributor"];
            if let Some(votes) = contributor["votes"].as_array() {
                let ranks: u64 = votes.iter().map(|vote| number(&vote["rank"])).sum();
                assert_eq!(ranks, number(&contributor["rank"]), "{mechanism} {uid}");
                assert_eq!(contributor["incentive"], standing["incentive_raw"]);
                if mechanism != "metered" {
                    let share =
                        (u128::from(ranks) << 32) / u128::from(number(&contributor["ranks"]));
                    assert_eq!(
                        share,
                        number(&standing["incentive_raw"]).into(),
                        "{mechanism} {uid}"
                    );
                }
            }
            let validator = &value["explained"]["validator"];
            if let Some(holdings) = validator["holdings"].as_array() {
                let income: u64 = holdings.iter().map(|holding| number(&holding["income"])).sum();
                assert_eq!(income, number(&validator["income"]), "{mechanism} {uid}");
                assert_eq!(validator["dividend"], standing["dividend_raw"]);
            }
            assert!(contributor.is_object() || validator.is_object(), "{mechanism} {uid}");
        }
    }
}

#[test]
fn people_read_a_table_and_why() {
    let (_folder, file) = written("a.csv", SMALL);
    let ran = moot().arg("score").arg(&file).args(["--emission", "10", "--explain", "2"]).assert();
    let ran = ran.success().stderr("");
    ran.stdout(contains("consensus").and(contains("paid, tokens")))
        .stdout(contains("Why uid 2 earned this as a contributor"))
        .stdout(
            contains("clipped to it: uid 1")
                .and(contains("10 tokens: contributors 5, validators 5")),
        )
        .stdout(contains("Again: moot score"));
    let ran = moot().arg("score").arg(&file).args(["--explain", "4"]).assert().success();
    ran.stdout(contains("uid 4 is weighed by nobody"));
    let ran = moot().arg("score").arg(&file).args(["--top", "1"]).assert().success();
    ran.stdout(contains("and 4 more"));
}

#[test]
fn columns_that_are_not_read_are_named() {
    let (_folder, file) =
        written("a.csv", SMALL.replace('\n', ",x\n").replace("weights,x", "weights,hotkey"));
    moot().arg("score").arg(&file).assert().success().stderr(contains("not read: hotkey"));
    let seniority = ["--mechanism", "metered", "--param", "top_multiplier=2"];
    let ran = moot().arg("score").arg(&file).args(seniority).assert().success();
    ran.stderr(contains("top_multiplier changes nothing"));
}

#[test]
fn the_folder_holds_page_tables_and_the_file() {
    let (folder, file) = written("a<b>.csv", SMALL);
    let out = folder.path().join("out");
    let run = || {
        moot().arg("score").arg(&file).args(["--emission", "3 X"]).arg("--out").arg(&out).assert()
    };
    run().success().stdout(contains("report.html"));
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let page = read("report.html");
    assert!(page.contains("score of") && page.contains("Lorenz") && page.contains("<svg"));
    assert!(!page.contains("a<b>") && !page.contains("rehearsal of") && !page.contains("<script"));
    assert!(read("scores.csv").starts_with("uid,stake_base,"), "{}", read("scores.csv"));
    assert_eq!(read("scores.csv").lines().count(), 6);
    let json: Value = serde_json::from_str(&read("scores.json")).unwrap();
    assert_eq!(json.as_array().unwrap().len(), 5);
    assert_eq!(read("input/a<b>.csv"), SMALL);
    let report: Value = serde_json::from_str(&read("report.json")).unwrap();
    assert_eq!(report["identity"]["scored"]["mechanism"], "yuma");
    // The same again replaces it; a folder of somebody's own is left alone.
    run().success();
    fs::write(out.join("diary.txt"), "dear").unwrap();
    run().code(2).stderr(contains("diary.txt"));
}
