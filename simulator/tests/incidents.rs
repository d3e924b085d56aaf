//! Incidents as they were: the scenarios' gates, and what their files are refused for.
#![expect(clippy::unwrap_used, reason = "a test may stop where something is not as it says")]

use std::path::{Path, PathBuf};

use simulator::foreign::{Incident, judge, present};
use simulator::report::render;
use simulator::scenario::file::{Disk, FileError, Source, Subject, open, read};

/// The folder of scenarios.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

/// Every incident as it was, by name.
fn incidents() -> Vec<Incident> {
    let mut names: Vec<String> = std::fs::read_dir(root().join("incidents"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with("-as-it-was.toml"))
        .collect();
    names.sort();
    let disk = Disk { root: root() };
    let incident = |name: String| match open(&disk, &format!("incidents/{name}")) {
        Ok(Subject::Incident(incident)) => *incident,
        other => panic!("{name}: {other:?}"),
    };
    names.into_iter().map(incident).collect()
}

/// A number of an incident's tale.
fn figure(name: &str, figure: &str) -> f64 {
    let incident = incidents().into_iter().find(|one| one.name == format!("{name}-as-it-was"));
    let tale = incident.unwrap().system.play();
    tale.figures.iter().find(|one| one.name == figure).unwrap().number().unwrap()
}

#[test]
fn every_incident_holds_its_gates_and_renders() {
    let all = incidents();
    assert_eq!(all.len(), 9);
    for incident in all {
        let told = judge(&incident).unwrap();
        for verdict in &told.verdicts {
            assert!(told.holds(), "{}: {verdict:?}", incident.name);
        }
        assert!(!told.tale.missing.is_empty(), "{}: no rule was missing", incident.name);
        let one = render(&present(&incident, &told, "moot run")).unwrap();
        let other = render(&present(&incident, &judge(&incident).unwrap(), "moot run")).unwrap();
        assert_eq!(one, other, "{}", incident.name);
    }
}

#[test]
fn numbers_land_within_a_hundredth_of_those_reported() {
    for (name, number, reported) in [
        ("beanstalk", "power.held", 0.79),
        ("beanstalk", "loss", 182e6),
        ("beanstalk", "attacker.net", 76e6),
        ("beanstalk", "attacker.eth", 24_830.0),
        ("build-finance", "drained", 160.0),
        ("build-finance", "drained.usd", 470e3),
        ("compound-289", "votes.for", 682_191.0),
        ("compound-289", "votes.against", 633_636.0),
        ("compound-289", "approval", 0.5184),
        ("compound-289", "paid.usd", 24e6),
        ("compound-289", "paid.part", 0.05),
        ("juno-16", "yes", 0.4085),
        ("juno-16", "no", 0.338),
        ("juno-16", "veto", 0.035),
        ("juno-16", "abstain", 0.218),
        ("juno-16", "turnout", 0.9845),
        ("juno-16", "airdropped", 2.5e6),
        ("steem", "frozen", 65e6),
        ("steem", "frozen.part", 0.2),
        ("steem", "seats.taken", 20.0),
        ("mango", "votes.own", 33e6),
        ("mango", "short", 66.7e6),
        ("mango", "returned", 67e6),
        ("mango", "kept", 47e6),
        ("tornado-cash", "granted", 1.2e6),
        ("tornado-cash", "drained", 483e3),
        ("tornado-cash", "restored.for", 517e3),
        ("curve-bribes", "wrapper.part", 0.5),
        ("curve-bribes", "price.wrapper", 9.0),
        ("board", "votes.for", 4.0),
        ("board", "reversed.days", 5.0),
    ] {
        let told = figure(name, number);
        assert!((told / reported - 1.0).abs() <= 0.01, "{name} {number}: {told} for {reported}");
    }
}

/// One file in memory.
struct Text(String);

impl Source for Text {
    fn bytes(&self, _: &str) -> Result<Vec<u8>, String> {
        Ok(self.0.clone().into_bytes())
    }
}

/// What is said of the board's file after a change.
fn refused(from: &str, to: &str) -> FileError {
    let text = std::fs::read_to_string(root().join("incidents/board-as-it-was.toml")).unwrap();
    assert!(text.contains(from), "{from}");
    open(&Text(text.replacen(from, to, 1)), "board.toml").unwrap_err()
}

#[test]
fn what_an_incident_does_not_know_is_refused_with_a_suggestion() {
    for (from, to, path, fix) in [
        ("votes_for", "vote_for", "foreign.board.vote_for", "did you mean `votes_for`?"),
        ("[foreign.board]", "[foreign.bord]", "foreign", "did you mean `board`?"),
        ("sources", "source", "source", "did you mean `sources`?"),
        ("[foreign.board]", "[foriegn.board]", "", ""),
    ] {
        let error = refused(from, to);
        let problem = &error.problems[0];
        if path.is_empty() {
            assert!(problem.to_string().contains("did you mean `foreign`?"), "{problem}");
            continue;
        }
        assert_eq!((problem.path.as_str(), problem.fix.as_str()), (path, fix), "{problem}");
        assert!(problem.snippet.is_some(), "{problem}");
    }
    for (from, to, says) in [
        ("[738, 770]", "[771, 770]", "is no part of a whole"),
        ("[738, 770]", "[0, 0]", "is no part of a whole"),
        ("seats = 6", "seats = -6", "invalid value"),
        ("op = \"==\"", "op = \"==\"\nover = \"mean\"", "there are no seeds here"),
    ] {
        let text = refused(from, to).to_string();
        assert!(text.contains(says), "{text}");
    }
}

#[test]
fn a_gate_about_no_number_of_the_tale_is_refused_with_a_suggestion() {
    let text = std::fs::read_to_string(root().join("incidents/board-as-it-was.toml")).unwrap();
    let text = Text(text.replacen("metric = \"votes.for\"", "metric = \"votes.fro\"", 1));
    let Ok(Subject::Incident(incident)) = open(&text, "board.toml") else { panic!("no incident") };
    let said = judge(&incident).unwrap_err().to_string();
    assert!(said.contains("votes.fro") && said.contains("`votes.for`"), "{said}");
}

#[test]
fn an_incident_is_no_season() {
    let error = read(&Disk { root: root() }, "incidents/board-as-it-was.toml").unwrap_err();
    assert!(error.to_string().contains("its rule is in no engine"), "{error}");
}

#[test]
fn a_rule_that_holds_refuses_the_attack() {
    let file = std::fs::read_to_string(root().join("incidents/beanstalk-as-it-was.toml")).unwrap();
    for (from, to) in [
        ("stalk_before = 227_110_000", "stalk_before = 427_200_000"),
        ("proposed_hours_before = 24", "proposed_hours_before = 23"),
    ] {
        assert!(file.contains(from), "{from}");
        let text = Text(file.replacen(from, to, 1));
        let Ok(Subject::Incident(incident)) = open(&text, "x.toml") else { panic!("no incident") };
        let tale = incident.system.play();
        let value = |name| tale.figures.iter().find(|one| one.name == name).unwrap().value;
        assert_eq!((value("executed"), value("loss")), ((0, 1), (0, 1)), "{to}");
    }
}
