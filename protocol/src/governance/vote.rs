//! Voting: by oneself before one's delegate, whichever came first.

use crate::{
    account::AccountId,
    codec::Bytes,
    context::Context,
    effect::Effect,
    governance::{
        Ballot, Event, MAX_BODY, Overridden, Proposal, State, Status, Terms, YES,
        apply::told,
        ballot::{ensure_valid, leading, own_part},
        decide::cast,
        early::is_early_pass,
        hooks::herald,
        load::load,
        reasons::{NO_POWER, NOT_OPEN, TOO_LONG, VOTED, VOTING_CLOSED},
        tally::{counted, uncounted},
    },
    ports::StakePort,
    refusal::{Refusal, ensure},
    units::{Fraction, Power, Timestamp},
};

/// Casts the sender's ballot, or replaces it. Whoever had power at the snapshot; never paused.
///
/// The weight is the sender's own power, lent or not, and what it received, less what the owners
/// of that vote with themselves. Own power that was lent leaves the delegate's ballot.
pub(super) fn vote(
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    id: u32,
    (shares, rationale): (Vec<(u8, Fraction)>, Bytes),
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let (terms, proposal, now) = load(s, cx, id)?;
    ensure(now != Status::Pending, &NOT_OPEN, cx.time.get(), terms.opens.get())?;
    ensure(now == Status::Open, &VOTING_CLOSED, cx.time.get(), proposal.deadline.get())?;
    ensure_valid(&shares, terms.options)?;
    let length = rationale.0.len();
    ensure(length <= MAX_BODY, &TOO_LONG, length as u128, MAX_BODY as u128)?;

    let voter = cx.sender;
    let before: Ballot = s.get((id, voter));
    let first = before.shares.is_empty();
    ensure(first || terms.revoting, &VOTED, 1u128, 0u128)?;
    let (own, received) = p.standing_at(voter, terms.snapshot)?;
    let Overridden { power: elsewhere } =
        if received.is_zero() { Overridden::default() } else { s.get((id, voter)) };
    let weight = own.power.plus(received.minus(elsewhere));
    ensure(!weight.is_zero(), &NO_POWER, 0u128, 1u128)?;

    let option = leading(&shares);
    let ballot = Ballot { shares, weight };
    let voted = cast(&proposal.tally);
    let mut tally = counted(uncounted(proposal.tally, &before), &ballot);
    if let (true, Some(delegate)) = (first && !own.power.is_zero(), own.delegate) {
        tally = withdrawn(s, (id, delegate), own.power, tally);
    }
    let firm = if terms.revoting { Power::ZERO } else { own_part(&ballot.shares, YES, own.power) };
    let firm = proposal.firm.plus(firm);
    s.set((id, voter), ballot);
    fx.push(told(Event::Voted { proposal: id, voter, power: weight, option, rationale }));
    let proposal = extended(&terms, Proposal { tally, firm, ..proposal }, voted, cx.time);
    if proposal.extended && !was_extended(s, id) {
        fx.push(told(Event::Extended { proposal: id, deadline: proposal.deadline }));
    }
    s.set(id, proposal);
    if is_early_pass(&terms, firm) {
        herald(s, id, (Some(Status::Open), Status::Passed), fx);
    }
    Ok(())
}

/// The tally after `power`, which its owner votes with, has left the delegate's ballot.
fn withdrawn(
    s: &mut impl State,
    key: (u32, AccountId),
    power: Power,
    tally: Vec<Power>,
) -> Vec<Power> {
    let Overridden { power: elsewhere } = s.get(key);
    s.set(key, Overridden { power: elsewhere.plus(power) });
    let cast: Ballot = s.get(key);
    if cast.shares.is_empty() {
        return tally;
    }
    let left = Ballot { weight: cast.weight.minus(power), shares: cast.shares.clone() };
    let tally = counted(uncounted(tally, &cast), &left);
    s.set(key, left);
    tally
}

/// A proposal whose deadline has moved where a vote first reached the quorum late: `before` had
/// voted until then. To `now + extension`, once.
pub fn extended(terms: &Terms, proposal: Proposal, before: u128, now: Timestamp) -> Proposal {
    let (quorum, after) = (terms.quorum.units(), cast(&proposal.tally));
    let moved = now.after(terms.extension);
    let late = moved > proposal.deadline;
    if proposal.extended || !late || before >= quorum || after < quorum {
        return proposal;
    }
    Proposal { deadline: moved, extended: true, ..proposal }
}

fn was_extended(s: &impl State, id: u32) -> bool {
    let before: Proposal = s.get(id);
    before.extended
}
