//! What slots have earned: 64 neighbours in one record.

use crate::{
    account::AccountId,
    refusal::Refusal,
    rewards::{Dividend, PAGE, SlotOwed, Validator, shares},
    store::{Get, Has},
    units::Amount,
};

const fn place(uid: u16) -> (u16, usize) {
    (uid / PAGE, (uid % PAGE) as usize)
}

/// What a slot has earned and not claimed.
pub fn slot_owed(s: &impl Get<SlotOwed>, topic: u16, uid: u16) -> Amount {
    let (page, at) = place(uid);
    s.get((topic, page)).amounts.get(at).copied().unwrap_or_default()
}

/// Adds incentives to slots; of each dividend the validator's take likewise, and the rest to its
/// share. Both ascend by uid; each page is read and written once.
pub(super) fn credit(
    s: &mut (impl Has<SlotOwed> + Has<Validator>),
    topic: u16,
    mut incentives: &[(u16, Amount)],
    mut dividends: &[(Dividend, Amount)],
) -> Result<(), Refusal> {
    loop {
        let first = incentives.first().map(|(uid, _)| *uid);
        let other = dividends.first().map(|(dividend, _)| dividend.uid);
        let Some((page, _)) = first.into_iter().chain(other).min().map(place) else {
            return Ok(());
        };
        let mut record: SlotOwed = s.get((topic, page));
        let here = incentives.partition_point(|(uid, _)| place(*uid).0 <= page);
        let (now, later) = incentives.split_at(here);
        for (uid, more) in now {
            add(&mut record.amounts, place(*uid).1, *more)?;
        }
        incentives = later;
        let here = dividends.partition_point(|(dividend, _)| place(dividend.uid).0 <= page);
        let (now, later) = dividends.split_at(here);
        for (dividend, part) in now {
            share(s, &mut record, topic, dividend, *part)?;
        }
        dividends = later;
        s.set((topic, page), record);
    }
}

/// One dividend: the take (floor) to the slot, the rest to the power behind the validator.
fn share(
    s: &mut impl Has<Validator>,
    page: &mut SlotOwed,
    topic: u16,
    dividend: &Dividend,
    part: Amount,
) -> Result<(), Refusal> {
    let at = shares::open(s, page, (topic, dividend.uid), dividend.who);
    let Some(share) = page.shares.get_mut(at) else { return Ok(()) };
    let take = share.take.floor_of(part);
    *share = shares::delegated(*share, part.saturating_minus(take), dividend.power)?;
    add(&mut page.amounts, place(dividend.uid).1, take)
}

fn add(amounts: &mut Vec<Amount>, at: usize, more: Amount) -> Result<(), Refusal> {
    if more.is_zero() {
        return Ok(());
    }
    if amounts.len() <= at {
        amounts.resize(at + 1, Amount::ZERO);
    }
    if let Some(amount) = amounts.get_mut(at) {
        *amount = amount.plus(more)?;
    }
    Ok(())
}

/// Takes all that a slot has earned. The page keeps its one form: no zeros at its end.
pub(super) fn take_all(s: &mut impl Has<SlotOwed>, topic: u16, uid: u16) -> Amount {
    let (page, at) = place(uid);
    let mut record: SlotOwed = s.get((topic, page));
    let amount = record.take(at);
    if !amount.is_zero() {
        s.set((topic, page), record);
    }
    amount
}

/// Takes all that a slot has earned, and ends its holder's share.
pub(super) fn vacate(
    s: &mut (impl Has<SlotOwed> + Has<Validator>),
    (topic, uid): (u16, u16),
    who: AccountId,
) -> Result<Amount, Refusal> {
    let (page, at) = place(uid);
    let mut record: SlotOwed = s.get((topic, page));
    let amount = record.take(at);
    shares::close(s, &mut record, (topic, uid), who)?;
    s.set((topic, page), record);
    Ok(amount)
}

impl SlotOwed {
    fn take(&mut self, at: usize) -> Amount {
        let Some(amount) = self.amounts.get_mut(at).map(std::mem::take) else {
            return Amount::ZERO;
        };
        let last = self.amounts.iter().rposition(|amount| !amount.is_zero());
        self.amounts.truncate(last.map_or(0, |last| last + 1));
        amount
    }
}
