//! Previews: what a proposal changes is what it does, and nothing else.

use std::path::Path;

use protocol::{
    AccountId, Amount, Asset, Command, Fraction, Get, Track, network, treasury::Action,
};
use simulator::{
    preview::{Change, Gain, PreviewError, played, repeated},
    run::Season,
    scenario::{
        Scenario,
        file::{Disk, Present, Source, read, read_wish},
    },
    snapshot::Snapshot,
};

const EPOCHS: u64 = 6;

fn taken(scenario: &Scenario, epochs: u64) -> Snapshot {
    let mut season = Season::open(scenario, 0, false, &mut ()).unwrap();
    for epoch in 0..epochs {
        assert!(season.epoch(epoch, &mut ()).unwrap().is_continue());
    }
    Snapshot::take(season.world(), "a test")
}

/// A governed season with a full treasury.
fn governed(epochs: u64) -> Snapshot {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    taken(&read(&Disk { root }, "governance/season.toml").unwrap(), epochs)
}

fn change(track: Track, actions: Vec<Action>) -> Change {
    Change { number: None, title: String::from("a change"), track, option: None, actions }
}

fn named(snapshot: &Snapshot, name: &str) -> AccountId {
    let world = snapshot.world(&[]).unwrap();
    let known = snapshot.accounts().iter().find(|known| known.name == name).unwrap();
    world.accounts().find(&known.address).unwrap()
}

fn units(units: u128) -> Amount {
    Amount::saturating(units)
}

fn difference(gains: &[Gain], name: &str) -> f64 {
    gains.iter().find(|gain| gain.name == name).unwrap().gained.difference.estimate
}

#[test]
fn nothing_proposed_is_nothing_changed() {
    let snapshot = governed(3);
    let preview = repeated(&snapshot, change(Track::Ordinary, Vec::new()), EPOCHS).unwrap();
    let (without, with) = &preview.runs[0];
    assert_eq!(without, with);
    assert!(without.issued > preview.before.issued, "epochs were closed");
    // One block of emission in each of so many.
    let world = snapshot.world(&[]).unwrap();
    let params: protocol::rewards::Params = world.get(());
    let topic: network::Topic = world.get(0);
    let blocks = u128::from(topic.params.tempo * EPOCHS);
    let emitted = without.issued - preview.before.issued;
    assert_eq!(emitted, params.schedule.per_block.units() * blocks);
}

#[test]
fn a_payment_moves_its_amount_and_nothing_else() {
    let snapshot = governed(3);
    let to = named(&snapshot, "builders-0");
    let pay = Action::Pay { asset: Asset::Token, to, amount: units(7_000_000_000) };
    let preview = repeated(&snapshot, change(Track::Ordinary, vec![pay]), EPOCHS).unwrap();
    assert_eq!(preview.refused, None);
    let gains = preview.gains();
    for gain in &gains {
        let expected = if gain.name == "builders-0" { 7e9 } else { 0.0 };
        assert_eq!(gain.gained.difference.estimate, expected, "{}", gain.name);
    }
    let (without, with) = &preview.runs[0];
    assert_eq!(without.treasury - with.treasury, 7_000_000_000);
    assert_eq!(without.issued, with.issued);
}

#[test]
fn what_one_side_gains_the_other_loses() {
    let snapshot = taken(&Scenario::sample(4, 12, 6), 6);
    let world = snapshot.world(&[]).unwrap();
    let topic: network::Topic = world.get(0);
    let contributors = Fraction::from_parts(800_000_000).unwrap();
    assert_ne!(topic.params.contributors, contributors);
    let params = network::TopicParams { contributors, ..topic.params };
    let command = Command::Network(network::Command::UpdateTopic { topic: 0, params });
    let wanted = change(Track::Ordinary, vec![Action::Call { command }]);
    let preview = repeated(&snapshot, wanted, EPOCHS).unwrap();
    assert_eq!(preview.refused, None);
    let groups = preview.group_gains();
    let of = |name: &str| {
        let (gain, _) = groups.iter().find(|(gain, _)| gain.name == name).unwrap();
        gain.gained.difference.estimate
    };
    let (contributors, validators) = (of("contributors"), of("validators"));
    assert!(contributors > 1e9 && validators < -1e9, "{contributors} {validators}");
    // Floors and carried remainders differ by less than a unit an account and epoch.
    assert!((contributors + validators).abs() < 200.0, "{contributors} {validators}");
    let (without, with) = &preview.runs[0];
    assert_eq!(without.issued, with.issued);
}

#[test]
fn what_would_be_refused_says_why_and_changes_nothing() {
    let snapshot = governed(3);
    let to = named(&snapshot, "builders-0");
    // Above the cap of a month.
    let pay = Action::Pay { asset: Asset::Token, to, amount: units(60_000_000_000_000) };
    let preview = repeated(&snapshot, change(Track::Ordinary, vec![pay]), EPOCHS).unwrap();
    let refused = preview.refused.as_ref().unwrap();
    assert!(refused.text.starts_with("E06"), "{refused}");
    let (without, with) = &preview.runs[0];
    assert_eq!(without, with);
}

#[test]
fn live_proposals_are_found_by_their_numbers() {
    // Proposal 1 of the season pays the builders; it is made in epoch 4 and open in 5.
    let snapshot = governed(6);
    let world = snapshot.world(&[]).unwrap();
    let found = Change::live(&world, 1, None).unwrap();
    assert_eq!(found.title, "Pay the builders");
    let preview = repeated(&snapshot, found, EPOCHS).unwrap();
    assert_eq!(preview.refused, None);
    assert_eq!(difference(&preview.gains(), "builders-0"), 8e9);
    // The first is a signal.
    let refused = |number| Change::live(&world, number, None).unwrap_err();
    assert!(matches!(refused(0), PreviewError::Nothing), "{}", refused(0));
    assert!(matches!(refused(99), PreviewError::NoProposal { number: 99, .. }));
    let late = governed(49);
    let late = late.world(&[]).unwrap();
    assert!(matches!(Change::live(&late, 1, None), Err(PreviewError::Over { number: 1, .. })));
}

/// One file in memory.
struct File(&'static str);

impl Source for File {
    fn bytes(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.as_bytes().to_vec())
    }
}

fn wished(snapshot: &Snapshot, text: &'static str) -> Result<Change, String> {
    let world = snapshot.world(&[]).unwrap();
    let topic = |number: u16| {
        let topic: network::Topic = world.get(number);
        (number.to_string(), topic.params)
    };
    let present = Present {
        topics: vec![topic(0), topic(1)],
        emission: world.get(()),
        caps: world.get(()),
        rules: world.get(()),
        symbol: String::from("MOOT"),
        decimals: 9,
        interval: 12,
    };
    let wish = read_wish(&File(text), "p.toml", &present).map_err(|error| format!("{error:?}"))?;
    Change::of_wish(&world, wish).map_err(|error| error.to_string())
}

#[test]
fn a_file_lays_its_keys_on_what_is() {
    let snapshot = governed(3);
    let found = wished(
        &snapshot,
        "title = \"More\"\ntrack = \"constitutional\"\ndeeds = [\n\
         { pay = { to = \"builders-0\", amount = \"5 MOOT\" } },\n\
         { topic = { topic = \"1\", set = { contributors = \"80 %\" } } },\n]\n",
    )
    .unwrap();
    assert_eq!(found.track, Track::Constitutional);
    let world = snapshot.world(&[]).unwrap();
    let now: network::Topic = world.get(1);
    let contributors = Fraction::from_parts(800_000_000).unwrap();
    let params = network::TopicParams { contributors, ..now.params };
    let to = named(&snapshot, "builders-0");
    let command = Command::Network(network::Command::UpdateTopic { topic: 1, params });
    let pay = Action::Pay { asset: Asset::Token, to, amount: units(5_000_000_000) };
    assert_eq!(found.actions, [pay, Action::Call { command }]);
}

#[test]
fn a_file_that_makes_no_sense_is_refused_with_the_place() {
    let snapshot = governed(2);
    for (text, words) in [
        ("title = \"x\"\ndeeds = []", "does nothing"),
        ("title = \"x\"\ndeeds = [{ pay = { to = \"nobody\", amount = \"5 MOOT\" } }]", "nobody"),
        ("title = \"x\"\ndeeds = [{ pay = { to = \"builders-0\", amount = \"5 ATOM\" } }]", "ATOM"),
        ("title = \"x\"\ndeeds = [{ bribe = { to = \"x\" } }]", "bribe"),
        ("title = \"x\"\ndeeds = [{ topic = { topic = \"9\", set = {} } }]", "9"),
        ("deeds = [{ suspend = {} }]", "title"),
    ] {
        let refused = wished(&snapshot, text).unwrap_err();
        assert!(refused.contains(words), "{text}: {refused}");
    }
}

#[test]
fn agents_of_a_scenario_give_intervals_over_seeds() {
    let mut scenario = Scenario::sample(4, 12, 4);
    scenario.seeds = 3;
    let snapshot = taken(&scenario, 4);
    let world = snapshot.world(&[]).unwrap();
    let topic: network::Topic = world.get(0);
    let contributors = Fraction::from_parts(800_000_000).unwrap();
    let params = network::TopicParams { contributors, ..topic.params };
    let command = Command::Network(network::Command::UpdateTopic { topic: 0, params });
    let wanted = change(Track::Ordinary, vec![Action::Call { command }]);
    let none = change(Track::Ordinary, Vec::new());
    // Without a change both runs of a seed are the same: the draws are.
    let preview = played(&snapshot, none, &scenario).unwrap();
    assert_eq!(preview.runs.len(), 3);
    assert!(preview.runs.iter().all(|(without, with)| without == with));
    assert_eq!(preview.hashes[0], preview.hashes[1]);
    let preview = played(&snapshot, wanted, &scenario).unwrap();
    assert_eq!(preview.refused, None);
    let groups = preview.group_gains();
    let all = |name: &str| {
        let (gain, _) = groups.iter().find(|(gain, _)| gain.name == name).unwrap();
        gain.gained.difference
    };
    for (gain, _) in &groups {
        let found = gain.gained.difference;
        assert!(found.low <= found.estimate && found.estimate <= found.high, "{}", gain.name);
    }
    let name = |at: usize| scenario.populations[at].name.as_str();
    assert!(all(name(1)).estimate > 1e9 && all(name(0)).estimate < -1e9, "{groups:?}");
}

#[test]
fn a_proposal_that_agents_would_execute_is_left_alone_without_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios");
    let mut scenario = read(&Disk { root }, "governance/season.toml").unwrap();
    let snapshot = taken(&scenario, 6);
    (scenario.seeds, scenario.epochs) = (1, 20);
    // They wait for proposals of the timeline.
    scenario.events.clear();
    scenario.populations.retain(|group| !["latecomers", "raider"].contains(&group.name.as_str()));
    let world = snapshot.world(&[]).unwrap();
    let preview = played(&snapshot, Change::live(&world, 1, None).unwrap(), &scenario).unwrap();
    assert_eq!(preview.refused, None);
    let gains = preview.gains();
    let found = gains.iter().find(|gain| gain.name == "builders-0").unwrap();
    assert_eq!(found.gained.difference.estimate, 8e9, "{found:?}");
}
