//! Grants: who releases what until when, and what becomes of the rest.

use super::{TREASURY, execute, grant, own, promised, run, stage, tokens};
use crate::{
    Asset, Refusal, Timestamp,
    testing::{Stage, amount, user},
    treasury::{Command as Verb, Grant, GrantTerms},
};

fn opened(terms: GrantTerms) -> Stage {
    let mut stage = stage();
    execute(&mut stage, vec![own(Verb::OpenGrant { terms })]).unwrap();
    stage
}

fn release(milestone: u8) -> Verb {
    Verb::Release { grant: 0, milestone }
}

#[test]
fn the_reviewer_or_a_proposal_releases_milestones_in_any_order() {
    let mut stage = opened(grant());
    run(&mut stage, 2, release(1)).unwrap();
    assert_eq!((tokens(&stage, user(1)), promised(&stage, Asset::Token)), (1_000_070, 50));
    execute(&mut stage, vec![own(release(0))]).unwrap();
    assert_eq!((tokens(&stage, user(1)), promised(&stage, Asset::Token)), (1_000_120, 0));
    for milestone in [0, 1, 2, 16, 255] {
        assert_eq!(run(&mut stage, 2, release(milestone)), Err(614), "{milestone}");
    }
    stage.lawful();
}

#[test]
fn nobody_else_releases() {
    let mut stage = opened(grant());
    for n in [0, 1, 3] {
        assert_eq!(run(&mut stage, n, release(0)), Err(3), "{n}");
    }
    let mut stage = opened(GrantTerms { reviewer: None, ..grant() });
    assert_eq!(run(&mut stage, 2, release(0)), Err(3));
    assert_eq!(run(&mut stage, 2, Verb::Release { grant: 1, milestone: 0 }), Err(613));
}

#[test]
fn from_the_deadline_on_the_rest_is_returned_by_anyone() {
    let mut stage = opened(grant());
    run(&mut stage, 2, release(0)).unwrap();
    stage.block(2, 1_999);
    assert_eq!(run(&mut stage, 5, Verb::Return { grant: 0 }), Err(616));
    stage.block(3, 2_000);
    assert_eq!(run(&mut stage, 2, release(1)), Err(615));
    assert_eq!(execute(&mut stage, vec![own(release(1))]), Err(615));
    let before = tokens(&stage, TREASURY);
    run(&mut stage, 5, Verb::Return { grant: 0 }).unwrap();
    assert_eq!((promised(&stage, Asset::Token), tokens(&stage, TREASURY)), (0, before));
    assert_eq!(run(&mut stage, 5, Verb::Return { grant: 0 }), Err(617));
    assert_eq!(run(&mut stage, 5, Verb::Return { grant: 1 }), Err(613));
    stage.lawful();
}

#[test]
fn a_proposal_takes_back_before_the_deadline() {
    let mut stage = opened(grant());
    execute(&mut stage, vec![own(Verb::Return { grant: 0 })]).unwrap();
    assert_eq!(promised(&stage, Asset::Token), 0);
    assert_eq!(run(&mut stage, 2, release(0)), Err(617));
    stage.lawful();
}

#[test]
fn violations_come_all_at_once() {
    let codes = |terms: &GrantTerms| {
        let found = terms.violations(Timestamp::new(1_000));
        found.iter().map(Refusal::code).collect::<Vec<_>>()
    };
    let amounts = |count| vec![amount(1); count];
    for (label, terms, expected) in [
        ("valid", grant(), vec![]),
        ("sixteen", GrantTerms { milestones: amounts(16), ..grant() }, vec![]),
        ("seventeen", GrantTerms { milestones: amounts(17), ..grant() }, vec![618]),
        ("none", GrantTerms { milestones: vec![], ..grant() }, vec![618]),
        ("of nothing", GrantTerms { milestones: vec![amount(0)], ..grant() }, vec![618]),
        ("late", GrantTerms { deadline: Timestamp::new(1_000), ..grant() }, vec![615]),
        ("nothing at all", GrantTerms::default(), vec![2, 618, 615]),
    ] {
        assert_eq!(codes(&terms), expected, "{label}");
        let done = execute(&mut stage(), vec![own(Verb::OpenGrant { terms })]);
        assert_eq!(done.err(), expected.first().copied(), "{label}");
    }
    let vast = GrantTerms { milestones: vec![crate::Amount::MAX; 16], ..grant() };
    assert_eq!(execute(&mut stage(), vec![own(Verb::OpenGrant { terms: vast })]), Err(602));
}

#[test]
fn a_milestone_beyond_the_mask_is_none() {
    let grant = Grant { terms: grant(), released: u16::MAX, returned: false };
    assert_eq!((grant.open(0), grant.open(15), grant.open(16), grant.left()), Default::default());
}
