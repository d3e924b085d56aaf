//! `moot conform`: the same state in three engines?

use crate::args::{Conform, Output};
use crate::exit::{Failure, Outcome};
use crate::files::{self, Opened};
use crate::print::say;

/// What is answered for an incident: its rule is no contract's.
fn native_only(path: &std::path::Path, output: Output) -> serde_json::Value {
    let name = path.display().to_string();
    if output == Output::Human {
        say!("{name}: native only");
    }
    serde_json::json!({ "scenario": name, "native_only": true })
}

/// Says how to get a build that can.
///
/// # Errors
/// Where there is more than incidents: this build has the native engine alone.
#[cfg(not(feature = "conform"))]
pub(crate) fn conform(args: &Conform, output: Output) -> Outcome {
    let paths = files::matching(&args.scenarios)?;
    let incident = |path: &std::path::PathBuf| {
        files::open(path).map(|opened| matches!(opened, Opened::Incident(..)))
    };
    if paths.iter().map(incident).collect::<Result<Vec<_>, _>>()?.iter().all(|is| *is) {
        let rows: Vec<_> = paths.iter().map(|path| native_only(path, output)).collect();
        if output == Output::Json {
            say!("{}", serde_json::to_string_pretty(&rows)?);
        }
        return Ok(());
    }
    let scenarios = args.scenarios.join(" ");
    Err(Failure::Usage(format!(
        "error: this build has the native engine alone; build the other two in (10 to 30 minutes, \
         once):\n  cargo run --release --features conform -- conform {scenarios}"
    )))
}

/// Plays every scenario in three engines and tells where they part.
///
/// # Errors
/// A scenario that is none; engines that differ.
#[cfg(feature = "conform")]
pub(crate) fn conform(args: &Conform, output: Output) -> Outcome {
    let (mut rows, mut differences) = (Vec::new(), Vec::new());
    for path in files::matching(&args.scenarios)? {
        let scenario = match files::open(&path)? {
            Opened::Season(loaded) => loaded.scenario,
            Opened::Incident(..) => {
                rows.push(native_only(&path, output));
                continue;
            }
        };
        artifacts(&args.artifacts)?;
        let epochs = if args.full { scenario.epochs } else { args.epochs.min(scenario.epochs) };
        let bar = crate::progress::bar(&scenario.name, epochs);
        let mut progress = |at: conformance::Progress| bar.set_position(at.epoch + 1);
        let report = conformance::run(&scenario, epochs, &args.artifacts, &mut progress);
        bar.finish_and_clear();
        let report = report.map_err(|error| Failure::Internal(error.into()))?;
        let name = path.display();
        if output == Output::Human {
            tell(&name.to_string(), &report);
        }
        rows.push(serde_json::json!({
            "scenario": name.to_string(),
            "agrees": report.agrees(),
            "epochs": report.epochs,
            "commands": report.commands,
            "engines": report.engines,
            "state_hash": hex(&report.state_hash),
            "mismatch": report.mismatch.as_ref().map(ToString::to_string),
        }));
        differences.extend(report.mismatch.map(|mismatch| format!("{name}: {mismatch}")));
    }
    if output == Output::Json {
        say!("{}", serde_json::to_string_pretty(&rows)?);
    }
    match differences.is_empty() {
        true => Ok(()),
        false => Err(Failure::Differs(differences.join("\n"))),
    }
}

#[cfg(feature = "conform")]
fn tell(name: &str, report: &conformance::Report) {
    let engines = report.engines.join(" = ");
    let (epochs, commands, refused) = (report.epochs, report.commands, report.refused);
    if report.agrees() {
        let hash = hex(&report.state_hash);
        let hash = hash.get(..16).unwrap_or(&hash).to_owned();
        say!(
            "{name}: {engines} in {epochs} epochs, {commands} commands ({refused} refused), state {hash}"
        );
    } else {
        say!("{name}: DIFFERS after {epochs} equal epochs");
    }
}

#[cfg(feature = "conform")]
fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Builds the Wasm files where they are missing.
#[cfg(feature = "conform")]
fn artifacts(folder: &std::path::Path) -> Outcome {
    if conformance::ARTIFACTS.iter().all(|name| folder.join(name).is_file()) {
        return Ok(());
    }
    eprintln!("{} lacks contracts; building them: cargo xtask wasm", folder.display());
    let built = std::process::Command::new("cargo").args(["xtask", "wasm"]).status();
    let fix = "error: build the contracts first, in the clone: cargo xtask wasm";
    match built {
        Ok(status) if status.success() => Ok(()),
        _ => Err(Failure::Usage(fix.into())),
    }
}
