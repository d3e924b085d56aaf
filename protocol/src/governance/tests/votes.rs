//! Ballots: split, replaced, taken back from a delegate, and late ones.

use super::lifecycle::refused;
use crate::{
    Bytes, Command as Any, Event as AnyEvent, Fraction, Get, Power,
    governance::{
        ABSTAIN, Ballot, Command, Event, MAX_BODY, NO, Overridden, Proposal, Status, VETO, YES,
        reasons::{BAD_BALLOT, NO_OPTION, NO_POWER, NO_PROPOSAL, TOO_LONG, VOTED, VOTING_CLOSED},
    },
    staking,
    testing::{Stage, all_for, draft, fraction, pay, percent, user},
    track::Track,
};

fn lend(stage: &mut Stage, who: u32, to: Option<u32>) {
    let delegate = staking::Command::Delegate { to: to.map(user) };
    stage.run(user(who), Any::Staking(delegate)).unwrap();
}

/// An open ordinary proposal; user 0 lent its 100 and user 1 its 200 to user 2, who has 300.
fn with_delegations() -> (Stage, u32) {
    let mut stage = Stage::governed();
    lend(&mut stage, 0, Some(2));
    lend(&mut stage, 1, Some(2));
    let id = stage.wait(1).propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.wait(5);
    (stage, id)
}

#[test]
fn a_ballot_may_be_split() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![])).unwrap();
    stage.wait(5);
    // 600 * (1/3, 1/3, 1/3): the parts per 10^9 sum to one, the powers to 600.
    let thirds = vec![
        (YES, fraction(333_333_334)),
        (NO, fraction(333_333_333)),
        (VETO, fraction(333_333_333)),
    ];
    stage.vote(user(5), id, thirds).unwrap();
    assert_eq!(stage.tally(id), [200, 200, 0, 200]);
    stage.vote(user(4), id, vec![(ABSTAIN, percent(99)), (NO, percent(1))]).unwrap();
    assert_eq!(stage.tally(id), [200, 205, 495, 200]);
}

#[test]
fn what_is_no_ballot() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![])).unwrap();
    stage.wait(5);
    let half = percent(50);
    for (label, shares, reason) in [
        ("empty", vec![], &BAD_BALLOT),
        ("less than one", vec![(YES, half)], &BAD_BALLOT),
        ("more than one", vec![(YES, Fraction::ONE), (NO, half)], &BAD_BALLOT),
        ("an option twice", vec![(YES, half), (YES, half)], &BAD_BALLOT),
        ("a share of nothing", vec![(YES, Fraction::ONE), (NO, Fraction::ZERO)], &BAD_BALLOT),
        ("no such option", vec![(4, Fraction::ONE)], &NO_OPTION),
        ("10,000 entries", vec![(YES, half); 10_000], &BAD_BALLOT),
    ] {
        let before = stage.store.clone();
        assert_eq!(stage.vote(user(5), id, shares), refused(reason), "{label}");
        assert!(stage.store == before, "{label}");
    }
    assert_eq!(stage.vote(user(9), id, all_for(YES)), refused(&NO_POWER));
    assert_eq!(stage.vote(user(5), 77, all_for(YES)), refused(&NO_PROPOSAL));
    let rationale = Bytes(vec![b'x'; MAX_BODY + 1]);
    let vote = Command::Vote { proposal: id, shares: all_for(YES), rationale };
    assert_eq!(stage.govern(user(5), vote), refused(&TOO_LONG));
}

#[test]
fn revoting_replaces_the_ballot_where_the_track_allows_it() {
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Ordinary, vec![])).unwrap();
    stage.wait(5);
    stage.vote(user(5), id, all_for(YES)).unwrap();
    stage.vote(user(5), id, vec![(NO, percent(50)), (VETO, percent(50))]).unwrap();
    assert_eq!(stage.tally(id), [0, 300, 0, 300]);
    let pause = Command::Pause { module: crate::pause::Pausable::Staking, seconds: 5 };
    let action = crate::testing::to_governor(pause);
    let id = stage.propose(draft(Track::Emergency, vec![action])).unwrap();
    stage.wait(1).vote(user(5), id, all_for(NO)).unwrap();
    assert_eq!(stage.vote(user(5), id, all_for(YES)), refused(&VOTED));
}

/// The same ballots in either order: the delegate's own power and what stays lent to it.
#[test]
fn ones_own_vote_overrides_the_delegates_whichever_came_first() {
    for first in [0, 2] {
        let (mut stage, id) = with_delegations();
        let votes = [(0, NO), (2, YES)];
        for step in 0..2 {
            let (n, option) = votes[(step + usize::from(first == 2)) % 2];
            stage.vote(user(n), id, all_for(option)).unwrap();
        }
        assert_eq!(stage.tally(id), [500, 100, 0, 0], "{first} first");
        let ballot: Ballot = stage.store.get((id, user(2)));
        assert_eq!(ballot.weight, Power::new(500));
        let taken: Overridden = stage.store.get((id, user(2)));
        assert_eq!(taken.power, Power::new(100));
        // Replaced ballots on both sides change nothing of that.
        stage.vote(user(0), id, all_for(VETO)).unwrap();
        stage.vote(user(2), id, all_for(ABSTAIN)).unwrap();
        assert_eq!(stage.tally(id), [0, 0, 500, 100]);
        // The last owner comes too: the delegate keeps its own.
        stage.vote(user(1), id, all_for(NO)).unwrap();
        assert_eq!(stage.tally(id), [0, 200, 300, 100]);
        stage.lawful();
    }
}

#[test]
fn a_split_ballot_of_a_delegate_is_split_again_when_power_leaves_it() {
    let (mut stage, id) = with_delegations();
    stage.vote(user(2), id, vec![(YES, percent(50)), (NO, percent(50))]).unwrap();
    assert_eq!(stage.tally(id), [300, 300, 0, 0]);
    stage.vote(user(0), id, all_for(YES)).unwrap();
    assert_eq!(stage.tally(id), [350, 250, 0, 0]);
    stage.vote(user(1), id, all_for(YES)).unwrap();
    assert_eq!(stage.tally(id), [450, 150, 0, 0]);
}

/// A delegate without power of its own, all of whose owners vote, has nothing left to vote with.
#[test]
fn an_emptied_delegate_cannot_vote() {
    let mut stage = Stage::governed();
    lend(&mut stage, 0, Some(9));
    let id = stage.wait(1).propose(draft(Track::Ordinary, vec![])).unwrap();
    let mut other = stage.clone();
    stage.wait(5).vote(user(0), id, all_for(NO)).unwrap();
    assert_eq!(stage.vote(user(9), id, all_for(YES)), refused(&NO_POWER));
    other.wait(5).vote(user(9), id, all_for(YES)).unwrap();
    other.vote(user(0), id, all_for(NO)).unwrap();
    assert_eq!(other.tally(id), [0, 100, 0, 0]);
    // Its ballot stands, with nothing behind it.
    let ballot: Ballot = other.store.get((id, user(9)));
    assert_eq!((ballot.shares, ballot.weight), (all_for(YES), Power::ZERO));
}

/// Law 6: whatever happens to stake or delegation after the snapshot, it votes once.
#[test]
fn law_06_stake_votes_once_however_it_moves() {
    let (mut stage, id) = with_delegations();
    // The delegate votes with all, then everybody moves on.
    stage.vote(user(2), id, all_for(YES)).unwrap();
    assert_eq!(stage.tally(id)[0], 600);
    lend(&mut stage, 0, Some(3));
    lend(&mut stage, 1, None);
    // At the snapshot user 3 had 400, and nothing of user 0's.
    stage.wait(1).vote(user(3), id, all_for(YES)).unwrap();
    assert_eq!(stage.tally(id)[0], 1_000);
    // User 1 took its power back: by voting it leaves user 2's ballot.
    stage.vote(user(1), id, all_for(NO)).unwrap();
    assert_eq!(stage.tally(id), [800, 200, 0, 0]);
    // Stake that leaves and comes back votes with the snapshot's power.
    let unstake = staking::Command::Unstake { amount: crate::testing::amount(400) };
    stage.run(user(3), Any::Staking(unstake)).unwrap();
    stage.stake(user(9), 0, 0).unwrap_err();
    stage.vote(user(3), id, all_for(NO)).unwrap();
    assert_eq!(stage.tally(id), [400, 600, 0, 0]);
    // New stake has no power there.
    stage.stake(user(6), 5_000, 0).unwrap();
    assert_eq!(stage.wait(1).vote(user(6), id, all_for(YES)), refused(&NO_POWER));
    let sum: u128 = stage.tally(id).iter().sum();
    assert!(sum <= 2_100);
}

#[test]
fn a_late_quorum_moves_the_deadline_once() {
    let ordinary = draft(Track::Ordinary, vec![]);
    // 2,100 staked, quorum 420; open from 1,015 to 1,035, extension 10 s.
    for (label, time, deadline) in [
        ("in time", 1025, 1035),
        ("one second late", 1026, 1036),
        ("in the last second", 1034, 1044),
    ] {
        let mut stage = Stage::governed();
        let id = stage.propose(ordinary.clone()).unwrap();
        stage.block(3, 1015).vote(user(3), id, all_for(NO)).unwrap();
        stage.block(4, time).vote(user(0), id, all_for(NO)).unwrap();
        let proposal: Proposal = stage.store.get(id);
        assert_eq!(proposal.deadline.get(), deadline, "{label}");
        let told = AnyEvent::Governance(Event::Extended {
            proposal: id,
            deadline: crate::Timestamp::new(deadline),
        });
        assert_eq!(stage.told.contains(&told), deadline > 1035, "{label}");
        // Whoever comes after the quorum moves nothing more.
        stage.block(5, deadline - 1).vote(user(5), id, all_for(YES)).unwrap();
        let proposal: Proposal = stage.store.get(id);
        assert_eq!(proposal.deadline.get(), deadline, "{label}");
        stage.block(6, deadline);
        assert_eq!(stage.vote(user(4), id, all_for(YES)), refused(&VOTING_CLOSED), "{label}");
        assert_eq!(stage.status(id), Status::Passed, "{label}");
    }
}

#[test]
fn an_emergency_is_decided_as_soon_as_no_vote_can_change_it() {
    let pause = Command::Pause { module: crate::pause::Pausable::Staking, seconds: 5 };
    let action = crate::testing::to_governor(pause);
    let mut stage = Stage::governed();
    let id = stage.propose(draft(Track::Emergency, vec![action])).unwrap();
    stage.wait(1);
    // 80% of 2,100 is 1,680, and less than 20% may be left for a veto: 1,681 are needed.
    for n in [5, 4, 2, 1] {
        stage.vote(user(n), id, all_for(YES)).unwrap();
        assert_eq!(stage.status(id), Status::Open, "{n}");
    }
    stage.vote(user(3), id, all_for(YES)).unwrap();
    assert_eq!(stage.status(id), Status::Passed);
    assert_eq!(stage.vote(user(0), id, all_for(VETO)), refused(&VOTING_CLOSED));
    stage.govern(user(9), Command::Queue { proposal: id }).unwrap();
    stage.wait(1).govern(user(9), Command::Execute { proposal: id }).unwrap();
    assert_eq!(stage.status(id), Status::Executed);
    assert_eq!(stage.stake(user(0), 1, 0), Err(7));
}
