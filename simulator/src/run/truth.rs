//! True quality of everybody's work, which agents can only estimate.

use protocol::Fraction;

use super::Roster;
use crate::{
    random::{Fixed, Seed, Stream},
    scenario::Scenario,
};

/// True quality by member, and how it moves.
pub(super) struct Truth {
    qualities: Vec<Fixed>,
    /// Members whose quality drifts: (index, deviation of a step, its stream).
    walks: Vec<(usize, Fixed, Stream)>,
}

impl Truth {
    pub(super) fn new(scenario: &Scenario, roster: &Roster, run: u64) -> Self {
        let seed = Seed::new(scenario.seed);
        let walks = roster.members.iter().enumerate().filter_map(|(index, member)| {
            let deviation = scenario.populations[member.group].drift.deviation;
            let walks = deviation > Fixed::ZERO && member.quality > Fixed::ZERO;
            walks.then(|| (index, deviation, seed.stream(run, &member.name, "drift")))
        });
        let walks = walks.collect();
        Self { qualities: roster.members.iter().map(|member| member.quality).collect(), walks }
    }

    /// The quality of a member's work now, 0 to 1.
    pub(super) fn of(&self, index: usize) -> Fixed {
        self.qualities.get(index).copied().unwrap_or_default()
    }

    /// One epoch passes.
    pub(super) fn drift(&mut self) {
        for (index, deviation, stream) in &mut self.walks {
            let step = deviation.mul_floor(stream.standard_normal());
            self.qualities[*index] = reflected(self.qualities[*index] + step);
        }
    }

    /// What is left of a member's quality.
    pub(super) fn scale(&mut self, index: usize, to: Fraction) {
        let factor = Fixed::from_billionths(i64::from(to.parts()));
        if let Some(quality) = self.qualities.get_mut(index) {
            *quality = quality.mul_floor(factor);
        }
    }
}

/// A value that left [0, 1] mirrored back into it.
fn reflected(value: Fixed) -> Fixed {
    let (one, bits) = (Fixed::ONE.bits(), value.bits());
    let within = bits.rem_euclid(2 * one);
    Fixed::from_bits(if within > one { 2 * one - within } else { within })
}

#[cfg(test)]
mod tests {
    use super::{Fixed, reflected};

    #[test]
    fn reflection_stays_inside() {
        let fixed = |billionths| Fixed::from_billionths(billionths);
        assert_eq!(reflected(fixed(1_250_000_000)), fixed(750_000_000));
        assert_eq!(reflected(fixed(-250_000_000)), fixed(250_000_000));
        assert_eq!(reflected(Fixed::ONE), Fixed::ONE);
    }
}
