//! `moot explain`: what a code or a metric means.

use simulator::foreign::Incident;
use simulator::outcome::catalogue;
use simulator::scenario::Scenario;
use simulator::scenario::file::{Source, read};

use crate::args::{Explain, Output};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Opened};
use crate::print::say;
use crate::table;

/// One thing that can be explained.
struct Entry {
    name: String,
    meaning: String,
    fix: String,
}

/// Tells the meaning, or lists everything.
///
/// # Errors
/// A name that nothing has.
pub(crate) fn explain(args: &Explain, output: Output) -> Outcome {
    let entries = match args.scenario.as_deref().map(files::open).transpose()? {
        None => entries(&usual()?),
        Some(Opened::Season(loaded)) => entries(&loaded.scenario),
        Some(Opened::Incident(incident, _)) => figures(&incident),
    };
    let found: Vec<&Entry> = match &args.what {
        None => entries.iter().collect(),
        Some(what) => {
            entries.iter().filter(|entry| entry.name.eq_ignore_ascii_case(what)).collect()
        }
    };
    if found.is_empty() {
        let what = args.what.as_deref().unwrap_or_default();
        return Err(Failure::Usage(format!(
            "error: nothing is called `{what}`; `moot explain` lists what is"
        )));
    }
    if output == Output::Json {
        let rows: Vec<_> = found
            .iter()
            .map(|entry| {
                serde_json::json!({
                    "name": entry.name, "meaning": entry.meaning, "fix": entry.fix,
                })
            })
            .collect();
        say!("{}", serde_json::to_string_pretty(&rows)?);
        return Ok(());
    }
    let mut table = table::new(&["name", "meaning", "what to do"]);
    for entry in found {
        table.add_row([&entry.name, &entry.meaning, &entry.fix]);
    }
    say!("{table}");
    Ok(())
}

fn entries(scenario: &Scenario) -> Vec<Entry> {
    let codes = protocol::catalogue().into_iter().map(|reason| Entry {
        name: format!("E{:04}", reason.code),
        meaning: reason.what.to_owned(),
        fix: reason.fix.to_owned(),
    });
    let metrics = catalogue(scenario).into_iter().map(|metric| Entry {
        name: metric.name,
        meaning: metric.meaning,
        fix: String::new(),
    });
    codes.chain(metrics).collect()
}

/// The numbers that an incident ends with.
fn figures(incident: &Incident) -> Vec<Entry> {
    let figures = incident.system.play().figures.into_iter().map(|figure| Entry {
        name: figure.name.to_owned(),
        meaning: figure.meaning.to_owned(),
        fix: String::new(),
    });
    figures.collect()
}

/// The template, whose metrics are those that most scenarios have.
fn usual() -> Outcome<Scenario> {
    struct Template;
    impl Source for Template {
        fn bytes(&self, _: &str) -> Result<Vec<u8>, String> {
            Ok(include_bytes!("../../templates/subnet.toml").to_vec())
        }
    }
    read(&Template, "subnet.toml").map_err(|error| Failure::Internal(error.into()))
}
