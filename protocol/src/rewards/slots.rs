//! What slots have earned: 64 neighbours in one record.

use crate::{
    refusal::Refusal,
    rewards::{PAGE, SlotOwed},
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

/// Adds to slots, ascending by uid; each page is read and written once.
pub(super) fn credit(
    s: &mut impl Has<SlotOwed>,
    topic: u16,
    mut credits: &[(u16, Amount)],
) -> Result<(), Refusal> {
    while let Some((first, _)) = credits.first() {
        let (page, _) = place(*first);
        let (here, others) =
            credits.split_at(credits.partition_point(|(uid, _)| place(*uid).0 <= page));
        let SlotOwed { mut amounts } = s.get((topic, page));
        for (uid, more) in here {
            add(&mut amounts, place(*uid).1, *more)?;
        }
        s.set((topic, page), SlotOwed { amounts });
        credits = others;
    }
    Ok(())
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
    let SlotOwed { mut amounts } = s.get((topic, page));
    let Some(amount) = amounts.get_mut(at).map(std::mem::take) else { return Amount::ZERO };
    let kept = amounts.iter().rposition(|amount| !amount.is_zero()).map_or(0, |last| last + 1);
    amounts.truncate(kept);
    s.set((topic, page), SlotOwed { amounts });
    amount
}
