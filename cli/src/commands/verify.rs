//! `moot verify`: the same bytes again?

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use simulator::report::ReportData;

use crate::args::{Output, Run, Verify};
use crate::commands::{chain, play, snapshot, tell};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Opened, open_from};
use crate::print::say;

/// Checks a report's files against its list, then plays its scenario again from the copy in
/// the folder and compares every file.
///
/// # Errors
/// A folder that holds no report; a byte that differs.
pub(crate) fn verify(args: &Verify, output: Output) -> Outcome {
    let Some(report) = &args.report else { return chain::verify(args, output) };
    let data = data(report)?;
    let before = contents(report)?;
    listed(&data, &before)?;
    let again = play_again(report, &data, args)?;
    let difference = first_difference(&before, &again);
    if let Some(difference) = difference {
        return Err(Failure::Differs(difference));
    }
    match output {
        Output::Json => {
            say!("{}", serde_json::json!({ "verified": true, "files": before.len() }))
        }
        Output::Human => say!(
            "{} files, scenario {}, seed {}: the same bytes again",
            before.len(),
            &data.identity.scenario_hash.get(..16).unwrap_or(&data.identity.scenario_hash),
            data.identity.seed
        ),
    }
    Ok(())
}

/// What a folder's report.json says.
///
/// # Errors
/// A folder that holds no report, or one that does not parse.
pub(crate) fn data(report: &Path) -> Outcome<ReportData> {
    let json = fs::read(report.join("report.json")).map_err(|error| {
        let (folder, fix) = (report.display(), "give a report's folder");
        Failure::Usage(format!("error: {folder} holds no report.json ({error}); {fix}"))
    })?;
    serde_json::from_slice(&json)
        .map_err(|error| Failure::Differs(format!("report.json is not as it was written: {error}")))
}

/// Every file below a folder, by its path in it.
fn contents(folder: &Path) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let (mut found, mut open) = (BTreeMap::new(), vec![PathBuf::new()]);
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(folder.join(&inner))? {
            let entry = entry?;
            let path = inner.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(path);
            } else {
                let bytes = fs::read(folder.join(&path))?;
                found.insert(path.to_string_lossy().replace('\\', "/"), bytes);
            }
        }
    }
    Ok(found)
}

/// Checks the files against the report's own list: says at once which was changed.
fn listed(data: &ReportData, files: &BTreeMap<String, Vec<u8>>) -> Outcome {
    for listed in &data.files {
        let Some(bytes) = files.get(&listed.name) else {
            return Err(Failure::Differs(format!("{} is gone", listed.name)));
        };
        if simulator::report::content_hash(bytes) != listed.blake3 {
            return Err(Failure::Differs(format!("{} is not as it was written", listed.name)));
        }
    }
    Ok(())
}

/// The report's files made anew, in a folder of their own that is removed.
fn play_again(
    report: &Path,
    data: &ReportData,
    args: &Verify,
) -> Outcome<BTreeMap<String, Vec<u8>>> {
    let run = recorded(data)?;
    let opened = copy(report, data, &run)?;
    let scratch = std::env::temp_dir().join(format!("moot-verify-{}", std::process::id()));
    let out = scratch.join("report");
    let command = &data.identity.command;
    let played = match opened {
        Opened::Season(mut loaded) => {
            play::adapt(&mut loaded.scenario, &run.series);
            if run.from.is_some() {
                loaded.from = Some(snapshot::read(&report.join(play::SNAPSHOT))?);
            }
            play::report(&loaded, args.threads, command, &out).map(drop)
        }
        Opened::Incident(incident, files) => {
            tell::report(&incident, &files, command, &out).map(drop)
        }
    };
    let again = played.and_then(|()| contents(&out));
    let _ = fs::remove_dir_all(&scratch);
    again
}

/// The arguments of the run that the report tells.
///
/// # Errors
/// A command that is no `moot run`.
pub(crate) fn recorded(data: &ReportData) -> Outcome<Run> {
    use clap::Parser;
    let words = simulator::report::words(&data.identity.command);
    match crate::args::Cli::try_parse_from(words).map(|cli| cli.command) {
        Ok(crate::args::Command::Run(run)) => Ok(run),
        Ok(crate::args::Command::Preview(_)) => Err(Failure::Usage(format!(
            "error: this is a preview's folder; preview again and compare report.json: {}",
            data.identity.command
        ))),
        Ok(crate::args::Command::Score(_)) => Err(Failure::Usage(format!(
            "error: this is a score's folder; score again and compare scores.json: {}",
            data.identity.command
        ))),
        _ => Err(Failure::Differs("the report's command is not one of `moot run`".into())),
    }
}

/// The scenario file's path within the copy that a report holds.
///
/// # Errors
/// A report without a copy of its scenario.
pub(crate) fn scenario_name(data: &ReportData, run: &Run) -> Outcome<String> {
    let names = data.files.iter().filter_map(|file| file.name.strip_prefix("scenario/"));
    let name = names.filter(|name| run.scenario.ends_with(name)).max_by_key(|name| name.len());
    name.map(str::to_owned)
        .ok_or_else(|| Failure::Differs("the report has no copy of its scenario".into()))
}

/// The scenario from the copy in the report's folder; where the file that was run is still
/// there, it must be the same.
fn copy(report: &Path, data: &ReportData, run: &Run) -> Outcome<Opened> {
    let name = scenario_name(data, run)?;
    let opened = open_from(&report.join("scenario"), &name)
        .map_err(|error| Failure::Differs(format!("the copy of the scenario: {error}")))?;
    if run.scenario.is_file() && files::open(&run.scenario)?.files() != opened.files() {
        let scenario = run.scenario.display();
        return Err(Failure::Differs(format!("{scenario} has changed since the run")));
    }
    Ok(opened)
}

fn first_difference(
    before: &BTreeMap<String, Vec<u8>>,
    again: &BTreeMap<String, Vec<u8>>,
) -> Option<String> {
    let names = before.keys().chain(again.keys());
    names.filter(|name| before.get(*name) != again.get(*name)).min().map(|name| {
        match (before.get(name), again.get(name)) {
            (None, _) => format!("{name} was not there before"),
            (_, None) => format!("{name} does not come again"),
            (Some(before), Some(again)) => {
                let same = before.iter().zip(again).take_while(|(a, b)| a == b).count();
                format!("{name} differs from byte {same} on")
            }
        }
    })
}
