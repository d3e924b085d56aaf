//! A row a weight: `from,to,weight`, with the stake of `from` or without.

use std::collections::BTreeMap;

use protocol::Amount;

use super::draft::Draft;
use super::lines::{Findings, Lines, Record};
use super::number::{self, Wrong};
use crate::scenario::file::{FileError, Problem};

/// The entries of one validator, and the first line it has.
#[derive(Default)]
struct Row {
    weights: Vec<(u16, f64)>,
    bonds: Vec<(u16, f64)>,
    line: u64,
    stake: Option<Amount>,
}

/// Reads the rows. A `stake` is that of `from`, the same in each of its rows.
pub(super) fn draft(lines: &Lines<'_>) -> Result<Draft, FileError> {
    for column in ["from", "to", "weight"] {
        lines.need(column, "a row a weight has the columns from,to,weight")?;
    }
    let staked = ["stake", "stake_base"].into_iter().find(|column| lines.has(column));
    let mut rows: BTreeMap<u16, Row> = BTreeMap::new();
    let mut findings = Findings::new();
    lines.each(&mut findings, |record, findings| {
        let read = entry(&mut rows, record, staked);
        findings.keep(read);
    });
    findings.check()?;
    let mut draft = Draft {
        source: lines.name.to_owned(),
        has_stakes: staked.is_some(),
        in_tokens: staked == Some("stake"),
        unread: lines.unread.clone(),
        ..Draft::default()
    };
    let mut findings = Findings::new();
    for (uid, row) in rows {
        let place = format!("{}: the rows from uid {uid}, from line {} on", lines.name, row.line);
        let failed = |wrong: Wrong| Problem::at(place.clone(), wrong.what, wrong.fix);
        let weights = findings.keep(number::weights(row.weights).map_err(failed));
        let bonds = findings.keep(number::bonds(row.bonds).map_err(failed));
        if let Some(stake) = row.stake {
            draft.stakes.insert(uid, (stake, place.clone()));
        }
        draft.weights.extend(weights.map(|weights| (uid, (weights, place.clone()))));
        draft.bonds.extend(bonds.filter(|row| !row.is_empty()).map(|row| (uid, (row, place))));
    }
    findings.check()?;
    Ok(draft)
}

fn entry(
    rows: &mut BTreeMap<u16, Row>,
    record: &Record<'_>,
    staked: Option<&str>,
) -> Result<(), Problem> {
    let from = record.read("from", number::uid)?;
    let to = record.read("to", number::uid)?;
    let weight = record.read("weight", number::number)?;
    let stake = match staked {
        None => None,
        Some("stake") => Some(record.read("stake", |text| number::tokens(number::number(text)?))?),
        Some(column) => Some(record.read(column, number::base_units)?),
    };
    let row =
        rows.entry(from).or_insert_with(|| Row { line: record.line, stake, ..Row::default() });
    if row.stake != stake {
        let what = format!("uid {from} had another stake in line {}", row.line);
        return Err(record.problem(staked, Wrong { what, fix: "give it the same in each row" }));
    }
    row.weights.push((to, weight));
    if !record.field("bond").is_empty() {
        row.bonds.push((to, record.read("bond", number::number)?));
    }
    Ok(())
}
