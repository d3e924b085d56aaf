//! What makes a topic's parameters invalid: every violation at once.

use crate::{
    network::{
        Electorate, MAX_SLOTS, TopicParams,
        reasons::{
            BAD_CUTOFF, BAD_HALF_LIFE, BAD_IMMUNITY, BAD_MECHANISM, BAD_OWNER_CUT, BAD_PRICE,
            BAD_SLOTS, BAD_TEMPO, BAD_VALIDATORS,
        },
    },
    refusal::{Reason, Refusal},
    units::Fraction,
};
use scoring_kernel::Violation;

/// The longest tempo: about two weeks of 12-second blocks.
pub const MAX_TEMPO: u64 = 100_000;
/// The longest immunity, activity cutoff and half-life of the price, in blocks.
pub const MAX_BLOCKS: u64 = 10_000_000;
/// The most permits an epoch.
pub const MAX_VALIDATORS: u16 = 512;
/// The largest owner's cut: one half.
pub const MAX_OWNER_CUT: u32 = Fraction::WHOLE / 2;

impl TopicParams {
    /// Every parameter out of bounds, in the order of the codes; nothing where all are valid.
    ///
    /// Bounds: `tempo` 1 to [`MAX_TEMPO`]; `slots` 1 to [`MAX_SLOTS`]; `immunity` and
    /// `activity_cutoff` at most, `half_life` 1 to [`MAX_BLOCKS`]; `max_validators` 1 to
    /// [`MAX_VALIDATORS`]; the price's `floor` at least 1 and at most its `ceiling`;
    /// `owner_cut` at most [`MAX_OWNER_CUT`]; the mechanism's by the kernel.
    pub fn violations(&self) -> Vec<Refusal> {
        let (price, electorate) = (&self.price, &self.electorate);
        let bounds: [(&'static Reason, u128, u128, u128); 8] = [
            (&BAD_TEMPO, self.tempo.into(), 1, MAX_TEMPO.into()),
            (&BAD_SLOTS, self.slots.into(), 1, MAX_SLOTS.into()),
            (&BAD_IMMUNITY, self.immunity.into(), 0, MAX_BLOCKS.into()),
            (&BAD_VALIDATORS, electorate.max_validators.into(), 1, MAX_VALIDATORS.into()),
            (&BAD_CUTOFF, electorate.activity_cutoff.into(), 0, MAX_BLOCKS.into()),
            (&BAD_PRICE, price.floor.units(), 1, price.ceiling.units()),
            (&BAD_HALF_LIFE, price.half_life.into(), 1, MAX_BLOCKS.into()),
            (&BAD_OWNER_CUT, self.owner_cut.parts().into(), 0, MAX_OWNER_CUT.into()),
        ];
        let mut found = Vec::new();
        for (reason, value, least, most) in bounds {
            if value < least {
                found.push(reason.refuse(value, least));
            } else if value > most {
                found.push(reason.refuse(value, most));
            }
        }
        // No validators are refused above.
        let max_validators = self.electorate.max_validators.max(1);
        let electorate = Electorate { max_validators, ..self.electorate };
        if let Err(all) = self.scoring.mechanism(&electorate).validate() {
            found.extend(all.iter().map(mechanism_refusal));
        }
        found
    }

    /// The first violation as a refusal.
    ///
    /// # Errors
    /// `E0303` to `E0311`; [`violations`](Self::violations) tells all.
    pub(super) fn ensure_valid(&self) -> Result<(), Refusal> {
        self.violations().into_iter().next().map_or(Ok(()), Err)
    }
}

/// The kernel's violation as a refusal: the value and its bound.
fn mechanism_refusal(violation: &Violation) -> Refusal {
    let (have, need) = match *violation {
        Violation::TooHigh { value, maximum, .. } => (value, maximum),
        Violation::TooLow { value, minimum, .. } => (value, minimum),
        Violation::Reversed { low_value, high_value, .. } => (low_value, high_value),
    };
    BAD_MECHANISM.refuse(have.into(), need.into())
}
