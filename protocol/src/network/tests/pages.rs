use super::{START, TEMPO, World, distribution, metered, params, synthesis, yuma};
use crate::{
    account::AccountId,
    effect::{self, Effect},
    network::{
        Closing, Command, Event, Liquid, Scoring, Scratch, TopicParams, Working, YumaVariant,
    },
    rewards::Distribution,
    store::Get,
    testing::user,
    units::{Height, Power},
};
use proptest::prelude::{
    Just, Strategy, any, prop, prop_assert, prop_assert_eq, prop_oneof, proptest,
};

/// Slots of the random topics.
const SLOTS: u16 = 70;

fn scorings() -> impl Strategy<Value = Scoring> {
    let liquid = Some(Liquid { alpha_low: 6553, alpha_high: 45_875, steepness: 1000 });
    prop_oneof![
        Just(Scoring::Mean),
        Just(metered()),
        Just(synthesis()),
        Just(yuma(YumaVariant::Classic)),
        Just(yuma(YumaVariant::Yuma3 { liquid: None })),
        Just(yuma(YumaVariant::Yuma3 { liquid })),
    ]
}

/// Weights of one slot: who, and for whom how much.
type Submission = (u32, Vec<(u16, u16)>);

fn submissions() -> impl Strategy<Value = Vec<Vec<Submission>>> {
    // Few uids, so that losses of a few slots are reported by most.
    let column = prop_oneof![0..SLOTS, 0..9u16];
    let row = prop::collection::btree_map(column, any::<u16>(), 0..12)
        .prop_map(|row| row.into_iter().collect());
    prop::collection::vec(prop::collection::vec((0u32..66, row), 0..12), 1..4)
}

fn world(scoring: Scoring, powers: &[u64], holders: Vec<AccountId>) -> World {
    let mut topic = TopicParams { scoring, tempo: TEMPO, ..params(SLOTS) };
    topic.electorate.max_validators = 32;
    let mut world = World::of(topic, holders.clone());
    for (&who, &power) in holders.iter().zip(powers) {
        // Beyond 64 bits, so that stakes are scaled.
        world.stake.power.insert(Some(who), Power::new(u128::from(power) << 40));
    }
    world
}

/// Closes the epoch in pages of at most `rows` rows, whoever calls.
fn close_by(world: &mut World, scratch: &mut Scratch, rows: u16) -> (Distribution, u16) {
    for pages in 1.. {
        let close = Command::Close { topic: 0, rows };
        let fx = world.apply_in(scratch, user(800), close).unwrap();
        if !matches!(
            fx.last(),
            Some(Effect::Event(effect::Event::Network(Event::PageClosed { .. })))
        ) {
            return (distribution(&fx), pages);
        }
    }
    unreachable!("pages end")
}

proptest! {
    #[test]
    fn pages_compose_to_the_whole(
        scoring in scorings(),
        powers in prop::collection::vec(any::<u64>(), 66),
        epochs in submissions(),
        rows in 1u16..20,
    ) {
        let holders: Vec<_> = (0..66).map(user).collect();
        let mut whole = world(scoring, &powers, holders);
        let mut paged = whole.clone();
        // One keeps its memory, the other begins anew: it makes no difference.
        let (mut kept, mut n) = (Scratch::default(), 0);
        for epoch in epochs.iter().chain([&vec![]]) {
            n += 1;
            for world in [&mut whole, &mut paged] {
                world.height = START + TEMPO * n;
                for (who, row) in epoch {
                    world.submit(*who, row).unwrap();
                }
            }
            let a = close_by(&mut whole, &mut Scratch::default(), u16::MAX).0;
            let b = close_by(&mut paged, &mut kept, rows).0;
            prop_assert_eq!(Distribution { callers: vec![], ..a }, Distribution { callers: vec![], ..b });
            prop_assert!(whole.store == paged.store, "other records");
        }
        prop_assert_eq!(Get::<Closing>::get(&paged.store, 0), Closing::default());
        prop_assert_eq!(Get::<Working>::get(&paged.store, 0), Working::default());
    }

    #[test]
    fn handles_do_not_matter(
        scoring in scorings(),
        powers in prop::collection::vec(any::<u64>(), 66),
        epochs in submissions(),
        order in Just((0..66).collect::<Vec<u32>>()).prop_shuffle(),
    ) {
        let mut plain = world(scoring, &powers, (0..66).map(user).collect());
        let mut mixed = world(scoring, &powers, order.iter().copied().map(user).collect());
        for (epoch, n) in epochs.iter().zip(1..) {
            plain.height = START + TEMPO * n;
            mixed.height = plain.height;
            for (uid, row) in epoch {
                plain.submit(*uid, row).unwrap();
                mixed.submit(order[*uid as usize], row).unwrap();
            }
            let a = distribution(&plain.close(99).unwrap());
            let b = distribution(&mixed.close(99).unwrap());
            prop_assert_eq!(a.incentives, b.incentives);
            prop_assert_eq!(a.dividends.len(), b.dividends.len());
            for (a, b) in a.dividends.iter().zip(&b.dividends) {
                prop_assert_eq!((a.uid, a.score), (b.uid, b.score));
                prop_assert_eq!(a.who, user(a.uid.into()));
                prop_assert_eq!(b.who, user(order[usize::from(b.uid)]));
            }
        }
    }
}

/// Forty validators with permits, ready to be closed.
fn forty() -> World {
    let mut world = World::with(params(SLOTS), 50).powers(&[1000; 40]);
    for n in 0..40 {
        world.submit(n, &[(45, 1), (46, 2)]).unwrap();
    }
    world.epoch();
    world.height += TEMPO;
    world
}

#[test]
fn pages_are_told_and_begin_where_the_last_ended() {
    let mut world = forty();
    for written in [13, 26, 39] {
        let fx = world.close(13).unwrap();
        let event = Event::PageClosed { topic: 0, epoch: crate::Epoch::new(1), rows: written };
        assert_eq!(fx, [Effect::Event(effect::Event::Network(event))]);
        let closing: Closing = world.store.get(0);
        assert_eq!((closing.cursor, closing.height), (written, Height::new(121)));
        world.height += 1;
    }
    distribution(&world.close(13).unwrap());
    assert_eq!(world.close(13).unwrap_err().code(), 325);
    assert_eq!(crate::network::topic(&world.store, 0).unwrap().last_close, Height::new(121));
}

#[test]
fn small_pages_earn_no_fee_unless_they_finish() {
    for (rows, paid) in [(1, 1), (15, 1), (16, 3), (20, 2), (39, 2), (40, 1)] {
        let (d, pages) = close_by(&mut forty(), &mut Scratch::default(), rows);
        assert_eq!(d.callers, vec![user(800); paid], "{rows} rows a page");
        assert_eq!(pages, 40u16.div_ceil(rows), "{rows} rows a page");
    }
}

#[test]
fn short_rows_earn_a_fee_by_the_group() {
    for (rows, paid) in [(1, 1), (127, 1), (128, 2), (199, 2), (200, 1)] {
        let topic = TopicParams { scoring: metered(), ..params(200) };
        let mut world = World::with(topic, 200).powers(&[1000; 3]);
        world.height += TEMPO;
        let (d, pages) = close_by(&mut world, &mut Scratch::default(), rows);
        assert_eq!(d.callers, vec![user(800); paid], "{rows} rows a page");
        assert_eq!(pages, 200u16.div_ceil(rows), "{rows} rows a page");
    }
}

#[test]
fn a_close_of_one_page_leaves_nothing_in_between() {
    let mut world = forty();
    distribution(&world.close(40).unwrap());
    assert_eq!(Get::<Closing>::get(&world.store, 0), Closing::default());
    assert_eq!(Get::<Working>::get(&world.store, 0), Working::default());
}
