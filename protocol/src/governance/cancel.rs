//! Cancelling: by the proposer before voting, by the guardian in the timelock.

use crate::{
    account::AccountId,
    codec::Bytes,
    context::Context,
    effect::Effect,
    governance::{
        Event, Guardian, Proposal, Stage, State, Status, Terms,
        apply::told,
        deposit::unlock,
        draft::ensure_line,
        guardian::ensure_mandate,
        hooks::herald,
        load::load,
        reasons::{NO_REASON, NOT_CANCELLABLE, OWN_FATE},
        settle::settled,
    },
    refusal::{NOT_AUTHORISED, Refusal, ensure},
};

/// Ends a proposal. Its proposer before voting opens, who gets the deposit back; the guardian
/// from queueing to execution, with a stated reason.
pub(super) fn cancel(
    s: &mut impl State,
    cx: &Context,
    id: u32,
    reason: Bytes,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (terms, proposal, now) = load(s, cx, id)?;
    ensure_line(&reason.0)?;
    let Guardian { mandate } = s.get(());
    let by: AccountId = cx.sender;
    if terms.proposer == Some(by) && now == Status::Pending {
        let parts = unlock(s, &terms, true, fx)?;
        settled(id, Status::Cancelled, parts, fx);
    } else if mandate.guardian == Some(by) {
        ensure_mandate(&mandate, cx)?;
        by_guardian(&terms, now, &reason)?;
    } else {
        let reason = if terms.proposer == Some(by) { &NOT_CANCELLABLE } else { &NOT_AUTHORISED };
        return Err(reason.bare());
    }
    s.set(id, Proposal { stage: Stage::Cancelled, settled: true, ..proposal });
    fx.push(told(Event::Cancelled { proposal: id, by, reason }));
    herald(s, id, (Some(now), Status::Cancelled), fx);
    Ok(())
}

/// What the guardian may cancel: what is queued, not its own dismissal, and saying why.
fn by_guardian(terms: &Terms, now: Status, reason: &Bytes) -> Result<(), Refusal> {
    let queued = matches!(now, Status::Queued | Status::Executable | Status::Failed);
    ensure(queued, &NOT_CANCELLABLE, 0u128, 0u128)?;
    ensure(!terms.dismissal, &OWN_FATE, 0u128, 0u128)?;
    ensure(!reason.0.is_empty(), &NO_REASON, 0u128, 1u128)
}
