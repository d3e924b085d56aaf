//! Cases of which every bit of every epoch is known.

use crate::reference::{self, Clipped, Epoch, product};
use scoring_kernel::{Electorate, Input, Liquid, Mechanism, Rows, YumaParams, YumaVariant};
use serde_json::Value;
use std::fmt;
use std::path::Path;

/// Cases whose liquid alpha under full penalty meets a column without consensus: there the live
/// network drops bonds, and the crate lets them decay.
const DROPS: [&str; 6] = ["case-01", "case-05", "case-15", "case-17", "case-19", "case-21"];

/// How a case came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The crate and the reference give every bit.
    Exact,
    /// Only the reference with `drop_clipped` does, and the crate equals the reference without.
    ByDropClipped,
    /// Neither; where and what.
    Wrong(String),
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact => f.write_str("exact"),
            Self::ByDropClipped => f.write_str("by drop_clipped"),
            Self::Wrong(why) => write!(f, "wrong: {why}"),
        }
    }
}

/// What is known of an epoch; vectors of contributors and validators apart, as published.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    stakes: Vec<u64>,
    weights: Vec<Vec<u16>>,
    consensus: Vec<u64>,
    incentives: Vec<u64>,
    trust: Vec<u64>,
    permits: Vec<bool>,
    dividends: Vec<u64>,
    bonds: Vec<Vec<u16>>,
    /// Contributors', then validators' payment out of 10^9; empty where not recorded.
    emission: Vec<u64>,
}

/// A case: several versions of the rules over the same inputs.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    /// Name of the file, without its ending.
    pub(crate) file: String,
    validators: usize,
    reset: Option<(usize, usize)>,
    versions: Vec<(String, Vec<Known>)>,
}

/// The verdict that a committed case must have.
pub(crate) fn expected(file: &str, version: &str) -> Verdict {
    if version == "yuma3_liquid/bp65535" && DROPS.contains(&file) {
        Verdict::ByDropClipped
    } else {
        Verdict::Exact
    }
}

/// The cases in `tests/data`.
pub(crate) fn committed() -> Vec<Case> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/subtensor-exact");
    directory_of(&directory, Case::compact).expect("the committed cases are readable")
}

/// The cases of a directory in the format in which they are published.
pub(crate) fn directory(directory: &Path) -> Result<Vec<Case>, String> {
    directory_of(directory, Case::published)
}

fn directory_of(
    directory: &Path,
    parse: fn(String, &Value) -> Option<Case>,
) -> Result<Vec<Case>, String> {
    let entries = std::fs::read_dir(directory).map_err(|error| error.to_string())?;
    let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
        let value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        parse(file, &value).ok_or_else(|| format!("{}: not a case", path.display()))
    };
    paths.iter().map(read).collect()
}

fn numbers<T: TryFrom<u64>>(value: &Value) -> Option<Vec<T>> {
    value.as_array()?.iter().map(|x| T::try_from(x.as_u64()?).ok()).collect()
}

fn table<T: TryFrom<u64>>(value: &Value) -> Option<Vec<Vec<T>>> {
    value.as_array()?.iter().map(numbers).collect()
}

fn flags(value: &Value) -> Option<Vec<bool>> {
    value.as_array()?.iter().map(Value::as_bool).collect()
}

/// Entry `epoch` of a list in which null, and what is missing at the end, repeats the one before.
fn repeated(list: &Value, epoch: usize) -> Option<&Value> {
    list.as_array()?.iter().take(epoch + 1).rfind(|value| !value.is_null())
}

impl Case {
    /// Reads the compact form of `tests/data`.
    fn compact(file: String, value: &Value) -> Option<Self> {
        let epochs = usize::try_from(value["epochs"].as_u64()?).ok()?;
        let versions = value["versions"].as_object()?.iter().map(|(version, own)| {
            let known = (0..epochs).map(|epoch| {
                let shared = |key: &str| repeated(&value[key], epoch);
                Some(Known {
                    stakes: numbers(shared("stakes")?)?,
                    weights: table(shared("weights")?)?,
                    consensus: numbers(shared("consensus")?)?,
                    incentives: numbers(shared("incentives")?)?,
                    trust: numbers(shared("trust")?)?,
                    permits: flags(shared("permits")?)?,
                    dividends: numbers(repeated(&own["dividends"], epoch)?)?,
                    bonds: table(repeated(&own["bonds"], epoch)?)?,
                    emission: Vec::new(),
                })
            });
            Some((version.clone(), known.collect::<Option<_>>()?))
        });
        let reset = numbers::<usize>(&value["reset"])
            .and_then(|pair| Some((*pair.first()?, *pair.get(1)?)));
        Some(Self {
            file,
            validators: usize::try_from(value["validators"].as_u64()?).ok()?,
            reset,
            versions: versions.collect::<Option<_>>()?,
        })
    }

    /// Reads the published form.
    fn published(file: String, value: &Value) -> Option<Self> {
        let versions = value["epochs_by_version"].as_object()?.iter().map(|(version, epochs)| {
            let known = epochs.as_array()?.iter().enumerate().map(|(epoch, own)| {
                let mut emission: Vec<u64> = numbers(&own["server_emission"])?;
                emission.extend(numbers::<u64>(&own["validator_emission"])?);
                Some(Known {
                    stakes: numbers(repeated(&value["stakes_u64"], epoch)?)?,
                    weights: table(&own["w_u16"])?,
                    consensus: numbers(&own["consensus"])?,
                    incentives: numbers(&own["incentive"])?,
                    trust: numbers(&own["vtrust"])?,
                    permits: flags(&own["permits"])?,
                    dividends: numbers(&own["dividends"])?,
                    bonds: table(&own["bonds_u16"])?,
                    emission,
                })
            });
            Some((version.clone(), known.collect::<Option<_>>()?))
        });
        let at = |key: &str| usize::try_from(value["reset_bonds_yuma3_only"][key].as_u64()?).ok();
        Some(Self {
            file,
            validators: usize::try_from(value["n_validators"].as_u64()?).ok()?,
            reset: at("before_epoch").zip(at("server_index")),
            versions: versions.collect::<Option<_>>()?,
        })
    }

    /// The versions of the rules, in the order of the file.
    pub(crate) fn versions(&self) -> Vec<String> {
        self.versions.iter().map(|(version, _)| version.clone()).collect()
    }

    /// Runs one version and compares every epoch.
    pub(crate) fn judge(&self, version: &str) -> Verdict {
        let Some((_, known)) = self.versions.iter().find(|(name, _)| name == version) else {
            return Verdict::Wrong(format!("there is no version {version}"));
        };
        let params = match params(version, self.validators) {
            Ok(params) => params,
            Err(error) => return Verdict::Wrong(error),
        };
        let crate_ = self.compare(version, known, |input| product(&Mechanism::Yuma(params), input));
        let decays =
            self.compare(version, known, |input| reference::yuma(&params, input, Clipped::Decays));
        if crate_ != decays {
            return Verdict::Wrong(format!("crate {crate_:?}, reference {decays:?}"));
        }
        let Err(difference) = crate_ else { return Verdict::Exact };
        let drops =
            self.compare(version, known, |input| reference::yuma(&params, input, Clipped::Drops));
        drops.map_or(Verdict::Wrong(difference), |()| Verdict::ByDropClipped)
    }

    /// Runs the epochs, each from the state that the one before left; the first difference.
    fn compare(
        &self,
        version: &str,
        known: &[Known],
        epoch: impl Fn(&Input<'_>) -> Epoch,
    ) -> Result<(), String> {
        let slots = self.validators + known.first().map_or(0, |first| first.consensus.len());
        let mut bonds = Rows::empty(slots);
        let mut permits: Option<Vec<bool>> = None;
        for (number, known) in known.iter().enumerate() {
            if let Some((before, contributor)) = self.reset
                && before == number
                && version.starts_with("yuma3")
            {
                bonds = without(&bonds, self.validators + contributor);
            }
            let stakes = padded(&known.stakes, slots);
            let weights = rows(&known.weights, self.validators, slots);
            let issued =
                permits.take().unwrap_or_else(|| stakes.iter().map(|&stake| stake != 0).collect());
            let input = Input {
                stakes: &stakes,
                weights: &weights,
                bonds: &bonds,
                permits: &issued,
                last_update: &vec![1; slots],
                registered: &vec![0; slots],
                block: 2,
                last_close: 1,
                owner: None,
                commit: None,
            };
            let found = epoch(&input);
            let got = self.known(known, &found);
            if got != *known {
                return Err(format!("epoch {number}: expected {known:?}, got {got:?}"));
            }
            bonds = rows(&found.bonds, 0, slots);
            permits = Some(found.permits);
        }
        Ok(())
    }

    /// The results in the form of the case.
    fn known(&self, known: &Known, found: &Epoch) -> Known {
        let (v, n) = (self.validators, found.consensus.len());
        let emission = if known.emission.is_empty() { Vec::new() } else { emission(found, v) };
        Known {
            stakes: known.stakes.clone(),
            weights: known.weights.clone(),
            consensus: found.consensus[v..].to_vec(),
            incentives: found.incentives[v..].to_vec(),
            trust: found.trust[..v].to_vec(),
            permits: found.permits[..v].to_vec(),
            dividends: found.dividends[..v].to_vec(),
            bonds: found.bonds[..v].iter().map(|row| row[v..n].to_vec()).collect(),
            emission,
        }
    }
}

/// What the live network would pay out of 10^9, contributors first: it leaks dust.
fn emission(found: &Epoch, validators: usize) -> Vec<u64> {
    let paid = live_emission(found, 1_000_000_000);
    let mut order = paid[validators..].to_vec();
    order.extend(&paid[..validators]);
    order
}

/// The live formula: `floor(E (I_i + D_i) / sum(I + D))` part by part; without scores, active stake.
pub(crate) fn live_emission(found: &Epoch, amount: u64) -> Vec<u64> {
    let (one, amount) = (1u128 << 32, u128::from(amount));
    let part = |share: u64, sum: u128| u64::try_from(u128::from(share) * one / sum * amount / one);
    let sum: u128 = found.incentives.iter().chain(&found.dividends).map(|&x| u128::from(x)).sum();
    if sum == 0 {
        return found.active_stake.iter().map(|&s| part(s, one).unwrap()).collect();
    }
    let pairs = found.incentives.iter().zip(&found.dividends);
    pairs.map(|(&i, &d)| part(i, sum).unwrap() + part(d, sum).unwrap()).collect()
}

/// The parameters that a version's name stands for.
fn params(version: &str, validators: usize) -> Result<YumaParams, String> {
    let liquid = Liquid { alpha_low: 6_553, alpha_high: 19_660, steepness: 1_000 };
    let (form, penalty) = version.split_once("/bp").ok_or("a version is form/bpN")?;
    let (variant, bonds_moving_average) = match form {
        "classic" => (YumaVariant::Classic, 900_000),
        "yuma3" => (YumaVariant::Yuma3 { liquid: None }, 975_000),
        "yuma3_liquid" => (YumaVariant::Yuma3 { liquid: Some(liquid) }, 975_000),
        _ => return Err(format!("there is no form {form}")),
    };
    let max_validators = u16::try_from(validators).map_err(|error| error.to_string())?;
    Ok(YumaParams {
        electorate: Electorate { max_validators, ..Electorate::DEFAULT },
        kappa: 32_767,
        bonds_moving_average,
        bonds_penalty: penalty.parse().map_err(|_| format!("{penalty} is no penalty"))?,
        variant,
    })
}

fn padded(values: &[u64], slots: usize) -> Vec<u64> {
    values.iter().copied().chain(std::iter::repeat(0)).take(slots).collect()
}

/// Sparse rows of dense ones whose first column is uid `first`.
pub(crate) fn rows(dense: &[Vec<u16>], first: usize, slots: usize) -> Rows {
    let mut rows = Rows::new();
    for row in 0..slots {
        let values = dense.get(row).map_or(&[][..], Vec::as_slice);
        let uids = (0..=u16::MAX).skip(first);
        rows.push_row(uids.zip(values.iter().copied())).expect("dense rows ascend");
    }
    rows
}

/// `rows` without a column.
fn without(rows: &Rows, column: usize) -> Rows {
    let mut kept = Rows::new();
    for row in rows.iter() {
        let entries = row.iter().filter(|&(uid, _)| usize::from(uid) != column);
        kept.push_row(entries).expect("a part of a row ascends");
    }
    kept
}
