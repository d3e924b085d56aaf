//! Queueing: from the vote to the timelock.

use crate::{
    context::Context,
    effect::Effect,
    governance::{
        Event, Outcome, Proposal, Stage, State, Status, Terms, YES,
        apply::told,
        decide::outcome,
        deposit::unlock,
        early::is_early_pass,
        hooks::herald,
        load::load,
        reasons::{EXPIRED, NOT_PASSED, NOTHING_TO_EXECUTE},
        settle::settled,
        status::carries,
    },
    refusal::{Refusal, ensure},
};

/// The option that has won, whether before or at the deadline.
pub fn winner(terms: &Terms, proposal: &Proposal) -> Option<u8> {
    if is_early_pass(terms, proposal.firm) {
        return Some(YES);
    }
    match outcome(terms, &proposal.tally) {
        Outcome::Passed { option } => Some(option),
        Outcome::Defeated { .. } | Outcome::Vetoed => None,
    }
}

/// Starts the timelock of a passed proposal, and returns its deposit. Anyone.
pub(super) fn queue(
    s: &mut impl State,
    cx: &Context,
    id: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (terms, proposal, now) = load(s, cx, id)?;
    ensure(now != Status::Expired, &EXPIRED, cx.time.get(), proposal.deadline.get())?;
    ensure(now == Status::Passed, &NOT_PASSED, cx.time.get(), proposal.deadline.get())?;
    let follows = winner(&terms, &proposal).is_some_and(|option| carries(&terms, option));
    ensure(follows, &NOTHING_TO_EXECUTE, 0u128, 1u128)?;
    let eta = cx.time.after(terms.timelock);
    fx.push(told(Event::Queued { proposal: id, eta }));
    if !proposal.settled {
        let parts = unlock(s, &terms, true, fx)?;
        settled(id, now, parts, fx);
    }
    s.set(id, Proposal { stage: Stage::Queued { eta }, settled: true, ..proposal });
    herald(s, id, (Some(now), Status::Queued), fx);
    Ok(())
}
