//! Each law of proposals finds the state or the step that breaks it.

use crate::{
    Command as Any, Get, Has, ModuleId, Power, Record, Timestamp,
    governance::{Ballot, Command, Depositor, NO, Overridden, Proposal, Stage as Step, Terms, YES},
    laws::{Proposals, assembly_laws},
    staking,
    testing::{Stage, Store, all_for, amount, draft, pay, user},
    token::Balance,
    track::Track,
};

/// An open vote with a delegate that was overridden, and a queued proposal.
fn busy() -> Stage {
    let mut stage = Stage::governed();
    let lend = staking::Command::Delegate { to: Some(user(2)) };
    stage.run(user(0), Any::Staking(lend)).unwrap();
    stage.wait(1).propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.wait(5).vote(user(5), 0, all_for(YES)).unwrap();
    stage.wait(20).govern(user(9), Command::Queue { proposal: 0 }).unwrap();
    stage.propose(draft(Track::Ordinary, vec![pay(user(9), 1)])).unwrap();
    stage.wait(5).vote(user(2), 1, all_for(YES)).unwrap();
    stage.vote(user(0), 1, all_for(NO)).unwrap();
    stage
}

fn alter<R: Record + 'static>(s: &mut Store, key: R::Key, change: impl Fn(&mut R)) {
    let mut record: R = s.get(key);
    change(&mut record);
    s.set(key, record);
}

#[test]
fn each_law_of_a_state_finds_its_breach() {
    type Break = fn(&mut Store);
    assembly_laws(&busy().store).unwrap();
    let cases: [(&str, u8, Break); 9] = [
        ("a deposit that is not held", 1, |s| {
            let governor = ModuleId::Governor.account();
            alter::<Balance>(s, governor, |held| held.amount = amount(59_999));
        }),
        ("a live proposal forgotten", 3, |s| {
            alter::<Depositor>(s, user(5), |depositor| depositor.live = 0);
        }),
        ("a vote out of nothing", 8, |s| {
            alter::<Proposal>(s, 1, |proposal| proposal.tally[0] = Power::new(301));
        }),
        ("a vote for another option", 8, |s| {
            alter::<Ballot>(s, (1, user(0)), |ballot| ballot.shares = all_for(YES));
        }),
        ("a heavier ballot", 6, |s| {
            alter::<Ballot>(s, (1, user(0)), |ballot| ballot.weight = Power::new(101));
            alter::<Proposal>(s, 1, |proposal| proposal.tally[1] = Power::new(101));
        }),
        ("a delegate that kept what left it", 6, |s| {
            alter::<Ballot>(s, (1, user(2)), |ballot| ballot.weight = Power::new(400));
            alter::<Proposal>(s, 1, |proposal| proposal.tally[0] = Power::new(400));
        }),
        ("power taken from nobody", 6, |s| {
            alter::<Overridden>(s, (1, user(2)), |taken| taken.power = Power::new(99));
        }),
        ("another total", 9, |s| {
            alter::<Terms>(s, 1, |terms| terms.total = Power::new(2_101));
        }),
        ("closed before it opens", 9, |s| {
            alter::<Proposal>(s, 1, |proposal| proposal.deadline = Timestamp::new(1));
        }),
    ];
    for (label, law, breaks) in cases {
        let mut s = busy().store;
        breaks(&mut s);
        assert_eq!(assembly_laws(&s).map_err(|breach| breach.law), Err(law), "{label}");
    }
}

#[test]
fn each_law_of_a_step_finds_its_breach() {
    type Break = fn(&mut Store);
    let eta = Timestamp::new(1050);
    let stage = busy();
    let before = Proposals::of(&stage.store, stage.height, stage.time);
    before.go_forward(&stage.store, stage.height, stage.time).unwrap();
    let cases: [(&str, u8, Break); 6] = [
        ("another quorum", 9, |s| alter::<Terms>(s, 1, |terms| terms.quorum = Power::new(1))),
        ("a deadline that moved back", 9, |s| {
            alter::<Proposal>(s, 1, |proposal| proposal.deadline = Timestamp::new(1060));
        }),
        ("a deadline that moved for nothing", 9, |s| {
            alter::<Proposal>(s, 1, |proposal| proposal.deadline = Timestamp::new(1999));
        }),
        ("executed in the timelock", 11, |s| {
            let eta = Timestamp::new(1050);
            alter::<Proposal>(s, 0, |proposal| proposal.stage = Step::Executed { eta });
        }),
        ("back to the vote", 12, |s| {
            alter::<Proposal>(s, 0, |proposal| proposal.stage = Step::Voting);
        }),
        ("executed out of the vote", 11, |s| {
            let eta = Timestamp::new(1050);
            alter::<Proposal>(s, 1, |proposal| proposal.stage = Step::Executed { eta });
        }),
    ];
    for (label, law, breaks) in cases {
        let mut s = stage.store.clone();
        breaks(&mut s);
        let found = before.go_forward(&s, stage.height, stage.time);
        assert_eq!(found.map_err(|breach| breach.law), Err(law), "{label}");
    }
    // Cancelled, and then executed: neither by any way.
    let mut s = stage.store.clone();
    alter::<Proposal>(&mut s, 0, |proposal| proposal.stage = Step::Cancelled);
    let cancelled = Proposals::of(&s, stage.height, stage.time);
    alter::<Proposal>(&mut s, 0, |proposal| proposal.stage = Step::Executed { eta });
    assert!(cancelled.go_forward(&s, stage.height, stage.time).is_err());
}
