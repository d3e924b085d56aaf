//! What others may read of the network.

use crate::{
    account::AccountId,
    network::{
        Bonds, Next, Registered, Row, Slot, Standing, Topic, Updated, VACANT, price_now, row, slots,
    },
    refusal::Refusal,
    store::Get,
    units::{Amount, Height},
};

/// A slot as queries show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SlotView {
    /// `None`: vacant.
    pub holder: Option<AccountId>,
    /// The block of registration; `None` where vacant.
    pub registered: Option<Height>,
    /// The block of the last submission, a waiting one included; zero where there is none, or
    /// none young enough to count.
    pub updated: Height,
    /// Incentive plus dividend at the last close, in 32 fractional bits.
    pub score: u32,
    /// Whether it validates in this epoch.
    pub permit: bool,
}

/// A topic.
///
/// # Errors
/// `E0301` where there is none.
pub fn topic(view: &impl Get<Topic>, topic: u16) -> Result<Topic, Refusal> {
    slots::topic(view, topic)
}

/// Who holds a slot.
pub fn holder(view: &impl Get<Slot>, topic: u16, uid: u16) -> Option<AccountId> {
    view.get((topic, uid)).holder
}

/// The slot of an account.
pub fn uid_of(view: &impl Get<crate::network::Seat>, topic: u16, who: AccountId) -> Option<u16> {
    slots::seat(view, topic, who)
}

/// A slot.
pub fn slot<V>(view: &V, topic: u16, uid: u16) -> SlotView
where
    V: Get<Slot> + Get<Registered> + Get<Standing> + Get<Updated> + Get<Row> + Get<Next>,
{
    let (key, page) = ((topic, uid), (topic, slots::page(uid)));
    let registered: Registered = view.get(page);
    let standing: Standing = view.get(page);
    let updated: Updated = view.get(page);
    let next: Option<Next> = (updated.next & slots::bit(uid) != 0).then(|| view.get(key));
    let last = || <V as Get<Row>>::get(view, key).updated;
    SlotView {
        holder: holder(view, topic, uid),
        registered: registered
            .heights
            .get(slots::place(uid))
            .copied()
            .filter(|&height| height != VACANT),
        updated: next.map_or_else(last, |next| next.updated),
        score: standing.scores.get(slots::place(uid)).copied().unwrap_or(0),
        permit: standing.permits & slots::bit(uid) != 0,
    }
}

/// The weights that a slot has submitted, one that waits for the next epoch first; empty where
/// there are none.
pub fn weights<V>(view: &V, topic: u16, uid: u16) -> Vec<(u16, u16)>
where
    V: Get<Row> + Get<Next>,
{
    let next: Next = view.get((topic, uid));
    let bytes = if next.submitted {
        next.weights
    } else {
        <V as Get<Row>>::get(view, (topic, uid)).weights
    };
    row::decode(&bytes).unwrap_or_default()
}

/// A validator's bonds after the last close; empty where there are none.
pub fn bonds(view: &impl Get<Bonds>, topic: u16, uid: u16) -> Vec<(u16, u16)> {
    let group = view.get((topic, slots::group(uid)));
    slots::bonds_of(&group, uid).and_then(row::decode).unwrap_or_default()
}

/// What a slot costs in the block `height`.
pub fn price(topic: &Topic, height: Height) -> Amount {
    price_now(&topic.params.price, topic.price, height.since(topic.price_at))
}
