//! What differs between the runs with a proposal and those without it, over seeds.

use std::collections::BTreeMap;

use super::{Holdings, Measured, Preview};
use crate::{
    metrics::{Interval, bootstrap_mean, mean},
    random::Seed,
};

/// The level of intervals.
pub(super) const LEVEL: f64 = 0.95;
/// Resamples of a bootstrap.
const RESAMPLES: usize = 1_000;

/// A number without a proposal, with it, and the difference, each in the mean over seeds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// Without it.
    pub without: f64,
    /// With it.
    pub with: f64,
    /// With less without, by seed; an interval where there are several.
    pub difference: Interval,
}

/// What somebody gains over the horizon.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Who: an account or a group.
    pub name: String,
    /// The group of an account.
    pub group: String,
    /// What it has at the end less what it had, in base units.
    pub gained: Difference,
}

impl Preview {
    /// The difference in a number of a state, which is absent where a seed does not have it.
    pub fn difference(&self, of: impl Fn(&Measured) -> Option<f64>) -> Option<Difference> {
        let all: Option<Vec<(f64, f64)>> =
            self.runs.iter().map(|(without, with)| Some((of(without)?, of(with)?))).collect();
        differing(&all?)
    }

    /// What everybody gains, in the snapshot's order.
    pub fn gains(&self) -> Vec<Gain> {
        let people = self.people.iter().enumerate();
        let gain = |(at, (name, group)): (usize, &(String, String))| {
            let gained = self.difference(|end| gained(end, &self.before, at))?;
            Some(Gain { name: name.clone(), group: group.clone(), gained })
        };
        people.filter_map(gain).collect()
    }

    /// What each group gains, by name; and how many there are in it.
    pub fn group_gains(&self) -> Vec<(Gain, usize)> {
        let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, (_, group)) in self.people.iter().enumerate() {
            members.entry(group).or_default().push(at);
        }
        let groups = members.into_iter().filter_map(|(name, places)| {
            let sum = |end: &Measured| {
                places.iter().map(|at| gained(end, &self.before, *at)).sum::<Option<f64>>()
            };
            let (name, group, gained) = (name.to_owned(), String::new(), self.difference(sum)?);
            Some((Gain { name, group, gained }, places.len()))
        });
        groups.collect()
    }
}

/// What the account at this place has more than before; less is negative.
fn gained(end: &Measured, before: &Measured, at: usize) -> Option<f64> {
    let (now, then) = (end.accounts.get(at)?.all(), before.accounts.get(at)?.all());
    Some(signed(now, then))
}

/// `now - then`, rounded once.
pub(super) fn signed(now: u128, then: u128) -> f64 {
    let size = now.abs_diff(then) as f64;
    if now < then { -size } else { size }
}

fn differing(runs: &[(f64, f64)]) -> Option<Difference> {
    let (without, with): (Vec<f64>, Vec<f64>) = runs.iter().copied().unzip();
    let differences: Vec<f64> = runs.iter().map(|(without, with)| with - without).collect();
    let estimate = mean(&differences)?;
    let exact = Interval { low: estimate, estimate, high: estimate };
    let difference = match differences.len() {
        1 => exact,
        _ => {
            // Always the same draws: the bytes of a report must not depend on anything else.
            let mut stream = Seed::new(0).stream(0, "preview", "bootstrap");
            bootstrap_mean(&differences, LEVEL, RESAMPLES, &mut stream)?
        }
    };
    Some(Difference { without: mean(&without)?, with: mean(&with)?, difference })
}

/// What accounts gained over the horizon, those that lost as nothing: what concentration of pay
/// is measured on.
pub(super) fn payouts(end: &Measured, before: &Measured) -> Vec<u128> {
    let pairs = end.accounts.iter().zip(&before.accounts);
    pairs.map(|(now, then)| now.all().saturating_sub(then.all())).collect()
}

/// What an account has at stake.
pub(super) const fn staked(held: &Holdings) -> u128 {
    held.staked
}

/// What an account votes with.
pub(super) const fn voting(held: &Holdings) -> u128 {
    held.power
}
