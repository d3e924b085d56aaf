//! How amounts and qualities are spread over the members of a population.

use schemars::JsonSchema;
use serde::Deserialize;

use super::problem::Problem;
use super::quantity::{Tokens, Units, fixed};
use crate::random::Fixed;
use crate::scenario::{QualitySpread, Spread};

/// `"1000 MOOT"`, a list of such, `{ lognormal = .. }`, `{ pareto = .. }`, or `"snapshot"`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected an amount such as \"1000 MOOT\", a list of them, \"snapshot\", \
                 { lognormal = { median, sigma } } or { pareto = { minimum, shape } }"
)]
pub(super) enum SpreadShape {
    /// The same for each, or "snapshot".
    Each(Tokens),
    /// One for each.
    List(Vec<Tokens>),
    /// Drawn.
    Drawn(DrawnAmount),
}

/// Drawn for each member.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum DrawnAmount {
    /// median * e^(sigma N(0, 1)).
    Lognormal {
        /// Half of all are below.
        median: Tokens,
        /// Deviation of the logarithm.
        sigma: f64,
    },
    /// P(X > x) = (minimum / x)^shape.
    Pareto {
        /// The least.
        minimum: Tokens,
        /// Above 1 for a finite mean.
        shape: f64,
    },
}

/// A number, a list of such, `{ uniform = .. }`, or `"snapshot"`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "expected a number from 0 to 1, a list of them, \"snapshot\" or \
                 { uniform = { low, high } }"
)]
pub(super) enum QualityShape {
    /// The same for each.
    Each(f64),
    /// One for each.
    List(Vec<f64>),
    /// "snapshot": the stake-weighted mean row there.
    Word(String),
    /// Drawn.
    Drawn(DrawnQuality),
}

/// Drawn for each member.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum DrawnQuality {
    /// Uniform from low to high.
    Uniform {
        /// The least.
        low: f64,
        /// The greatest.
        high: f64,
    },
}

impl SpreadShape {
    pub(super) fn spread(&self, units: &Units, path: &str) -> Result<Spread, Problem> {
        Ok(match self {
            Self::Each(tokens) if tokens.is_word("snapshot") => Spread::Snapshot,
            Self::Each(tokens) => Spread::Each(tokens.amount(units, path)?),
            Self::List(list) => {
                let each = list.iter().enumerate();
                let each = each.map(|(n, tokens)| tokens.amount(units, &format!("{path}[{n}]")));
                Spread::List(each.collect::<Result<_, _>>()?)
            }
            Self::Drawn(DrawnAmount::Lognormal { median, sigma }) => Spread::Lognormal {
                median: median.amount(units, &format!("{path}.lognormal.median"))?,
                sigma: fixed(*sigma, &format!("{path}.lognormal.sigma"))?,
            },
            Self::Drawn(DrawnAmount::Pareto { minimum, shape }) => Spread::Pareto {
                minimum: minimum.amount(units, &format!("{path}.pareto.minimum"))?,
                shape: fixed(*shape, &format!("{path}.pareto.shape"))?,
            },
        })
    }
}

impl QualityShape {
    pub(super) fn spread(&self, path: &str) -> Result<QualitySpread, Problem> {
        Ok(match self {
            Self::Each(number) => QualitySpread::Each(quality(*number, path)?),
            Self::List(list) => {
                let each = list.iter().enumerate();
                let each = each.map(|(n, number)| quality(*number, &format!("{path}[{n}]")));
                QualitySpread::List(each.collect::<Result<_, _>>()?)
            }
            Self::Word(word) if word == "snapshot" => QualitySpread::Snapshot,
            Self::Word(word) => {
                let fix = "write \"snapshot\", or a number from 0 to 1";
                return Err(Problem::at(path, format!("`{word}` is no quality"), fix));
            }
            Self::Drawn(DrawnQuality::Uniform { low, high }) => QualitySpread::Uniform {
                low: quality(*low, &format!("{path}.uniform.low"))?,
                high: quality(*high, &format!("{path}.uniform.high"))?,
            },
        })
    }
}

fn quality(number: f64, path: &str) -> Result<Fixed, Problem> {
    let quality = fixed(number, path)?;
    if quality > Fixed::ONE {
        return Err(Problem::at(path, format!("{number} is above 1"), "quality is from 0 to 1"));
    }
    Ok(quality)
}
