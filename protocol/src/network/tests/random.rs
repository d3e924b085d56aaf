//! Random commands; after each, every record is checked against every other.

use super::{START, TEMPO, World, metered, params, synthesis, yuma};
use crate::{
    account::ModuleId,
    effect::Payload,
    network::{
        BOND_GROUP, Bonds, Closing, Command, Next, Registered, Row, Scoring, Seat, Slot, Standing,
        Topic, TopicParams, Updated, VACANT, Working, YumaVariant, row,
    },
    store::{All, Get},
    testing::{Store, amount, user},
    units::{Height, Power},
};
use proptest::prelude::{
    Just, ProptestConfig, Strategy, any, prop, prop_assert_eq, prop_oneof, proptest,
};
use scoring_kernel::{Memory, RowForm};
use std::collections::BTreeSet;

/// One thing to do.
#[derive(Clone, Debug)]
enum Step {
    Wait(u64),
    Register(u32),
    Leave(u32),
    Submit(u32, Vec<(u16, u16)>),
    Close(u16),
    Retune(u64, Scoring),
    Power(u32, u64),
}

fn scorings() -> impl Strategy<Value = Scoring> {
    prop_oneof![
        Just(Scoring::Mean),
        Just(metered()),
        Just(synthesis()),
        Just(yuma(YumaVariant::Classic)),
        Just(yuma(YumaVariant::Yuma3 { liquid: None })),
    ]
}

fn topic(tempo: u64, scoring: Scoring) -> TopicParams {
    let mut topic = TopicParams { tempo, scoring, immunity: 5, ..params(6) };
    topic.electorate.max_validators = 32;
    topic
}

/// Accounts and slots are few, so that they meet.
fn steps() -> impl Strategy<Value = Vec<Step>> {
    let row = prop::collection::btree_map(0u16..6, any::<u16>(), 0..5);
    let step = prop_oneof![
        3 => (1u64..8).prop_map(Step::Wait),
        2 => (0u32..9).prop_map(Step::Register),
        1 => (0u32..9).prop_map(Step::Leave),
        6 => ((0u32..9), row).prop_map(|(who, row)| Step::Submit(who, row.into_iter().collect())),
        6 => (1u16..4).prop_map(Step::Close),
        1 => (1u64..15, scorings()).prop_map(|(tempo, scoring)| Step::Retune(tempo, scoring)),
        1 => ((0u32..9), any::<u64>()).prop_map(|(who, power)| Step::Power(who, power)),
        1 => Just(Step::Wait(60)),
    ];
    prop::collection::vec(step, 1..120)
}

fn command(step: Step) -> (crate::AccountId, Command) {
    match step {
        Step::Register(n) => {
            let payload = Payload::Register { topic: 0 };
            let receive = Command::Receive { from: user(n), amount: amount(10_000), payload };
            (ModuleId::Token.account(), receive)
        }
        Step::Leave(n) => (user(n), Command::Leave { topic: 0 }),
        Step::Submit(n, weights) => (user(n), Command::Submit { topic: 0, weights }),
        Step::Close(rows) => (user(7), Command::Close { topic: 0, rows }),
        Step::Retune(tempo, scoring) => {
            let params = topic(tempo, scoring);
            (ModuleId::Treasury.account(), Command::UpdateTopic { topic: 0, params })
        }
        Step::Wait(_) | Step::Power(..) => unreachable!("no commands"),
    }
}

fn all<R>(store: &Store) -> Vec<(R::Key, R)>
where
    R: crate::Record + 'static,
{
    let mut rows = Vec::new();
    store.each(&mut |key, row: &R| rows.push((key, row.clone())));
    rows
}

fn bits(pages: impl IntoIterator<Item = ((u16, u16), u64)>) -> BTreeSet<u16> {
    let slots = |((_, page), bits): ((u16, u16), u64)| {
        (0..64).filter(move |bit| (bits >> bit) & 1 == 1).map(move |bit| page * 64 + bit)
    };
    pages.into_iter().flat_map(slots).collect()
}

/// Every record against every other.
fn check(store: &Store) {
    let topic: Topic = store.get(0);
    let holders: Vec<_> = all::<Slot>(store)
        .into_iter()
        .filter_map(|(key, slot)| Some((key.1, slot.holder?)))
        .collect();
    assert_eq!(holders.len(), usize::from(topic.held), "held");
    assert!(holders.iter().all(|&(uid, _)| uid < topic.fresh && uid < topic.params.slots));
    assert_eq!(all::<Seat>(store).len(), holders.len(), "one seat a holder");
    for &(uid, who) in &holders {
        assert_eq!(Get::<Seat>::get(store, (0, who)).uid_plus_one, uid + 1, "seat and slot");
    }
    let held: BTreeSet<u16> = holders.iter().map(|&(uid, _)| uid).collect();
    let registered = all::<Registered>(store).into_iter().flat_map(|((_, page), record)| {
        assert_ne!(record.heights.last(), Some(&VACANT), "ends with a held slot");
        let slots = (page * 64..).zip(record.heights);
        slots.filter(|&(_, height)| height != VACANT).map(|(uid, _)| uid).collect::<Vec<_>>()
    });
    assert_eq!(registered.collect::<BTreeSet<_>>(), held, "registered");

    let keys = |keys: Vec<(u16, u16)>| keys.into_iter().map(|key| key.1).collect::<BTreeSet<_>>();
    let rows = all::<Row>(store);
    let next = all::<Next>(store);
    let bonds = all::<Bonds>(store);
    let updated = all::<Updated>(store);
    let marked = bits(updated.iter().map(|(key, page)| (*key, page.rows)));
    assert_eq!(keys(rows.iter().map(|row| row.0).collect()), marked, "rows");
    assert!(marked.is_subset(&held));
    let marked = bits(updated.iter().map(|(key, page)| (*key, page.next)));
    assert_eq!(keys(next.iter().map(|row| row.0).collect()), marked, "waiting rows");
    assert!(marked.is_subset(&held));
    let permits = bits(all::<Standing>(store).into_iter().map(|(key, page)| (key, page.permits)));
    assert!(permits.is_subset(&held), "permits");
    let closing = !all::<Closing>(store).is_empty();
    let bonded: BTreeSet<u16> =
        bonds.iter().flat_map(|(_, group)| &group.rows).map(|row| row.0).collect();
    assert!(bonds.iter().all(|(key, group)| group.rows.is_sorted_by(|a, b| a.0 < b.0)
        && group.rows.iter().all(|row| row.0 / BOND_GROUP == key.1)));
    let (keepers, who) = match topic.params.scoring.memory() {
        Memory::Nobody => (&BTreeSet::new(), "nobody"),
        Memory::Permitted => (&permits, "who has a permit"),
        Memory::Held => (&held, "who holds a slot"),
    };
    assert!(bonded.is_subset(keepers), "only {who} has bonds");
    let bytes = rows.iter().map(|row| &row.1.weights);
    for bytes in bytes.chain(next.iter().map(|row| &row.1.weights)) {
        let row = row::decode(bytes).unwrap();
        let weights = topic.params.scoring.row_form() == RowForm::Weights;
        let whole = row.is_empty() || row.iter().any(|&(_, value)| value == 65535);
        assert!(whole || !weights, "upscaled");
    }
    let bytes = bonds.iter().flat_map(|(_, group)| &group.rows).map(|row| &row.1);
    assert!(bytes.map(row::decode).all(|row| row.is_some_and(|row| !row.is_empty())));
    assert_eq!(all::<Working>(store).is_empty(), !closing, "nothing is left of a close");
    assert!(topic.params.price.floor <= topic.price && topic.price <= topic.params.price.ceiling);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn records_agree_after_every_command(first in scorings(), powers in prop::collection::vec(any::<u64>(), 9), steps in steps()) {
        let mut world = World::with(topic(TEMPO, first), 3);
        world.height = START + TEMPO / 2;
        for (n, &power) in (0..).zip(&powers) {
            world.stake.power.insert(Some(user(n)), Power::new(power.into()));
        }
        for step in steps {
            match step {
                Step::Wait(blocks) => world.height += blocks,
                Step::Power(who, power) => {
                    world.stake.power.insert(Some(user(who)), Power::new(power.into()));
                }
                step => {
                    let (who, command) = command(step);
                    let closes = matches!(command, Command::Close { .. });
                    let epoch = Get::<Topic>::get(&world.store, 0).epoch;
                    if world.apply(who, command).is_ok() && closes {
                        let after: Topic = world.store.get(0);
                        let ended = u64::from(Get::<Closing>::get(&world.store, 0).height == Height::ZERO);
                        prop_assert_eq!(after.epoch.get(), epoch.get() + ended);
                    }
                    check(&world.store);
                }
            }
        }
    }
}
