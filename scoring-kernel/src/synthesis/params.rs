//! Parameters of synthesis.

use super::Signed;
use crate::params::{Electorate, MOVING_AVERAGE_ONE, Violation, Violations};

/// The most reputers of a synthesis topic: their listening coefficients cost the cube of their number.
pub const MAX_REPUTERS: u16 = 32;

/// Parameters of inference synthesis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SynthesisParams {
    /// Who reports losses; at most [`MAX_REPUTERS`] permits.
    pub electorate: Electorate,
    /// How much of a new regret enters the average, in parts of 10^6. At least 1.
    pub alpha: u32,
}

impl SynthesisParams {
    /// The published network's: a tenth, and 32 reputers where that has 6.
    pub const DEFAULT: Self = Self {
        electorate: Electorate { max_validators: MAX_REPUTERS, ..Electorate::DEFAULT },
        alpha: 100_000,
    };

    /// Checks every parameter.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let mut violations = Vec::new();
        self.electorate.collect(&mut violations);
        for (parameter, value, maximum) in [
            ("max_validators", self.electorate.max_validators.into(), MAX_REPUTERS.into()),
            ("alpha", u64::from(self.alpha), u64::from(MOVING_AVERAGE_ONE)),
        ] {
            if value > maximum {
                violations.push(Violation::TooHigh { parameter, value, maximum });
            }
        }
        if self.alpha == 0 {
            violations.push(Violation::TooLow { parameter: "alpha", value: 0, minimum: 1 });
        }
        Violations::check(violations)
    }

    /// How much of a new regret enters the average.
    pub(super) fn alpha(&self) -> Signed {
        Signed::from_ratio_trunc(self.alpha.into(), MOVING_AVERAGE_ONE.into())
    }
}

impl Default for SynthesisParams {
    fn default() -> Self {
        Self::DEFAULT
    }
}
