//! The live network's own tests: `test_bonds` to the bit, the yuma3 tests within their tolerance.

use crate::exact::{live_emission, rows};
use crate::reference::{self, Clipped, Epoch, product};
use libtest_mimic::{Failed, Trial};
use scoring_kernel::{Electorate, Input, Liquid, Mechanism, Rows, YumaParams, YumaVariant};
use serde_json::Value;

/// All of them, as named tests.
pub(crate) fn trials() -> Vec<Trial> {
    let bonds = read(include_str!("../data/test_bonds.json"));
    let yuma3 = read(include_str!("../data/yuma3_tests.json"));
    let mut trials = vec![Trial::test("published/test_bonds", move || test_bonds(&bonds))];
    for (name, test) in yuma3["tests"].as_object().expect("tests by name") {
        let test = test.clone();
        trials.push(Trial::test(format!("published/{name}"), move || yuma3_test(&test)));
    }
    trials
}

fn read(text: &str) -> Value {
    serde_json::from_str(text).expect("committed numbers are JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn number<T: TryFrom<u64>>(value: &Value) -> T {
    value.as_u64().and_then(|x| T::try_from(x).ok()).expect("a number in range")
}

fn require(right: bool, what: impl Fn() -> String) -> Result<(), Failed> {
    if right { Ok(()) } else { Err(Failed::from(what())) }
}

/// One epoch by the crate, which must equal the reference.
fn epoch(
    params: &YumaParams,
    stakes: &[u64],
    weights: &Rows,
    bonds: &Rows,
    permits: &[bool],
) -> Result<Epoch, Failed> {
    let slots = stakes.len();
    let input = Input {
        stakes,
        weights,
        bonds,
        permits,
        last_update: &vec![1; slots],
        registered: &vec![0; slots],
        block: 2,
        last_close: 1,
        owner: None,
        commit: None,
    };
    let found = product(&Mechanism::Yuma(*params), &input);
    let slow = reference::yuma(params, &input, Clipped::Decays);
    require(found == slow, || format!("crate {found:?}, reference {slow:?}"))?;
    Ok(found)
}

/// Eight epochs: every emission and every asserted bond.
fn test_bonds(case: &Value) -> Result<(), Failed> {
    let stakes: Vec<u64> = list(&case["stakes"]).iter().map(number).collect();
    let slots = stakes.len();
    let params = YumaParams {
        electorate: Electorate { max_validators: 8, ..Electorate::DEFAULT },
        ..YumaParams::DEFAULT
    };
    let mut bonds = Rows::empty(slots);
    let mut permits: Vec<bool> = stakes.iter().map(|&stake| stake != 0).collect();
    let (mut emissions, mut asserted) = (0, 0);
    for (number_, sparse) in list(&case["weights"]).iter().enumerate() {
        let mut weights = Rows::new();
        for row in list(sparse) {
            let pairs = list(row).iter().map(|pair| (number(&pair[0]), number(&pair[1])));
            weights.push_row(pairs)?;
        }
        let found = epoch(&params, &stakes, &weights, &bonds, &permits)?;
        let paid = live_emission(&found, number(&case["emission"]));
        for (uid, expected) in list(&case["emissions"][number_]).iter().enumerate() {
            let expected: u64 = number(expected);
            emissions += 1;
            require(paid[uid] == expected, || {
                format!("epoch {number_}: uid {uid} is paid {}, not {expected}", paid[uid])
            })?;
        }
        for bond in list(&case["bonds"][number_]) {
            let (i, j, expected): (usize, usize, u16) =
                (number(&bond[0]), number(&bond[1]), number(&bond[2]));
            let stored = found.bonds[i][j];
            asserted += 1;
            require(stored == expected, || {
                format!("epoch {number_}: bond {i} in {j} is {stored}, not {expected}")
            })?;
        }
        bonds = rows(&found.bonds, 0, slots);
        permits = found.permits;
    }
    require((emissions, asserted) == (64, 28), || {
        format!("compared {emissions} emissions and {asserted} bonds")
    })
}

/// Epochs of yuma3: bonds and dividends within 0.001 of the four published decimals.
fn yuma3_test(test: &Value) -> Result<(), Failed> {
    let stakes: Vec<u64> = list(&test["stakes"]).iter().map(number).collect();
    let validators = stakes.len();
    let liquid = test["liquid"].as_bool().expect("a flag").then(|| Liquid {
        alpha_low: number(&test["alpha_low"]),
        alpha_high: number(&test["alpha_high"]),
        steepness: number(&test["steepness"]),
    });
    let params = YumaParams {
        electorate: Electorate { max_validators: 3, ..Electorate::DEFAULT },
        kappa: number(&test["kappa"]),
        bonds_moving_average: number(&test["bonds_moving_average"]),
        bonds_penalty: number(&test["bonds_penalty"]),
        variant: YumaVariant::Yuma3 { liquid },
    };
    let contributors = list(&test["weights"][0][0]).len();
    let slots = validators + contributors;
    let stakes: Vec<u64> = (0..slots).map(|i| stakes.get(i).copied().unwrap_or(0)).collect();
    let mut bonds = Rows::empty(slots);
    let mut permits: Vec<bool> = stakes.iter().map(|&stake| stake != 0).collect();
    for (number_, dense) in list(&test["weights"]).iter().enumerate() {
        let dense: Vec<Vec<u16>> =
            list(dense).iter().map(|row| list(row).iter().map(number).collect()).collect();
        let weights = rows(&dense, validators, slots);
        let found = epoch(&params, &stakes, &weights, &bonds, &permits)?;
        for (i, row) in list(&test["bonds"][number_]).iter().enumerate() {
            // one published table carries a column of zeros before the contributors
            let first = list(row).len() - contributors;
            for (j, expected) in list(row).iter().skip(first).enumerate() {
                let stored = f64::from(found.bonds[i][validators + j]) / 65535.0;
                let expected = expected.as_f64().expect("a decimal");
                require((stored - expected).abs() <= 1e-3, || {
                    format!("epoch {number_}: bond {i} in {j} is {stored}, not {expected}")
                })?;
            }
        }
        for (i, expected) in list(&test["dividends"][number_]).iter().enumerate() {
            let dividend = found.dividends[i] as f64 / (1u64 << 32) as f64;
            let expected = expected.as_f64().expect("a decimal");
            require((dividend - expected).abs() <= 1e-3, || {
                format!("epoch {number_}: dividend {i} is {dividend}, not {expected}")
            })?;
        }
        bonds = rows(&found.bonds, 0, slots);
        permits = found.permits;
    }
    Ok(())
}
