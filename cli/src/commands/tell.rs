//! An incident as it was: told, judged and reported. There is one run of it, without seeds.

use std::collections::BTreeMap;
use std::path::Path;

use simulator::foreign::{Incident, Told, judge, present};
use simulator::report::{Draft, Outcome as Judgement, ReportData, Verdict, show};

use crate::args::{Output, Series};
use crate::exit::{Failure, Outcome};
use crate::print::say;

/// Refuses the options of a series.
///
/// # Errors
/// One of them is given.
pub(crate) fn no_series(series: &Series) -> Outcome {
    match (series.seeds, series.seed, series.epochs) {
        (None, None, None) => Ok(()),
        _ => Err(Failure::Usage(String::from(
            "error: an incident as it was has neither seeds nor epochs; leave --seeds, --seed and \
             --epochs out",
        ))),
    }
}

/// Tells an incident and writes its report's folder, which appears whole or not at all.
///
/// # Errors
/// A gate about no number of the tale; a folder that cannot be written.
pub(crate) fn report(
    incident: &Incident,
    files: &BTreeMap<String, Vec<u8>>,
    command: &str,
    out: &Path,
) -> Outcome<ReportData> {
    let data = present(incident, &told(incident)?, command);
    let unwritten = |error| Failure::Usage(format!("error: {error}"));
    let mut draft = Draft::beside(out).map_err(unwritten)?;
    for (name, bytes) in files {
        draft.add(&format!("scenario/{name}"), bytes).map_err(unwritten)?;
    }
    draft.publish(&data).map_err(unwritten)?;
    Ok(data)
}

/// Whether the gates of an incident hold, told or as a row.
///
/// # Errors
/// A gate about no number of the tale.
pub(crate) fn check(
    incident: &Incident,
    name: &str,
    output: Output,
) -> Outcome<(bool, serde_json::Value)> {
    let told = told(incident)?;
    if output == Output::Human {
        let word = if told.holds() { "holds" } else { "BREACHED" };
        say!("{name}: {word} ({} gates, as it was)", told.verdicts.len());
        let broken = |verdict: &&Verdict| verdict.outcome != Judgement::Pass;
        for verdict in told.verdicts.iter().filter(broken) {
            say!("  {}", breached(verdict));
        }
    }
    let row = serde_json::json!({
        "scenario": name, "holds": told.holds(), "law_broken": null, "verdicts": told.verdicts,
    });
    Ok((told.holds(), row))
}

fn told(incident: &Incident) -> Outcome<Told> {
    judge(incident).map_err(|error| Failure::Usage(format!("error: {}: {error}", incident.name)))
}

fn breached(verdict: &Verdict) -> String {
    let measured = verdict.measured.as_ref();
    let measured = measured.map_or("nothing".to_owned(), |one| show(one.value, &verdict.unit));
    let (metric, op, bound) = (&verdict.metric, verdict.op, verdict.bound);
    format!("{metric} {op:?} {bound}: measured {measured}; {}", verdict.note)
}
