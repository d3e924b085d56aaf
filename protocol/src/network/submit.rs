//! Submitting weights.

use crate::{
    context::Context,
    effect::{self, Effect},
    network::{Closing, Event, Next, Row, State, Updated, row, slots},
    refusal::Refusal,
    units::Height,
};

/// Replaces the row of the sender's slot. From the first page of a close to its last, the new
/// row waits for the next epoch.
///
/// Any holder may submit: without a permit the row does not count yet, but only who submits
/// can be issued one. There is no other limit on length than the number of slots.
pub(super) fn submit(
    s: &mut impl State,
    cx: &Context,
    number: u16,
    weights: &[(u16, u16)],
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let topic = slots::topic(s, number)?;
    let uid = slots::seat_of_sender(s, number, cx.sender)?;
    let weights = row::accept(topic.params.scoring.row_form(), weights, topic.params.slots)?;
    let closing: Closing = s.get(number);

    let holder = Some(cx.sender);
    let (key, page, bit) = ((number, uid), (number, slots::page(uid)), slots::bit(uid));
    let before: Updated = s.get(page);
    let mut after = before.clone();
    if closing.height == Height::ZERO {
        s.set(key, Row { weights, updated: cx.height, holder });
        after.rows |= bit;
        if after.next & bit != 0 {
            // A row that waited since the last close is older than this one.
            s.set(key, Next::default());
            after.next &= !bit;
        }
    } else {
        s.set(key, Next { submitted: true, weights, updated: cx.height, holder });
        after.next |= bit;
    }
    if after != before {
        s.set(page, after);
    }
    fx.push(Effect::Event(effect::Event::Network(Event::Submitted { topic: number, uid })));
    Ok(())
}
