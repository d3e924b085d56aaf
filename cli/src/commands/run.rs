//! `moot run`: a scenario goes in, a report comes out.

use std::path::{Path, PathBuf};

use simulator::report::{ReportData, plain, reproducing};

use crate::args::{Output, Run};
use crate::commands::{check, play, snapshot, tell};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Opened};
use crate::print::say;

/// Plays the scenario, writes the report and tells the verdict.
///
/// # Errors
/// A scenario that is none; a folder that cannot be written; a broken law.
pub(crate) fn run(args: &Run, output: Output) -> Outcome {
    let mut loaded = match files::open(&args.scenario)? {
        Opened::Season(loaded) => *loaded,
        Opened::Incident(incident, files) => {
            tell::no_series(&args.series)?;
            if args.from.is_some() {
                return Err(Failure::Usage(String::from(
                    "error: an incident as it was begins in no state of ours; leave --from out",
                )));
            }
            let out = args.out.clone().unwrap_or_else(|| folder(&incident.name));
            let data = tell::report(&incident, &files, &command(args), &out)?;
            return shown(&data, &out, output);
        }
    };
    play::adapt(&mut loaded.scenario, &args.series);
    loaded.from = args.from.as_deref().map(snapshot::read).transpose()?;
    let out = args.out.clone().unwrap_or_else(|| folder(&loaded.scenario.name));
    let command = command(args);
    let (outcome, data) = play::report(&loaded, args.series.threads, &command, &out)?;
    shown(&data, &out, output)?;
    match outcome.breach() {
        None => Ok(()),
        Some((run, broken)) => Err(Failure::Differs(format!(
            "law {} is broken in run {run} after epoch {}: {}",
            broken.breach.law, broken.epoch, broken.breach.what
        ))),
    }
}

fn folder(name: &str) -> PathBuf {
    Path::new("reports").join(name)
}

/// The command that plays the same again, without what changes no byte.
fn command(args: &Run) -> String {
    let scenario = args.scenario.display().to_string();
    let mut words = vec!["moot".to_owned(), "run".into(), scenario];
    if let Some(from) = &args.from {
        words.extend(["--from".to_owned(), from.display().to_string()]);
    }
    let numbers = [
        ("--seeds", args.series.seeds.map(u64::from)),
        ("--seed", args.series.seed),
        ("--epochs", args.series.epochs),
    ];
    for (option, number) in numbers {
        words.extend(
            number.map(|number| [option.to_owned(), number.to_string()]).into_iter().flatten(),
        );
    }
    reproducing(words)
}

fn shown(data: &ReportData, out: &Path, output: Output) -> Outcome {
    match output {
        Output::Json => say!("{}", serde_json::to_string_pretty(data)?),
        Output::Human => told(data, out),
    }
    Ok(())
}

fn told(data: &ReportData, out: &Path) {
    say!("{}\n", plain(&data.identity.title, 200));
    if !data.finding.is_empty() {
        say!("{}\n", data.finding);
    }
    say!("{}\n", check::verdicts(data));
    say!("Report: {}", out.join("report.html").display());
    say!("Again:  {}", data.identity.command);
}
