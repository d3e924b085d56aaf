use super::{TEMPO, World, code, params};
use crate::{
    network::{Command, Next, Row, Seat, Slot, Standing, Updated, bonds, slot, topic, weights},
    store::Get,
    testing::user,
    units::Height,
};

/// Two validators weigh two contributors for three epochs: bonds exist.
fn bonded() -> World {
    let mut world = World::with(params(8), 4).powers(&[60, 40]);
    for _ in 0..3 {
        world.submit(0, &[(2, 3), (3, 1)]).unwrap();
        world.submit(1, &[(2, 1), (3, 1)]).unwrap();
        world.epoch();
    }
    assert!(!bonds(&world.store, 0, 0).is_empty());
    world
}

#[test]
fn whoever_leaves_leaves_nothing_behind() {
    let mut world = bonded();
    world.apply(user(0), Command::Leave { topic: 0 }).unwrap();
    let store = &world.store;
    assert_eq!(Get::<Slot>::get(store, (0, 0)), Slot::default());
    assert_eq!(Get::<Seat>::get(store, (0, user(0))), Seat::default());
    assert_eq!(Get::<Row>::get(store, (0, 0)), Row::default());
    assert!(bonds(store, 0, 0).is_empty() && !bonds(store, 0, 1).is_empty());
    assert_eq!(Get::<Updated>::get(store, (0, 0)), Updated { rows: 2, next: 0 });
    let standing: Standing = store.get((0, 0));
    assert_eq!((standing.permits, standing.scores[0]), (2, 0));
    assert_eq!(topic(store, 0).unwrap().held, 3);
    assert_eq!(code(world.apply(user(0), Command::Leave { topic: 0 })), 321);
}

#[test]
fn a_waiting_row_goes_with_its_slot() {
    let mut world = bonded();
    world.height += TEMPO;
    world.close(1).unwrap();
    world.submit(1, &[(2, 9)]).unwrap();
    assert!(Get::<Next>::get(&world.store, (0, 1)).submitted);
    world.close(9).unwrap();
    world.apply(user(1), Command::Leave { topic: 0 }).unwrap();
    assert_eq!(Get::<Next>::get(&world.store, (0, 1)), Next::default());
    assert_eq!(Get::<Updated>::get(&world.store, (0, 0)), Updated { rows: 1, next: 0 });
    assert!(weights(&world.store, 0, 1).is_empty());
}

#[test]
fn who_takes_a_slot_over_inherits_nothing() {
    let mut world = bonded();
    world.apply(user(2), Command::Leave { topic: 0 }).unwrap();
    world.register(user(70), 10_000).unwrap();
    assert_eq!(slot(&world.store, 0, 2).holder, Some(user(70)));
    // Weights given before the registration do not count for it, nor do bonds.
    let d = world.epoch();
    assert_eq!(d.incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [3]);
    assert!(bonds(&world.store, 0, 0).iter().all(|&(uid, _)| uid != 2));
    // Weights given afterwards do.
    world.submit(0, &[(2, 3), (3, 1)]).unwrap();
    let d = world.epoch();
    assert_eq!(d.incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_vacant_slot_earns_nothing() {
    let mut world = bonded();
    world.apply(user(2), Command::Leave { topic: 0 }).unwrap();
    let d = world.epoch();
    assert_eq!(d.incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [3]);
    // Nor does one that nobody ever held.
    world.submit(0, &[(6, 1)]).unwrap();
    world.submit(1, &[(6, 1)]).unwrap();
    let d = world.epoch();
    assert_eq!(d.incentives, []);
}

#[test]
fn seats_do_not_change_while_an_epoch_is_closed() {
    let mut world = bonded();
    world.height += TEMPO;
    world.close(1).unwrap();
    let refusal = world.register(user(60), 10_000).unwrap_err();
    assert_eq!((refusal.code(), refusal.have), (320, 1));
    assert_eq!(code(world.apply(user(1), Command::Leave { topic: 0 })), 320);
    world.close(9).unwrap();
    world.register(user(60), 10_000).unwrap();
    world.apply(user(1), Command::Leave { topic: 0 }).unwrap();
    assert_eq!(slot(&world.store, 0, 1).updated, Height::ZERO);
}

#[test]
fn leaving_needs_a_topic_and_a_seat() {
    let mut world = World::with(params(4), 2);
    assert_eq!(code(world.apply(user(0), Command::Leave { topic: 1 })), 301);
    assert_eq!(code(world.apply(user(9), Command::Leave { topic: 0 })), 321);
}
