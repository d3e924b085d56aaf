//! The scenarios that come with the project, for their first epochs; `moot conform` plays more.

#[path = "stage/mod.rs"]
mod stage;

use std::path::{Path, PathBuf};

use simulator::scenario::file::{Disk, Subject, open};

/// Enough for a close, what it pays, and commands that answer to it.
const EPOCHS: u64 = 3;

fn scenarios() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../scenarios")
}

/// Files that end in `.toml`, relative to the scenarios' folder.
fn files(folder: &Path, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            let inside = path.strip_prefix(scenarios()).expect("inside");
            found.push(inside.to_str().expect("a plain name").to_owned());
        }
    }
}

#[test]
fn the_projects_scenarios_agree_in_three_engines() {
    let mut found = Vec::new();
    files(&scenarios(), &mut found);
    found.sort();
    assert!(found.iter().any(|name| name == "quickstart.toml"), "only {found:?}");
    for name in found {
        let disk = Disk { root: scenarios() };
        let subject = open(&disk, &name).unwrap_or_else(|error| panic!("{name}: {error}"));
        let Subject::Season(scenario) = subject else {
            println!("{name}: an incident as it was, whose rule is in no engine");
            continue;
        };
        let report = conformance::run(&scenario, EPOCHS, &stage::artifacts(), &mut |_| {});
        let report = report.unwrap_or_else(|error| panic!("{name}: {error}"));
        println!(
            "{name}: {} epochs, {} commands, {} refused",
            report.epochs, report.commands, report.refused
        );
        assert!(report.agrees(), "{name}: {}", report.mismatch.expect("it differs"));
    }
}
