//! Finds the rows and tiles that matter, and whether 32 bits can hold the epoch.

use super::reciprocal::Reciprocal;
use super::space::{COLUMNS, Fact, Space};
use crate::fixed::{ONE, normalise};
use crate::input::Input;
use crate::mean::counted_sum;
use crate::outcome::{Prepared, entry};
use crate::rows::Row;

impl Space {
    /// Fills everything that precedes the tiles. `false` if a validator has all active stake: its
    /// share of one does not fit 32 bits.
    pub(super) fn plan(&mut self, input: &Input<'_>, prepared: &Prepared) -> bool {
        self.votes.clone_from(&prepared.active_stake);
        normalise(&mut self.votes);
        if self.votes.iter().chain(&prepared.active_stake).any(|&share| share >= ONE) {
            return false;
        }
        self.find_recent(input, prepared);
        let latest = self.registered.iter().copied().max().unwrap_or(0);
        self.facts.clear();
        for (uid, &vote) in (0..=u16::MAX).zip(&self.votes) {
            let index = usize::from(uid);
            let permitted = prepared.permitted.get(index).copied().unwrap_or(false);
            let weights = if permitted { input.weights.row(index) } else { Row::default() };
            if weights.is_empty() && input.bonds.row(index).is_empty() {
                continue;
            }
            let fresh = entry(&prepared.last_update, uid) > latest
                && prepared.commit.is_none_or(|commit| latest <= commit);
            let (sum, counted) = counted(prepared, &self.recent, uid, fresh, weights);
            self.facts.push(Fact {
                uid,
                stake: entry(&prepared.active_stake, uid) as u32, // below one
                vote: vote as u32,                                // below one
                sum: Reciprocal::new(sum),
                permitted,
                single: counted == 1,
                fresh,
                permit: prepared.permits.get(index).copied().unwrap_or(false),
            });
        }
        self.facts.sort_unstable_by_key(|fact| (fact.vote == 0, fact.uid));
        self.voters = self.facts.iter().filter(|fact| fact.vote != 0).count();
        true
    }

    /// The latest registration of each tile, and the columns that some row must leave out.
    fn find_recent(&mut self, input: &Input<'_>, prepared: &Prepared) {
        let tiles = input.slots().div_ceil(COLUMNS);
        self.registered.clear();
        self.registered.resize(tiles, 0);
        for (latest, columns) in self.registered.iter_mut().zip(input.registered.chunks(COLUMNS)) {
            *latest = columns.iter().copied().max().unwrap_or(0);
        }
        let updates = prepared.last_update.iter().zip(&prepared.permitted);
        let first = updates.filter(|&(_, &permitted)| permitted).map(|(&update, _)| update).min();
        let first = first
            .unwrap_or(u64::MAX)
            .min(prepared.commit.map_or(u64::MAX, |c| c.saturating_add(1)));
        self.recent.clear();
        let columns = (0..=u16::MAX).zip(input.registered);
        self.recent.extend(columns.filter(|&(_, &at)| at >= first).map(|(uid, _)| uid));
    }

    /// Marks the tiles in which a row has an entry.
    pub(super) fn find_occupied(&mut self, input: &Input<'_>) {
        self.occupied.clear();
        self.occupied.resize(input.slots().div_ceil(COLUMNS), false);
        for fact in &self.facts {
            let index = usize::from(fact.uid);
            for row in [input.weights.row(index), input.bonds.row(index)] {
                if let Some((first, last)) = run(row) {
                    let touched = first / COLUMNS..=last / COLUMNS;
                    self.occupied.get_mut(touched).unwrap_or_default().fill(true);
                    continue;
                }
                for &uid in row.uids() {
                    if let Some(occupied) = self.occupied.get_mut(usize::from(uid) / COLUMNS) {
                        *occupied = true;
                    }
                }
            }
        }
    }
}

/// First and last uid of a row whose uids are consecutive.
#[inline(always)]
pub(super) fn run(row: Row<'_>) -> Option<(usize, usize)> {
    let (&first, &last) = (row.uids().first()?, row.uids().last()?);
    (usize::from(last - first) + 1 == row.len()).then_some((first.into(), last.into()))
}

/// Sum and number of the values of a row that count.
fn counted(
    prepared: &Prepared,
    recent: &[u16],
    uid: u16,
    fresh: bool,
    row: Row<'_>,
) -> (u64, usize) {
    let value = |to: u16| match row.uids().binary_search(&to) {
        Ok(position) => row.values().get(position).copied().unwrap_or(0),
        Err(_) => 0,
    };
    if !fresh && recent.len() > row.len() / 16 {
        let counted = row.iter().filter(|&(to, _)| prepared.weighs(uid, to)).count();
        return (counted_sum(prepared, uid, row), counted);
    }
    let mut sum = total(row.values());
    let mut left = row.len();
    let own = core::iter::once(uid).filter(|_| prepared.owner != Some(uid));
    let masked = recent.iter().copied().filter(|&to| !fresh && to != uid);
    for to in own.chain(masked) {
        let value = value(to);
        if value != 0 && !prepared.weighs(uid, to) {
            sum -= u64::from(value);
            left -= 1;
        }
    }
    (sum, left)
}

/// Sum of the values: at most 2^16 times 2^16 - 1.
fn total(values: &[u16]) -> u64 {
    values.iter().fold(0u32, |sum, &value| sum.wrapping_add(value.into())).into()
}
