//! Seasons that begin in the state of a snapshot.

use std::path::Path;

use protocol::{Get, governance, network, staking};
use simulator::{
    run::{Recorder, RunError, Season, Watch},
    scenario::{
        Places, Scenario,
        file::{Disk, read},
    },
    snapshot::Snapshot,
};

/// Counts refusals.
#[derive(Default)]
struct Refusals(Vec<String>);

impl Recorder for Refusals {
    fn outcome(&mut self, outcome: &Result<(), protocol::Refusal>) {
        self.0.extend(outcome.err().map(|refusal| refusal.to_string()));
    }
}

fn committed(name: &str) -> Scenario {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    read(&Disk { root }, name).unwrap()
}

fn taken(scenario: &Scenario, epochs: u64) -> Snapshot {
    let mut season = Season::open(scenario, 0, false, &mut ()).unwrap();
    for epoch in 0..epochs {
        assert!(season.epoch(epoch, &mut ()).unwrap().is_continue());
    }
    Snapshot::take(season.world(), "a test")
}

/// The state after so many epochs from a snapshot, every law held on the way.
fn gone_on(scenario: &Scenario, snapshot: &Snapshot, epochs: u64) -> (Snapshot, Vec<String>) {
    let mut refusals = Refusals::default();
    let mut season = Season::resume(scenario, 0, false, snapshot, &mut refusals).unwrap();
    let mut watch = Watch::default();
    assert_eq!(season.world().state_hash(), snapshot.state_hash(), "nothing happens at first");
    for epoch in 0..epochs {
        assert!(season.epoch(epoch, &mut refusals).unwrap().is_continue());
        watch.check(season.state()).unwrap();
        let blocks = (epoch + 1) * scenario.tempo();
        assert_eq!(season.state().height(), snapshot.height().after(blocks));
        assert!(season.state().time() > snapshot.time());
    }
    (Snapshot::take(season.world(), "a test"), refusals.0)
}

#[test]
fn a_season_goes_on_from_a_snapshot() {
    let scenario = Scenario::sample(4, 12, 10);
    let snapshot = taken(&scenario, 5);
    let (end, refused) = gone_on(&scenario, &snapshot, 4);
    assert!(refused.is_empty(), "{refused:?}");
    let (before, after) = (snapshot.world(&[]).unwrap(), end.world(&[]).unwrap());
    let epochs = |world: &simulator::native::World| {
        let topic: network::Topic = world.get(0);
        topic.epoch.get()
    };
    assert_eq!((epochs(&before), epochs(&after)), (5, 9));
    // Stakes are the snapshot's: nobody bonds anew.
    let total = |world: &simulator::native::World| {
        let total: staking::Total = world.get(());
        total.bonded
    };
    assert_eq!(total(&before), total(&after));
    // Again is the same.
    assert_eq!(gone_on(&scenario, &snapshot, 4).0, end);
}

#[test]
fn seasons_of_every_kind_go_on_lawfully() {
    for (name, at, more) in [
        ("networks/inference-topic.toml", 2, 2),
        ("networks/metered-data.toml", 4, 3),
        ("networks/notice-tiers.toml", 3, 3),
        ("networks/open.toml", 3, 3),
    ] {
        let scenario = committed(name);
        let (end, _) = gone_on(&scenario, &taken(&scenario, at), more);
        assert!(end.height() > taken(&scenario, at).height(), "{name}");
    }
}

#[test]
fn proposals_that_were_open_are_brought_to_their_end() {
    let scenario = committed("governance/season.toml");
    let snapshot = taken(&scenario, 6);
    let world = snapshot.world(&[]).unwrap();
    let open = |world: &simulator::native::World, number: u32| {
        let proposal: governance::Proposal = world.get(number);
        !proposal.settled
    };
    assert!(open(&world, 1), "paying the builders is voted on");
    let (end, _) = gone_on(&scenario, &snapshot, 30);
    let world = end.world(&[]).unwrap();
    assert!(!open(&world, 1));
    let governance::Numbers { proposals, .. } = world.get(());
    assert!(proposals > 2, "the timeline's own come after it");
}

fn refused(scenario: &Scenario, snapshot: &Snapshot) -> String {
    match Season::resume(scenario, 0, false, snapshot, &mut ()) {
        Err(error @ RunError::Unfit { .. }) => error.to_string(),
        Err(error) => panic!("another refusal: {error}"),
        Ok(_) => panic!("accepted"),
    }
}

#[test]
fn what_does_not_fit_is_refused_with_what_to_do() {
    let scenario = Scenario::sample(4, 8, 4);
    let snapshot = taken(&scenario, 2);
    let mut more = scenario.clone();
    more.populations[0].places = Places::Count(6);
    more.topics[0].params.slots += 2;
    let told = refused(&more, &snapshot);
    let missing = format!("{}-4, {}-5", more.populations[0].name, more.populations[0].name);
    assert!(told.contains(&missing) && told.contains("rename or shrink"), "{told}");
    let mut slower = scenario.clone();
    slower.topics[0].params.tempo *= 2;
    assert!(refused(&slower, &snapshot).contains("tempo"), "{}", refused(&slower, &snapshot));
    let mut two = scenario.clone();
    two.topics.push(scenario.topics[0].clone());
    two.topics[1].name = String::from("second");
    assert!(refused(&two, &snapshot).contains("the snapshot has 1 topics, the scenario 2"));
    let mut coins = scenario.clone();
    coins.staking.params.asset = staking::Asset::Native;
    assert!(refused(&coins, &snapshot).contains("another asset is staked"));
    let market = committed("networks/issuance.toml").market;
    assert!(market.is_some());
    let sold = Scenario { market, ..scenario.clone() };
    assert!(refused(&sold, &snapshot).contains("nobody called `pool` holds any"));
    let governed = committed("governance/season.toml");
    let (governance, events) = (governed.governance.clone(), Vec::new());
    let free = Scenario { governance: None, events, ..governed.clone() };
    let snapshot = taken(&governed, 1);
    assert!(governance.is_some());
    let told = Season::resume(&free, 0, false, &snapshot, &mut ()).err().unwrap().to_string();
    assert!(told.contains("govern"), "{told}");
}
