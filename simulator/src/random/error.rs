use super::Fixed;

/// A distribution that does not exist.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SampleError {
    /// A parameter that must be nought or more.
    #[error("{parameter} is {value}; it must not be negative")]
    Negative {
        /// The parameter's name.
        parameter: &'static str,
        /// What was given.
        value: Fixed,
    },
    /// A parameter that must be above nought.
    #[error("{parameter} is {value}; it must be positive")]
    NotPositive {
        /// The parameter's name.
        parameter: &'static str,
        /// What was given.
        value: Fixed,
    },
    /// A range whose ends are the wrong way round.
    #[error("the range from {low} to {high} is empty")]
    EmptyRange {
        /// First value.
        low: u64,
        /// Last value.
        high: u64,
    },
    /// More distinct items wanted than there are.
    #[error("{wanted} distinct items wanted out of {available}")]
    TooMany {
        /// How many were asked for.
        wanted: u64,
        /// How many there are.
        available: u64,
    },
    /// A probability above one.
    #[error("{parts} parts per billion is a probability above one")]
    AboveOne {
        /// Parts per 10^9.
        parts: u32,
    },
    /// Categorical weights that are all nought, or none at all.
    #[error("no category has a weight above nought")]
    NoWeight,
    /// Categorical weights whose sum is 2^64 or more.
    #[error("the weights sum to {sum}, above 2^64 - 1")]
    WeightsTooLarge {
        /// Their sum.
        sum: u128,
    },
}

impl SampleError {
    pub(super) fn refuse_negative(parameter: &'static str, value: Fixed) -> Result<(), Self> {
        if value < Fixed::ZERO { Err(Self::Negative { parameter, value }) } else { Ok(()) }
    }

    pub(super) fn refuse_not_positive(parameter: &'static str, value: Fixed) -> Result<(), Self> {
        if value <= Fixed::ZERO { Err(Self::NotPositive { parameter, value }) } else { Ok(()) }
    }
}
