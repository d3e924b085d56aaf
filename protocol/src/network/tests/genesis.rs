use super::{START, metered, params};
use crate::{
    network::{
        Electorate, Genesis, Liquid, Scoring, TopicGenesis, TopicParams, YumaVariant, genesis,
        holder, slot, topic, uid_of,
    },
    testing::{Store, amount, user},
    units::{Fraction, Height},
};

#[test]
fn holders_sit_in_the_first_slots() {
    let mut store = Store::default();
    let holders = (0..70).map(user).collect();
    let g = Genesis {
        topics: vec![
            TopicGenesis { params: params(80), holders },
            TopicGenesis { params: params(4), holders: vec![user(5)] },
        ],
        start: Height::new(START),
    };
    genesis(&mut store, &g).unwrap();
    let first = topic(&store, 0).unwrap();
    assert_eq!((first.held, first.fresh, first.sequence), (70, 70, 70));
    assert_eq!(first.price, amount(100));
    assert_eq!(holder(&store, 0, 69), Some(user(69)));
    assert_eq!(uid_of(&store, 0, user(69)), Some(69));
    assert_eq!(slot(&store, 0, 69).registered, Some(Height::new(START)));
    assert_eq!(slot(&store, 0, 70).registered, None);
    assert_eq!(holder(&store, 1, 0), Some(user(5)));
    assert_eq!(topic(&store, 2).unwrap_err().code(), 301);
}

#[test]
fn every_violation_is_told_at_once() {
    let half = Fraction::WHOLE / 2;
    let bad = TopicParams {
        tempo: 0,
        slots: 5000,
        immunity: u64::MAX,
        electorate: Electorate {
            max_validators: 0,
            activity_cutoff: u64::MAX,
            ..Default::default()
        },
        scoring: Scoring::Yuma {
            kappa: 0,
            bonds_moving_average: 1_000_001,
            bonds_penalty: 0,
            variant: YumaVariant::Yuma3 {
                liquid: Some(Liquid { alpha_low: 2, alpha_high: 1, steepness: 0 }),
            },
        },
        owner_cut: Fraction::from_parts(half + 1).unwrap(),
        ..TopicParams::default()
    };
    let g = Genesis {
        topics: vec![
            TopicGenesis { params: bad, holders: vec![] },
            TopicGenesis { params: params(2), holders: vec![user(1), user(1), user(1)] },
        ],
        start: Height::new(START),
    };
    let mut store = Store::default();
    let found = genesis(&mut store, &g).unwrap_err();
    assert_eq!(store, Store::default());
    let codes: Vec<u16> = found.iter().map(|refusal| refusal.code()).collect();
    assert_eq!(codes, [303, 304, 305, 306, 307, 308, 309, 310, 311, 311, 311, 312, 313, 313]);
    let cut = found.iter().find(|refusal| refusal.code() == 310).unwrap();
    assert_eq!((cut.have, cut.need), (u128::from(half) + 1, half.into()));
}

#[test]
fn a_metered_topics_parameters_have_the_kernels_bounds() {
    for (label, scoring, count) in [
        ("valid", metered(), 0),
        (
            "every one wrong",
            Scoring::Metered { kappa: 0, decay: 1_000_001, cap: 0, top_multiplier: 99, ramp: 0 },
            3,
        ),
        (
            "too much for age",
            Scoring::Metered { kappa: 1, decay: 0, cap: 1, top_multiplier: 10_001, ramp: u64::MAX },
            1,
        ),
    ] {
        let found = TopicParams { scoring, ..params(2) }.violations();
        assert!(found.iter().all(|refusal| refusal.code() == 311), "{label}: {found:?}");
        assert_eq!(found.len(), count, "{label}: {found:?}");
    }
}

#[test]
fn topics_have_sixteen_bits() {
    let topic = TopicGenesis { params: params(1), holders: vec![] };
    let g = Genesis { topics: vec![topic; 65_536], start: Height::new(START) };
    let codes: Vec<u16> = g.violations().iter().map(|refusal| refusal.code()).collect();
    assert_eq!(codes, [314]);
}
