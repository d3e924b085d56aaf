//! A real network at one block.

use protocol::Amount;

use crate::random::Fixed;

/// Stakes and weights of a real network, by slot.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Snapshot {
    /// Where the numbers come from.
    pub source: String,
    /// Stake of each slot, in base units.
    pub stakes: Vec<Amount>,
    /// Rows of the active slots, ascending by slot: (slot, entries ascending by slot), each
    /// scaled so that its largest weight is 65535.
    pub rows: Vec<(u16, Vec<(u16, u16)>)>,
}

impl Snapshot {
    /// The row that a slot had submitted; `None` where it is not active.
    pub fn row(&self, slot: u16) -> Option<&[(u16, u16)]> {
        let at = self.rows.binary_search_by_key(&slot, |(slot, _)| *slot).ok()?;
        self.rows.get(at).map(|(_, row)| row.as_slice())
    }

    /// The stake-weighted mean of the rows, each normalised to sum 1, scaled so that the best
    /// slot has 1; floored. Nothing where no active slot has stake.
    pub fn qualities(&self) -> Vec<Fixed> {
        let mut sums = vec![0u128; self.stakes.len()];
        for (slot, row) in &self.rows {
            let stake = self.stakes.get(usize::from(*slot)).copied().unwrap_or_default().units();
            let total: u128 = row.iter().map(|(_, weight)| u128::from(*weight)).sum();
            for (to, weight) in row {
                if let Some(sum) = sums.get_mut(usize::from(*to))
                    && let Some(part) = (stake * u128::from(*weight)).checked_div(total)
                {
                    *sum += part;
                }
            }
        }
        let most = sums.iter().copied().max().unwrap_or(0);
        let scaled = |sum: u128| (sum << 32).checked_div(most).unwrap_or(0);
        // At most 2^32: the best slot's.
        sums.into_iter().map(|sum| Fixed::from_bits(scaled(sum) as i64)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::{Amount, Fixed, Snapshot};

    #[test]
    fn quality_is_the_mean_row_by_stake() {
        let amount = |units| Amount::new(units).unwrap();
        let snapshot = Snapshot {
            source: String::new(),
            stakes: vec![amount(3_000_000), amount(1_000_000), Amount::ZERO, Amount::ZERO],
            rows: vec![(0, vec![(2, 65535)]), (1, vec![(2, 65535), (3, 65535)])],
        };
        // 3 + 1/2 against 1/2.
        let seventh = (1i64 << 32) / 7;
        let qualities = [Fixed::ZERO, Fixed::ZERO, Fixed::ONE, Fixed::from_bits(seventh)];
        assert_eq!(snapshot.qualities(), qualities);
        assert!(snapshot.row(2).is_none());
    }
}
