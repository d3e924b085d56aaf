//! `moot preview`: what would a proposal do?

use std::path::Path;

use protocol::{Get, network};
use serde_json::json;
use simulator::native::World;
use simulator::preview::{
    Change, Origin, Preview as Previewed, PreviewError, played, present, repeated,
};
use simulator::report::{Draft, ReportData, forum, plain, reproducing, show};
use simulator::scenario::Scenario;
use simulator::scenario::file::{Disk, Present, read_wish};
use simulator::snapshot::Snapshot;

use crate::args::{Output, Preview};
use crate::commands::snapshot::open;
use crate::exit::{Failure, Outcome};
use crate::files::load;
use crate::print::say;
use crate::snippet;

/// Runs a snapshot forward with and without a proposal and reports the difference.
///
/// # Errors
/// A snapshot or a proposal that is none; a folder that cannot be written.
pub(crate) fn preview(args: &Preview, output: Output) -> Outcome {
    let snapshot = open(&args.from)?;
    let world = snapshot.world(&[]).map_err(|error| Failure::Usage(format!("error: {error}")))?;
    let (change, file) = change(args, &snapshot, &world)?;
    let scenario = args.scenario.as_deref().map(load).transpose()?;
    let scenario = scenario.map(|loaded| adapted(loaded.scenario, args));
    let previewed = match &scenario {
        None => repeated(&snapshot, change, args.epochs),
        Some(scenario) => played(&snapshot, change, scenario),
    };
    let previewed = previewed.map_err(failed)?;
    let (about, epochs, command) = (snapshot.about(), args.epochs, command(args));
    let origin = Origin { about, epochs, scenario: scenario.as_ref(), command: &command };
    let data = present(&snapshot, &world, &previewed, &origin);
    let out = args.out.clone().unwrap_or_else(|| Path::new("reports").join("preview"));
    write(&data, file.as_deref(), &out)?;
    told(&previewed, &data, &out, output)
}

fn failed(error: PreviewError) -> Failure {
    Failure::Usage(format!("error: {}", plain(&error.to_string(), 600)))
}

/// The scenario over the preview's horizon.
fn adapted(mut scenario: Scenario, args: &Preview) -> Scenario {
    scenario.seeds = args.seeds.unwrap_or(scenario.seeds);
    scenario.epochs = args.epochs;
    scenario.events.retain(|event| event.epoch < args.epochs);
    scenario
}

/// A proposal by its number, or the deeds of a file and its bytes.
fn change(
    args: &Preview,
    snapshot: &Snapshot,
    world: &World,
) -> Outcome<(Change, Option<Vec<u8>>)> {
    if let Ok(number) = args.proposal.parse() {
        let change = Change::live(world, number, args.option).map_err(failed)?;
        return Ok((change, None));
    }
    let path = Path::new(&args.proposal);
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let root = path.parent().map(Path::to_owned).unwrap_or_default();
    let network::Params { topics } = world.get(());
    let topic = |number: u16| {
        let topic: network::Topic = world.get(number);
        (number.to_string(), topic.params)
    };
    let about = snapshot.about();
    let present = Present {
        topics: (0..topics).map(topic).collect(),
        emission: world.get(()),
        caps: world.get(()),
        rules: world.get(()),
        symbol: about.symbol.clone(),
        decimals: about.decimals,
        interval: about.block_seconds,
    };
    let wish = read_wish(&Disk { root }, name, &present);
    let wish = wish.map_err(|error| Failure::Usage(snippet::render(&error)))?;
    Ok((Change::of_wish(world, wish).map_err(failed)?, Some(std::fs::read(path)?)))
}

/// The command that makes the same again, without where to write.
fn command(args: &Preview) -> String {
    let from = args.from.display().to_string();
    let mut words = vec!["moot".to_owned(), "preview".into(), args.proposal.clone()];
    let mut add = |name: &str, value: String| words.extend([name.to_owned(), value]);
    add("--from", from);
    if let Some(scenario) = &args.scenario {
        add("--scenario", scenario.display().to_string());
    }
    if let Some(seeds) = args.seeds {
        add("--seeds", seeds.to_string());
    }
    add("--epochs", args.epochs.to_string());
    if let Some(option) = args.option {
        add("--option", option.to_string());
    }
    reproducing(words)
}

/// Writes the report, with the text for a forum and the proposal's file beside it.
fn write(data: &ReportData, file: Option<&[u8]>, out: &Path) -> Outcome {
    let unwritten = |error| Failure::Usage(format!("error: {error}"));
    let mut draft = Draft::beside(out).map_err(unwritten)?;
    draft.add("forum.md", forum(data).as_bytes()).map_err(unwritten)?;
    if let Some(bytes) = file {
        draft.add("proposal.toml", bytes).map_err(unwritten)?;
    }
    draft.publish(data).map_err(unwritten)
}

fn told(preview: &Previewed, data: &ReportData, out: &Path, output: Output) -> Outcome {
    if output == Output::Json {
        let refused = preview.refused.as_ref();
        let refused = refused.map(|refused| json!({ "code": refused.code, "text": refused.text }));
        let value = json!({ "refused": refused, "blocks": preview.blocks, "report": data });
        say!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(());
    }
    say!("{}\n", plain(&data.identity.title, 200));
    say!("{}\n", plain(&data.finding, 600));
    for headline in &data.headlines {
        let value = show(headline.estimate.value, &headline.unit);
        say!("{}: {value} ({})", plain(&headline.label, 120), plain(&headline.note, 200));
    }
    say!("\nReport: {}", out.join("report.html").display());
    say!("Post:   {}", out.join("forum.md").display());
    say!("Again:  {}", data.identity.command);
    Ok(())
}
