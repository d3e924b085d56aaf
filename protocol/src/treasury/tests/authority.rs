//! Handing the treasury over: offered, then accepted.

use super::{GOVERNOR, execute, execute_on, own, pay, run, stage};
use crate::{
    Command, Track,
    testing::user,
    treasury::{Authority, Command as Verb, authority},
};
use crate::{Get, testing::Stage};

fn offer(stage: &mut Stage, to: Option<u32>) -> Result<(), u16> {
    let to = to.map(user);
    execute_on(stage, Track::Constitutional, vec![own(Verb::Offer { to })])
}

fn order(stage: &mut Stage, n: u32) -> Result<(), u16> {
    let actions = vec![pay(1)];
    run(stage, n, Verb::Execute { proposal: 0, track: Track::Ordinary, actions })
}

#[test]
fn the_authority_moves_when_it_is_accepted() {
    let mut stage = stage();
    assert_eq!(run(&mut stage, 4, Verb::Accept), Err(619));
    offer(&mut stage, Some(4)).unwrap();
    assert_eq!((order(&mut stage, 4), run(&mut stage, 5, Verb::Accept)), (Err(3), Err(619)));
    execute(&mut stage, vec![pay(1)]).unwrap();
    run(&mut stage, 4, Verb::Accept).unwrap();
    assert_eq!(authority(&stage.store), user(4));
    order(&mut stage, 4).unwrap();
    assert_eq!(execute(&mut stage, vec![pay(1)]), Err(3));
    assert_eq!(run(&mut stage, 4, Verb::Accept), Err(619));
}

#[test]
fn an_offer_can_be_withdrawn_and_needs_the_constitutional_track() {
    let mut stage = stage();
    let ordinary = vec![own(Verb::Offer { to: Some(user(4)) })];
    assert_eq!(execute(&mut stage, ordinary), Err(603));
    offer(&mut stage, Some(4)).unwrap();
    offer(&mut stage, None).unwrap();
    assert_eq!(run(&mut stage, 4, Verb::Accept), Err(619));
    let authority: Authority = stage.store.get(());
    assert_eq!(authority, Authority::default());
}

#[test]
fn the_governor_may_take_it_back() {
    let mut stage = stage();
    offer(&mut stage, Some(4)).unwrap();
    run(&mut stage, 4, Verb::Accept).unwrap();
    let back = vec![own(Verb::Offer { to: Some(GOVERNOR) })];
    let (proposal, track) = (0, Track::Constitutional);
    run(&mut stage, 4, Verb::Execute { proposal, track, actions: back }).unwrap();
    stage.run(GOVERNOR, Command::Treasury(Verb::Accept)).unwrap();
    let authority: Authority = stage.store.get(());
    assert_eq!(authority, Authority::default());
    execute(&mut stage, vec![pay(1)]).unwrap();
}
