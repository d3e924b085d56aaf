//! Export, import, continue equals continue.

use simulator::{native::Known, scenario::Scenario, snapshot::Snapshot};

use crate::stage::{again, played, scenario};

/// Written, read, and gone on from: the same outcomes, hashes and, at the end, records.
fn goes_on(scenario: &Scenario, at: u64, more: u64) {
    let (taken, mut end, log) = played(scenario, at, more);
    let text = taken.to_json();
    let read = Snapshot::parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(read, taken);
    assert_eq!(read.to_json(), text, "what is read is written again as it was");
    // Handles are in the commands, so they must be those of the season.
    let first: Vec<Known> = end.accounts().users();
    let mut world = read.world(&first).unwrap();
    assert_eq!(world.state_hash(), taken.state_hash());
    again(&mut world, &log);
    assert_eq!(Snapshot::take(&mut world, "end"), Snapshot::take(&mut end, "end"));
}

#[test]
fn a_small_season_goes_on_from_every_epoch() {
    let sample = Scenario::sample(6, 12, 8);
    for at in 0..8 {
        goes_on(&sample, at, 8 - at);
    }
}

#[test]
fn seasons_of_every_mechanism_go_on() {
    for (name, at, more) in [
        ("governance/season.toml", 22, 6),
        ("networks/inference-topic.toml", 3, 2),
        ("networks/metered-data.toml", 5, 3),
        ("networks/notice-tiers.toml", 4, 2),
        ("networks/open.toml", 4, 2),
    ] {
        goes_on(&scenario(name), at, more);
    }
}

#[test]
fn whose_handle_is_which_changes_no_byte() {
    let (taken, _, _) = played(&Scenario::sample(4, 8, 3), 3, 0);
    let mut sorted = taken.world(&[]).unwrap();
    let mut turned = taken.accounts().to_vec();
    turned.reverse();
    let mut turned = taken.world(&turned).unwrap();
    assert_eq!(sorted.state_hash(), turned.state_hash());
    let source = taken.about();
    assert_eq!(Snapshot::take(&mut sorted, source), taken);
    assert_eq!(Snapshot::take(&mut turned, source), taken);
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("state.json");
    simulator::snapshot::write_whole(&path, b"first").unwrap();
    simulator::snapshot::write_whole(&path, b"second").unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), b"second");
    let inside = folder.path().join("missing").join("state.json");
    assert!(simulator::snapshot::write_whole(&inside, b"third").is_err());
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 1, "nothing is left beside it");
}
