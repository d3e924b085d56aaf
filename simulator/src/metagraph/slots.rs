//! A row a slot: `uid,stake,weights`, and what else is known of it.

use std::collections::BTreeMap;

use super::draft::Draft;
use super::lines::{Findings, Lines, Record};
use super::number::{self, Wrong, shown};
use crate::scenario::file::{FileError, Problem};

/// Reads the rows. Weights and bonds are `uid:value` pairs in one field, with spaces, `;` or
/// `|` between them.
pub(super) fn draft(lines: &Lines<'_>) -> Result<Draft, FileError> {
    lines.need("uid", "the first line names the columns: uid,stake,weights")?;
    let mut draft = Draft {
        source: lines.name.to_owned(),
        has_stakes: lines.has("stake") || lines.has("stake_base"),
        in_tokens: lines.has("stake"),
        lists_slots: true,
        permits: lines.has("permit").then(BTreeMap::new),
        last_update: lines.has("last_update").then(BTreeMap::new),
        registered: lines.has("registered").then(BTreeMap::new),
        unread: lines.unread.clone(),
        ..Draft::default()
    };
    if lines.has("stake") && lines.has("stake_base") {
        let what = "there are `stake` and `stake_base`";
        let fix = "keep one: `stake` in tokens, or `stake_base` in base units";
        return Err(Problem::at(format!("{}: header", lines.name), what, fix).into());
    }
    let mut findings = Findings::new();
    lines.each(&mut findings, |record, findings| {
        let read = slot(&mut draft, record);
        findings.keep(read);
    });
    findings.check()?;
    Ok(draft)
}

/// Reads one slot's line.
fn slot(draft: &mut Draft, record: &Record<'_>) -> Result<(), Problem> {
    let uid = record.read("uid", number::uid)?;
    let place = format!("line {}", record.line);
    if let Some((_, before)) = draft.stakes.get(&uid) {
        let what = format!("uid {uid} has a line already: {before}");
        return Err(record.problem(Some("uid"), Wrong { what, fix: "keep one of the two" }));
    }
    let stake = match (draft.has_stakes, draft.in_tokens) {
        (false, _) => Default::default(),
        (true, true) => record.read("stake", |text| number::tokens(number::number(text)?))?,
        (true, false) => record.read("stake_base", number::base_units)?,
    };
    draft.stakes.insert(uid, (stake, place.clone()));
    let weights = record.read("weights", |text| number::weights(pairs(text)?))?;
    if !record.field("weights").is_empty() {
        draft.weights.insert(uid, (weights, place.clone()));
    }
    let bonds = record.read("bonds", |text| number::bonds(pairs(text)?))?;
    if !bonds.is_empty() {
        draft.bonds.insert(uid, (bonds, place));
    }
    if let Some(permits) = &mut draft.permits {
        permits.insert(uid, record.read("permit", number::flag)?);
    }
    if let Some(blocks) = &mut draft.last_update {
        blocks.insert(uid, record.read("last_update", number::whole)?);
    }
    if let Some(blocks) = &mut draft.registered {
        blocks.insert(uid, record.read("registered", number::whole)?);
    }
    Ok(())
}

/// `9:0.25 23:0.75` as pairs.
fn pairs(text: &str) -> Result<Vec<(u16, f64)>, Wrong> {
    let words = text.split(|c: char| c.is_whitespace() || c == ';' || c == '|');
    let pair = |word: &str| {
        let Some((uid, value)) = word.split_once(':') else {
            let what = format!("{} is no pair", shown(word));
            return Err(Wrong { what, fix: "write uid:value, with spaces between pairs" });
        };
        Ok((number::uid(uid)?, number::number(value)?))
    };
    words.filter(|word| !word.is_empty()).map(pair).collect()
}
