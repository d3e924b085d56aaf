//! Validators' reward indices: one for each slot that a validator has earned a dividend on, in
//! the page of what slots have earned. A close writes those pages anyway; an index in a record
//! of its own would cost each validator of a close 5,600 gas more.

use crate::{
    account::AccountId,
    accrued::Accrued,
    refusal::Refusal,
    rewards::{PAGE, Share, SlotOwed, Validator},
    store::{Get, Has},
    units::{Amount, Fraction, Power},
};

/// A share after `amount` goes to the power behind it.
///
/// `index += floor((waiting + amount) * 2^64 / power)`, the remainder is carried. Without
/// power the amount waits for the next distribution that finds some.
///
/// # Errors
/// `E0001` above [`Amount::MAX`], which a supply in range rules out.
pub fn delegated(share: Share, amount: Amount, power: Power) -> Result<Share, Refusal> {
    let amount = share.waiting.plus(amount)?;
    Ok(match Accrued::per(amount.units(), share.remainder, power.units()) {
        None => Share { waiting: amount, ..share },
        Some((more, remainder)) => {
            Share { index: share.index.plus(more), remainder, waiting: Amount::ZERO, ..share }
        }
    })
}

/// Dividends of a validator that have found no power behind it, on all its slots.
pub fn reward_waiting(s: &(impl Get<Validator> + Get<SlotOwed>), who: AccountId) -> Amount {
    let validator: Validator = s.get(who);
    let waiting = validator.slots.iter().map(|(topic, uid)| {
        let page: SlotOwed = s.get((*topic, uid / PAGE));
        let share = page.share(*uid).ok().and_then(|at| page.shares.get(at).copied());
        share.map_or(0, |share| share.waiting.units())
    });
    Amount::saturating(validator.waiting.units() + waiting.sum::<u128>())
}

/// Base units owed for each unit of power behind a validator, since the beginning: what it
/// earned on slots that it has left, and on those it holds.
pub fn reward_index(s: &(impl Get<Validator> + Get<SlotOwed>), who: AccountId) -> Accrued {
    let validator: Validator = s.get(who);
    let pages = validator.slots.iter().map(|(topic, uid)| {
        let page: SlotOwed = s.get((*topic, uid / PAGE));
        page.index(*uid)
    });
    pages.fold(validator.index, Accrued::plus)
}

impl SlotOwed {
    /// Where the share of a slot is, or belongs.
    fn share(&self, uid: u16) -> Result<usize, usize> {
        let place = (uid % PAGE) as u8;
        self.shares.binary_search_by_key(&place, |share| share.place)
    }

    /// The index of a slot's validator; zero where it has none.
    pub fn index(&self, uid: u16) -> Accrued {
        let share = self.share(uid).ok().and_then(|at| self.shares.get(at));
        share.map_or(Accrued::ZERO, |share| share.index)
    }

    /// Sets the take of a slot's validator, where it has one.
    pub(super) fn set_take(&mut self, uid: u16, take: Fraction) {
        let share = self.share(uid).ok().and_then(|at| self.shares.get_mut(at));
        if let Some(share) = share {
            share.take = take;
        }
    }
}

/// The share with which a validator begins on a slot.
const fn fresh(validator: &Validator, uid: u16) -> Share {
    Share {
        place: (uid % PAGE) as u8,
        index: Accrued::ZERO,
        remainder: validator.remainder,
        take: validator.take,
        waiting: validator.waiting,
    }
}

/// The share to which the next dividend of `who` on a slot goes.
pub fn share_of(
    s: &(impl Get<Validator> + Get<SlotOwed>),
    (topic, uid): (u16, u16),
    who: AccountId,
) -> Share {
    let page: SlotOwed = s.get((topic, uid / PAGE));
    let share = page.share(uid).ok().and_then(|at| page.shares.get(at).copied());
    share.unwrap_or_else(|| fresh(&s.get(who), uid))
}

/// The place in `page` of the share of `who` on this slot. At its first dividend there it moves
/// in, with what the validator could not share when it last left a slot.
pub(super) fn open(
    s: &mut impl Has<Validator>,
    page: &mut SlotOwed,
    (topic, uid): (u16, u16),
    who: AccountId,
) -> usize {
    page.share(uid).unwrap_or_else(|at| {
        let mut validator: Validator = s.get(who);
        page.shares.insert(at, fresh(&validator, uid));
        (validator.remainder, validator.waiting) = (0, Amount::ZERO);
        validator.slots.push((topic, uid));
        s.set(who, validator);
        at
    })
}

/// Ends the share of `who` on this slot, if there is one: its index, its remainder and what
/// waits stay the validator's.
pub(super) fn close(
    s: &mut impl Has<Validator>,
    page: &mut SlotOwed,
    (topic, uid): (u16, u16),
    who: AccountId,
) -> Result<(), Refusal> {
    let Ok(at) = page.share(uid) else { return Ok(()) };
    let share = page.shares.remove(at);
    let mut validator: Validator = s.get(who);
    validator.index = validator.index.plus(share.index);
    validator.remainder = validator.remainder.saturating_add(share.remainder);
    validator.waiting = validator.waiting.plus(share.waiting)?;
    validator.slots.retain(|slot| *slot != (topic, uid));
    s.set(who, validator);
    Ok(())
}
