//! Governance in scenarios: incidents on our rules, and what their reports say.
#![cfg(feature = "report")]
#![expect(clippy::unwrap_used, reason = "a test may stop where something is not as it says")]

use std::path::{Path, PathBuf};

use simulator::outcome::{Options, Outcome, present, simulate};
use simulator::report::{ReportData, render};
use simulator::scenario::Scenario;
use simulator::scenario::file::{Disk, Source, read};

/// The folder of scenarios.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

fn played(name: &str) -> (Scenario, Outcome, ReportData) {
    let scenario = read(&Disk { root: root() }, name).unwrap();
    let outcome = simulate(&scenario, &Options::default(), &mut ()).unwrap();
    let data = present(&scenario, &outcome, "moot run");
    (scenario, outcome, data)
}

#[test]
fn each_incident_on_our_rules_holds_its_gates() {
    for name in [
        "beanstalk",
        "board",
        "build-finance",
        "compound-289",
        "curve-bribes",
        "juno-16",
        "mango",
        "steem",
        "tornado-cash",
    ] {
        let (_, outcome, data) = played(&format!("incidents/{name}.toml"));
        let broken: Vec<_> = outcome.gates.iter().filter(|judged| !judged.holds).collect();
        assert!(outcome.holds(), "{name}: {broken:?} {:?}", outcome.breach());
        let titles: Vec<&str> = data.sections.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(titles[..2], ["Attacks", "Proposals"], "{name}");
        assert!(render(&data).unwrap().html.contains("Every proposal"), "{name}");
    }
}

#[test]
fn the_report_names_what_stopped_an_attack_or_says_that_nothing_did() {
    for (name, rule) in [
        ("beanstalk", "E0603"),
        ("build-finance", "Quorum"),
        ("compound-289", "No rule stopped `vault`"),
        ("curve-bribes", "No rule stopped `bribe`"),
    ] {
        let (_, _, data) = played(&format!("incidents/{name}.toml"));
        let note = data.rules.iter().find(|note| note.rule.contains(rule));
        assert!(note.is_some(), "{name}: {:?}", data.rules);
    }
}

/// A file laid on the charter.
struct Over(&'static str);

impl Source for Over {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, String> {
        match path {
            "over.toml" => Ok(format!("extends = \"charter.toml\"\n{}", self.0).into_bytes()),
            _ => std::fs::read(root().join("governance/charter.toml")).map_err(|e| e.to_string()),
        }
    }
}

#[test]
fn what_does_not_fit_governance_is_refused() {
    for (text, says) in [
        (
            "[governance.tracks.ordinary]\nquorum = \"4 %\"",
            "E0453 governor: a quorum below the bound",
        ),
        ("[staking]\ntiers = [{ notice = \"7 days\", multiplier = 1.0 }]", "E0460"),
        (
            "[populations.x]\nrole = \"holder\"\ncount = 1\nbehaviour = { raider = { on = \"none\" } }",
            "there is no proposal `none`",
        ),
        ("[governance.guardian]\npopulation = \"nobody\"", "a population `nobody`"),
        ("[governance.tracks.ordinary]\nqorum = \"30 %\"", "did you mean `quorum`?"),
    ] {
        let error = read(&Over(text), "over.toml").unwrap_err().to_string();
        assert!(error.contains(says), "{text}: {error}");
    }
}
