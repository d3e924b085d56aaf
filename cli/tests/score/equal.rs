//! The command's numbers are the slow reference's, bit for bit, on the real snapshot.

use std::path::Path;

use scoring_kernel::{
    Electorate, Input, Liquid, MeanParams, MeteredParams, Rows, YumaParams, YumaVariant,
};
use serde_json::Value;

use super::reference::{Clipped, Epoch, mean, metered, yuma};
use super::{REAL, column, scored};

/// The snapshot, read without the project's readers.
struct Real {
    stakes: Vec<u64>,
    weights: Vec<Vec<(u16, u16)>>,
}

fn real() -> Real {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(REAL);
    let file: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let stake = |stake: &Value| (stake.as_f64().unwrap() * 1e9).round() as u64;
    let stakes: Vec<u64> = file["stake"].as_array().unwrap().iter().map(stake).collect();
    let mut weights = vec![Vec::new(); stakes.len()];
    for row in file["weights_sparse"].as_array().unwrap() {
        let pairs = row[1].as_array().unwrap();
        let weight = |pair: &Value| pair[1].as_f64().unwrap();
        let most = pairs.iter().map(weight).fold(0.0, f64::max);
        let pair = |pair: &Value| {
            (pair[0].as_u64().unwrap() as u16, (65_535.0 * weight(pair) / most).round() as u16)
        };
        weights[row[0].as_u64().unwrap() as usize] = pairs.iter().map(pair).collect();
    }
    Real { stakes, weights }
}

/// The reference's epoch: permits are those that the stakes give, for whoever has a row.
fn expected(real: &Real, score: impl Fn(&Input<'_>) -> Epoch) -> Epoch {
    let slots = real.stakes.len();
    let (mut weights, bonds) = (Rows::new(), Rows::empty(slots));
    for row in &real.weights {
        weights.push_row(row.iter().copied()).unwrap();
    }
    let (ones, zeros) = (vec![1; slots], vec![0; slots]);
    let epoch = |permits: &[bool]| {
        score(&Input {
            stakes: &real.stakes,
            weights: &weights,
            bonds: &bonds,
            permits,
            last_update: &ones,
            registered: &zeros,
            block: 1,
            last_close: 1,
            owner: None,
            commit: None,
        })
    };
    let issued = epoch(&vec![true; slots]).permits;
    let rows = real.weights.iter().map(|row| !row.is_empty());
    let permits: Vec<bool> = issued.iter().zip(rows).map(|(permit, row)| *permit && row).collect();
    epoch(&permits)
}

fn compare(what: &str, arguments: &[&str], score: impl Fn(&Input<'_>) -> Epoch) {
    let epoch = expected(&real(), score);
    let file = Path::new(REAL);
    let ours = scored(file, &[arguments, &["--top", "0"]].concat());
    for (name, theirs) in [
        ("consensus_raw", &epoch.consensus),
        ("incentive_raw", &epoch.incentives),
        ("dividend_raw", &epoch.dividends),
        ("trust_raw", &epoch.trust),
        ("active_stake_raw", &epoch.active_stake),
    ] {
        assert_eq!(&column(&ours, name), theirs, "{what}: {name}");
    }
    assert!(epoch.incentives.iter().any(|share| *share > 0), "{what} pays nobody");
    for row in ours["standings"].as_array().unwrap() {
        let uid = row["uid"].as_u64().unwrap() as usize;
        assert_eq!(row["permit"], epoch.permits[uid], "{what}: permit of {uid}");
        let bonds = epoch.bonds[uid].iter().enumerate().filter(|(_, bond)| **bond > 0);
        let bonds: Vec<Value> = bonds.map(|(to, bond)| serde_json::json!([to, bond])).collect();
        assert_eq!(row["bonds"], Value::from(bonds), "{what}: bonds of {uid}");
    }
}

#[test]
fn yuma_on_the_real_snapshot_is_the_references_bit_for_bit() {
    let params = YumaParams::DEFAULT;
    compare("classic", &[], |input| yuma(&params, input, Clipped::Decays));
    let kappa = YumaParams { kappa: 39_321, ..params };
    let arguments = ["--param", "kappa=0.6"];
    compare("kappa", &arguments, |input| yuma(&kappa, input, Clipped::Decays));
    let electorate = Electorate { max_validators: 3, ..Electorate::DEFAULT };
    let three = YumaParams { electorate, variant: YumaVariant::Yuma3 { liquid: None }, ..params };
    let arguments = ["--param", "max_validators=3", "--param", "variant=yuma3"];
    compare("yuma3, three validators", &arguments, |input| yuma(&three, input, Clipped::Decays));
    let variant = YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) };
    let liquid = YumaParams { variant, bonds_penalty: 0, ..params };
    let arguments = ["--param", "variant=yuma3_liquid", "--param", "bonds_penalty=0 %"];
    compare("liquid", &arguments, |input| yuma(&liquid, input, Clipped::Decays));
}

#[test]
fn mean_and_metered_on_the_real_snapshot_are_the_references_bit_for_bit() {
    let params = MeanParams::default();
    compare("mean", &["--mechanism", "mean"], |input| mean(&params, input));
    let params = MeteredParams { kappa: 45_875, ..MeteredParams::DEFAULT };
    let arguments = ["--mechanism", "metered", "--param", "kappa=0.7"];
    compare("metered", &arguments, |input| metered(&params, input));
}
