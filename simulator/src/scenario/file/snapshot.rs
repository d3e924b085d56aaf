//! A real network's stakes and weights: a JSON file beside the scenarios.

use protocol::Amount;
use serde::Deserialize;

use super::load::{Loaded, Source, beside};
use super::problem::{FileError, Problem};
use crate::scenario::Snapshot;

/// The file's keys: stakes in tokens by slot, and the rows of active slots as (slot, weight)
/// pairs, ascending by slot.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SnapshotShape {
    source: String,
    n: usize,
    stake: Vec<f64>,
    weights_sparse: Vec<(u16, Vec<(u16, f64)>)>,
}

/// Reads the snapshot that a scenario names. A token has 10^9 base units here, whatever the
/// scenario's token has: the file's numbers are of another network.
pub(super) fn read(
    source: &dyn Source,
    loaded: &Loaded,
    name: &str,
) -> Result<Snapshot, FileError> {
    let failed = |what: String, fix: &str| loaded.error(vec![Problem::at("snapshot", what, fix)]);
    let path = beside(&loaded.file_of("snapshot"), name).ok_or_else(|| {
        failed(format!("`{name}` leaves the scenarios' folder"), "name a file below it")
    })?;
    let bytes = source
        .bytes(&path)
        .map_err(|why| failed(format!("{path} cannot be read: {why}"), "check the name"))?;
    let shape: SnapshotShape = serde_json::from_slice(&bytes).map_err(|error| {
        failed(format!("{path}: {error}"), "see docs/scenarios.md for its form")
    })?;
    snapshot(shape).map_err(|what| failed(format!("{path}: {what}"), "mend the file"))
}

fn snapshot(shape: SnapshotShape) -> Result<Snapshot, String> {
    if shape.stake.len() != shape.n || shape.n > usize::from(u16::MAX) {
        return Err(format!("{} stakes for {} slots", shape.stake.len(), shape.n));
    }
    let stakes = shape.stake.iter().map(|stake| base_units(*stake)).collect::<Result<_, _>>()?;
    let mut last = None;
    let mut rows = Vec::with_capacity(shape.weights_sparse.len());
    for (slot, row) in shape.weights_sparse {
        if usize::from(slot) >= shape.n || last.is_some_and(|last| slot <= last) {
            return Err(format!("row {slot} is out of order or out of range"));
        }
        last = Some(slot);
        rows.push((slot, scaled(slot, &row, shape.n)?));
    }
    Ok(Snapshot { source: shape.source, stakes, rows })
}

/// stake * 10^9, to the nearest base unit.
fn base_units(stake: f64) -> Result<Amount, String> {
    let units = (stake * 1e9).round();
    if !units.is_finite() || !(0.0..1e25).contains(&units) {
        return Err(format!("{stake} is no stake"));
    }
    Amount::new(units as u128).map_err(|refusal| refusal.to_string())
}

/// u16 weight = round(65535 w / row maximum), halves away from zero; zeros are dropped.
fn scaled(slot: u16, row: &[(u16, f64)], n: usize) -> Result<Vec<(u16, u16)>, String> {
    let most = row.iter().map(|(_, weight)| *weight).fold(0.0, f64::max);
    let mut last = None;
    let mut out = Vec::with_capacity(row.len());
    for (to, weight) in row {
        let fits = weight.is_finite() && *weight >= 0.0 && usize::from(*to) < n;
        if !fits || last.is_some_and(|last| *to <= last) {
            return Err(format!("row {slot}: the weight of slot {to} is out of order or range"));
        }
        last = Some(*to);
        let value = (65_535.0 * weight / most).round() as u16;
        if value > 0 {
            out.push((*to, value));
        }
    }
    Ok(out)
}
