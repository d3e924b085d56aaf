//! What an epoch is computed from.

use crate::rows::Rows;

/// Slots a topic may have: uids are 16 bits.
pub const MAX_SLOTS: usize = 1 << 16;

/// The state of a topic at the close of an epoch. All slices have one entry a slot (uid).
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Stake weight of each uid, scaled so that the sum is below 2^63.
    pub stakes: &'a [u64],
    /// Weight rows as accepted: maximum 65535. Missing rows are empty.
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
    #[error("{slots} slots are more than {MAX_SLOTS}")]
    TooManySlots {
        /// Number of slots.
        slots: usize,
    },
    /// A row names a slot that does not exist.
    #[error("row {row} of {part} names uid {uid}, but there are {slots} slots")]
    NoSuchSlot {
        /// `weights` or `bonds`.
        part: &'static str,
        /// The row.
        row: usize,
        /// The uid.
        uid: u16,
        /// Number of slots.
        slots: usize,
    },
}

impl Input<'_> {
    /// Number of slots.
    pub const fn slots(&self) -> usize {
        self.stakes.len()
    }

    /// Checks that all parts describe the same slots.
    ///
    /// # Errors
    /// The first part that does not fit.
    pub fn validate(&self) -> Result<(), InputError> {
        let slots = self.slots();
        if slots > MAX_SLOTS {
            return Err(InputError::TooManySlots { slots });
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
        for (part, rows) in [("weights", self.weights), ("bonds", self.bonds)] {
            if rows.len() > slots {
                return Err(InputError::Length { part, len: rows.len(), slots });
            }
            for (row, entries) in rows.iter().enumerate() {
                if let Some(&uid) = entries.uids().last()
                    && usize::from(uid) >= slots
                {
                    return Err(InputError::NoSuchSlot { part, row, uid, slots });
                }
            }
        }
        Ok(())
    }
}
