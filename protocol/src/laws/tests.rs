//! Each law finds the state that breaks it, and accepts the one that does not.

use crate::{
    Accrued, Command, Get, Has, Height, ModuleId,
    laws::{Indices, Past, Settings, settings_are_the_authoritys, state_laws},
    network::{Seat, Topic},
    rewards::{self, Distribution, Dividend, Emission, Owed, Pot, SlotOwed, Vesting},
    staking::{self, Account, CHUNK, Total, TotalHistory},
    testing::{Stage, Store, amount, user},
    token::{Balance, Supply},
};

/// Stakes, a delegation, an unbonding, a distribution, a slot with earnings.
fn busy() -> Stage {
    let mut stage = Stage::small();
    stage.seat(0, 3, user(3));
    for (n, stake) in [(0, 1000), (1, 300), (2, 70)] {
        stage.stake(user(n), stake, 0).unwrap();
    }
    stage.block(2, 1006);
    let to = Some(user(0));
    stage.run(user(1), Command::Staking(staking::Command::Delegate { to })).unwrap();
    stage.block(3, 1012);
    let unstake = staking::Command::Unstake { amount: amount(100) };
    stage.run(user(0), Command::Staking(unstake)).unwrap();
    for n in 4..=7 {
        stage.block(n, 1000 + 6 * n);
        stage.stake(user(0), 5, 0).unwrap();
    }
    let power = staking::current_power(&stage.store, user(0));
    let d = Distribution {
        contributors: crate::testing::percent(50),
        incentives: vec![(3, 1)],
        dividends: vec![Dividend { uid: 0, who: user(0), score: 1, power }],
        ..Distribution::default()
    };
    let network = ModuleId::Network.account();
    stage.run(network, Command::Rewards(rewards::Command::Distribute(d))).unwrap();
    stage
}

/// Changes one record in place.
fn alter<R: crate::Record + 'static>(s: &mut Store, key: R::Key, change: impl Fn(&mut R)) {
    let mut record: R = s.get(key);
    change(&mut record);
    s.set(key, record);
}

#[test]
fn a_lawful_state_passes() {
    busy().lawful();
}

#[test]
fn each_state_law_finds_its_breach() {
    type Break = fn(&mut Store);
    let staking_holds: Break = |s| {
        let staking = ModuleId::Staking.account();
        alter::<Balance>(s, staking, |held| held.amount = amount(held.amount.units() - 1));
        alter::<Balance>(s, user(0), |held| held.amount = amount(held.amount.units() + 1));
    };
    let cases: [(&str, u8, Break); 18] = [
        ("staking holds too little", 1, staking_holds),
        ("tokens out of nothing", 1, |s| {
            alter::<Balance>(s, user(0), |held| held.amount = amount(held.amount.units() + 1));
            alter::<Supply>(s, (), |supply| supply.amount = amount(supply.amount.units() + 1));
        }),
        ("issued above the cap", 1, |s| {
            alter::<rewards::Params>(s, (), |params| params.schedule.cap = amount(8_000_000));
        }),
        ("a total of the past", 2, |s| {
            alter::<Total>(s, (), |total| total.power.recent[0].0 = crate::Power::new(1));
        }),
        ("a total of long ago", 2, |s| {
            alter::<TotalHistory>(s, 0, |old| old.changes[CHUNK - 1].0 = crate::Power::new(1));
        }),
        ("supply", 3, |s| {
            alter::<Supply>(s, (), |supply| supply.amount = amount(supply.amount.units() - 1));
        }),
        ("bonded", 3, |s| alter::<Total>(s, (), |total| total.bonded = amount(1))),
        ("unbonding", 3, |s| alter::<Total>(s, (), |total| total.unbonding = amount(1))),
        ("own power", 3, |s| alter::<Account>(s, user(0), |account| account.position.tier = 1)),
        ("weight", 3, |s| alter::<Pot>(s, 9, |pot| pot.weight = 4)),
        ("held slots", 3, |s| alter::<Topic>(s, 0, |topic| topic.held = 2)),
        ("seat", 3, |s| alter::<Seat>(s, (0, user(3)), |seat| seat.uid_plus_one = 9)),
        ("more received than lent", 7, |s| {
            alter::<Account>(s, user(0), |a| a.received.current = crate::Power::new(301));
        }),
        ("received out of nothing", 7, |s| {
            alter::<Account>(s, user(0), |a| a.received.current = crate::Power::new(299));
            alter::<Account>(s, user(5), |a| a.received.current = crate::Power::new(1));
        }),
        ("a position ahead", 14, |s| {
            alter::<Account>(s, user(1), |a| a.position.paid = Accrued::new(1 << 50, 0));
        }),
        ("a grant that overpaid", 14, |s| {
            alter::<Vesting>(s, (user(1), 0), |vesting| vesting.grant.claimed = amount(1));
        }),
        ("earnings out of nothing", 18, |s| {
            alter::<SlotOwed>(s, (0, 0), |page| page.amounts = vec![amount(1)]);
        }),
        ("a lost remainder", 18, |s| {
            alter::<SlotOwed>(s, (0, 0), |page| page.shares[0].remainder = 0);
        }),
    ];
    for (label, law, breaks) in cases {
        let mut s = busy().store;
        breaks(&mut s);
        let found = (0..10).find_map(|at| state_laws(&s, Height::new(at), amount(0)).err());
        let found = found.map(|breach| breach.law);
        assert_eq!(found, Some(law), "{label}");
    }
}

#[test]
fn law_04_finds_a_changed_past() {
    let mut stage = busy();
    let heights = [1, 2, 3, 4].map(Height::new);
    let past = Past::of(&stage.store, &heights);
    stage.stake(user(2), 30, 0).unwrap();
    past.is_unchanged(&stage.store).unwrap();
    alter::<Account>(&mut stage.store, user(2), |account| account.own.since = Height::ZERO);
    assert_eq!(past.is_unchanged(&stage.store).unwrap_err().law, 4);
}

#[test]
fn law_05_finds_a_change_that_the_next_block_does_not_see() {
    let mut stage = busy();
    Past::next_block_sees_now(&stage.store, Height::new(7)).unwrap();
    alter::<Account>(&mut stage.store, user(0), |account| account.own.since = Height::new(19));
    assert_eq!(Past::next_block_sees_now(&stage.store, Height::new(7)).unwrap_err().law, 5);
}

#[test]
fn law_16_finds_a_fallen_index() {
    let mut s = busy().store;
    let before = Indices::of(&s);
    before.never_fall(&s).unwrap();
    alter::<SlotOwed>(&mut s, (0, 0), |page| page.shares[0].index = Accrued::ZERO);
    assert_eq!(before.never_fall(&s).unwrap_err().law, 16);
    let mut s = busy().store;
    alter::<Emission>(&mut s, (), |emission| emission.index = Accrued::ZERO);
    assert_eq!(before.never_fall(&s).unwrap_err().law, 16);
}

#[test]
fn law_23_finds_a_strangers_change() {
    let mut s = busy().store;
    let before = Settings::of(&s);
    settings_are_the_authoritys(&s, &before, user(0)).unwrap();
    alter::<staking::Params>(&mut s, (), |params| params.max_stake = amount(3_000_000));
    let treasury = ModuleId::Treasury.account();
    settings_are_the_authoritys(&s, &before, treasury).unwrap();
    assert_eq!(settings_are_the_authoritys(&s, &before, user(0)).unwrap_err().law, 23);
    alter::<staking::Params>(&mut s, (), |params| params.unit = 0);
    assert_eq!(settings_are_the_authoritys(&s, &before, treasury).unwrap_err().law, 23);
}

#[test]
fn a_breach_names_its_law() {
    let mut s = busy().store;
    alter::<Owed>(&mut s, user(6), |owed| owed.amount = amount(5));
    let breach = state_laws(&s, Height::new(5), amount(0)).unwrap_err();
    assert!(breach.to_string().starts_with("law 18: unclaimed: stated"), "{breach}");
}
