//! One object: stakes by slot, rows of the active slots as pairs.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use protocol::Amount;
use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};

use super::Entries;
use super::draft::Draft;
use super::number::{self, Wrong};
use crate::scenario::file::{FileError, Problem, explain};

/// How many findings are told at once.
const MOST_PROBLEMS: usize = 10;
/// Slots, and entries of a row, are at most so many: uids have 16 bits.
const MOST: usize = 1 << 16;

/// A list of at most [`MOST`] items; a longer one is refused where it becomes so.
struct Capped<T>(Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Capped<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct List<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for List<T> {
            type Value = Capped<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    if list.len() == MOST {
                        return Err(A::Error::custom("more than 65536 entries"));
                    }
                    list.push(item);
                }
                Ok(Capped(list))
            }
        }
        from.deserialize_seq(List(PhantomData))
    }
}

/// A row: its slot, and pairs of slot and value.
type RowShape = (u64, Capped<(u64, f64)>);

/// The file's keys.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    #[serde(default)]
    source: String,
    /// Number of slots, where the file says it.
    n: Option<u64>,
    /// In tokens.
    stake: Option<Capped<f64>>,
    /// In base units.
    stake_base: Option<Capped<u64>>,
    #[serde(default = "none")]
    weights_sparse: Capped<RowShape>,
    #[serde(default = "none")]
    bonds_sparse: Capped<RowShape>,
    permits: Option<Capped<bool>>,
    last_update: Option<Capped<u64>>,
    registered: Option<Capped<u64>>,
    block: Option<u64>,
    last_close: Option<u64>,
    owner: Option<u64>,
}

const fn none() -> Capped<RowShape> {
    Capped(Vec::new())
}

/// What was found wrong, with places by key.
struct Found<'a> {
    file: &'a str,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn keep<T>(&mut self, place: &str, result: Result<T, Wrong>) -> Option<T> {
        result.map_err(|wrong| self.say(place, wrong.what, wrong.fix)).ok()
    }

    fn say(&mut self, place: &str, what: String, fix: &str) {
        if self.problems.len() < MOST_PROBLEMS {
            self.problems.push(Problem::at(format!("{}: {place}", self.file), what, fix));
        }
    }
}

/// Reads the object.
pub(super) fn draft(name: &str, text: &str) -> Result<Draft, FileError> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let shape: Shape = serde_path_to_error::deserialize(&mut reader)
        .map_err(|error| refused(name, text, &error))?;
    reader.end().map_err(|error| {
        let place = format!("{name}: line {}, column {}", error.line(), error.column());
        Problem::at(place, "there is more after the object", "keep one object")
    })?;
    let mut found = Found { file: name, problems: Vec::new() };
    let draft = checked(name, shape, &mut found);
    match found.problems.is_empty() {
        true => Ok(draft),
        false => Err(FileError { problems: found.problems }),
    }
}

fn checked(name: &str, shape: Shape, found: &mut Found<'_>) -> Draft {
    let in_tokens = shape.stake.is_some();
    if in_tokens && shape.stake_base.is_some() {
        let what = "there are `stake` and `stake_base`".to_owned();
        found.say("stake", what, "keep one: `stake` in tokens, `stake_base` in base units");
    }
    let has_stakes = in_tokens || shape.stake_base.is_some();
    let stakes = stakes(shape.stake, shape.stake_base, found);
    let slots = stakes.len() as u64;
    if has_stakes && shape.n.is_some_and(|n| n != slots) {
        let what = format!("{slots} stakes for {} slots", shape.n.unwrap_or_default());
        found.say("n", what, "give each slot its stake, or leave `n` out");
    }
    let weights = rows("weights_sparse", shape.weights_sparse, found, number::weights);
    let bonds = rows("bonds_sparse", shape.bonds_sparse, found, number::bonds);
    let mut column =
        |key: &str, list: Option<Capped<u64>>| list.map(|list| by_slot(key, list, slots, found));
    let last_update = column("last_update", shape.last_update);
    let registered = column("registered", shape.registered);
    let permits = shape.permits.map(|list| by_slot("permits", list, slots, found));
    let owner = shape.owner.and_then(|owner| found.keep("owner", number::uid_of(owner)));
    Draft {
        source: if shape.source.is_empty() { name.to_owned() } else { shape.source },
        stakes,
        has_stakes,
        in_tokens,
        lists_slots: has_stakes,
        weights,
        bonds,
        permits,
        last_update,
        registered,
        block: shape.block,
        last_close: shape.last_close,
        owner,
        unread: Vec::new(),
    }
}

fn stakes(
    tokens: Option<Capped<f64>>,
    base: Option<Capped<u64>>,
    found: &mut Found<'_>,
) -> BTreeMap<u16, (Amount, String)> {
    let base = base.map(|base| base.0.into_iter().map(|units| Amount::saturating(units.into())));
    let mut stakes = BTreeMap::new();
    for (uid, units) in (0..=u16::MAX).zip(base.into_iter().flatten()) {
        stakes.insert(uid, (units, format!("stake_base[{uid}]")));
    }
    for (uid, stake) in (0..=u16::MAX).zip(tokens.map(|tokens| tokens.0).unwrap_or_default()) {
        let place = format!("stake[{uid}]");
        // A refused stake keeps its slot, so that nothing else is refused because of it.
        let amount = found.keep(&place, number::tokens(stake)).unwrap_or_default();
        stakes.insert(uid, (amount, place));
    }
    stakes
}

/// Rows by slot; none twice.
fn rows(
    key: &str,
    shape: Capped<RowShape>,
    found: &mut Found<'_>,
    kind: impl Fn(Vec<(u16, f64)>) -> Result<Entries, Wrong>,
) -> BTreeMap<u16, (Entries, String)> {
    let mut rows = BTreeMap::new();
    for (at, (uid, entries)) in shape.0.into_iter().enumerate() {
        let place = format!("{key}[{at}]");
        let Some(uid) = found.keep(&place, number::uid_of(uid)) else { continue };
        let pairs = entries.0.into_iter().map(|(to, value)| Ok((number::uid_of(to)?, value)));
        let row = pairs.collect::<Result<Vec<_>, Wrong>>().and_then(&kind);
        let Some(row) = found.keep(&place, row) else { continue };
        if rows.insert(uid, (row, format!("{}: {place}", found.file))).is_some() {
            found.say(&place, format!("uid {uid} has a row already"), "keep one of the two");
        }
    }
    rows
}

/// A list with one value a slot.
fn by_slot<T>(key: &str, list: Capped<T>, slots: u64, found: &mut Found<'_>) -> BTreeMap<u16, T> {
    let length = list.0.len() as u64;
    if length != slots {
        found.say(key, format!("{length} values for {slots} slots"), "give one for each slot");
    }
    (0..=u16::MAX).zip(list.0).collect()
}

/// What serde refuses, with its place in the text and a fix where one is known.
fn refused(
    name: &str,
    text: &str,
    error: &serde_path_to_error::Error<serde_json::Error>,
) -> FileError {
    let inner = error.inner();
    let (line, column) = (inner.line(), inner.column());
    let path = match error.path().to_string().as_str() {
        "." => String::new(),
        path => format!("{path}, "),
    };
    let place = format!("{name}: {path}line {line}, column {column}");
    let message = inner.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    if let Some(word) = not_json(text, line, column) {
        let fix = "JSON has no such number; find out why it was not measured";
        return Problem::at(place, format!("{word} is no number"), fix).into();
    }
    let explained = explain(String::new(), message);
    let fix = match explained.fix.as_str() {
        "" => "see docs/score.md for the form of the file",
        fix => fix,
    };
    Problem::at(place, explained.what, fix).into()
}

/// `NaN` or `Infinity` at a place of the text, as programs that are not careful write them.
fn not_json(text: &str, line: usize, column: usize) -> Option<&'static str> {
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let from = column.saturating_sub(2);
    let near: String = line.chars().skip(from).take(12).collect();
    ["NaN", "Infinity", "nan", "inf"]
        .into_iter()
        .find(|word| near.find(word).is_some_and(|at| at <= 2))
}
