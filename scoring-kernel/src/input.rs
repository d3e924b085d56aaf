//! What an epoch is computed from.

use crate::form::RowForm;
use crate::rows::Rows;

/// Slots a topic may have: uids are 16 bits.
pub const MAX_SLOTS: usize = 1 << 16;

/// The state of a topic at the close of an epoch. All slices have one entry a slot (uid).
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Stake weight of each uid, scaled so that the sum is below 2^63.
    pub stakes: &'a [u64],
    /// Rows as accepted: weights with a maximum of 65535, or losses. Missing rows are empty.
    pub weights: &'a Rows,
    /// Bond rows as the last epoch stored them. Missing rows are empty.
    pub bonds: &'a Rows,
    /// Permits issued by the last epoch: only their holders weigh.
    pub permits: &'a [bool],
    /// Block of each uid's last submission.
    pub last_update: &'a [u64],
    /// Block in which each slot was taken by who holds it now.
    pub registered: &'a [u64],
    /// The block of this close.
    pub block: u64,
    /// The block of the last close: slots taken since then carry no old bonds.
    pub last_close: u64,
    /// The uid that may weigh itself.
    pub owner: Option<u16>,
    /// Block of the earliest live commit: slots taken after it are not weighed.
    pub commit: Option<u64>,
}

/// An input whose parts do not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InputError {
    /// A slice has not one entry a slot.
    #[error("{part} has {len} entries for {slots} slots")]
    Length {
        /// The slice.
        part: &'static str,
        /// Its length.
        len: usize,
        /// Number of slots, the length of `stakes`.
        slots: usize,
    },
    /// There are more slots than uids.
    #[error("{slots} slots are more than {most}")]
    TooManySlots {
        /// Number of slots.
        slots: usize,
        /// The most whose columns have numbers of 16 bits.
        most: usize,
    },
    /// A row has an entry where there is no column: for weights, a slot that does not exist.
    #[error("row {row} of {part} names column {uid}, but there are {columns}")]
    NoSuchColumn {
        /// `weights` or `bonds`.
        part: &'static str,
        /// The row.
        row: usize,
        /// The column; a uid in rows of weights.
        uid: u16,
        /// Number of columns.
        columns: usize,
    },
}

impl Input<'_> {
    /// Number of slots.
    pub const fn slots(&self) -> usize {
        self.stakes.len()
    }

    /// Checks that all parts describe the same slots, with rows of this form.
    ///
    /// # Errors
    /// The first part that does not fit.
    pub fn validate(&self, form: RowForm) -> Result<(), InputError> {
        let (slots, most) = (self.slots(), form.max_slots());
        if slots > most {
            return Err(InputError::TooManySlots { slots, most });
        }
        for (part, len) in [
            ("permits", self.permits.len()),
            ("last_update", self.last_update.len()),
            ("registered", self.registered.len()),
        ] {
            if len != slots {
                return Err(InputError::Length { part, len, slots });
            }
        }
        for (part, rows, columns) in [
            ("weights", self.weights, form.columns(slots)),
            ("bonds", self.bonds, form.bond_columns(slots)),
        ] {
            if rows.len() > slots {
                return Err(InputError::Length { part, len: rows.len(), slots });
            }
            for (row, entries) in rows.iter().enumerate() {
                if let Some(&uid) = entries.uids().last()
                    && usize::from(uid) >= columns
                {
                    return Err(InputError::NoSuchColumn { part, row, uid, columns });
                }
            }
        }
        Ok(())
    }
}
