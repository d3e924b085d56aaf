//! Steps 5 and 6: the stake-weighted median, clipping, trust, ranks and incentives.

use super::Scratch;
use crate::fixed::{mul_floor, normalise};
use crate::input::Input;
use crate::outcome::{Prepared, entry};

/// The weights of validators with active stake, by column.
#[derive(Debug, Default)]
pub(crate) struct Columns {
    /// Column `j` is the entries `starts[j] .. starts[j + 1]`.
    starts: Vec<usize>,
    /// Weight, and stake of the row.
    entries: Vec<(u64, u64)>,
    /// Active stake, divided by its sum once more as the live network does.
    stake: Vec<u64>,
}

impl Columns {
    /// Transposes the normalised weights of rows that have stake.
    fn fill(&mut self, input: &Input<'_>, weights: &[u64], row_starts: &[usize]) {
        self.starts.clear();
        self.starts.resize(input.slots().saturating_add(2), 0);
        let rows = || {
            let entries = row_starts.iter().map(|&start| weights.get(start..).unwrap_or(&[]));
            input.weights.iter().zip(entries).zip(&self.stake).filter(|&(_, &stake)| stake != 0)
        };
        let mut starts = core::mem::take(&mut self.starts);
        for ((row, weights), _) in rows() {
            for (&uid, _) in row.uids().iter().zip(weights).filter(|&(_, &weight)| weight != 0) {
                if let Some(count) = starts.get_mut(usize::from(uid) + 2) {
                    *count += 1;
                }
            }
        }
        let mut total = 0;
        for start in &mut starts {
            total += *start;
            *start = total;
        }
        let mut entries = core::mem::take(&mut self.entries);
        entries.clear();
        entries.resize(total, (0, 0));
        for ((row, weights), &stake) in rows() {
            for (&uid, &weight) in
                row.uids().iter().zip(weights).filter(|&(_, &weight)| weight != 0)
            {
                if let Some(next) = starts.get_mut(usize::from(uid) + 1) {
                    if let Some(slot) = entries.get_mut(*next) {
                        *slot = (weight, stake);
                    }
                    *next += 1;
                }
            }
        }
        self.starts = starts;
        self.entries = entries;
    }
}

/// Writes consensus: `C_j = max { w : stake that weighs j below w is at most sum(S) - kappa }` over
/// rows with stake, that is the largest weight which stake of at least kappa supports.
pub(super) fn agree(kappa: u64, input: &Input<'_>, scratch: &mut Scratch, prepared: &mut Prepared) {
    let columns = &mut scratch.columns;
    columns.stake.clone_from(&prepared.active_stake);
    normalise(&mut columns.stake);
    columns.fill(input, &scratch.weights, &scratch.starts);
    let total: u64 = columns.stake.iter().sum();
    let minority = total.saturating_sub(kappa);
    prepared.consensus.clear();
    let mut rest = columns.entries.as_mut_slice();
    let mut start = 0;
    for &end in columns.starts.iter().skip(1).take(input.slots()) {
        let (column, after) = rest.split_at_mut(end.saturating_sub(start).min(rest.len()));
        prepared.consensus.push(weighted_median(column, total, minority));
        rest = after;
        start = end;
    }
}

/// The largest weight below which at most `minority` of stake weighs. `total` is all stake; what the
/// column does not contain weighs zero.
fn weighted_median(column: &mut [(u64, u64)], total: u64, minority: u64) -> u64 {
    column.sort_unstable_by_key(|&(weight, _)| weight);
    let held: u64 = column.iter().map(|&(_, stake)| stake).sum();
    let absent = total.saturating_sub(held);
    let lowest = if absent == 0 { column.first().map_or(0, |&(weight, _)| weight) } else { 0 };
    let mut below = absent;
    let mut median = lowest;
    for group in column.chunk_by(|a, b| a.0 == b.0) {
        if below > minority {
            break;
        }
        median = group.first().map_or(median, |&(weight, _)| weight);
        below += group.iter().map(|&(_, stake)| stake).sum::<u64>();
    }
    median
}

/// Writes trust `T_i = sum_j min(W_ij, C_j)` and incentives `R / sum(R)` with
/// `R_j = sum_i floor(S_i min(W_ij, C_j))`.
pub(super) fn rank(input: &Input<'_>, scratch: &Scratch, prepared: &mut Prepared) {
    let slots = input.slots();
    let mut ranks = core::mem::take(&mut prepared.incentives);
    ranks.clear();
    ranks.resize(slots, 0);
    prepared.trust.clear();
    for (index, &stake) in prepared.active_stake.iter().enumerate() {
        let mut trust = 0u64;
        for (&uid, &weight) in input.weights.row(index).uids().iter().zip(scratch.row(index)) {
            let clipped = weight.min(entry(&prepared.consensus, uid));
            trust = trust.saturating_add(clipped);
            if let Some(rank) = ranks.get_mut(usize::from(uid)) {
                *rank = rank.saturating_add(mul_floor(stake, clipped));
            }
        }
        prepared.trust.push(trust);
    }
    normalise(&mut ranks);
    prepared.incentives = ranks;
}

#[cfg(test)]
mod tests {
    use super::weighted_median;

    #[test]
    fn the_median_is_the_largest_weight_with_enough_support() {
        for (label, column, total, minority, median) in [
            ("nobody", vec![], 0, 0, 0),
            ("one", vec![(7, 10)], 10, 5, 7),
            ("half weigh nothing", vec![(7, 5)], 10, 5, 7),
            ("most weigh nothing", vec![(7, 4)], 10, 5, 0),
            ("middle", vec![(3, 4), (1, 3), (2, 3)], 10, 5, 2),
            ("equal weights are one", vec![(2, 3), (2, 3), (5, 4)], 10, 5, 2),
            ("everybody must support it", vec![(3, 4), (1, 3), (2, 3)], 10, 0, 1),
            ("nobody need support it", vec![(3, 4), (1, 3), (2, 3)], 10, 10, 3),
        ] {
            let mut column: Vec<(u64, u64)> = column;
            assert_eq!(weighted_median(&mut column, total, minority), median, "{label}");
        }
    }
}
