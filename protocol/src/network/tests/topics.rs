use super::{TEMPO, World, code, fraction, metered, params, synthesis, yuma};
use crate::{
    account::{AccountId, ModuleId},
    effect::{self, Effect, OnFail},
    network::{
        Command, Event, Params, Pending, Scoring, TopicParams, YumaVariant, bonds, price, topic,
    },
    rewards,
    store::{Get, Has},
    testing::{amount, user},
    units::Height,
};

const TREASURY: AccountId = ModuleId::Treasury.account();

fn update(params: TopicParams) -> Command {
    Command::UpdateTopic { topic: 0, params }
}

#[test]
fn a_topic_is_opened_by_the_treasury() {
    let mut world = World::with(params(8), 2);
    let create = Command::CreateTopic { params: params(5), weight: 3 };
    assert_eq!(code(world.apply(user(900), create.clone())), 3);
    let fx = world.apply(TREASURY, create).unwrap();
    let allocate = rewards::Command::Allocate { topic: 1, weight: 3 };
    assert_eq!(
        fx,
        [
            Effect::Call { command: effect::Command::Rewards(allocate), on_fail: OnFail::Revert },
            Effect::Event(effect::Event::Network(Event::TopicCreated { topic: 1 })),
        ]
    );
    let new = topic(&world.store, 1).unwrap();
    assert_eq!((new.params, new.last_close), (params(5), Height::new(world.height)));
    assert_eq!((new.held, new.price), (0, amount(100)));
    let bad = Command::CreateTopic { params: TopicParams { slots: 0, ..params(5) }, weight: 3 };
    assert_eq!(code(world.apply(TREASURY, bad)), 304);
}

#[test]
fn topic_numbers_end() {
    let mut world = World::with(params(8), 2);
    world.store.set((), Params { topics: u16::MAX });
    let create = Command::CreateTopic { params: params(5), weight: 3 };
    assert_eq!(code(world.apply(TREASURY, create)), 314);
}

#[test]
fn who_may_change_what() {
    let world = World::with(params(8), 2);
    let cut = |percent| TopicParams { owner_cut: fraction(percent), ..params(8) };
    for (label, who, params, want) in [
        ("a stranger", user(1), params(8), Err(3)),
        ("the owner, the tempo", user(900), TopicParams { tempo: 5, ..params(8) }, Ok(())),
        ("the owner, its own cut", user(900), cut(19), Err(316)),
        ("the owner, slots", user(900), params(9), Err(316)),
        (
            "the owner, the fee",
            user(900),
            TopicParams { page_fee: amount(8), ..params(8) },
            Err(316),
        ),
        ("the owner leaves", user(900), TopicParams { owner: None, ..params(8) }, Ok(())),
        ("the owner, out of bounds", user(900), TopicParams { tempo: 0, ..params(8) }, Err(303)),
        ("the treasury, the cut", TREASURY, cut(19), Ok(())),
        ("the treasury, more slots", TREASURY, params(9), Ok(())),
        ("the treasury, fewer slots", TREASURY, params(7), Err(315)),
        ("the treasury, out of bounds", TREASURY, cut(51), Err(310)),
    ] {
        let mut world = world.clone();
        let outcome = world.apply(who, update(params)).map(|_| ());
        assert_eq!(outcome.map_err(|refusal| refusal.code()), want, "{label}");
    }
}

#[test]
fn the_owner_cannot_undo_what_the_treasury_changes() {
    let mut world = World::with(params(8), 2);
    let cut = TopicParams { owner_cut: fraction(1), ..params(8) };
    world.apply(TREASURY, update(cut.clone())).unwrap();
    assert_eq!(code(world.apply(user(900), update(params(8)))), 316);
    world.apply(user(900), update(TopicParams { tempo: 5, ..cut.clone() })).unwrap();
    world.apply(TREASURY, update(TopicParams { owner: Some(user(1)), ..cut.clone() })).unwrap();
    assert_eq!(code(world.apply(user(900), update(cut.clone()))), 3);
    world.apply(user(1), update(TopicParams { tempo: 7, owner: Some(user(1)), ..cut })).unwrap();
    world.epoch();
    let now = topic(&world.store, 0).unwrap().params;
    assert_eq!((now.owner, now.owner_cut, now.tempo), (Some(user(1)), fraction(1), 7));
}

#[test]
fn a_change_waits_for_the_close() {
    let mut world = World::with(params(8), 2);
    let new = TopicParams { tempo: 5, page_fee: amount(9), owner_cut: fraction(0), ..params(9) };
    world.apply(TREASURY, update(new.clone())).unwrap();
    assert_eq!(topic(&world.store, 0).unwrap().params, params(8));
    world.height = 105;
    assert_eq!(code(world.close(9)), 325, "the old tempo holds");
    world.height = 100;
    let d = world.epoch();
    assert_eq!((d.page_fee, d.owner_cut), (amount(7), fraction(18)), "so do the old cuts");
    assert_eq!(topic(&world.store, 0).unwrap().params, new);
    assert_eq!(Get::<Pending>::get(&world.store, 0), Pending::default());
    world.height += 5;
    assert_eq!(super::distribution(&world.close(9).unwrap()).page_fee, amount(9));
}

#[test]
fn a_change_may_be_taken_back() {
    let mut world = World::with(params(8), 2);
    world.apply(TREASURY, update(params(9))).unwrap();
    world.apply(TREASURY, update(params(8))).unwrap();
    assert_eq!(Get::<Pending>::get(&world.store, 0), Pending::default());
}

#[test]
fn the_price_moves_by_its_old_rules_until_the_change() {
    let mut world = World::with(params(8), 2);
    for n in 50..54 {
        world.register(user(n), 10_000).unwrap();
    }
    // 1600 at block 101; halved once by block 121.
    let mut new = params(8);
    new.price.half_life = 1;
    world.apply(TREASURY, update(new)).unwrap();
    world.height = 121;
    world.close(9).unwrap();
    let topic = topic(&world.store, 0).unwrap();
    assert_eq!(price(&topic, Height::new(121)), amount(800));
    assert_eq!(price(&topic, Height::new(122)), amount(400));
}

#[test]
fn no_change_while_an_epoch_is_closed() {
    let mut world = World::with(params(8), 4).powers(&[60, 40]);
    for n in 0..2 {
        world.submit(n, &[(2, 1)]).unwrap();
    }
    world.epoch();
    world.height += TEMPO;
    world.close(1).unwrap();
    assert_eq!(code(world.apply(TREASURY, update(params(9)))), 320);
}

#[test]
fn bonds_are_kept_unless_their_form_changes() {
    let yuma3 = yuma(YumaVariant::Yuma3 { liquid: None });
    for (label, scoring, rows, kept) in [
        (
            "other numbers",
            Scoring::Yuma {
                kappa: 40_000,
                bonds_moving_average: 800_000,
                bonds_penalty: 0,
                variant: YumaVariant::Classic,
            },
            9,
            true,
        ),
        ("another variant", yuma3, 9, false),
        ("another variant, paged", yuma3, 1, false),
        ("another mechanism", Scoring::Mean, 9, false),
        ("one that keeps others' rows", metered(), 9, false),
        ("one that keeps others' rows, paged", metered(), 1, false),
    ] {
        let mut world = World::with(params(8), 4).powers(&[60, 40]);
        for _ in 0..3 {
            world.submit(0, &[(2, 3), (3, 1)]).unwrap();
            world.submit(1, &[(2, 1), (3, 1)]).unwrap();
            world.epoch();
        }
        world.apply(TREASURY, update(TopicParams { scoring, ..params(8) })).unwrap();
        world.height += TEMPO;
        while topic(&world.store, 0).unwrap().params.scoring != scoring {
            world.close(rows).unwrap();
        }
        for uid in 0..2 {
            assert_eq!(!bonds(&world.store, 0, uid).is_empty(), kept, "{label}");
        }
    }
}

#[test]
fn rows_never_come_to_mean_something_else() {
    let losses = |slots| {
        let mut losses = TopicParams { scoring: synthesis(), ..params(slots) };
        losses.electorate.max_validators = 32;
        losses
    };
    let mut world = World::with(params(8), 2);
    assert_eq!(code(world.apply(TREASURY, update(losses(8)))), 328);
    let mut world = World::with(losses(8), 2);
    assert_eq!(code(world.apply(TREASURY, update(params(8)))), 328);
    world.apply(TREASURY, update(losses(9))).unwrap();
    let many = TopicParams { scoring: synthesis(), ..params(8) };
    assert_eq!(code(world.apply(TREASURY, update(many))), 311, "64 reputers");
}

#[test]
fn measured_scores_are_kept_unless_the_mechanism_changes() {
    let mut other = metered();
    if let Scoring::Metered { decay, cap, .. } = &mut other {
        (*decay, *cap) = (500_000, 65_535);
    }
    for (label, scoring, rows, kept) in [
        ("other numbers", other, 9, true),
        ("another mechanism", yuma(YumaVariant::Classic), 9, false),
        ("another mechanism, paged", yuma(YumaVariant::Classic), 1, false),
        ("none", Scoring::Mean, 1, false),
    ] {
        let before = TopicParams { scoring: metered(), ..params(8) };
        let mut world = World::with(before.clone(), 4).powers(&[60, 40]);
        for _ in 0..3 {
            world.submit(0, &[(2, 3), (3, 1)]).unwrap();
            world.submit(1, &[(2, 3), (3, 1)]).unwrap();
            world.epoch();
        }
        world.apply(TREASURY, update(TopicParams { scoring, ..before })).unwrap();
        world.height += TEMPO;
        while topic(&world.store, 0).unwrap().params.scoring != scoring {
            world.close(rows).unwrap();
        }
        for uid in 2..4 {
            assert_eq!(!bonds(&world.store, 0, uid).is_empty(), kept, "{label}");
        }
    }
}
