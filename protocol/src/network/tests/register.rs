use super::{START, World, code, params};
use crate::{
    account::ModuleId,
    codec::Bytes,
    effect::{self, Effect, OnFail, Payload},
    network::{
        Command, Event, Registered, Slot, Standing, TopicParams, holder, price, slot, topic, uid_of,
    },
    rewards,
    store::{Get, Has},
    testing::{amount, user},
    token,
    units::Height,
};
use proptest::prelude::{prop, prop_assert_eq, proptest};

fn call(command: effect::Command) -> Effect {
    Effect::Call { command, on_fail: OnFail::Revert }
}

fn burn(units: u128) -> Effect {
    call(effect::Command::Token(token::Command::Burn { amount: amount(units) }))
}

#[test]
fn the_price_is_burned_and_the_rest_returned() {
    let mut world = World::with(params(4), 2);
    let fx = world.register(user(50), 130).unwrap();
    let event = Event::Registered { topic: 0, uid: 2, who: user(50), price: amount(100) };
    assert_eq!(
        fx,
        [
            burn(100),
            call(effect::Command::Token(token::Command::Transfer {
                to: user(50),
                amount: amount(30)
            })),
            Effect::Event(effect::Event::Network(event)),
        ]
    );
    assert_eq!(uid_of(&world.store, 0, user(50)), Some(2));
    assert_eq!(slot(&world.store, 0, 2).registered, Some(Height::new(START + 1)));
    // Doubled by the registration, halved by the half-life of 20 blocks.
    let after = topic(&world.store, 0).unwrap();
    assert_eq!((after.held, after.fresh, after.sequence), (3, 3, 3));
    for (label, height, want) in [("at once", 101, 200), ("later", 121, 100), ("floor", 161, 100)] {
        assert_eq!(price(&after, Height::new(height)), amount(want), "{label}");
    }
    // Exactly the price: nothing comes back.
    assert_eq!(world.register(user(51), 200).unwrap().len(), 2);
}

#[test]
fn refusals_of_registration() {
    let mut world = World::with(params(4), 2);
    let receive = |from, payload| Command::Receive { from, amount: amount(100), payload };
    let slot = Payload::Register { topic: 0 };
    let token = ModuleId::Token.account();
    for (label, sender, command, want) in [
        ("forged notice", user(50), receive(user(50), slot.clone()), 302),
        ("staking's payload", token, receive(user(50), Payload::Stake { tier: 0 }), 2),
        ("garbage", token, receive(user(50), Payload::Opaque(Bytes(vec![7]))), 2),
        ("no such topic", token, receive(user(50), Payload::Register { topic: 1 }), 301),
        ("seated", token, receive(user(1), slot), 318),
    ] {
        assert_eq!(code(world.apply(sender, command)), want, "{label}");
    }
    let refusal = world.register(user(50), 99).unwrap_err();
    assert_eq!((refusal.code(), refusal.have, refusal.need), (317, 99, 100));
}

#[test]
fn coins_are_refused_by_every_verb() {
    let mut world = World::with(params(4), 2);
    let cx = crate::Context { funds: amount(1), ..crate::testing::at(200, 0, user(0)) };
    for command in [
        Command::Leave { topic: 0 },
        Command::Submit { topic: 0, weights: vec![] },
        Command::Close { topic: 0, rows: 9 },
    ] {
        let store = &mut world.store;
        let refusal = crate::network::apply(store, &world.stake, &cx, command, &mut vec![]);
        assert_eq!(refusal.unwrap_err().code(), 5);
    }
}

#[test]
fn vacated_slots_are_taken_again_lowest_first() {
    let mut world = World::with(params(200), 130);
    for n in [129, 70, 3] {
        world.apply(user(n), Command::Leave { topic: 0 }).unwrap();
    }
    for (n, uid) in [(500, 3), (501, 70), (502, 129), (503, 130)] {
        world.register(user(n), 10_000).unwrap();
        assert_eq!(uid_of(&world.store, 0, user(n)), Some(uid));
    }
    assert_eq!(topic(&world.store, 0).unwrap().held, 131);
}

#[test]
fn a_pruned_holder_keeps_what_was_earned() {
    let mut world = World::with(params(2), 2);
    world.height = START + 30;
    let fx = world.register(user(50), 100).unwrap();
    assert_eq!(
        fx,
        [
            burn(100),
            call(effect::Command::Rewards(rewards::Command::Vacate {
                topic: 0,
                uid: 0,
                who: user(0)
            })),
            Effect::Event(effect::Event::Network(Event::Left { topic: 0, uid: 0, who: user(0) })),
            Effect::Event(effect::Event::Network(Event::Registered {
                topic: 0,
                uid: 0,
                who: user(50),
                price: amount(100),
            })),
        ]
    );
    assert_eq!(holder(&world.store, 0, 0), Some(user(50)));
    assert_eq!(uid_of(&world.store, 0, user(0)), None);
    assert_eq!(topic(&world.store, 0).unwrap().held, 2);
}

/// Sets up slots as (score, height, sequence) and says which is pruned in block 1000 under an
/// immunity of 100.
fn pruned(slots: &[(u32, u64, u64)]) -> Result<u16, u16> {
    let count = slots.len() as u16;
    let params = TopicParams { immunity: 100, ..params(count) };
    let mut world = World::with(params, count.into());
    for (page, slots) in (0..).zip(slots.chunks(64)) {
        let heights = slots.iter().map(|slot| Height::new(slot.1)).collect();
        world.store.set((0, page), Registered { heights });
        let scores = slots.iter().map(|slot| slot.0).collect();
        world.store.set((0, page), Standing { scores, permits: 0 });
    }
    for (uid, slot) in (0..).zip(slots) {
        let holder = holder(&world.store, 0, uid);
        world.store.set((0, uid), Slot { holder, sequence: slot.2 });
    }
    world.height = 1000;
    world.register(user(5000), 10_000).map_err(|refusal| refusal.code())?;
    Ok(uid_of(&world.store, 0, user(5000)).unwrap())
}

#[test]
fn who_is_pruned() {
    for (label, slots, want) in [
        ("lowest score", vec![(5, 1, 1), (3, 9, 9), (4, 2, 2)], Ok(1)),
        ("then the oldest block", vec![(3, 5, 2), (3, 4, 3), (9, 1, 1)], Ok(1)),
        ("then the oldest of a block", vec![(3, 4, 3), (3, 4, 1), (3, 4, 2)], Ok(1)),
        ("no order of uids where all is equal", vec![(0, 4, 1), (0, 4, 2)], Ok(0)),
        ("immune ones are spared", vec![(1, 950, 2), (7, 900, 1)], Ok(1)),
        ("the last block of immunity", vec![(1, 901, 1), (7, 900, 2)], Ok(1)),
        ("all immune", vec![(1, 950, 1), (7, 901, 2)], Err(319)),
        ("the worst of scores", vec![(u32::MAX, 4, 2), (u32::MAX, 4, 1)], Ok(1)),
    ] {
        assert_eq!(pruned(&slots), want, "{label}");
    }
}

proptest! {
    #[test]
    fn pruning_follows_score_age_and_immunity(
        scores in prop::collection::vec((0u32..4, 0u64..12), 1..150),
    ) {
        // Sequences follow blocks, as registrations do; within a block, later uids are older.
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by_key(|&uid| (scores[uid].1, std::cmp::Reverse(uid)));
        let mut slots: Vec<(u32, u64, u64)> =
            scores.iter().map(|&(score, age)| (score, 895 + age, 0)).collect();
        for (sequence, &uid) in (1..).zip(&order) {
            slots[uid].2 = sequence;
        }
        let open = slots.iter().enumerate().filter(|(_, slot)| slot.1 <= 900);
        let want = open.min_by_key(|(_, slot)| (slot.0, slot.2)).map(|(uid, _)| uid as u16);
        prop_assert_eq!(pruned(&slots), want.ok_or(319));
    }
}

#[test]
fn registered_heights_end_where_the_rest_is_vacant() {
    let mut world = World::with(params(4), 2);
    world.apply(user(1), Command::Leave { topic: 0 }).unwrap();
    let registered: Registered = world.store.get((0, 0));
    assert_eq!(registered.heights.len(), 1);
    world.apply(user(0), Command::Leave { topic: 0 }).unwrap();
    let registered: Registered = world.store.get((0, 0));
    assert_eq!(registered, Registered::default());
}
