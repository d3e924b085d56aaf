//! What must hold at the end.

/// One expectation: `aggregate of metric over seeds` compared with a bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    /// The metric's name, one of [`crate::outcome::catalogue`]'s.
    pub metric: String,
    /// How seeds become one number.
    pub over: Aggregate,
    /// How that is compared.
    pub comparison: Comparison,
    /// With what; finite.
    pub bound: f64,
    /// Why the bound is where it is.
    pub note: String,
}

/// How the values of all seeds become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aggregate {
    /// The arithmetic mean.
    Mean,
    /// The quantile at so many percent, interpolated linearly between order statistics; 0 is
    /// the least, 50 the median, 100 the greatest.
    Percentile(u8),
}

/// How a measured value is compared with its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `>=`
    AtLeast,
    /// `>`
    Above,
}
