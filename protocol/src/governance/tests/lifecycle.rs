//! From draft to execution, retry and settlement.

use crate::{
    AccountId, Command as Any, Event as AnyEvent, Get, ModuleId,
    governance::{
        ABSTAIN, Command, Depositor, Event, NO, Numbers, Proposal, Stage as Step, Status, VETO,
        YES,
        reasons::{
            EXPIRED, LOW_DEPOSIT, NOT_DECIDED, NOT_OPEN, NOT_PASSED, NOT_QUEUED,
            NOTHING_TO_EXECUTE, SETTLED, TIMELOCKED, TOO_MANY_LIVE, VOTING_CLOSED,
        },
    },
    refusal::Reason,
    testing::{Stage, all_for, amount, draft, pay, user},
    token::{self, Balance},
    track::Track,
};

/// The refusal with this reason's code.
pub(super) const fn refused<T>(reason: &'static Reason) -> Result<T, u16> {
    Err(reason.code)
}

pub(super) fn balance(stage: &Stage, who: AccountId) -> u128 {
    let held: Balance = stage.store.get(who);
    held.amount.units()
}

pub(super) fn free(stage: &Stage, n: u32) -> u128 {
    let depositor: Depositor = stage.store.get(user(n));
    depositor.free.units()
}

fn queue(proposal: u32) -> Command {
    Command::Queue { proposal }
}

fn execute(proposal: u32) -> Command {
    Command::Execute { proposal }
}

#[test]
fn a_payment_from_draft_to_execution() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 700)])).unwrap();
    assert_eq!((stage.status(id), free(&stage, 5)), (Status::Pending, 9_900));
    // Lesson: not in the proposal's own block, nor before its delay.
    assert_eq!(stage.vote(user(5), id, all_for(YES)), refused(&NOT_OPEN));
    assert_eq!(stage.block(3, 1014).vote(user(5), id, all_for(YES)), refused(&NOT_OPEN));
    stage.block(4, 1015).vote(user(5), id, all_for(YES)).unwrap();
    stage.vote(user(0), id, all_for(NO)).unwrap();
    stage.vote(user(1), id, all_for(ABSTAIN)).unwrap();
    stage.vote(user(2), id, all_for(VETO)).unwrap();
    assert_eq!(stage.tally(id), [600, 100, 200, 300]);
    // Nor in the closing second.
    assert_eq!(stage.block(5, 1034).govern(user(9), queue(id)), refused(&NOT_PASSED));
    assert_eq!(stage.govern(user(9), Command::Settle { proposal: id }), refused(&NOT_DECIDED));
    assert_eq!(stage.block(6, 1035).vote(user(3), id, all_for(NO)), refused(&VOTING_CLOSED));
    assert_eq!(stage.status(id), Status::Passed);
    assert_eq!(stage.govern(user(9), execute(id)), refused(&NOT_QUEUED));
    stage.govern(user(9), queue(id)).unwrap();
    assert_eq!((stage.status(id), free(&stage, 5)), (Status::Queued, 10_000));
    assert_eq!(stage.govern(user(9), Command::Settle { proposal: id }), refused(&SETTLED));
    assert_eq!(stage.block(7, 1049).govern(user(9), execute(id)), refused(&TIMELOCKED));
    stage.block(8, 1050);
    assert_eq!(stage.status(id), Status::Executable);
    stage.govern(user(9), execute(id)).unwrap();
    assert_eq!((stage.status(id), balance(&stage, user(9))), (Status::Executed, 700));
    assert_eq!(stage.govern(user(9), execute(id)), refused(&NOT_QUEUED));
    stage.lawful();
}

/// An execution that fails does nothing, is recorded, and may be tried again until its grace is
/// over.
#[test]
fn a_failed_execution_is_tried_again_until_the_grace_is_over() {
    let mut stage = Stage::governed();
    // Two payments of which the second is above what is held.
    let actions = vec![pay(user(9), 5_000), pay(user(9), 200_000)];
    let id = stage.pass(draft(Track::Constitutional, actions));
    stage.govern(user(9), execute(id)).unwrap();
    assert_eq!((stage.status(id), balance(&stage, user(9))), (Status::Failed, 0));
    assert!(stage.told.contains(&AnyEvent::Governance(Event::ExecutionFailed { proposal: id })));
    stage.wait(29).govern(user(9), execute(id)).unwrap();
    assert_eq!(stage.status(id), Status::Failed);
    let donor = user(7);
    let (to, amount) = (ModuleId::Treasury.account(), amount(900_000));
    stage.run(donor, Any::Token(token::Command::Transfer { to, amount })).unwrap();
    let mut late = stage.clone();
    stage.govern(user(9), execute(id)).unwrap();
    assert_eq!((stage.status(id), balance(&stage, user(9))), (Status::Executed, 205_000));
    assert_eq!(late.wait(1).govern(user(9), execute(id)), refused(&EXPIRED));
    assert_eq!(late.status(id), Status::Expired);
    stage.lawful();
}

#[test]
fn what_is_not_queued_or_executed_in_time_expires() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.wait(5).vote(user(5), id, all_for(YES)).unwrap();
    let mut queued = stage.clone();
    queued.block(8, 1064).govern(user(9), queue(id)).unwrap();
    stage.block(8, 1065);
    assert_eq!(stage.status(id), Status::Expired);
    assert_eq!(stage.govern(user(9), queue(id)), refused(&EXPIRED));
    // It had passed: the deposit comes back.
    stage.govern(user(9), Command::Settle { proposal: id }).unwrap();
    assert_eq!(free(&stage, 5), 10_000);
    for (time, status) in [
        (1078, Status::Queued),
        (1079, Status::Executable),
        (1108, Status::Executable),
        (1109, Status::Expired),
    ] {
        assert_eq!(queued.block(9, time).status(id), status, "{time}");
    }
    assert_eq!(queued.govern(user(9), execute(id)), refused(&EXPIRED));
}

/// What becomes of a deposit, by how the vote ends.
#[test]
fn deposits_are_returned_or_forfeited() {
    for (label, votes, status, returned) in [
        ("passed", &[(5, YES)][..], Status::Passed, true),
        ("defeated with quorum", &[(5, NO)], Status::Defeated, true),
        ("all abstain", &[(5, ABSTAIN)], Status::Defeated, true),
        ("vetoed", &[(5, YES), (3, VETO)], Status::Vetoed, false),
        ("below the quorum", &[(2, YES)], Status::Defeated, false),
        ("a veto below the quorum", &[(2, VETO)], Status::Defeated, false),
    ] {
        let mut stage = Stage::governed();
        let id = stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
        stage.wait(5);
        for (n, option) in votes {
            stage.vote(user(*n), id, all_for(*option)).unwrap();
        }
        stage.wait(40);
        assert_eq!(stage.status(id), status, "{label}");
        let treasury = balance(&stage, ModuleId::Treasury.account());
        stage.govern(user(9), Command::Settle { proposal: id }).unwrap();
        let lost = balance(&stage, ModuleId::Treasury.account()) - treasury;
        let expected = if returned { (10_000, 0) } else { (9_900, 100) };
        assert_eq!((free(&stage, 5), lost), expected, "{label}");
        assert_eq!(stage.govern(user(9), Command::Settle { proposal: id }), refused(&SETTLED));
        stage.lawful();
    }
}

#[test]
fn at_most_three_live_proposals_a_proposer() {
    let mut stage = Stage::governed();
    let signal = || draft(Track::Ordinary, vec![]);
    let first = stage.propose(signal()).unwrap();
    for _ in 0..2 {
        stage.propose(signal()).unwrap();
    }
    assert_eq!(stage.propose(signal()), refused(&TOO_MANY_LIVE));
    stage.govern(user(4), Command::Propose { draft: signal() }).unwrap();
    stage.wait(40).govern(user(9), Command::Settle { proposal: first }).unwrap();
    assert_eq!(stage.propose(signal()), Ok(4));
    let Numbers { proposals, .. } = stage.store.get(());
    assert_eq!(proposals, 5);
}

#[test]
fn a_deposit_must_be_there_and_what_is_free_may_leave() {
    let mut stage = Stage::governed();
    let withdraw = |units| Command::Withdraw { amount: amount(units) };
    assert_eq!(stage.govern(user(5), withdraw(10_001)), refused(&LOW_DEPOSIT));
    stage.govern(user(5), withdraw(9_950)).unwrap();
    assert_eq!(balance(&stage, user(5)), 1_000_000 - 600 - 50);
    let signal = draft(Track::Ordinary, vec![]);
    assert_eq!(stage.propose(signal.clone()), refused(&LOW_DEPOSIT));
    assert_eq!(stage.govern(user(5), withdraw(0)), Err(436));
    stage.govern(user(4), Command::Propose { draft: signal }).unwrap();
    assert_eq!(stage.govern(user(4), withdraw(9_901)), refused(&LOW_DEPOSIT));
    stage.govern(user(4), withdraw(9_900)).unwrap();
    stage.lawful();
}

/// Signals say something and do nothing.
#[test]
fn a_signal_passes_and_nothing_follows() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Constitutional, vec![])).unwrap();
    stage.wait(10);
    for n in 0..6 {
        let rationale = crate::Bytes(b"because".to_vec());
        let vote = Command::Vote { proposal: id, shares: all_for(YES), rationale };
        stage.govern(user(n), vote).unwrap();
        let mut why = Vec::new();
        stage.told[0].attributes(&mut |name, value| why.push((name, format!("{value:?}"))));
        assert!(why.contains(&("rationale", "Text(\"because\")".to_owned())), "{why:?}");
    }
    stage.wait(1000);
    assert_eq!(stage.status(id), Status::Passed, "it does not expire");
    assert_eq!(stage.govern(user(9), queue(id)), refused(&NOTHING_TO_EXECUTE));
    stage.govern(user(9), Command::Settle { proposal: id }).unwrap();
    let proposal: Proposal = stage.store.get(id);
    assert_eq!((proposal.stage, free(&stage, 5)), (Step::Voting, 10_000));
}
