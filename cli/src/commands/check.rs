//! `moot check`: do the gates hold?

use comfy_table::Table;
use simulator::outcome::{Judged, Outcome as Played, present};
use simulator::report::{ReportData, verdict_rows};

use crate::args::{Check, Output};
use crate::commands::{play, tell};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Opened};
use crate::print::say;
use crate::table;

/// Plays every scenario and tells which gates hold.
///
/// # Errors
/// A scenario that is none; a gate or a law that does not hold.
pub(crate) fn check(args: &Check, output: Output) -> Outcome {
    let mut rows = Vec::new();
    let mut all = true;
    for path in files::matching(&args.scenarios)? {
        let mut loaded = match files::open(&path)? {
            Opened::Season(loaded) => *loaded,
            Opened::Incident(incident, _) => {
                let (holds, row) = tell::check(&incident, &path.display().to_string(), output)?;
                all &= holds;
                rows.push(row);
                continue;
            }
        };
        play::adapt(&mut loaded.scenario, &args.series);
        let outcome = play::play(&loaded.scenario, None, args.series.threads, &mut ())?;
        all &= outcome.holds();
        match output {
            Output::Human => tell(&path.display().to_string(), &outcome),
            Output::Json => {
                let data = present(&loaded.scenario, &outcome, "");
                rows.push(serde_json::json!({
                    "scenario": path.display().to_string(),
                    "holds": outcome.holds(),
                    "law_broken": outcome.breach().map(|(_, broken)| broken.breach.what.clone()),
                    "verdicts": data.verdicts,
                }));
            }
        }
    }
    if output == Output::Json {
        say!("{}", serde_json::to_string_pretty(&rows)?);
    }
    if all { Ok(()) } else { Err(Failure::Gate) }
}

fn tell(name: &str, outcome: &Played) {
    let word = if outcome.holds() { "holds" } else { "BREACHED" };
    say!("{name}: {word} ({} gates, {} seeds)", outcome.gates.len(), outcome.seasons.len());
    for judged in outcome.gates.iter().filter(|judged| !judged.holds) {
        say!("  {}", breached(judged));
    }
    if let Some((run, broken)) = outcome.breach() {
        let breach = &broken.breach;
        say!("  law {} broken in run {run}, epoch {}: {}", breach.law, broken.epoch, breach.what);
    }
}

fn breached(judged: &Judged) -> String {
    let measured = judged.measured.map_or("nothing".to_owned(), |value| format!("{value:.6}"));
    let gate = &judged.gate;
    format!(
        "{} {:?} {}: measured {measured}; {}",
        gate.metric, gate.comparison, gate.bound, gate.note
    )
}

/// The gates as a table.
pub(crate) fn verdicts(data: &ReportData) -> Table {
    let mut table = table::new(&["gate", "over", "measured", "verdict"]);
    verdict_rows(data).into_iter().for_each(|row| {
        table.add_row(row);
    });
    table
}
