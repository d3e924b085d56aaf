//! Slots: where they lie in packed pages, who sits in them, how one is taken and cleared.

use crate::{
    account::AccountId,
    codec::Bytes,
    effect::{self, Effect, OnFail},
    network::{
        BOND_GROUP, Bonds, Closing, Event, Next, PAGE, Registered, Row, Seat, Slot, Standing,
        State, Topic, Updated, VACANT,
        reasons::{CLOSING, NO_SEAT, NO_TOPIC},
    },
    refusal::{Refusal, ensure},
    rewards,
    store::{Get, Has},
    units::Height,
};
use scoring_kernel::Memory;

/// The page of a slot.
pub(super) const fn page(uid: u16) -> u16 {
    uid / PAGE
}

/// The place of a slot within its page.
pub(super) const fn place(uid: u16) -> usize {
    (uid % PAGE) as usize
}

/// The bit of a slot within its page.
pub(super) const fn bit(uid: u16) -> u64 {
    1 << (uid % PAGE)
}

/// The group of bonds of a slot.
pub(super) const fn group(uid: u16) -> u16 {
    uid / BOND_GROUP
}

/// The stored bonds of a slot in its group.
pub(super) fn bonds_of(group: &Bonds, uid: u16) -> Option<&Bytes> {
    let at = group.rows.binary_search_by_key(&uid, |row| row.0).ok()?;
    group.rows.get(at).map(|row| &row.1)
}

/// A topic that exists.
pub(super) fn topic(s: &impl Get<Topic>, number: u16) -> Result<Topic, Refusal> {
    let topic = s.get(number);
    // A tempo is at least 1.
    ensure(topic.params.tempo != 0, &NO_TOPIC, number, 0u128)?;
    Ok(topic)
}

/// Who sits where must not change between the pages of a close.
pub(super) fn ensure_between_epochs(s: &impl Get<Closing>, number: u16) -> Result<(), Refusal> {
    let closing = s.get(number);
    ensure(closing.height == Height::ZERO, &CLOSING, closing.cursor, 0u128)
}

/// The slot of an account.
pub(super) fn seat(s: &impl Get<Seat>, number: u16, who: AccountId) -> Option<u16> {
    s.get((number, who)).uid_plus_one.checked_sub(1)
}

/// The slot of the sender.
pub(super) fn seat_of_sender(
    s: &impl Get<Seat>,
    number: u16,
    who: AccountId,
) -> Result<u16, Refusal> {
    seat(s, number, who).ok_or(NO_SEAT.refuse(number.into(), 0))
}

/// Gives a cleared slot to an account: one more registration.
pub(super) fn take(
    s: &mut impl State,
    (number, topic): (u16, &mut Topic),
    uid: u16,
    who: AccountId,
    at: Height,
) {
    topic.sequence = topic.sequence.saturating_add(1);
    topic.fresh = topic.fresh.max(uid.saturating_add(1));
    s.set((number, uid), Slot { holder: Some(who), sequence: topic.sequence });
    s.set((number, who), Seat { uid_plus_one: uid.saturating_add(1) });
    set_registered(s, number, uid, at);
}

/// Takes a slot from its holder: row, waiting row, bonds, score and permit go; what it earned
/// is moved to the holder's own account by rewards. When it was registered is left to the
/// caller.
///
/// `memory` says who may have bonds: nothing else is read for them.
pub(super) fn vacate(
    s: &mut impl State,
    (number, memory): (u16, Memory),
    uid: u16,
    who: AccountId,
    fx: &mut Vec<Effect>,
) {
    let (key, page_key) = ((number, uid), (number, page(uid)));
    s.set(key, Slot::default());
    s.set((number, who), Seat::default());
    let mut updated: Updated = s.get(page_key);
    if updated.rows & bit(uid) != 0 {
        s.set(key, Row::default());
    }
    if updated.next & bit(uid) != 0 {
        s.set(key, Next::default());
    }
    if (updated.rows | updated.next) & bit(uid) != 0 {
        updated.rows &= !bit(uid);
        updated.next &= !bit(uid);
        s.set(page_key, updated);
    }
    let mut standing: Standing = s.get(page_key);
    let keeps = match memory {
        Memory::Nobody => false,
        Memory::Permitted => standing.permits & bit(uid) != 0,
        Memory::Held => true,
    };
    if keeps {
        let mut bonds: Bonds = s.get((number, group(uid)));
        let before = bonds.rows.len();
        bonds.rows.retain(|row| row.0 != uid);
        if bonds.rows.len() != before {
            s.set((number, group(uid)), bonds);
        }
    }
    standing.permits &= !bit(uid);
    if let Some(score) = standing.scores.get_mut(place(uid)) {
        *score = 0;
    }
    trim(&mut standing.scores, &0);
    s.set(page_key, standing);
    let command = rewards::Command::Vacate { topic: number, uid, who };
    fx.push(Effect::Call { command: effect::Command::Rewards(command), on_fail: OnFail::Revert });
    fx.push(Effect::Event(effect::Event::Network(Event::Left { topic: number, uid, who })));
}

/// Writes when a slot was registered; [`VACANT`] where nobody holds it.
pub(super) fn set_registered(s: &mut impl Has<Registered>, number: u16, uid: u16, at: Height) {
    let mut registered = s.get((number, page(uid)));
    if registered.heights.len() <= place(uid) {
        registered.heights.resize(place(uid) + 1, VACANT);
    }
    if let Some(height) = registered.heights.get_mut(place(uid)) {
        *height = at;
    }
    trim(&mut registered.heights, &VACANT);
    s.set((number, page(uid)), registered);
}

/// Cuts off what the end of a list stands for.
pub(super) fn trim<T: PartialEq>(list: &mut Vec<T>, nothing: &T) {
    let length = list.iter().rposition(|item| item != nothing).map_or(0, |last| last + 1);
    list.truncate(length);
}
