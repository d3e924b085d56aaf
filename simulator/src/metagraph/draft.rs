//! Numbers of a metagraph as they were read, and whether they fit together.

use std::collections::BTreeMap;

use protocol::Amount;

use super::number::MOST_TOKENS;
use super::{Entries, Metagraph};
use crate::scenario::file::{FileError, Problem};

/// What a file says, slot by slot.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub(super) source: String,
    /// Stakes, and the place each was read at.
    pub(super) stakes: BTreeMap<u16, (Amount, String)>,
    /// Whether the file says what stakes there are.
    pub(super) has_stakes: bool,
    /// Whether stakes were given in tokens.
    pub(super) in_tokens: bool,
    /// Whether each slot has a line of its own: uids without one are then no slots.
    pub(super) lists_slots: bool,
    /// Rows, and the place each was read at.
    pub(super) weights: BTreeMap<u16, (Entries, String)>,
    pub(super) bonds: BTreeMap<u16, (Entries, String)>,
    pub(super) permits: Option<BTreeMap<u16, bool>>,
    pub(super) last_update: Option<BTreeMap<u16, u64>>,
    pub(super) registered: Option<BTreeMap<u16, u64>>,
    pub(super) block: Option<u64>,
    pub(super) last_close: Option<u64>,
    pub(super) owner: Option<u16>,
    pub(super) unread: Vec<String>,
}

impl Draft {
    /// Takes the stakes, and the list of slots, from another file.
    pub(super) fn take_stakes(&mut self, other: Self, name: &str) -> Result<(), FileError> {
        if !other.has_stakes {
            let fix = "it needs the columns uid and stake";
            return Err(Problem::at(name, "holds no stakes", fix).into());
        }
        if self.has_stakes {
            let fix = "leave --stakes out, or the stakes in the first file";
            return Err(Problem::at(name, "the first file has stakes already", fix).into());
        }
        self.stakes = other.stakes;
        (self.has_stakes, self.in_tokens) = (true, other.in_tokens);
        self.lists_slots |= other.lists_slots;
        self.unread.extend(other.unread);
        Ok(())
    }

    /// The checked metagraph.
    pub(super) fn finish(self, name: &str) -> Result<Metagraph, FileError> {
        let failed = |what: String, fix: &str| FileError::from(Problem::at(name, what, fix));
        if !self.has_stakes {
            let fix = "add a column `stake`, or give a second file of uid,stake: --stakes FILE";
            return Err(failed("says no stakes".into(), fix));
        }
        self.check_total(name)?;
        let slots = self.slots(name)?;
        self.check_rows(slots)?;
        if let Some(owner) = self.owner.filter(|owner| usize::from(*owner) >= slots) {
            let what = format!("the owner's uid {owner} has no slot");
            return Err(failed(what, "name one of the slots"));
        }
        let mut stakes = vec![Amount::ZERO; slots];
        for (uid, (stake, _)) in self.stakes {
            stakes[usize::from(uid)] = stake;
        }
        let rows = |rows: BTreeMap<u16, (Entries, String)>| {
            rows.into_iter().map(|(uid, (row, _))| (uid, row)).collect()
        };
        Ok(Metagraph {
            source: self.source,
            stakes,
            weights: rows(self.weights),
            bonds: rows(self.bonds),
            permits: self.permits.map(|known| column(slots, &known)),
            last_update: self.last_update.map(|known| column(slots, &known)),
            registered: self.registered.map(|known| column(slots, &known)),
            block: self.block,
            last_close: self.last_close,
            owner: self.owner,
            unread: self.unread,
        })
    }

    /// More stake than fits the kernel, in tokens, is base units by mistake.
    fn check_total(&self, name: &str) -> Result<(), FileError> {
        let total: u128 = self.stakes.values().map(|(stake, _)| stake.units()).sum();
        if !self.in_tokens || total < 1 << 63 {
            return Ok(());
        }
        let what =
            format!("the stakes sum to {} tokens, more than {MOST_TOKENS}", total / 1_000_000_000);
        let fix = "if they are base units (10^9 a token), call them `stake_base`";
        Err(Problem::at(name, what, fix).into())
    }

    /// The number of slots.
    fn slots(&self, name: &str) -> Result<usize, FileError> {
        let last = |rows: &BTreeMap<u16, (Entries, String)>| {
            let to = rows.values().filter_map(|(row, _)| row.last().map(|(uid, _)| *uid)).max();
            to.max(rows.keys().last().copied())
        };
        let listed = self.stakes.keys().last().copied();
        if self.lists_slots {
            let slots = listed.map_or(0, |last| usize::from(last) + 1);
            if let Some(gap) = (0u16..).zip(self.stakes.keys()).find(|(at, uid)| at != *uid) {
                let what = format!("uid {} has no line, but uid {} has", gap.0, gap.1);
                return Err(
                    Problem::at(name, what, "give each slot a line, if only with stake 0").into()
                );
            }
            return Ok(slots);
        }
        let last = listed.max(last(&self.weights)).max(last(&self.bonds));
        Ok(last.map_or(0, |last| usize::from(last) + 1))
    }

    /// That rows are of and for slots that there are.
    fn check_rows(&self, slots: usize) -> Result<(), FileError> {
        let mut problems = Vec::new();
        for (part, rows) in [("weight", &self.weights), ("bond", &self.bonds)] {
            for (uid, (row, place)) in rows {
                let to = row.last().map_or(*uid, |(to, _)| *to).max(*uid);
                if usize::from(to) >= slots {
                    let what = format!("a {part} names uid {to}, which has no slot");
                    let fix = match slots {
                        0 => "there are no slots at all: list them with their stakes".to_owned(),
                        _ => format!(
                            "slots are 0 to {}: list it with its stake, or leave the {part} out",
                            slots - 1
                        ),
                    };
                    problems.push(Problem::at(place.clone(), what, fix));
                }
            }
        }
        problems.truncate(10);
        if problems.is_empty() { Ok(()) } else { Err(FileError { problems }) }
    }
}

/// A value a slot; the default where nothing is known.
fn column<T: Copy + Default>(slots: usize, known: &BTreeMap<u16, T>) -> Vec<T> {
    let mut column = vec![T::default(); slots];
    for (uid, value) in known {
        if let Some(cell) = column.get_mut(usize::from(*uid)) {
            *cell = *value;
        }
    }
    column
}
