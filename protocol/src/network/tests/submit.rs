use super::{TEMPO, World, params};
use crate::{
    effect::{self, Effect},
    network::{Command, Event, Row, Updated, slot, weights},
    store::Get,
    testing::user,
    units::Height,
};

#[test]
fn a_row_is_scaled_stored_and_dated() {
    let mut world = World::with(params(8), 3);
    world.height = 107;
    let fx = world.submit(1, &[(0, 2), (1, 0), (2, 4)]).unwrap();
    let event = Event::Submitted { topic: 0, uid: 1 };
    assert_eq!(fx, [Effect::Event(effect::Event::Network(event))]);
    assert_eq!(weights(&world.store, 0, 1), [(0, 32768), (2, 65535)]);
    let view = slot(&world.store, 0, 1);
    assert_eq!((view.updated, view.permit), (Height::new(107), false));
    assert_eq!(Get::<Updated>::get(&world.store, (0, 0)), Updated { rows: 2, next: 0 });
}

#[test]
fn an_empty_row_withdraws_and_still_counts_as_active() {
    let mut world = World::with(params(8), 3);
    world.submit(1, &[(0, 2)]).unwrap();
    world.height = 109;
    world.submit(1, &[]).unwrap();
    assert!(weights(&world.store, 0, 1).is_empty());
    assert_eq!(Get::<Row>::get(&world.store, (0, 1)).updated, Height::new(109));
}

#[test]
fn refusals_of_submission() {
    let mut world = World::with(params(8), 3);
    let long: Vec<(u16, u16)> = (0..10_000).map(|uid| (uid, 1)).collect();
    for (label, who, topic, row, want) in [
        ("no topic", 0, 1, vec![(1, 1)], (301, 1)),
        ("no seat", 7, 0, vec![(1, 1)], (321, 0)),
        ("twice", 0, 0, vec![(1, 1), (1, 2)], (322, 1)),
        ("unsorted", 0, 0, vec![(2, 1), (1, 2)], (323, 1)),
        ("beyond", 0, 0, vec![(8, 1)], (324, 8)),
        ("ten thousand entries", 0, 0, long, (324, 8)),
    ] {
        let refusal = world.apply(user(who), Command::Submit { topic, weights: row }).unwrap_err();
        assert_eq!((refusal.code(), refusal.have), want, "{label}");
    }
    world.submit(0, &[(7, 1)]).unwrap();
}

#[test]
fn a_submission_during_pages_belongs_to_the_next_epoch() {
    let mut world = World::with(params(8), 4).powers(&[60, 40]);
    let rows: [&[(u16, u16)]; 2] = [&[(2, 3), (3, 1)], &[(2, 1), (3, 1)]];
    for _ in 0..2 {
        world.submit(0, rows[0]).unwrap();
        world.submit(1, rows[1]).unwrap();
        world.epoch();
    }
    world.height += TEMPO;
    let mut undisturbed = world.clone();
    let whole = undisturbed.close(9).unwrap();

    world.close(1).unwrap();
    world.submit(0, &[(3, 1)]).unwrap();
    world.submit(0, &[(3, 5)]).unwrap();
    assert_eq!(weights(&world.store, 0, 0), [(3, 65535)], "the waiting row is shown");
    assert_eq!(Get::<Row>::get(&world.store, (0, 0)), Get::<Row>::get(&undisturbed.store, (0, 0)));
    let paged = world.close(9).unwrap();
    assert_eq!(super::distribution(&paged).incentives, super::distribution(&whole).incentives);
    assert_eq!(super::distribution(&paged).dividends, super::distribution(&whole).dividends);

    // Read by the next close as if it had been submitted after this one.
    let mut after = undisturbed;
    after.submit(0, &[(3, 5)]).unwrap();
    assert_eq!(world.epoch(), after.epoch());
    assert_eq!(world.store, after.store);
}

#[test]
fn a_row_after_the_close_replaces_one_that_waits() {
    let mut world = World::with(params(8), 4).powers(&[60, 40]);
    world.submit(0, &[(2, 3)]).unwrap();
    world.submit(1, &[(2, 3)]).unwrap();
    world.epoch();
    world.height += TEMPO;
    world.close(1).unwrap();
    world.submit(0, &[(3, 1)]).unwrap();
    world.close(1).unwrap();
    world.height += 1;
    world.submit(0, &[(2, 1)]).unwrap();
    assert_eq!(weights(&world.store, 0, 0), [(2, 65535)]);
    assert_eq!(Get::<Updated>::get(&world.store, (0, 0)), Updated { rows: 3, next: 0 });
    world.height -= 1;
    world.epoch();
    assert_eq!(weights(&world.store, 0, 0), [(2, 65535)], "the old waiting row is gone");
}
