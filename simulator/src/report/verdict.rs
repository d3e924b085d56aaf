//! Gates and the numbers that they judge.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One gate of the scenario with what was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verdict {
    /// The metric, as the scenario names it: `copier.excess_return`.
    pub metric: String,
    /// What the metric is, for a reader who does not know its name. May be empty.
    pub meaning: String,
    /// How the measured value is compared with the bound.
    pub op: Op,
    /// The bound.
    pub bound: f64,
    /// The aggregate that is compared: `p95 of 20 seeds`, `every epoch`.
    pub over: String,
    /// Unit of the bound and of the measured value.
    pub unit: Unit,
    /// What was measured. `None` where the metric did not exist in this run.
    pub measured: Option<Estimate>,
    /// Whether the gate holds.
    pub outcome: Outcome,
    /// Why the bound is where it is, or what to look at when it breaks. May be empty.
    pub note: String,
}

impl Verdict {
    /// Whether `measured op bound`; [`Outcome::NotMeasured`] without a value.
    #[must_use]
    pub fn judge(measured: Option<&Estimate>, op: Op, bound: f64) -> Outcome {
        match measured {
            Some(estimate) if op.holds(estimate.value, bound) => Outcome::Pass,
            Some(_) => Outcome::Fail,
            None => Outcome::NotMeasured,
        }
    }
}

/// How a measured value is compared with its bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Op {
    /// Below the bound.
    #[serde(rename = "<")]
    Below,
    /// At most the bound.
    #[serde(rename = "<=")]
    AtMost,
    /// Equal to the bound.
    #[serde(rename = "==")]
    Equal,
    /// Different from the bound.
    #[serde(rename = "!=")]
    NotEqual,
    /// At least the bound.
    #[serde(rename = ">=")]
    AtLeast,
    /// Above the bound.
    #[serde(rename = ">")]
    Above,
}

impl Op {
    /// Whether `value op bound`.
    #[must_use]
    pub fn holds(self, value: f64, bound: f64) -> bool {
        match self {
            Self::Below => value < bound,
            Self::AtMost => value <= bound,
            Self::Equal => value == bound,
            Self::NotEqual => value != bound,
            Self::AtLeast => value >= bound,
            Self::Above => value > bound,
        }
    }
}

/// Whether a gate holds, ordered from good to bad.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// It holds.
    Pass,
    /// The run did not produce the metric, so nothing is proved: counts as broken.
    NotMeasured,
    /// It is broken.
    Fail,
}

/// A measured value, with its uncertainty where that is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The value.
    pub value: f64,
    /// The interval around it. `None` for an exact value or a single run.
    pub interval: Option<Interval>,
}

impl Estimate {
    /// A value without an interval.
    #[must_use]
    pub fn exact(value: f64) -> Self {
        Self { value, interval: None }
    }

    /// A value with an interval from `low` to `high` at `level` (0.95 = 95 %).
    #[must_use]
    pub fn within(value: f64, low: f64, high: f64, level: f64) -> Self {
        Self { value, interval: Some(Interval { low, high, level }) }
    }
}

/// A confidence interval, or a band over seeds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Its lower end.
    pub low: f64,
    /// Its upper end.
    pub high: f64,
    /// Its level: 0.95 = 95 %.
    pub level: f64,
}

/// The unit of a number, which also decides how it is printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A pure number, such as an index or a correlation: three decimals.
    Ratio,
    /// A fraction of one, printed in percent: 0.125 is `12.5 %`.
    Fraction,
    /// Whole tokens of the symbol given: `12,400 MOOT`.
    Tokens(String),
    /// Whole things, named in the plural: `64 validators`.
    Count(String),
    /// Anything else, with the unit's name: `1.25 s`.
    Of(String),
}
