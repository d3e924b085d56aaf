//! Walks two sparse rows as one.

use core::iter::Peekable;

/// Cells of a weight row and a bond row, ascending by uid; what is absent from one is zero there.
pub(crate) struct Merge<W: Iterator, B: Iterator> {
    weights: Peekable<W>,
    bonds: Peekable<B>,
}

/// Merges two ascending rows.
pub(crate) fn merge<W, B>(weights: W, bonds: B) -> Merge<W, B>
where
    W: Iterator<Item = (u16, u64)>,
    B: Iterator<Item = (u16, u16)>,
{
    Merge { weights: weights.peekable(), bonds: bonds.peekable() }
}

impl<W, B> Iterator for Merge<W, B>
where
    W: Iterator<Item = (u16, u64)>,
    B: Iterator<Item = (u16, u16)>,
{
    /// Uid, weight, stored bond.
    type Item = (u16, u64, u16);

    fn next(&mut self) -> Option<Self::Item> {
        match (self.weights.peek().copied(), self.bonds.peek().copied()) {
            (Some((w_uid, weight)), Some((b_uid, bond))) if w_uid == b_uid => {
                self.weights.next();
                self.bonds.next();
                Some((w_uid, weight, bond))
            }
            (Some((w_uid, weight)), b) if b.is_none_or(|(b_uid, _)| w_uid < b_uid) => {
                self.weights.next();
                Some((w_uid, weight, 0))
            }
            (_, Some((b_uid, bond))) => {
                self.bonds.next();
                Some((b_uid, 0, bond))
            }
            (_, None) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::merge;

    #[test]
    fn absent_is_zero_on_either_side() {
        let cells: Vec<_> =
            merge([(1, 10), (4, 40), (9, 90)].into_iter(), [(0, 1), (4, 2), (7, 3)].into_iter())
                .collect();
        assert_eq!(cells, [(0, 0, 1), (1, 10, 0), (4, 40, 2), (7, 0, 3), (9, 90, 0)]);
    }
}
