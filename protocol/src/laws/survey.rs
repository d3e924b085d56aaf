//! Every law that one state shows, each checked by itself: one breach hides no other.

use crate::{
    account::AccountId,
    governance::{self, Numbers, Terms},
    laws::{
        Assemblies, Book, Books, Breach, Past, breach::equal, charter_is_within_bounds,
        claimed_within_accrued, counters, delegation_conserves_power, deposits_are_covered,
        everything_accrued_is_owed, issued_covers_supply, nobody_votes_twice,
        parameters_are_within_bounds, power_sums_to_total, promises_are_kept, stake_is_covered,
        tally_is_the_sum_of_ballots, terms_are_in_order,
    },
    staking::{Account, Checkpoint, OwnHistory, ReceivedHistory, Total, TotalHistory},
    store::Get,
    treasury,
    units::{Amount, Height, Timestamp},
};
use std::collections::BTreeSet;

/// The block of a state, and native coins, which are in no module's records.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// The block.
    pub height: Height,
    /// Its time.
    pub time: Timestamp,
    /// What staking holds of the native denom.
    pub staked: Amount,
    /// What the treasury holds of it.
    pub coins: Amount,
}

/// Everything that the laws of a state read.
pub trait Whole:
    Books
    + Assemblies
    + Book<treasury::Stream>
    + Book<treasury::Grant>
    + Book<treasury::Promised>
    + Get<governance::Params>
    + Get<governance::Bounds>
{
}
impl<T> Whole for T where
    T: Books
        + Assemblies
        + Book<treasury::Stream>
        + Book<treasury::Grant>
        + Book<treasury::Promised>
        + Get<governance::Params>
        + Get<governance::Bounds>
{
}

/// Every breach of laws 1, 2, 3, 5 to 9, 14, 18 and 23 that the state shows, by check; of each
/// check the first. Law 2 is checked in this block, in the next, and at `most` past heights at
/// which power changed, spread evenly.
pub fn survey(b: &impl Whole, around: Around, most: usize) -> Vec<Breach> {
    let Around { height, time, staked, coins } = around;
    let mut found = vec![
        stake_is_covered(b, staked),
        issued_covers_supply(b),
        counters::supply(b),
        counters::stake(b),
        counters::own_power(b),
        counters::weight(b),
        counters::slots(b),
        Past::next_block_sees_now(b, height),
        delegation_conserves_power(b),
        claimed_within_accrued(b),
        everything_accrued_is_owed(b),
        parameters_are_within_bounds(b),
        promises_are_kept(b, time, coins),
        charter_is_within_bounds(b),
    ];
    let past = spread(changes(b).into_iter().collect(), most);
    let heights = past.into_iter().chain([height, height.after(1)]);
    // The first that does not add up tells enough: those after it follow from it.
    let sums = heights.map(|at| power_sums_to_total(b, at));
    found.push(sums.collect());
    let proposals = numbered(b);
    if proposals.is_ok() {
        found.push(deposits_are_covered(b));
    }
    for id in 0..proposals.as_ref().copied().unwrap_or_default() {
        found.push(tally_is_the_sum_of_ballots(b, id));
        found.push(nobody_votes_twice(b, id));
        found.push(terms_are_in_order(b, id));
    }
    found.into_iter().chain([proposals.map(drop)]).filter_map(Result::err).collect()
}

/// Law 3: as many proposals are counted as have terms.
///
/// # Errors
/// Both numbers. The laws of proposals, which go by the count, then say nothing.
fn numbered(b: &(impl Book<Numbers> + Book<Terms>)) -> Result<u32, Breach> {
    let Numbers { proposals, .. } = b.get(());
    let mut found = 0u32;
    b.each(&mut |_: u32, _: &Terms| found = found.saturating_add(1));
    equal(3, "proposals", proposals, found)?;
    Ok(proposals)
}

/// The blocks after those in which any power changed: where reading it gives something new.
fn changes(b: &impl Whole) -> BTreeSet<Height> {
    let mut all = BTreeSet::new();
    let mut add = |height: Height| {
        if height != Height::ZERO {
            all.insert(height.after(1));
        }
    };
    fn each<T: Copy>(checkpoint: &Checkpoint<T>, add: &mut impl FnMut(Height)) {
        add(checkpoint.since);
        checkpoint.recent.iter().for_each(|change| add(change.1));
    }
    b.each(&mut |_: AccountId, account: &Account| {
        each(&account.own, &mut add);
        each(&account.received, &mut add);
    });
    let total: Total = b.get(());
    each(&total.power, &mut add);
    b.each(&mut |_, old: &OwnHistory| old.changes.iter().for_each(|change| add(change.1)));
    b.each(&mut |_, old: &ReceivedHistory| old.changes.iter().for_each(|change| add(change.1)));
    b.each(&mut |_, old: &TotalHistory| old.changes.iter().for_each(|change| add(change.1)));
    all
}

/// At most so many, spread evenly, the last among them.
fn spread(all: Vec<Height>, most: usize) -> Vec<Height> {
    let step = all.len().div_ceil(most.max(1)).max(1);
    all.into_iter().rev().step_by(step).collect()
}
