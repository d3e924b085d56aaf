//! Votes, executions and power at the edges of time: each early or late one is refused, and
//! changes nothing.

use interface::{
    governor::{self, QuestionMsg, TrackMsg},
    treasury::{self, AssetMsg},
};

use crate::{
    assembly::{YES, draft, pay},
    deployment::{Chain, HOLDERS, code, user},
    rules,
};

/// Lets seconds pass in one block.
fn seconds(chain: &mut Chain, count: u64) {
    chain.app.update_block(|block| {
        block.height += 1;
        block.time = block.time.plus_seconds(count);
    });
}

fn payment() -> QuestionMsg {
    QuestionMsg::Standard { msgs: vec![pay(&user("dave"), 5)] }
}

/// An emergency proposal opens without delay, and still not in its own block: stake of that block
/// could vote on what it made.
#[test]
fn a_vote_in_the_proposals_own_block() {
    let mut chain = Chain::ready();
    let (alice, carol) = (user("alice"), user("carol"));
    chain.stake(&carol, 5_000, 0).unwrap();
    let id = chain.propose(&alice, TrackMsg::Emergency, QuestionMsg::Signal {});
    chain.stake(&carol, 5_000, 0).unwrap();
    for who in [&alice, &carol] {
        assert_eq!(code(chain.vote(who, id, YES)), 404);
    }
    let late = user("late");
    chain.transfer(&alice, &late, 5_000);
    chain.stake(&late, 5_000, 0).unwrap();
    seconds(&mut chain, 1);
    chain.vote(&carol, id, YES).unwrap();
    assert_eq!(code(chain.vote(&late, id, YES)), 406);
    let found = chain.details(id);
    // What was staked in the block of the proposal counts neither in its total nor in a vote.
    assert_eq!((found.total.u128(), found.tally[0].u128()), (1_000, 200));
}

#[test]
fn a_vote_in_the_closing_second() {
    let mut chain = Chain::ready();
    let (alice, bob) = (user("alice"), user("bob"));
    let id = chain.propose(&alice, TrackMsg::Ordinary, payment());
    seconds(&mut chain, rules::DELAY - 1);
    assert_eq!(code(chain.vote(&alice, id, YES)), 404);
    seconds(&mut chain, 1);
    chain.vote(&alice, id, YES).unwrap();
    seconds(&mut chain, rules::PERIOD - 1);
    chain.vote(&bob, id, 1).unwrap();
    seconds(&mut chain, 1);
    for (who, option) in [(&alice, 1), (&bob, YES), (&user("carol"), YES)] {
        assert_eq!(code(chain.vote(who, id, option)), 405);
    }
    assert_eq!(chain.details(id).status, "passed");
}

#[test]
fn queued_and_executed_neither_early_nor_late() {
    let mut chain = Chain::ready();
    let (alice, dave) = (user("alice"), user("dave"));
    let queue = |id| governor::ExecuteMsg::Queue { proposal_id: id };
    let execute = |id| governor::ExecuteMsg::Execute { proposal_id: id };
    let settle = |id| governor::ExecuteMsg::Settle { proposal_id: id };
    let [first, late] = [0, 1].map(|_| chain.propose(&alice, TrackMsg::Ordinary, payment()));
    seconds(&mut chain, rules::DELAY);
    for id in [first, late] {
        chain.vote(&alice, id, YES).unwrap();
    }
    seconds(&mut chain, rules::PERIOD - 1);
    for (msg, expected) in [(queue(first), 413), (execute(first), 416), (settle(first), 418)] {
        assert_eq!(code(chain.govern(&dave, &msg)), expected, "{msg:?}");
    }
    seconds(&mut chain, 1);
    chain.govern(&dave, &queue(first)).unwrap();
    assert_eq!(code(chain.govern(&dave, &queue(first))), 413);
    assert_eq!(code(chain.govern(&dave, &settle(first))), 419);
    seconds(&mut chain, rules::TIMELOCK - 1);
    assert_eq!(code(chain.govern(&dave, &execute(first))), 415);
    seconds(&mut chain, 1);
    chain.govern(&dave, &execute(first)).unwrap();
    assert_eq!(code(chain.govern(&dave, &execute(first))), 416);
    seconds(&mut chain, rules::GRACE - rules::TIMELOCK);
    assert_eq!(code(chain.govern(&dave, &queue(late))), 417);
    assert_eq!(chain.details(late).status, "expired");
    chain.govern(&dave, &settle(late)).unwrap();
    let second = chain.pass(TrackMsg::Ordinary, vec![pay(&dave, 5)]);
    seconds(&mut chain, rules::GRACE);
    assert_eq!(code(chain.govern(&dave, &execute(second))), 417);
}

/// The audit lesson: whatever happens to stake after the snapshot, votes weigh what they did.
#[test]
fn stake_vote_transfer_restake_votes_once() {
    let mut chain = Chain::ready();
    let (alice, accomplice) = (user("alice"), user("accomplice"));
    let id = chain.propose(&alice, TrackMsg::Ordinary, payment());
    chain.blocks(1);
    chain.vote(&alice, id, YES).unwrap();
    let amount = 400u128.into();
    chain.staking(&alice, interface::staking::ExecuteMsg::Unstake { amount }).unwrap();
    chain.transfer(&alice, &accomplice, 400);
    chain.stake(&accomplice, 400, 0).unwrap();
    chain.blocks(1);
    assert_eq!(code(chain.vote(&accomplice, id, YES)), 406);
    chain.vote(&alice, id, YES).unwrap();
    assert_eq!(chain.details(id).tally[0].u128(), 400);
}

/// Before anyone has staked, nothing can be proposed; what was promised by then stays promised.
#[test]
fn nothing_is_proposed_while_nobody_has_power() {
    let mut chain = Chain::governed();
    let (alice, now) = (user("alice"), chain.now());
    chain.deposit(&alice, 100).unwrap();
    let propose = draft(TrackMsg::Ordinary, payment());
    assert_eq!(code(chain.govern(&alice, &propose)), 409);
    let terms = rules::stream(&alice, AssetMsg::Token, now);
    chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    chain.blocks(1);
    assert_eq!(code(chain.govern(&alice, &propose)), 409);
    let before = chain.balance(&alice);
    chain.treasure(&alice, &treasury::ExecuteMsg::ClaimStream { stream: 0 }).unwrap();
    assert_eq!(chain.balance(&alice) - before, 5);
    chain.stake(&alice, 10, 0).unwrap();
    assert_eq!(code(chain.govern(&alice, &propose)), 409, "in the block of the stake");
    chain.blocks(1);
    chain.govern(&alice, &propose).unwrap();
}

/// Parameters that changed in this block: the power of the block before would meet rules that were
/// made after it.
#[test]
fn nothing_is_proposed_in_a_block_that_changed_the_rules() {
    let mut chain = Chain::ready();
    let (alice, treasury) = (user("alice"), chain.treasury.clone());
    let live = chain.propose(&alice, TrackMsg::Ordinary, payment());
    let mut params = rules::params();
    params.ordinary.quorum = cosmwasm_std::Decimal::percent(39);
    let update = governor::ExecuteMsg::UpdateParams { params: Box::new(params) };
    chain.govern(&treasury, &update).unwrap();
    let propose = draft(TrackMsg::Ordinary, payment());
    assert_eq!(code(chain.govern(&alice, &propose)), 441);
    chain.blocks(1);
    let next = chain.propose(&alice, TrackMsg::Ordinary, payment());
    let quorum = |id| chain.details(id).quorum.u128();
    assert_eq!((quorum(live), quorum(next)), (200, 390));
}

/// The audit lesson: 20 proposals of one account are live, and no more, until one is settled.
#[test]
fn live_proposals_are_capped() {
    let mut chain = Chain::ready();
    let alice = user(HOLDERS[0]);
    let most = rules::params().live;
    for _ in 0..most {
        chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Signal {});
    }
    let propose = draft(TrackMsg::Ordinary, QuestionMsg::Signal {});
    assert_eq!(code(chain.govern(&alice, &propose)), 408);
    chain.blocks(5);
    assert_eq!(code(chain.govern(&alice, &propose)), 408);
    chain.govern(&alice, &governor::ExecuteMsg::Settle { proposal_id: 0 }).unwrap();
    chain.govern(&alice, &propose).unwrap();
}
