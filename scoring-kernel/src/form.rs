//! What the rows that validators submit contain, by mechanism.

use crate::input::MAX_SLOTS;
use crate::rows::{RowError, accept_row, check_row};
use crate::synthesis;

/// What a submitted row contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowForm {
    /// Weights of slots: proportions, scaled so that the largest is 65535.
    Weights,
    /// Losses of a synthesis topic, as they are: [`synthesis::Column`] and [`synthesis::word_of`].
    Losses,
}

impl RowForm {
    /// Columns of a row where there are so many slots.
    pub const fn columns(self, slots: usize) -> usize {
        match self {
            Self::Weights => slots,
            Self::Losses => synthesis::columns(slots),
        }
    }

    /// Columns of a bond row.
    pub(crate) const fn bond_columns(self, slots: usize) -> usize {
        match self {
            Self::Weights => slots,
            Self::Losses => synthesis::WORDS,
        }
    }

    /// The most slots whose columns have numbers of 16 bits.
    pub const fn max_slots(self) -> usize {
        match self {
            Self::Weights => MAX_SLOTS,
            Self::Losses => synthesis::MAX_WORKERS,
        }
    }

    /// Checks a submitted row of (column, value) pairs and brings it into the form in which it is
    /// stored: columns ascending, no value zero, weights scaled.
    ///
    /// # Errors
    /// A column given twice, one below its predecessor, one that does not exist.
    pub fn accept(
        self,
        submitted: &[(u16, u16)],
        slots: usize,
    ) -> Result<Vec<(u16, u16)>, RowError> {
        match self {
            Self::Weights => accept_row(submitted, slots),
            Self::Losses => check_row(submitted, self.columns(slots)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RowForm;
    use crate::rows::RowError;

    #[test]
    fn losses_are_stored_as_they_are() {
        let row = [(0, 30_000), (4, 0), (7, 1)];
        assert_eq!(RowForm::Losses.accept(&row, 2), Ok(vec![(0, 30_000), (7, 1)]));
        let error = Err(RowError::NoSuchSlot { position: 0, uid: 8, slots: 8 });
        assert_eq!(RowForm::Losses.accept(&[(8, 1)], 2), error);
        assert_eq!(RowForm::Weights.accept(&[(0, 1), (1, 0)], 2), Ok(vec![(0, 65_535)]));
    }
}
