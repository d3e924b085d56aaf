//! Parameters of the mechanisms, and what makes a set of them invalid.

use crate::fixed::{ONE, from_u16};

/// `bonds_moving_average` is in parts of this.
pub const MOVING_AVERAGE_ONE: u32 = 1_000_000;

/// The steepest sigmoid whose fixed-point exponential does not saturate: 40, in hundredths.
pub const MAX_STEEPNESS: u16 = 4_000;

/// The largest multiplier of seniority, in hundredths.
pub const MAX_MULTIPLIER: u16 = 10_000;

/// One parameter, or one pair, that is out of bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Violation {
    /// A value above its maximum.
    #[error("{parameter} is {value}, above its maximum {maximum}")]
    TooHigh {
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: u64,
        /// The largest value allowed.
        maximum: u64,
    },
    /// A value below its minimum.
    #[error("{parameter} is {value}, below its minimum {minimum}")]
    TooLow {
        /// Name of the parameter.
        parameter: &'static str,
        /// Its value.
        value: u64,
        /// The smallest value allowed.
        minimum: u64,
    },
    /// A lower bound above its upper bound.
    #[error("{low} is {low_value}, above {high}, which is {high_value}")]
    Reversed {
        /// Name of the lower bound.
        low: &'static str,
        /// Its value.
        low_value: u64,
        /// Name of the upper bound.
        high: &'static str,
        /// Its value.
        high_value: u64,
    },
}

/// Every violation of a set of parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// `Ok` without a violation, else all of them.
    pub(crate) fn check(violations: Vec<Violation>) -> Result<(), Self> {
        if violations.is_empty() { Ok(()) } else { Err(Self(violations)) }
    }

    /// The violations, in the order of the parameters.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Violation> {
        self.0.iter()
    }
}

impl core::fmt::Display for Violations {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        for (index, violation) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        Ok(())
    }
}

impl core::error::Error for Violations {}

/// Who weighs with how much stake: what all stake-weighted mechanisms share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Electorate {
    /// Permits issued an epoch, to the largest stakes. At least 1.
    pub max_validators: u16,
    /// Blocks after its last submission for which a validator's stake counts.
    pub activity_cutoff: u64,
    /// Stakes below it count as zero.
    pub stake_threshold: u64,
}

impl Electorate {
    /// The live network's defaults: 128 validators, 5,000 blocks, no threshold.
    pub const DEFAULT: Self =
        Self { max_validators: 128, activity_cutoff: 5_000, stake_threshold: 0 };

    /// Adds what is out of bounds to `violations`.
    pub(crate) fn collect(&self, violations: &mut Vec<Violation>) {
        if self.max_validators == 0 {
            violations.push(Violation::TooLow {
                parameter: "max_validators",
                value: 0,
                minimum: 1,
            });
        }
    }
}

impl Default for Electorate {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Parameters of the stake-weighted mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MeanParams {
    /// Who weighs.
    pub electorate: Electorate,
}

impl MeanParams {
    /// Checks every parameter.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let mut violations = Vec::new();
        self.electorate.collect(&mut violations);
        Violations::check(violations)
    }
}

/// Parameters of pay by measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeteredParams {
    /// Who meters.
    pub electorate: Electorate,
    /// Share of stake, over 65535, that must report at least the measure that counts.
    pub kappa: u16,
    /// Share of a score that an epoch keeps of the last one, in parts of 10^6.
    pub decay: u32,
    /// The largest share of incentives that one slot may have, over 65535. At least 1.
    pub cap: u16,
    /// Multiplier of full seniority in hundredths, 100 to [`MAX_MULTIPLIER`].
    pub top_multiplier: u16,
    /// Blocks since registration after which seniority is full.
    pub ramp: u64,
}

impl MeteredParams {
    /// One half, an even memory of ten epochs, no cap, no seniority.
    pub const DEFAULT: Self = Self {
        electorate: Electorate::DEFAULT,
        kappa: 32_767,
        decay: 900_000,
        cap: u16::MAX,
        top_multiplier: 100,
        ramp: 0,
    };

    /// Checks every parameter.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let mut violations = Vec::new();
        self.electorate.collect(&mut violations);
        if self.decay > MOVING_AVERAGE_ONE {
            violations.push(Violation::TooHigh {
                parameter: "decay",
                value: self.decay.into(),
                maximum: MOVING_AVERAGE_ONE.into(),
            });
        }
        if self.cap == 0 {
            violations.push(Violation::TooLow { parameter: "cap", value: 0, minimum: 1 });
        }
        let top = u64::from(self.top_multiplier);
        if top < 100 {
            violations.push(Violation::TooLow {
                parameter: "top_multiplier",
                value: top,
                minimum: 100,
            });
        }
        if self.top_multiplier > MAX_MULTIPLIER {
            violations.push(Violation::TooHigh {
                parameter: "top_multiplier",
                value: top,
                maximum: MAX_MULTIPLIER.into(),
            });
        }
        Violations::check(violations)
    }

    /// `decay` as a raw share, at most one.
    pub(crate) fn decay_raw(&self) -> u64 {
        let kept = (u64::from(self.decay) << 32) / u64::from(MOVING_AVERAGE_ONE);
        kept.min(ONE)
    }
}

impl Default for MeteredParams {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Parameters of Yuma consensus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YumaParams {
    /// Who weighs.
    pub electorate: Electorate,
    /// Share of stake, over 65535, that must weigh a contributor at least as high as its consensus.
    pub kappa: u16,
    /// Share of the old bonds that an epoch keeps, in parts of 10^6: `1 - alpha`.
    pub bonds_moving_average: u32,
    /// How far bonds follow the clipped weights instead of the submitted ones, over 65535.
    pub bonds_penalty: u16,
    /// How bonds are averaged and what is stored of them.
    pub variant: YumaVariant,
}

/// The form of Yuma's bonds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YumaVariant {
    /// Bonds are shares of a contributor's stake-weighted weights, renormalised each epoch.
    Classic,
    /// Bonds follow each validator's own weights; stake enters with the dividends.
    Yuma3 {
        /// Per-element averaging; `None` uses `bonds_moving_average` everywhere.
        liquid: Option<Liquid>,
    },
}

/// Liquid alpha: bonds are bought and sold faster the farther a weight is from consensus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Liquid {
    /// Alpha far below the middle of the sigmoid, over 65535.
    pub alpha_low: u16,
    /// Alpha far above it, over 65535.
    pub alpha_high: u16,
    /// Slope of the sigmoid in hundredths, 1 to [`MAX_STEEPNESS`].
    pub steepness: u16,
}

impl Liquid {
    /// The live network's defaults: 0.7, 0.9, 10.
    pub const DEFAULT: Self = Self { alpha_low: 45_875, alpha_high: 58_982, steepness: 1_000 };
}

impl Default for Liquid {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl YumaParams {
    /// The live network's defaults: kappa one half, alpha 0.1, full penalty, classic.
    pub const DEFAULT: Self = Self {
        electorate: Electorate::DEFAULT,
        kappa: 32_767,
        bonds_moving_average: 900_000,
        bonds_penalty: u16::MAX,
        variant: YumaVariant::Classic,
    };

    /// Checks every parameter.
    ///
    /// # Errors
    /// All violations at once.
    pub fn validate(&self) -> Result<(), Violations> {
        let mut violations = Vec::new();
        self.electorate.collect(&mut violations);
        if self.bonds_moving_average > MOVING_AVERAGE_ONE {
            violations.push(Violation::TooHigh {
                parameter: "bonds_moving_average",
                value: self.bonds_moving_average.into(),
                maximum: MOVING_AVERAGE_ONE.into(),
            });
        }
        if let YumaVariant::Yuma3 { liquid: Some(liquid) } = self.variant {
            liquid.collect(&mut violations);
        }
        Violations::check(violations)
    }

    /// `kappa` as a raw share.
    pub(crate) const fn kappa_raw(&self) -> u64 {
        from_u16(self.kappa)
    }

    /// `bonds_penalty` as a raw share.
    pub(crate) const fn penalty_raw(&self) -> u64 {
        from_u16(self.bonds_penalty)
    }

    /// `1 - bonds_moving_average` as a raw share; zero when the parameter is out of bounds.
    pub(crate) const fn alpha_raw(&self) -> u64 {
        let kept = ((self.bonds_moving_average as u64) << 32) / MOVING_AVERAGE_ONE as u64;
        ONE.saturating_sub(kept)
    }

    /// Liquid alpha, if the variant has it.
    pub(crate) const fn liquid(&self) -> Option<Liquid> {
        match self.variant {
            YumaVariant::Classic => None,
            YumaVariant::Yuma3 { liquid } => liquid,
        }
    }
}

impl Default for YumaParams {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl Liquid {
    /// Adds what is out of bounds to `violations`.
    pub(crate) fn collect(&self, violations: &mut Vec<Violation>) {
        if self.alpha_low > self.alpha_high {
            violations.push(Violation::Reversed {
                low: "alpha_low",
                low_value: self.alpha_low.into(),
                high: "alpha_high",
                high_value: self.alpha_high.into(),
            });
        }
        if self.steepness == 0 {
            violations.push(Violation::TooLow { parameter: "steepness", value: 0, minimum: 1 });
        }
        if self.steepness > MAX_STEEPNESS {
            violations.push(Violation::TooHigh {
                parameter: "steepness",
                value: self.steepness.into(),
                maximum: MAX_STEEPNESS.into(),
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Electorate, Liquid, YumaParams, YumaVariant};

    #[test]
    fn defaults_are_valid() {
        assert_eq!(YumaParams::DEFAULT.validate(), Ok(()));
        let liquid = YumaVariant::Yuma3 { liquid: Some(Liquid::DEFAULT) };
        assert_eq!(YumaParams { variant: liquid, ..YumaParams::DEFAULT }.validate(), Ok(()));
    }

    #[test]
    fn every_violation_is_reported_at_once() {
        let params = YumaParams {
            electorate: Electorate { max_validators: 0, ..Electorate::DEFAULT },
            bonds_moving_average: 1_000_001,
            variant: YumaVariant::Yuma3 {
                liquid: Some(Liquid { alpha_low: 2, alpha_high: 1, steepness: 0 }),
            },
            ..YumaParams::DEFAULT
        };
        let violations = params.validate().unwrap_err();
        assert_eq!(violations.iter().len(), 4, "{violations}");
    }
}
