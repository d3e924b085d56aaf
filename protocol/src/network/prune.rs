//! Who loses the slot when all are held.

use crate::{
    network::{PAGE, Registered, Slot, Standing, State, Topic, VACANT, reasons::ALL_IMMUNE},
    refusal::Refusal,
    units::Height,
};

/// Whether a slot is still new: younger than `immunity` blocks.
pub const fn immune(registered: Height, immunity: u64, now: Height) -> bool {
    now.since(registered) < immunity
}

/// The slot to be pruned: among those not immune the lowest score of the last close, then the
/// oldest registration.
///
/// Registrations are numbered, so no two are of the same age. The numbers lie in the slots'
/// own records and are read only where score and block are both equal.
pub(super) fn choose(
    s: &impl State,
    number: u16,
    topic: &Topic,
    now: Height,
) -> Result<u16, Refusal> {
    let mut lowest = (u32::MAX, VACANT);
    let mut ties: Vec<u16> = Vec::new();
    for page in 0..topic.fresh.div_ceil(PAGE) {
        let registered: Registered = s.get((number, page));
        let standing: Standing = s.get((number, page));
        let scores = standing.scores.into_iter().chain(std::iter::repeat(0));
        for ((uid, height), score) in (page * PAGE..).zip(registered.heights).zip(scores) {
            if height == VACANT || immune(height, topic.params.immunity, now) {
                continue;
            }
            if (score, height) < lowest {
                ties.clear();
                lowest = (score, height);
            }
            if (score, height) == lowest {
                ties.push(uid);
            }
        }
    }
    let only = if let [only] = ties.as_slice() { Some(*only) } else { None };
    let age = |uid: &u16| Slot::sequence_of(s, number, *uid);
    only.or_else(|| ties.into_iter().min_by_key(age))
        .ok_or(ALL_IMMUNE.refuse(topic.held.into(), topic.params.slots.into()))
}

impl Slot {
    fn sequence_of(s: &impl State, number: u16, uid: u16) -> u64 {
        let slot: Self = s.get((number, uid));
        slot.sequence
    }
}
