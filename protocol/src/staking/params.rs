//! What parameters are valid, and which may follow which.

use crate::{
    refusal::Refusal,
    staking::{
        MAX_MULTIPLIER, MAX_NOTICE, MAX_TIERS, MULTIPLIER_ONE, Params, Tier,
        reasons::{
            BOUNTY_TOO_HIGH, FIXED_PARAMETER, MAX_STAKE_TOO_LOW, MULTIPLIER_RANGE, NO_SUCH_TIER,
            NO_TIERS, NOTICE_RANGE, TIER_ORDER, TOO_MANY_TIERS, WEIGHT_OVERFLOW, ZERO_UNIT,
        },
    },
    units::{Amount, Fraction, Power},
};

/// The largest bounty: one half. A larger one would let a culprit inform on itself cheaply.
const MAX_BOUNTY: u32 = Fraction::WHOLE / 2;

impl Params {
    /// What is wrong with the parameters, all of it; nothing where they are valid.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        let count = self.tiers.len();
        if count == 0 {
            found.push(NO_TIERS.refuse(0, 1));
        }
        if count > MAX_TIERS {
            found.push(TOO_MANY_TIERS.refuse(count as u128, MAX_TIERS as u128));
        }
        for tier in &self.tiers {
            if !(1..=MAX_NOTICE).contains(&tier.notice) {
                found.push(NOTICE_RANGE.refuse(tier.notice.into(), MAX_NOTICE.into()));
            }
            if !(MULTIPLIER_ONE..=MAX_MULTIPLIER).contains(&tier.multiplier) {
                found.push(MULTIPLIER_RANGE.refuse(tier.multiplier.into(), MAX_MULTIPLIER.into()));
            }
        }
        for (shorter, longer) in self.tiers.iter().zip(self.tiers.iter().skip(1)) {
            if longer.notice <= shorter.notice || longer.multiplier < shorter.multiplier {
                found.push(TIER_ORDER.refuse(longer.notice.into(), shorter.notice.into()));
            }
        }
        if self.max_stake.is_zero() {
            found.push(MAX_STAKE_TOO_LOW.refuse(0, 1));
        }
        if self.bounty.parts() > MAX_BOUNTY {
            found.push(BOUNTY_TOO_HIGH.refuse(self.bounty.parts().into(), MAX_BOUNTY.into()));
        }
        if self.unit == 0 {
            found.push(ZERO_UNIT.refuse(0, 1));
        } else if self.max_power().units() / self.unit > u128::from(u64::MAX) {
            let most = self.max_power().units() / self.unit;
            found.push(WEIGHT_OVERFLOW.refuse(most, u64::MAX.into()));
        }
        found
    }

    /// What is wrong with `next` as the successor of these parameters, all of it.
    ///
    /// Power that exists never changes silently, so the multipliers of existing tiers, the
    /// asset and the unit of cw4 weights are fixed, and tiers are only appended. Notices may
    /// change: open unbondings keep their date, and later ones get the new notice. `max_stake`
    /// may not fall below what is bonded.
    pub fn violations_of_next(&self, next: &Self, bonded: Amount) -> Vec<Refusal> {
        let mut found = next.violations();
        let kept = self.tiers.len() <= next.tiers.len()
            && self.tiers.iter().zip(&next.tiers).all(|(a, b)| a.multiplier == b.multiplier);
        if !kept || self.asset != next.asset || self.unit != next.unit {
            found.push(FIXED_PARAMETER.bare());
        }
        if next.max_stake < bonded {
            found.push(MAX_STAKE_TOO_LOW.refuse(next.max_stake.units(), bonded.units()));
        }
        found
    }

    /// The most power that can be: all of `max_stake` in the tier of most power.
    pub fn max_power(&self) -> Power {
        let most = self.tiers.iter().map(|tier| tier.multiplier).max().unwrap_or_default();
        power_of(self.max_stake, most)
    }

    /// The tier of this index.
    ///
    /// # Errors
    /// `E0203` where there is none.
    pub fn tier(&self, index: u8) -> Result<Tier, Refusal> {
        let count = self.tiers.len() as u128;
        let tier = self.tiers.get(usize::from(index)).copied();
        tier.ok_or(NO_SUCH_TIER.refuse(index.into(), count.saturating_sub(1)))
    }
}

/// `floor(stake * multiplier / 10^9)`: a position's own power.
pub const fn power_of(stake: Amount, multiplier: u64) -> Power {
    let one = MULTIPLIER_ONE as u128;
    let (whole, rest) = (stake.units() / one, stake.units() % one);
    // whole < 2^66, rest < 2^30, and a valid multiplier is below 2^34.
    Power::new(whole * multiplier as u128 + rest * multiplier as u128 / one)
}

/// cw4's weight: `floor(power / unit)`. A valid unit lets it fit; else it is the largest.
pub fn weight_of(power: Power, unit: u128) -> u64 {
    let weight = power.units().checked_div(unit).unwrap_or_default();
    u64::try_from(weight).unwrap_or(u64::MAX)
}
