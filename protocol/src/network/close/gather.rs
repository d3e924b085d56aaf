//! What a page reads.

use super::{Close, columns};
use crate::{
    codec::Bytes,
    network::{
        Bonds, Next, PAGE, Registered, Row, Scratch, Standing, State, Updated, VACANT,
        reasons::CORRUPT, row, slots,
    },
    ports::StakePort,
    refusal::Refusal,
    store::Get,
};
use scoring_kernel::Memory;

/// Reads all that the scores depend on.
///
/// The electorate is the slots whose row is not older than the activity cutoff. Only their
/// power is read: everybody else's active stake would be zero whatever their power, so that it
/// could change the payouts in two ways only. It could hold permits without using them, which
/// is not wanted; and it could change by a unit of 2^-32 how stakes round before they are
/// divided by the sum of those that count.
///
/// Rows that waited since the last close take their place; rows that are too old are forgotten.
pub(super) fn everything(
    scratch: &mut Scratch,
    s: &mut impl State,
    p: &impl StakePort,
    close: &Close,
) -> Result<(), Refusal> {
    let pages = slot_pages(scratch, s, close);
    let slots = usize::from(close.topic.params.slots);
    scratch.powers.clear();
    scratch.powers.resize(slots, 0);
    scratch.holders.clear();
    for page in 0..pages {
        let key = (close.number, page);
        let before: Updated = s.get(key);
        let keepers = keeper_bits(scratch, page);
        let mut left = before.rows | before.next | keepers;
        let mut after = Updated { rows: before.rows | before.next, next: 0 };
        while left != 0 {
            let uid = page * PAGE + left.trailing_zeros() as u16;
            left &= left - 1;
            let voice = voice(s, close, uid, &before);
            if voice.is_none() {
                after.rows &= !slots::bit(uid);
            }
            let keeps = keepers & slots::bit(uid) != 0;
            gather_slot(scratch, s, p, close, (uid, keeps), voice)?;
        }
        if after != before {
            s.set(key, after);
        }
    }
    kernel_stakes(
        &scratch.powers,
        close.topic.params.electorate.stake_threshold.units(),
        &mut scratch.stakes,
    );
    Ok(())
}

/// Reads what the next `rows` bond rows depend on, and what the first page computed.
pub(super) fn one_page(
    scratch: &mut Scratch,
    s: &impl State,
    close: &Close,
    rows: u16,
) -> Result<(), Refusal> {
    slot_pages(scratch, s, close);
    scratch.holders.clear();
    columns::unpack(&s.get(close.number), scratch.registered.len(), &mut scratch.prepared)
        .ok_or(CORRUPT.bare())?;
    let from = usize::from(close.closing.cursor);
    for at in from..from.saturating_add(usize::from(rows)).min(scratch.keepers.len()) {
        let Some(&uid) = scratch.keepers.get(at) else { break };
        if close.mechanism.memory() == Memory::Permitted {
            let row: Row = s.get((close.number, uid));
            if let Some(updated) = scratch.updated.get_mut(usize::from(uid)) {
                *updated = row.updated.get();
            }
            push_weights(scratch, uid, &row.weights)?;
        }
        push_bonds(scratch, s, close, uid)?;
    }
    let prepared = &mut scratch.prepared;
    prepared.permitted.clone_from(&scratch.permits);
    prepared.last_update.clone_from(&scratch.updated);
    prepared.registered.clone_from(&scratch.registered);
    prepared.last_close = close.topic.last_close.get();
    prepared.owner = None;
    prepared.commit = None;
    Ok(())
}

/// Reads the packed pages: registrations and permits, and from them who keeps bonds. Begins all lists anew. The number of
/// pages.
fn slot_pages(
    scratch: &mut Scratch,
    s: &(impl Get<Registered> + Get<Standing>),
    close: &Close,
) -> u16 {
    let slots = usize::from(close.topic.params.slots);
    scratch.registered.clear();
    scratch.permits.clear();
    scratch.keepers.clear();
    scratch.stored.clear();
    scratch.weights.clear();
    scratch.bonds.clear();
    scratch.updated.clear();
    scratch.updated.resize(slots, 0);
    let pages = close.topic.fresh.div_ceil(PAGE);
    for page in 0..pages {
        let registered: Registered = s.get((close.number, page));
        scratch.registered.extend(registered.heights.iter().map(|height| height.get()));
        scratch.registered.resize(usize::from(page + 1) * usize::from(PAGE), VACANT.get());
        let standing: Standing = s.get((close.number, page));
        scratch.permits.extend((0..PAGE).map(|bit| (standing.permits >> bit) & 1 == 1));
        let mut left = match close.mechanism.memory() {
            Memory::Nobody => 0,
            Memory::Permitted => standing.permits,
            Memory::Held => held_bits(&registered),
        };
        while left != 0 {
            scratch.keepers.push(page * PAGE + left.trailing_zeros() as u16);
            left &= left - 1;
        }
    }
    scratch.registered.resize(slots, VACANT.get());
    scratch.permits.resize(slots, false);
    pages
}

/// The slots of a page that somebody holds, as bits.
fn held_bits(registered: &Registered) -> u64 {
    let held = registered.heights.iter().map(|&height| height != VACANT);
    held.rev().fold(0, |bits, held| (bits << 1) | u64::from(held))
}

/// The keepers of a page as bits.
fn keeper_bits(scratch: &Scratch, page: u16) -> u64 {
    let from = scratch.keepers.partition_point(|&uid| slots::page(uid) < page);
    let keepers = scratch.keepers.iter().skip(from);
    keepers
        .take_while(|&&uid| slots::page(uid) == page)
        .fold(0, |bits, &uid| bits | slots::bit(uid))
}

/// The row by which a slot is heard; `None` where it has none, or none that is young enough.
fn voice(s: &mut impl State, close: &Close, uid: u16, updated: &Updated) -> Option<Row> {
    let key = (close.number, uid);
    let row: Row = if updated.next & slots::bit(uid) != 0 {
        let next: Next = s.get(key);
        s.set(key, Next::default());
        let row = Row { weights: next.weights, updated: next.updated, holder: next.holder };
        s.set(key, row.clone());
        row
    } else if updated.rows & slots::bit(uid) != 0 {
        s.get(key)
    } else {
        return None;
    };
    let cutoff = close.topic.params.electorate.activity_cutoff;
    if row.updated.after(cutoff) < close.closing.height {
        s.set(key, Row::default());
        return None;
    }
    Some(row)
}

/// Reads one slot: its power if it is heard, its bonds if it keeps any. A row without a
/// permit does not count in this epoch and is not decoded.
fn gather_slot(
    scratch: &mut Scratch,
    s: &impl State,
    p: &impl StakePort,
    close: &Close,
    (uid, keeps): (u16, bool),
    voice: Option<Row>,
) -> Result<(), Refusal> {
    let at = usize::from(uid);
    if keeps {
        push_bonds(scratch, s, close, uid)?;
    }
    let Some(row) = voice else { return Ok(()) };
    if scratch.permits.get(at).copied().unwrap_or(false) {
        push_weights(scratch, uid, &row.weights)?;
    }
    if let Some(updated) = scratch.updated.get_mut(at) {
        *updated = row.updated.get();
    }
    let Some(who) = row.holder else { return Ok(()) };
    let (then, now) = p.powers(who, close.closing.height)?;
    scratch.holders.push((uid, who, now));
    if let Some(power) = scratch.powers.get_mut(at) {
        *power = then.units();
    }
    Ok(())
}

/// Appends a row of weights for `uid`, empty ones before it where there are none.
fn push_weights(scratch: &mut Scratch, uid: u16, weights: &Bytes) -> Result<(), Refusal> {
    while scratch.weights.len() < usize::from(uid) {
        scratch.weights.push_empty();
    }
    row::push(weights, &mut scratch.weights).ok_or(CORRUPT.refuse(uid.into(), 0))
}

/// Appends the bonds of `uid`, likewise, and keeps their group as stored.
fn push_bonds(
    scratch: &mut Scratch,
    s: &impl Get<Bonds>,
    close: &Close,
    uid: u16,
) -> Result<(), Refusal> {
    while scratch.bonds.len() < usize::from(uid) {
        scratch.bonds.push_empty();
    }
    let group = slots::group(uid);
    if scratch.stored.last().is_none_or(|last| last.0 != group) {
        scratch.stored.push((group, s.get((close.number, group))));
    }
    let stored = scratch.stored.last().and_then(|(_, group)| slots::bonds_of(group, uid));
    match stored {
        Some(bonds) => row::push(bonds, &mut scratch.bonds).ok_or(CORRUPT.refuse(uid.into(), 0)),
        None => {
            scratch.bonds.push_empty();
            Ok(())
        }
    }
}

/// The kernel's stakes: powers below the threshold are none; all are shifted right by
/// `max(0, bitlen(sum) - 63)`, so that they sum to less than 2^63.
pub fn kernel_stakes(powers: &[u128], threshold: u128, stakes: &mut Vec<u64>) {
    let counted = |power: u128| if power < threshold { 0 } else { power };
    let sum = powers.iter().fold(0u128, |sum, &power| sum.saturating_add(counted(power)));
    let shift = (u128::BITS - sum.leading_zeros()).saturating_sub(63);
    stakes.clear();
    stakes.extend(powers.iter().map(|&power| (counted(power) >> shift) as u64));
}

#[cfg(test)]
mod tests {
    use super::kernel_stakes;

    #[test]
    fn stakes_are_powers_shifted_until_they_sum_below_2_63() {
        for (label, powers, threshold, stakes) in [
            ("none", vec![], 0, vec![]),
            ("small ones as they are", vec![3, 0, 5], 0, vec![3, 0, 5]),
            ("at the threshold counts", vec![3, 4, 5], 4, vec![0, 4, 5]),
            ("63 bits fit", vec![(1 << 63) - 1, 0], 0, vec![(1 << 63) - 1, 0]),
            ("64 bits do not", vec![1 << 62, 1 << 62], 0, vec![1 << 61, 1 << 61]),
            ("dust shifts away", vec![1 << 100, 1], 0, vec![1 << 62, 0]),
        ] {
            let mut ours = Vec::new();
            kernel_stakes(&powers, threshold, &mut ours);
            assert_eq!(ours, stakes, "{label}");
            assert!(ours.iter().map(|&stake| u128::from(stake)).sum::<u128>() < 1 << 63, "{label}");
        }
    }
}
