//! Settling: what becomes of a deposit.

use crate::{
    context::Context,
    effect::Effect,
    governance::{
        Event, Outcome, Proposal, State, Status, Terms, Unheard,
        apply::told,
        decide::outcome,
        deposit::unlock,
        load::load,
        reasons::{NOT_DECIDED, SETTLED},
    },
    refusal::{Refusal, ensure},
    units::Amount,
};

/// Whether the deposit of a decided proposal goes back to its proposer: passed, defeated with
/// quorum, expired, or without quorum where the policy says so; never where it was vetoed.
pub fn is_returned(terms: &Terms, proposal: &Proposal, now: Status) -> bool {
    match now {
        Status::Vetoed => false,
        Status::Defeated => match outcome(terms, &proposal.tally) {
            Outcome::Defeated { quorate: false } => terms.unheard == Unheard::Returned,
            _ => true,
        },
        _ => true,
    }
}

/// Returns or forfeits the deposit of a proposal that is decided, which is then live no more.
/// Anyone. Queueing and cancelling settle by themselves.
pub(super) fn settle(
    s: &mut impl State,
    cx: &Context,
    id: u32,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (terms, proposal, now) = load(s, cx, id)?;
    ensure(!proposal.settled, &SETTLED, 0u128, 0u128)?;
    let decided = !matches!(now, Status::Pending | Status::Open);
    ensure(decided, &NOT_DECIDED, cx.time.get(), proposal.deadline.get())?;
    let parts = unlock(s, &terms, is_returned(&terms, &proposal, now), fx)?;
    s.set(id, Proposal { settled: true, ..proposal });
    settled(id, now, parts, fx);
    Ok(())
}

/// Tells what became of a deposit.
pub(super) fn settled(
    proposal: u32,
    status: Status,
    (returned, forfeited): (Amount, Amount),
    fx: &mut Vec<Effect>,
) {
    fx.push(told(Event::Settled { proposal, status, returned, forfeited }));
}
