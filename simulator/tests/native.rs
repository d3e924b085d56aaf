//! The native engine: digests, undoing, notices, hooks and native coins.

use protocol::{
    AccountId, Amount, Command, Digest, Event, FIRST_USER, Get, Height, MODULES, ModuleId, Payload,
    staking, token,
};
use simulator::{
    bank,
    engine::{Engine, Genesis},
    native::{Accounts, World, recode},
    run::{Recorder, Season},
    scenario::{Scenario, Spread},
};

/// Keeps the genesis of a run.
#[derive(Default)]
struct Keep(Option<Genesis>);

impl Recorder for Keep {
    fn genesis(&mut self, genesis: &Genesis) {
        self.0 = Some(genesis.clone());
    }
}

fn genesis(asset: staking::Asset) -> Genesis {
    let mut scenario = Scenario::sample(4, 4, 1);
    scenario.staking.params.asset = asset;
    scenario.populations[0].stake = Spread::Each(Amount::saturating(1_000));
    scenario.populations[1].liquid = Spread::Each(Amount::saturating(500));
    let mut keep = Keep::default();
    Season::open(&scenario, 0, false, &mut keep).unwrap();
    keep.0.unwrap()
}

fn world(asset: staking::Asset) -> World {
    let mut world = World::from_genesis(&genesis(asset)).unwrap();
    world.begin_block(Height::new(1), world.time());
    world
}

fn user(number: u32) -> AccountId {
    AccountId::from_handle(FIRST_USER + number)
}

fn amount(units: u128) -> Amount {
    Amount::saturating(units)
}

fn send(to: AccountId, units: u128, payload: Payload) -> Command {
    Command::Token(token::Command::Send { to, amount: amount(units), payload })
}

fn bond(units: u128) -> Command {
    send(ModuleId::Staking.account(), units, Payload::Stake { tier: 0 })
}

/// Digests from the exported records alone.
fn enumerated(world: &World) -> [Digest; MODULES] {
    let mut sums = [Digest::default(); MODULES];
    for ((module, _), record) in world.export() {
        sums[module as usize].add(record.hash());
    }
    sums
}

#[test]
fn digests_are_the_sum_of_what_lives() {
    let mut world = world(staking::Asset::Token);
    let mut seed = 7u32;
    for step in 0..2_000 {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let (who, units) = (user(seed >> 29), u128::from(seed >> 16 & 0x3ff));
        let command = match seed >> 8 & 3 {
            0 => bond(units),
            1 => Command::Staking(staking::Command::Unstake { amount: amount(units) }),
            2 => Command::Staking(staking::Command::Delegate { to: Some(user(seed >> 5 & 7)) }),
            _ => {
                let to = user(seed >> 5 & 7);
                Command::Token(token::Command::Transfer { to, amount: amount(units) })
            }
        };
        let _refused_too = world.execute(who, command, Amount::ZERO);
        if step % 100 == 99 {
            assert_eq!(world.digests(), enumerated(&world));
            world.begin_block(Height::new(2 + step), world.time());
        }
    }
}

#[test]
fn a_refused_command_changes_nothing() {
    let mut world = world(staking::Asset::Token);
    let before = world.digests();
    // The tokens have moved when staking refuses the tier.
    let payload = Payload::Stake { tier: 9 };
    let refused = world.execute(user(4), send(ModuleId::Staking.account(), 5, payload), amount(0));
    assert_ne!(refused.unwrap_err().code(), 0);
    // A person's account takes no notices: refused outside the rulebook.
    let payload = Payload::Stake { tier: 0 };
    let refused = world.execute(user(4), send(user(5), 5, payload), Amount::ZERO);
    assert_eq!(refused.unwrap_err().code(), 0);
    assert_eq!(world.digests(), before);
    assert!(world.heard().is_empty());
}

#[test]
fn a_failing_hook_never_undoes_the_change() {
    let mut world = world(staking::Asset::Token);
    world.listen(true);
    let add = Command::Staking(staking::Command::AddHook { hook: user(7) });
    world.execute(ModuleId::Treasury.account(), add, Amount::ZERO).unwrap();
    world.execute(user(4), bond(100), Amount::ZERO).unwrap();
    let account: staking::Account = world.get(user(4));
    assert_eq!(account.position.bonded, amount(100));
    let failed = |event: &Event| matches!(event, Event::Staking(staking::Event::HookFailed { .. }));
    assert!(world.heard().iter().any(failed), "{:?}", world.heard());
}

#[test]
fn native_coins_move_with_the_command_or_not_at_all() {
    let mut world = world(staking::Asset::Native);
    let stake = || Command::Staking(staking::Command::Stake { tier: 0 });
    let held = |world: &World, who| Get::<bank::Holding>::get(world, who).amount;
    let before = world.digests();
    let refused = world.execute(user(0), stake(), amount(1_001)).unwrap_err();
    assert_eq!(refused.code(), 0);
    // A module that takes no coins gives them back by refusing.
    let transfer = token::Command::Transfer { to: user(1), amount: amount(1) };
    assert!(world.execute(user(0), Command::Token(transfer), amount(1)).is_err());
    assert_eq!(world.digests(), before);
    world.execute(user(0), stake(), amount(400)).unwrap();
    assert_eq!(held(&world, user(0)), amount(600));
    assert_eq!(held(&world, ModuleId::Staking.account()), amount(400));
    assert_ne!(world.digests()[ModuleId::Bank as usize], before[ModuleId::Bank as usize]);
}

#[test]
fn raw_records_read_back_as_exported() {
    let mut world = world(staking::Asset::Token);
    world.execute(user(4), bond(100), Amount::ZERO).unwrap();
    let names = genesis(staking::Asset::Token).accounts;
    let accounts = Accounts::of(names.iter().map(String::as_str));
    let all = Engine::export(&mut world);
    assert!(all.len() > 20);
    for ((module, key), record) in all {
        assert_eq!(recode(&accounts, module, &key, &record.value).as_ref(), Some(&record));
    }
}
