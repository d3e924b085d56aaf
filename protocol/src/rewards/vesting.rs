//! Grants that vest.

use crate::{
    context::Context,
    effect::Effect,
    refusal::{Refusal, ensure},
    rewards::{
        Event, Grant, State, Vesting,
        claim::mint,
        distribute::told,
        reasons::{GRANT_AMOUNT, GRANT_DATES, NO_GRANT, NOTHING_TO_CLAIM},
    },
    units::{Amount, Timestamp},
    wide::mul_div_floor,
};

impl Grant {
    /// What is earned by `now`: nothing before the cliff,
    /// `floor(total * (now - start) / (end - start))` from then on, all of it from the end on.
    pub fn earned(&self, now: Timestamp) -> Amount {
        if now < self.cliff {
            return Amount::ZERO;
        }
        if now >= self.end {
            return self.total;
        }
        let (passed, whole) = (now.since(self.start), self.end.since(self.start));
        let earned = mul_div_floor(self.total.units(), passed.into(), whole.into());
        Amount::saturating(earned.unwrap_or_default().0)
    }

    /// What is wrong with a new grant, all of it.
    pub fn violations(&self) -> Vec<Refusal> {
        let mut found = Vec::new();
        if self.cliff < self.start || self.end < self.cliff || self.end <= self.start {
            found.push(GRANT_DATES.refuse(self.end.get().into(), self.start.get().into()));
        }
        if self.total.is_zero() || !self.claimed.is_zero() {
            found.push(GRANT_AMOUNT.refuse(self.total.units(), 1));
        }
        found
    }
}

/// Pays out the earned part of one of the sender's grants.
pub(super) fn claim_vested(
    s: &mut impl State,
    cx: &Context,
    number: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let who = cx.sender;
    let Vesting { grant } = s.get((who, number));
    ensure(!grant.total.is_zero(), &NO_GRANT, number, 0u128)?;
    let earned = grant.earned(cx.time);
    let amount = earned.saturating_minus(grant.claimed);
    ensure(!amount.is_zero(), &NOTHING_TO_CLAIM, 0u128, 1u128)?;
    s.set((who, number), Vesting { grant: Grant { claimed: earned, ..grant } });
    fx.push(told(Event::Claimed { who, amount }));
    mint(s, who, amount, fx)
}

#[cfg(test)]
mod tests {
    use crate::{Timestamp, rewards::Grant, testing::amount};
    use proptest::prelude::{prop_assert, proptest};

    fn grant(total: u128, start: u64, cliff: u64, end: u64) -> Grant {
        let time = Timestamp::new;
        let (start, cliff, end) = (time(start), time(cliff), time(end));
        Grant { total: amount(total), start, cliff, end, claimed: amount(0) }
    }

    #[test]
    fn a_grant_is_linear_behind_its_cliff() {
        let grant = grant(1001, 100, 150, 200);
        for (label, now, earned) in [
            ("before", 99, 0),
            ("before the cliff", 149, 0),
            ("at the cliff", 150, 500),
            ("floored", 151, 510),
            ("at the end", 200, 1001),
            ("after", u64::MAX, 1001),
        ] {
            assert_eq!(grant.earned(Timestamp::new(now)), amount(earned), "{label}");
        }
    }

    #[test]
    fn violations_come_all_at_once() {
        let codes =
            |grant: Grant| grant.violations().iter().map(crate::Refusal::code).collect::<Vec<_>>();
        assert_eq!(codes(grant(1, 1, 1, 2)), []);
        assert_eq!(codes(grant(0, 1, 1, 1)), [514, 515]);
        assert_eq!(codes(grant(5, 2, 1, 3)), [514]);
        assert_eq!(codes(grant(5, 1, 4, 3)), [514]);
    }

    proptest! {
        #[test]
        fn what_is_earned_only_grows(
            total in 0u128..1 << 95, start in 0u64..1000, cliff in 0u64..1000,
            length in 1u64..1000, now in 0u64..4000,
        ) {
            let grant = grant(total, start, start + cliff.min(length), start + length);
            let (before, after) =
                (grant.earned(Timestamp::new(now)), grant.earned(Timestamp::new(now + 1)));
            prop_assert!(before <= after && after <= grant.total);
        }
    }
}
