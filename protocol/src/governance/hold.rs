//! Holding: an emergency proposal puts a queued one off until an ordinary one can drop it.

use crate::{
    context::Context,
    effect::Effect,
    governance::{
        Event, Params, Proposal, Stage, State, Status,
        apply::told,
        hooks::herald,
        load::{ensure_treasury, load},
        reasons::{HELD, NOT_HELD, NOT_QUEUED},
    },
    refusal::{Refusal, ensure},
};

/// Puts a queued proposal off: it may be executed from `now + lapse` on, once in its life. An
/// emergency proposal.
pub(super) fn hold(
    s: &mut impl State,
    cx: &Context,
    id: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let (_, proposal, now) = load(s, cx, id)?;
    let (Status::Queued, Stage::Queued { eta }) = (now, proposal.stage) else {
        return Err(NOT_QUEUED.bare());
    };
    ensure(!proposal.held, &HELD, 0u128, 0u128)?;
    let Params { lapse, .. } = s.get(());
    let eta = eta.max(cx.time.after(lapse));
    s.set(id, Proposal { stage: Stage::Queued { eta }, held: true, ..proposal });
    fx.push(told(Event::Held { proposal: id, eta }));
    Ok(())
}

/// Cancels a proposal while it is held. An ordinary proposal.
pub(super) fn drop(
    s: &mut impl State,
    cx: &Context,
    id: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let (_, proposal, now) = load(s, cx, id)?;
    ensure(proposal.held && now == Status::Queued, &NOT_HELD, 0u128, 0u128)?;
    s.set(id, Proposal { stage: Stage::Cancelled, ..proposal });
    fx.push(told(Event::Dropped { proposal: id }));
    herald(s, id, (Some(now), Status::Cancelled), fx);
    Ok(())
}
