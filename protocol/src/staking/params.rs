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

    /// Seconds of the shortest notice; the tiers are ascending. 0 where there is none.
    pub fn shortest_notice(&self) -> u64 {
        self.tiers.iter().map(|tier| tier.notice).min().unwrap_or_default()
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
    let (one, multiplier) = (MULTIPLIER_ONE as u128, multiplier as u128);
    let (whole, rest) = (stake.units() / one, stake.units() % one);
    // whole < 2^66 and rest < 2^30: only a multiplier that is not valid can saturate.
    Power::new(whole.saturating_mul(multiplier).saturating_add(rest * multiplier / one))
}

/// cw4's weight: `floor(power / unit)`. A valid unit lets it fit; else it is the largest.
pub fn weight_of(power: Power, unit: u128) -> u64 {
    let weight = power.units().checked_div(unit).unwrap_or_default();
    u64::try_from(weight).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::weight_of;
    use crate::{
        Amount, Fraction, ModuleId, Power, Refusal,
        staking::{self, Asset, MAX_NOTICE, Params, Tier},
        testing::{Stage, amount, percent, user},
    };

    fn codes(found: &[Refusal]) -> Vec<u16> {
        found.iter().map(Refusal::code).collect()
    }

    fn valid() -> Params {
        Stage::small_staking()
    }

    #[test]
    fn each_violation_has_its_code() {
        let tier = |notice, multiplier| Tier { notice, multiplier };
        let (one, two) = (1_000_000_000, 2_000_000_000);
        let many = (1..=9).map(|notice| tier(notice, one)).collect();
        for (label, params, code) in [
            ("no tier", Params { tiers: vec![], ..valid() }, 217),
            ("many tiers", Params { tiers: many, ..valid() }, 218),
            ("zero notice", Params { tiers: vec![tier(0, one)], ..valid() }, 219),
            ("long notice", Params { tiers: vec![tier(MAX_NOTICE + 1, one)], ..valid() }, 219),
            ("below one", Params { tiers: vec![tier(1, one - 1)], ..valid() }, 220),
            ("above sixteen", Params { tiers: vec![tier(1, 16 * one + 1)], ..valid() }, 220),
            ("order", Params { tiers: vec![tier(2, one), tier(1, two)], ..valid() }, 221),
            ("twice", Params { tiers: vec![tier(2, one), tier(2, two)], ..valid() }, 221),
            ("less power", Params { tiers: vec![tier(1, two), tier(2, one)], ..valid() }, 221),
            ("zero unit", Params { unit: 0, ..valid() }, 222),
            ("weights", Params { max_stake: amount(1 << 63), ..valid() }, 223),
            ("bounty", Params { bounty: percent(51), ..valid() }, 224),
            ("no stake", Params { max_stake: Amount::ZERO, ..valid() }, 225),
        ] {
            assert_eq!(codes(&params.violations()), [code], "{label}");
        }
        assert_eq!(codes(&valid().violations()), []);
    }

    #[test]
    fn all_violations_come_at_once() {
        let params = Params { tiers: vec![], unit: 0, bounty: Fraction::ONE, ..Params::default() };
        assert_eq!(codes(&params.violations()), [217, 225, 224, 222]);
        let mut stage = Stage::default();
        let refused = staking::genesis(&mut stage.store, &params).unwrap_err();
        assert_eq!(codes(&refused), [217, 225, 224, 222]);
        assert_eq!(stage.store, Stage::default().store);
    }

    #[test]
    fn the_wildest_parameters_are_refused_and_not_more() {
        let tiers = vec![Tier { notice: u64::MAX, multiplier: u64::MAX }; 300];
        let params = Params { tiers, max_stake: Amount::MAX, ..valid() };
        let found = codes(&params.violations());
        for code in [218, 219, 220, 221, 223] {
            assert!(found.contains(&code), "{code}");
        }
    }

    #[test]
    fn the_largest_weight_fits_64_bits_exactly() {
        let params = Params { max_stake: amount((1 << 63) - 1), ..valid() };
        assert_eq!(codes(&params.violations()), []);
        assert_eq!(weight_of(params.max_power(), params.unit), u64::MAX - 1);
        assert_eq!(weight_of(Power::new(10), 3), 3);
    }

    #[test]
    fn power_that_exists_cannot_change_by_parameters() {
        let mut stage = Stage::small();
        stage.stake(user(0), 1000, 0).unwrap();
        let appended = {
            let mut tiers = valid().tiers;
            tiers.push(Tier { notice: 800, multiplier: 3_000_000_000 });
            tiers
        };
        let changed = {
            let mut tiers = valid().tiers;
            tiers[2].multiplier += 1;
            tiers
        };
        let longer = valid().tiers.iter().map(|t| Tier { notice: t.notice + 5, ..*t }).collect();
        let treasury = ModuleId::Treasury.account();
        for (label, who, params, outcome) in [
            ("not the authority", user(0), valid(), Err(3)),
            ("multiplier", treasury, Params { tiers: changed, ..valid() }, Err(226)),
            ("fewer", treasury, Params { tiers: vec![valid().tiers[0]], ..valid() }, Err(226)),
            ("unit", treasury, Params { unit: 2, ..valid() }, Err(226)),
            ("asset", treasury, Params { asset: Asset::Native, ..valid() }, Err(226)),
            ("stake", treasury, Params { max_stake: amount(999), ..valid() }, Err(225)),
            ("invalid", treasury, Params { bounty: percent(60), ..valid() }, Err(224)),
            ("notice", treasury, Params { tiers: longer, ..valid() }, Ok(())),
            ("most", treasury, Params { max_stake: amount(1000), ..valid() }, Ok(())),
            ("appended", treasury, Params { tiers: appended, ..valid() }, Ok(())),
        ] {
            let command = crate::Command::Staking(staking::Command::UpdateParams { params });
            assert_eq!(stage.run(who, command), outcome, "{label}");
            stage.lawful();
        }
    }
}
