//! Which mechanism a topic is scored by: the kernel's enum, with an encoding.

use crate::{
    codec::{Codec, Names, codec_enum, codec_struct},
    units::Power,
};
use scoring_kernel::{self as kernel, Memory, RowForm};

/// A topic's mechanism and its parameters; see the kernel for what they mean.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Scoring {
    /// Stake-weighted mean of the normalised rows.
    #[default]
    Mean,
    /// Yuma consensus.
    Yuma {
        /// Majority, in parts of 65535.
        kappa: u16,
        /// Memory of bonds, in parts of 10^6.
        bonds_moving_average: u32,
        /// How far bonds follow the clipped weight, in parts of 65535.
        bonds_penalty: u16,
        /// How bonds are averaged and what is stored of them.
        variant: YumaVariant,
    },
    /// Pay by what meters measured.
    Metered {
        /// Majority, in parts of 65535.
        kappa: u16,
        /// The part of a score kept each epoch, in parts of 10^6.
        decay: u32,
        /// The largest share of the contributors' part, in parts of 65535.
        cap: u16,
        /// The multiplier of full seniority, in hundredths.
        top_multiplier: u16,
        /// Blocks since registration after which seniority is full.
        ramp: u64,
    },
    /// Inferences combined by regret; rows report losses.
    Synthesis {
        /// How much of a new regret enters the average, in parts of 10^6.
        alpha: u32,
    },
}

codec_enum!(Scoring {
    0 => Mean,
    1 => Yuma { kappa, bonds_moving_average, bonds_penalty, variant },
    2 => Metered { kappa, decay, cap, top_multiplier, ramp },
    3 => Synthesis { alpha },
});

/// The form of Yuma's bonds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum YumaVariant {
    /// Shares of a contributor's stake-weighted weights, renormalised each epoch.
    #[default]
    Classic,
    /// Each validator's own weights, averaged; stake enters with the dividends.
    Yuma3 {
        /// Averaging by element; `None` uses `bonds_moving_average` everywhere.
        liquid: Option<Liquid>,
    },
}

codec_enum!(YumaVariant { 0 => Classic, 1 => Yuma3 { liquid } });

/// Liquid alpha: a bond moves faster the farther a weight is from consensus.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Liquid {
    /// Alpha far below the middle of the sigmoid, in parts of 65535.
    pub alpha_low: u16,
    /// Alpha far above it, in parts of 65535.
    pub alpha_high: u16,
    /// Slope of the sigmoid in hundredths.
    pub steepness: u16,
}

codec_struct!(Liquid { alpha_low, alpha_high, steepness });

/// A tag byte, then the parameters where there are any.
impl Codec for Option<Liquid> {
    fn put(&self, names: &dyn Names, out: &mut Vec<u8>) {
        self.is_some().put(names, out);
        if let Some(liquid) = self {
            liquid.put(names, out);
        }
    }
    fn take(names: &dyn Names, from: &mut &[u8]) -> Option<Self> {
        if bool::take(names, from)? { Liquid::take(names, from).map(Some) } else { Some(None) }
    }
}

/// Whose weights count, in every mechanism that goes by stake.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Electorate {
    /// Permits issued an epoch, to the largest powers among those who submit. At least 1.
    pub max_validators: u16,
    /// Blocks after its last submission for which a slot counts.
    pub activity_cutoff: u64,
    /// Power below this counts as none.
    pub stake_threshold: Power,
}

codec_struct!(Electorate { max_validators, activity_cutoff, stake_threshold });

impl Scoring {
    /// The kernel's mechanism for these parameters.
    ///
    /// The threshold has been applied to powers before they are scaled to the kernel's stakes,
    /// so the kernel's own is zero.
    pub fn mechanism(&self, electorate: &Electorate) -> kernel::Mechanism {
        let electorate = kernel::Electorate {
            max_validators: electorate.max_validators,
            activity_cutoff: electorate.activity_cutoff,
            stake_threshold: 0,
        };
        match *self {
            Self::Mean => kernel::Mechanism::Mean(kernel::MeanParams { electorate }),
            Self::Yuma { kappa, bonds_moving_average, bonds_penalty, variant } => {
                kernel::Mechanism::Yuma(kernel::YumaParams {
                    electorate,
                    kappa,
                    bonds_moving_average,
                    bonds_penalty,
                    variant: variant.kernel(),
                })
            }
            Self::Metered { kappa, decay, cap, top_multiplier, ramp } => {
                kernel::Mechanism::Metered(kernel::MeteredParams {
                    electorate,
                    kappa,
                    decay,
                    cap,
                    top_multiplier,
                    ramp,
                })
            }
            Self::Synthesis { alpha } => {
                kernel::Mechanism::Synthesis(kernel::SynthesisParams { electorate, alpha })
            }
        }
    }

    /// What submitted rows contain.
    pub fn row_form(&self) -> RowForm {
        self.mechanism(&Electorate::default()).row_form()
    }

    /// Whose bond rows are stored between epochs.
    pub fn memory(&self) -> Memory {
        self.mechanism(&Electorate::default()).memory()
    }

    /// Whether stored bonds mean the same under both: mean has none, classic and yuma3 store
    /// different quantities, metered each slot's own score, synthesis what it did. Numbers may
    /// differ.
    pub const fn shares_bonds_with(&self, other: &Self) -> bool {
        matches!(
            (self, other),
            (Self::Mean, Self::Mean)
                | (Self::Metered { .. }, Self::Metered { .. })
                | (Self::Synthesis { .. }, Self::Synthesis { .. })
                | (
                    Self::Yuma { variant: YumaVariant::Classic, .. },
                    Self::Yuma { variant: YumaVariant::Classic, .. },
                )
                | (
                    Self::Yuma { variant: YumaVariant::Yuma3 { .. }, .. },
                    Self::Yuma { variant: YumaVariant::Yuma3 { .. }, .. },
                )
        )
    }
}

impl YumaVariant {
    fn kernel(self) -> kernel::YumaVariant {
        match self {
            Self::Classic => kernel::YumaVariant::Classic,
            Self::Yuma3 { liquid } => {
                kernel::YumaVariant::Yuma3 {
                    liquid: liquid.map(|Liquid { alpha_low, alpha_high, steepness }| {
                        kernel::Liquid { alpha_low, alpha_high, steepness }
                    }),
                }
            }
        }
    }
}
