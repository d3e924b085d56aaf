use protocol::{Accrued, Command, Fraction, staking};
use std::num::NonZeroU64;

use super::{Agent, Me, Observation, Outbox};
use crate::scenario::Choice;

/// Lends its power, and moves it towards yield.
pub(super) struct Delegator {
    choice: Choice,
    every: u64,
    margin: Fraction,
    /// Members of a population review in different epochs.
    offset: u64,
}

impl Delegator {
    pub(super) fn new(choice: Choice, every: u32, margin: Fraction, member: usize) -> Self {
        let every = u64::from(every.max(1));
        Self { choice, every, margin, offset: member as u64 % every }
    }

    /// Whether `found` is more than `now` by the margin.
    fn better(&self, found: Accrued, now: Accrued) -> bool {
        let whole = u128::from(Fraction::WHOLE);
        let wanted = now.times(whole + u128::from(self.margin.parts()));
        found.times(whole) > wanted
    }
}

impl Agent for Delegator {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        if seen.epoch % self.every != self.offset || seen.account(me.index).bonded.is_zero() {
            return;
        }
        let current = seen.account(me.index).delegate;
        let to = match self.choice {
            Choice::Random => {
                let Some(count) = NonZeroU64::new(seen.yields.len() as u64) else { return };
                seen.yields.get(me.noise.below(count) as usize).map(|(who, _)| *who)
            }
            Choice::Yield => {
                let of = |who| {
                    let found = seen.yields.iter().find(|(validator, _)| Some(*validator) == who);
                    found.map_or(Accrued::ZERO, |(_, growth)| *growth)
                };
                // The first of the best: ties do not depend on addresses but on seats.
                let best = seen.yields.iter().rev().max_by_key(|(_, growth)| *growth);
                best.filter(|(_, growth)| self.better(*growth, of(current))).map(|(who, _)| *who)
            }
        };
        if to.is_some() && to != current && to != Some(me.account) {
            out.send(Command::Staking(staking::Command::Delegate { to }));
        }
    }
}
