//! `moot audit`: the laws on a state that somebody else vouches for.

use serde_json::{Value, json};
use simulator::audit::{Broken, Finding, Shown, audit as check};
use simulator::report::plain;
use simulator::snapshot::Snapshot;

use crate::args::{Audit, Output};
use crate::commands::chain;
use crate::commands::snapshot::open;
use crate::exit::{Failure, Outcome};
use crate::print::say;
use crate::table;

/// Checks every law that a snapshot shows, and lists them all.
///
/// # Errors
/// A file that is no snapshot; [`Failure::Gate`] where a law is broken.
pub(crate) fn audit(args: &Audit, output: Output) -> Outcome {
    let snapshot = match &args.snapshot {
        Some(file) => open(file)?,
        None => chain::state(&args.chain)?,
    };
    let findings = check(&snapshot).map_err(|error| Failure::Usage(format!("error: {error}")))?;
    match output {
        Output::Json => {
            say!("{}", serde_json::to_string_pretty(&value(&snapshot, &findings))?);
        }
        Output::Human => human(&snapshot, &findings),
    }
    match findings.iter().all(Finding::holds) {
        true => Ok(()),
        false => Err(Failure::Gate),
    }
}

fn verdict(finding: &Finding) -> &'static str {
    match (finding.holds(), finding.law.shown) {
        (false, _) => "BROKEN",
        (true, Shown::ByState) => "holds",
        (true, _) => "not shown by a state",
    }
}

fn human(snapshot: &Snapshot, findings: &[Finding]) {
    say!("{}", plain(&snapshot.about().source, 200));
    say!("Block {}, state hash {}\n", snapshot.height().get(), hash(snapshot));
    let mut table = table::long(&["Law", "Says", "Here"]);
    for finding in findings {
        let law = finding.law;
        table.add_row([law.number.to_string(), law.says.to_owned(), verdict(finding).to_owned()]);
    }
    say!("{table}\n");
    for finding in findings.iter().filter(|finding| !finding.holds()) {
        for Broken { what, who } in &finding.broken {
            let who = who.as_ref().map(|who| format!(" ({})", plain(who, 80)));
            say!("law {}: {}{}", finding.law.number, plain(what, 400), who.unwrap_or_default());
        }
    }
    let broken = findings.iter().filter(|finding| !finding.holds()).count();
    let shown = findings.iter().filter(|finding| finding.law.shown == Shown::ByState).count();
    match broken {
        0 => say!("{shown} laws that a state shows hold."),
        broken => say!("{broken} of {} laws are broken.", findings.len()),
    }
}

fn value(snapshot: &Snapshot, findings: &[Finding]) -> Value {
    let laws = findings.iter().map(|finding| {
        let broken = finding.broken.iter().map(|one| json!({ "what": one.what, "who": one.who }));
        json!({
            "law": finding.law.number,
            "says": finding.law.says,
            "shown_by": finding.law.shown.words(),
            "verdict": verdict(finding),
            "broken": broken.collect::<Vec<_>>(),
        })
    });
    json!({
        "source": snapshot.about().source,
        "height": snapshot.height().get(),
        "time": snapshot.time().get(),
        "state_hash": hash(snapshot),
        "holds": findings.iter().all(Finding::holds),
        "laws": laws.collect::<Vec<_>>(),
    })
}

fn hash(snapshot: &Snapshot) -> String {
    snapshot.state_hash().iter().map(|byte| format!("{byte:02x}")).collect()
}
