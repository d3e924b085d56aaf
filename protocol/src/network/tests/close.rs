use super::{START, TEMPO, World, code, distribution, metered, params, synthesis};
use crate::{
    codec::Bytes,
    effect::{self, Effect},
    network::{
        Bonds, Command, Electorate, Event, Row, Scoring, Standing, TopicParams, Updated, bonds,
        due, slot, topic,
    },
    ports::StakePort,
    refusal::{PEER_SILENT, Refusal},
    store::{Get, Has},
    testing::{Answers, amount, user},
    units::{Epoch, Fraction, Height, Power},
};
use scoring_kernel::{
    Rows,
    synthesis::{Column, Section, SlotMemory},
};

fn two_by_two() -> World {
    let mut world = World::with(params(8), 4).powers(&[60, 40]);
    world.submit(0, &[(2, 3), (3, 1)]).unwrap();
    world.submit(1, &[(2, 3), (3, 1)]).unwrap();
    world
}

#[test]
fn the_first_close_issues_permits_and_the_second_pays() {
    let mut world = two_by_two();
    let d = world.epoch();
    assert_eq!((d.incentives, d.dividends), (vec![], vec![]));
    assert!(slot(&world.store, 0, 0).permit && slot(&world.store, 0, 1).permit);
    assert!(!slot(&world.store, 0, 2).permit);

    let d = world.epoch();
    assert_eq!((d.topic, d.epoch), (0, Epoch::new(1)));
    assert_eq!((d.callers, d.page_fee), (vec![user(800)], amount(7)));
    assert_eq!((d.owner, d.owner_cut), (Some(user(900)), params(8).owner_cut));
    assert_eq!(d.contributors, params(8).contributors);
    let uids: Vec<u16> = d.incentives.iter().map(|score| score.0).collect();
    assert_eq!(uids, [2, 3]);
    let (high, low) = (d.incentives[0].1, d.incentives[1].1);
    assert!(high.abs_diff(3 * low) < 1 << 17, "three to one within the weights' 16 bits");
    let [a, b] = d.dividends.as_slice() else { panic!("two validators") };
    assert_eq!((a.uid, a.who, b.uid, b.who), (0, user(0), 1, user(1)));
    assert!((a.score * 2).abs_diff(b.score * 3) < 1 << 18, "by stake where weights agree");
    assert_eq!((a.uid, a.who), (0, user(0)));
    assert_eq!(u64::from(slot(&world.store, 0, 2).score), high);
}

#[test]
fn an_epoch_is_due_tempo_blocks_after_the_last() {
    let mut world = two_by_two();
    let refusal = world.close(9).unwrap_err();
    assert_eq!((refusal.code(), refusal.have, refusal.need), (325, 101, 110));
    world.height = START + TEMPO;
    let fx = world.close(9).unwrap();
    let closed = Event::EpochClosed { topic: 0, epoch: Epoch::ZERO };
    assert_eq!(fx.last(), Some(&Effect::Event(effect::Event::Network(closed))));
    let after = topic(&world.store, 0).unwrap();
    assert_eq!((after.epoch, after.last_close), (Epoch::new(1), Height::new(110)));
    assert_eq!(due(&after), Height::new(120));
    // A late close is one close; the next is due a tempo after it.
    world.height = 175;
    world.close(9).unwrap();
    assert_eq!(due(&topic(&world.store, 0).unwrap()), Height::new(185));
    assert_eq!(code(world.close(9)), 325);
    assert_eq!(code(world.close(0)), 326);
    assert_eq!(code(world.apply(user(0), Command::Close { topic: 3, rows: 1 })), 301);
}

#[test]
fn nobody_to_score_is_an_empty_distribution() {
    for (label, mut world) in [
        ("no holders", World::with(params(8), 0)),
        ("no weights", World::with(params(8), 4).powers(&[60, 40])),
        ("no power", {
            let mut world = World::with(params(8), 4);
            world.submit(0, &[(2, 1)]).unwrap();
            world
        }),
    ] {
        for _ in 0..3 {
            let d = world.epoch();
            assert_eq!((d.incentives, d.dividends), (vec![], vec![]), "{label}");
            assert_eq!(d.callers, [user(800)], "{label}");
        }
        assert_eq!(topic(&world.store, 0).unwrap().epoch, Epoch::new(3), "{label}");
    }
}

#[test]
fn the_mean_pays_by_stake_and_keeps_no_bonds() {
    let params = TopicParams { scoring: Scoring::Mean, ..params(8) };
    let mut world = World::with(params, 4).powers(&[60, 40]);
    world.submit(0, &[(2, 1)]).unwrap();
    world.submit(1, &[(3, 1)]).unwrap();
    world.epoch();
    let d = world.epoch();
    assert!(d.incentives[0].1 * 2 > d.incentives[1].1 * 3 - 9);
    assert_eq!(d.dividends.len(), 2);
    assert!(bonds(&world.store, 0, 0).is_empty());
}

#[test]
fn metered_work_is_remembered_in_the_slot_of_who_did_it() {
    let mut scoring = metered();
    if let Scoring::Metered { cap, .. } = &mut scoring {
        *cap = u16::MAX;
    }
    let mut world = World::with(TopicParams { scoring, ..params(8) }, 5).powers(&[60, 40]);
    for n in 0..2 {
        world.submit(n, &[(2, 3), (3, 1)]).unwrap();
    }
    world.epoch();
    let first = world.epoch();
    assert_eq!(first.incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [2, 3]);
    assert_eq!(first.dividends.len(), 2);
    // Each contributor's own row, and nobody else's: three quarters and one of a tenth.
    let score = |world: &World, uid| bonds(&world.store, 0, uid);
    for (uid, row) in [(0, vec![]), (2, vec![(2, 4915)]), (3, vec![(3, 1638)]), (4, vec![])] {
        assert_eq!(score(&world, uid), row, "{uid}");
    }
    // Who is measured no more is paid less each epoch; who leaves is forgotten.
    for n in 0..2 {
        world.submit(n, &[(3, 1)]).unwrap();
    }
    let second = world.epoch();
    assert!(score(&world, 2)[0].1 < 4915 && score(&world, 3)[0].1 > 1638);
    assert!(second.incentives[0].1 < first.incentives[0].1);
    world.apply(user(2), Command::Leave { topic: 0 }).unwrap();
    assert!(score(&world, 2).is_empty());
    assert_eq!(world.epoch().incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [3]);
}

/// A topic of two inferers, 2 and 3, a forecaster, 4, and two reputers, 0 and 1.
fn inferences() -> World {
    let mut topic = TopicParams { scoring: synthesis(), ..params(8) };
    topic.electorate.max_validators = 32;
    World::with(topic, 6).powers(&[60, 40])
}

/// A reputer's row; losses of the three workers.
fn losses(own: [u16; 3]) -> Vec<(u16, u16)> {
    let mut row = vec![(0, 30_000), (1, 30_800)];
    for (uid, own) in (2..).zip(own) {
        let place = |section| Column::Of(uid, section).place();
        row.extend([(place(Section::Own), own), (place(Section::Without), 30_000 + own / 100)]);
        if uid == 4 {
            row.push((place(Section::With), 30_100));
        }
    }
    row
}

#[test]
fn synthesis_splits_the_emission_and_remembers_every_slot() {
    let mut world = inferences();
    for n in 0..2 {
        world.submit(n, &losses([31_000, 33_000, 30_500])).unwrap();
    }
    let d = world.epoch();
    assert_eq!((d.incentives.len(), d.contributors), (0, params(8).contributors));
    let d = world.epoch();
    assert_eq!(d.incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [2, 3, 4]);
    assert_eq!(d.dividends.len(), 2);
    assert!(d.contributors != params(8).contributors && d.contributors != Fraction::ZERO);
    let memory = |world: &World, uid| {
        let mut rows = Rows::new();
        rows.push_row(bonds(&world.store, 0, uid)).unwrap();
        SlotMemory::of(rows.row(0))
    };
    assert!(memory(&world, 2).regret > memory(&world, 3).regret);
    assert_eq!(memory(&world, 4).last_scores().count(), 1);
    assert_eq!(memory(&world, 5), SlotMemory::default());
    world.epoch();
    assert_eq!(memory(&world, 4).last_scores().count(), 2);
    world.apply(user(4), Command::Leave { topic: 0 }).unwrap();
    assert!(bonds(&world.store, 0, 4).is_empty());
    let d = world.epoch();
    assert_eq!(d.incentives.iter().map(|score| score.0).collect::<Vec<_>>(), [2, 3]);
}

#[test]
fn a_row_of_losses_has_two_columns_and_three_a_slot() {
    let mut world = inferences();
    assert_eq!(code(world.submit(0, &[(26, 1)])), 324);
    world.submit(0, &[(0, 7), (25, 9)]).unwrap();
    assert_eq!(crate::network::weights(&world.store, 0, 0), [(0, 7), (25, 9)], "as they are");
}

#[test]
fn silent_validators_stop_counting_and_are_forgotten() {
    let mut world = two_by_two();
    // The cutoff is 50 blocks after the submission in block 101.
    for height in [110, 120, 130, 140, 150] {
        world.height = height;
        world.submit(1, &[(2, 3), (3, 1)]).unwrap();
        world.close(9).unwrap();
    }
    assert_eq!(Get::<Updated>::get(&world.store, (0, 0)).rows, 3);
    assert!(slot(&world.store, 0, 0).permit);
    world.height = 160;
    // What its bonds earned it is still paid; then it is out.
    let d = distribution(&world.close(9).unwrap());
    assert_eq!(d.dividends.iter().map(|dividend| dividend.uid).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(Get::<Updated>::get(&world.store, (0, 0)).rows, 2);
    assert_eq!(Get::<Row>::get(&world.store, (0, 0)), Row::default());
    assert!(bonds(&world.store, 0, 0).is_empty() && !bonds(&world.store, 0, 1).is_empty());
    assert!(!slot(&world.store, 0, 0).permit);
    world.height = 170;
    let d = distribution(&world.close(9).unwrap());
    assert_eq!(d.dividends.iter().map(|dividend| dividend.uid).collect::<Vec<_>>(), [1]);
}

#[test]
fn the_boundary_of_the_cutoff_counts() {
    for (height, rows) in [(151, 3), (152, 0)] {
        let mut world = two_by_two();
        world.height = height;
        world.close(9).unwrap();
        assert_eq!(Get::<Updated>::get(&world.store, (0, 0)).rows, rows, "{height}");
    }
}

#[test]
fn permits_go_to_the_largest_who_submit_above_the_threshold() {
    let electorate =
        Electorate { max_validators: 2, activity_cutoff: 50, stake_threshold: Power::new(20) };
    let mut world =
        World::with(TopicParams { electorate, ..params(8) }, 6).powers(&[30, 99, 50, 40, 19, 20]);
    for n in [0, 2, 3, 4, 5] {
        world.submit(n, &[(1, 1)]).unwrap();
    }
    world.epoch();
    assert_eq!(Get::<Standing>::get(&world.store, (0, 0)).permits, 0b1100, "not 1, who is silent");
    world.stake.power.insert(Some(user(2)), Power::new(19));
    world.epoch();
    assert_eq!(Get::<Standing>::get(&world.store, (0, 0)).permits, 0b1001);
}

/// Answers, and counts who is asked.
#[derive(Default)]
struct Counting(Answers, std::cell::RefCell<Vec<(u32, u64)>>);

impl StakePort for Counting {
    fn power_at(&self, who: Option<crate::AccountId>, height: Height) -> Result<Power, Refusal> {
        let who_is = who.ok_or(PEER_SILENT.bare())?;
        self.1.borrow_mut().push((who_is.handle(), height.get()));
        self.0.power_at(who, height)
    }
    fn current_power(&self, who: crate::AccountId) -> Result<Power, Refusal> {
        self.0.current_power(who)
    }
    fn standing_at(
        &self,
        _: crate::AccountId,
        _: Height,
    ) -> Result<(crate::staking::Standing, Power), Refusal> {
        Err(PEER_SILENT.bare())
    }
    fn staking_params(&self) -> Result<crate::staking::Params, Refusal> {
        Err(PEER_SILENT.bare())
    }
}

#[test]
fn only_the_power_of_who_submitted_is_read_at_the_first_page() {
    let mut world = two_by_two();
    world.epoch();
    world.height = 130;
    let counting = Counting(world.stake.clone(), Default::default());
    let close = Command::Close { topic: 0, rows: 1 };
    for height in [130, 131] {
        let cx = crate::testing::at(height, 0, user(1));
        crate::network::apply(&mut world.store, &counting, &cx, close.clone(), &mut vec![])
            .unwrap();
    }
    let asked = counting.1.into_inner();
    assert_eq!(asked, [(user(0).handle(), 130), (user(1).handle(), 130)]);
    let after = topic(&world.store, 0).unwrap();
    assert_eq!((after.epoch, after.last_close), (Epoch::new(2), Height::new(130)));
}

#[test]
fn a_silent_staking_module_refuses_the_close() {
    struct Silent;
    impl StakePort for Silent {
        fn power_at(&self, _: Option<crate::AccountId>, _: Height) -> Result<Power, Refusal> {
            Err(PEER_SILENT.bare())
        }
        fn current_power(&self, _: crate::AccountId) -> Result<Power, Refusal> {
            Err(PEER_SILENT.bare())
        }
        fn standing_at(
            &self,
            _: crate::AccountId,
            _: Height,
        ) -> Result<(crate::staking::Standing, Power), Refusal> {
            Err(PEER_SILENT.bare())
        }
        fn staking_params(&self) -> Result<crate::staking::Params, Refusal> {
            Err(PEER_SILENT.bare())
        }
    }
    let mut world = two_by_two();
    let cx = crate::testing::at(110, 0, user(1));
    let close = Command::Close { topic: 0, rows: 1 };
    let refusal = crate::network::apply(&mut world.store, &Silent, &cx, close, &mut vec![]);
    assert_eq!(refusal.unwrap_err().code(), 4);
}

#[test]
fn altered_records_are_refused() {
    let mut world = two_by_two();
    world.epoch();
    world.height += TEMPO;
    let pages = world.clone();
    world.store.set((0, 0), Bonds { rows: vec![(1, Bytes(vec![1]))] });
    assert_eq!(code(world.close(9)), 327);
    let mut world = pages.clone();
    world.store.set(
        (0, 0),
        Row { weights: Bytes(vec![0, 9, 0, 1]), updated: Height::new(109), holder: Some(user(0)) },
    );
    assert_eq!(code(world.close(9)), 327, "a slot that is not there");
    let mut world = pages;
    world.close(1).unwrap();
    world.store.set(0, crate::network::Working::default());
    assert_eq!(code(world.close(9)), 327);
}
