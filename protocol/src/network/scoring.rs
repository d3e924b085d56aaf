//! Which mechanism a topic is scored by: the kernel's enum, with an encoding.

use crate::codec::codec_enum;

/// A topic's mechanism and its parameters; see the kernel for what they mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scoring {
    /// Stake-weighted mean of the normalised rows.
    #[default]
    Mean,
    /// Yuma consensus, classic bonds.
    Yuma {
        /// Majority, in parts of 65535.
        kappa: u16,
        /// Memory of bonds, in parts of 10^6.
        bonds_moving_average: u32,
        /// How far bonds follow the clipped weight, in parts of 65535.
        bonds_penalty: u16,
        /// How many may validate.
        max_validators: u16,
        /// Blocks after which a silent validator does not count.
        activity_cutoff: u64,
    },
}

codec_enum!(Scoring {
    0 => Mean,
    1 => Yuma { kappa, bonds_moving_average, bonds_penalty, max_validators, activity_cutoff },
});
