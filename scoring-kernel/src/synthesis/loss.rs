//! How losses are written in a row, and what its columns mean.
//!
//! A reputer's row reports losses. A word of 16 bits is a logarithm to base 10 on a grid:
//! `(word - 32768) / 2048`, so from -16 to 16 in steps of a two-thousandth (0.11 % of a loss); nought
//! is absent. Columns 0 and 1 are the combined and the naive network's; three follow a slot. Their
//! places do not depend on how many slots there are.

use super::Signed;

/// The word of a loss of one.
const MIDDLE: i128 = 1 << 15;
/// The grid's fractional bits.
const GRID: u32 = 11;
/// The column of the combined inference's loss.
pub(super) const COMBINED: u16 = 0;
/// The column of the loss of inferers alone, without forecasts.
pub(super) const NAIVE: u16 = 1;
/// Columns that belong to no slot.
const SHARED: u16 = 2;
/// Columns of each slot.
const SECTIONS: u16 = 3;

/// Which loss of a slot a column reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Its own: of its inference, or of the one that its forecasts imply.
    Own,
    /// The combined inference's without it.
    Without,
    /// The naive inference's with it: only forecasters have one.
    With,
}

/// What a column reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The combined inference's loss.
    Combined,
    /// The naive inference's loss.
    Naive,
    /// A loss of a slot.
    Of(u16, Section),
}

impl Column {
    /// What a place in a row means.
    pub const fn at(place: u16) -> Self {
        match place {
            COMBINED => Self::Combined,
            NAIVE => Self::Naive,
            _ => {
                let section = match (place - SHARED) % SECTIONS {
                    0 => Section::Own,
                    1 => Section::Without,
                    _ => Section::With,
                };
                Self::Of((place - SHARED) / SECTIONS, section)
            }
        }
    }

    /// Its place in a row; the last one there is for a slot beyond the 21,844th.
    pub const fn place(self) -> u16 {
        let (uid, section) = match self {
            Self::Combined => return COMBINED,
            Self::Naive => return NAIVE,
            Self::Of(uid, section) => (uid, section),
        };
        let section = match section {
            Section::Own => 0,
            Section::Without => 1,
            Section::With => 2,
        };
        SHARED.saturating_add(SECTIONS.saturating_mul(uid)).saturating_add(section)
    }
}

/// Columns of a row for so many slots: two, and three a slot.
pub const fn columns(slots: usize) -> usize {
    slots.saturating_mul(SECTIONS as usize).saturating_add(SHARED as usize)
}

/// The most slots whose columns have places of 16 bits.
pub(crate) const MAX_WORKERS: usize = ((1 << 16) - SHARED as usize) / SECTIONS as usize;

/// The word of a loss: to the nearest of the grid, halves up; beyond its ends the last one.
pub const fn word_of(loss: Signed) -> u16 {
    let half = 1i128 << (63 - GRID);
    let steps = loss.raw().saturating_add(half) >> (64 - GRID);
    let word = steps.saturating_add(MIDDLE);
    if word < 1 {
        1
    } else if word > u16::MAX as i128 {
        u16::MAX
    } else {
        word as u16
    }
}

/// The loss that a word stands for; `None` for the absent one.
pub const fn loss_of(word: u16) -> Option<Signed> {
    if word == 0 {
        return None;
    }
    Some(Signed::from_raw((word as i128 - MIDDLE) << (64 - GRID)))
}

#[cfg(test)]
mod tests {
    use super::{Column, MAX_WORKERS, Section, columns, loss_of, word_of};
    use crate::synthesis::Signed;

    #[test]
    fn losses_round_to_the_nearest_word() {
        let at = Signed::from_ratio_trunc;
        for (label, loss, word) in [
            ("one", Signed::ZERO, 32_768),
            ("a tenth", at(-1, 1), 30_720),
            ("half a step up", at(1, 4_096), 32_769),
            ("just below", Signed::from_raw(at(1, 4_096).raw() - 1), 32_768),
            ("half a step below goes up", at(-1, 4_096), 32_768),
            ("the least", at(-100, 1), 1),
            ("the greatest", at(100, 1), 65_535),
            ("saturated", Signed::from_raw(i128::MAX), 65_535),
        ] {
            assert_eq!(word_of(loss), word, "{label}");
        }
        assert_eq!(loss_of(0), None);
        for word in 1..=u16::MAX {
            assert_eq!(loss_of(word).map(word_of), Some(word));
        }
    }

    #[test]
    fn every_place_is_one_column() {
        let last = u16::try_from(MAX_WORKERS - 1).unwrap();
        assert_eq!(Column::Of(last, Section::With).place(), u16::MAX - 2);
        assert_eq!(columns(MAX_WORKERS), usize::from(u16::MAX) - 1);
        for place in 0..columns(MAX_WORKERS) as u16 {
            assert_eq!(Column::at(place).place(), place);
        }
        assert_eq!(Column::at(5), Column::Of(1, Section::Own));
    }
}
