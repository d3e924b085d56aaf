//! Giving a slot up.

use crate::{
    context::Context,
    effect::Effect,
    network::{State, VACANT, slots},
    refusal::Refusal,
};

/// Vacates the sender's slot. Nothing is refunded; what was earned stays claimable.
pub(super) fn leave(
    s: &mut impl State,
    cx: &Context,
    number: u16,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let mut topic = slots::topic(s, number)?;
    let uid = slots::seat_of_sender(s, number, cx.sender)?;
    slots::ensure_between_epochs(s, number)?;
    slots::vacate(s, (number, topic.params.scoring.memory()), uid, cx.sender, fx);
    slots::set_registered(s, number, uid, VACANT);
    topic.held = topic.held.saturating_sub(1);
    s.set(number, topic);
    Ok(())
}
