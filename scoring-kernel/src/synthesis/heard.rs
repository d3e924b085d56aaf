//! Whose reports count, of which losses, and the network losses that they make.

use super::listening::raised;
use super::loss::{Column, loss_of};
use super::{Signed, SlotMemory, columns, sum};
use crate::input::Input;
use crate::outcome::{Prepared, entry};

/// The reports of an epoch.
#[derive(Debug, Default)]
pub(super) struct Heard {
    /// Who has active stake and reported anything, ascending.
    pub(super) reputers: Vec<u16>,
    /// Their active stakes.
    pub(super) stakes: Vec<Signed>,
    /// Their listening coefficients before the epoch.
    pub(super) listening: Vec<Signed>,
    /// Places of the losses that count, ascending.
    pub(super) places: Vec<u16>,
    /// The network losses: their means by stake over those who report them.
    pub(super) network: Vec<Signed>,
    /// By reputer, its losses at those places; the network's where it reports none.
    pub(super) reports: Vec<Vec<Signed>>,
    /// By reputer, the part that it reports of the losses that it may report.
    pub(super) coverage: Vec<Signed>,
}

impl Heard {
    /// Gathers what was reported. A loss counts where more than half of what is listened to of
    /// reputers' stake reports it.
    pub(super) fn gather(input: &Input<'_>, prepared: &Prepared, memories: &[SlotMemory]) -> Self {
        let mut heard = Self::default();
        let mut rows: Vec<Vec<(u16, Signed)>> = Vec::new();
        for ((from, row), memory) in (0..=u16::MAX).zip(input.weights.iter()).zip(memories) {
            let stake = entry(&prepared.active_stake, from);
            let counted = row.iter().filter(|&(place, _)| may(prepared, from, place));
            let row: Vec<(u16, Signed)> =
                counted.filter_map(|(place, word)| Some((place, loss_of(word)?))).collect();
            if stake != 0 && !row.is_empty() {
                heard.reputers.push(from);
                heard.stakes.push(Signed::from_share(stake));
                heard.listening.push(memory.listening());
                rows.push(row);
            }
        }
        heard.listening = raised(&heard.stakes, &heard.listening);
        heard.weigh(&rows, columns(input.slots()));
        heard.lay_out(&rows, prepared);
        heard
    }

    /// Finds the losses that count, and the network's.
    fn weigh(&mut self, rows: &[Vec<(u16, Signed)>], width: usize) {
        let mut tallies = vec![Tally::default(); width];
        for ((row, &stake), listening) in rows.iter().zip(&self.stakes).zip(&self.listening) {
            for &(place, loss) in row {
                if let Some(tally) = tallies.get_mut(usize::from(place)) {
                    tally.listened = tally.listened.plus(stake.mul_trunc(*listening));
                    tally.stake = tally.stake.plus(stake);
                    tally.losses = tally.losses.plus(stake.mul_trunc(loss));
                }
            }
        }
        let each = self.stakes.iter().zip(&self.listening).map(|(s, a)| s.mul_trunc(*a));
        let all = sum(each);
        for (place, tally) in (0..=u16::MAX).zip(tallies) {
            if tally.listened.plus(tally.listened) > all {
                self.places.push(place);
                self.network.push(tally.losses.div_trunc(tally.stake));
            }
        }
    }

    /// Brings each reputer's losses into the order of places.
    fn lay_out(&mut self, rows: &[Vec<(u16, Signed)>], prepared: &Prepared) {
        for (row, &from) in rows.iter().zip(&self.reputers) {
            let mut report = self.network.clone();
            let (mut given, mut due) = (0i64, 0i64);
            let mut left = row.iter().peekable();
            for (&place, loss) in self.places.iter().zip(&mut report) {
                due += i64::from(may(prepared, from, place));
                while left.next_if(|entry| entry.0 < place).is_some() {}
                if let Some(&(_, own)) = left.next_if(|entry| entry.0 == place) {
                    *loss = own;
                    given += 1;
                }
            }
            self.reports.push(report);
            self.coverage.push(Signed::from_ratio_trunc(given, due));
        }
    }

    /// A network loss, if it counts.
    pub(super) fn loss(&self, column: Column) -> Option<Signed> {
        let at = self.places.binary_search(&column.place()).ok()?;
        self.network.get(at).copied()
    }

    /// What a reputer reported, by its place in the lists; the network's loss where it did not.
    pub(super) fn report(&self, reputer: usize, column: Column) -> Option<Signed> {
        let at = self.places.binary_search(&column.place()).ok()?;
        self.reports.get(reputer)?.get(at).copied()
    }
}

/// What is counted of one loss.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// What is listened to of the stake that reports it.
    listened: Signed,
    /// That stake.
    stake: Signed,
    /// The sum of stake times loss.
    losses: Signed,
}

/// Whether a report at this place counts: of another slot, taken before the report.
fn may(prepared: &Prepared, from: u16, place: u16) -> bool {
    match Column::at(place) {
        Column::Combined | Column::Naive => true,
        Column::Of(uid, _) => prepared.weighs(from, uid),
    }
}
