//! `moot score`: a metagraph goes in, everybody's standing comes out.

mod export;
mod show;

use std::fs::File;
use std::io::{Read, stdin};
use std::path::Path;

use scoring_kernel::{ContributorTrace, ValidatorTrace};
use simulator::metagraph::{self, MAX_BYTES, Metagraph};
use simulator::report::{content_hash, reproducing};
use simulator::score::{Kind, Pay, Scored, Standing, mechanism, score as scored, standings};

use crate::args::{MechanismName, Output, Score};
use crate::exit::{Failure, Outcome};
use crate::snippet;

/// A file that was read.
pub(crate) struct Input {
    /// Its name without folders.
    pub(crate) name: String,
    /// Its content.
    pub(crate) bytes: Vec<u8>,
}

/// Everything that is shown and exported.
pub(crate) struct Result {
    pub(crate) inputs: Vec<Input>,
    pub(crate) graph: Metagraph,
    pub(crate) scored: Scored,
    pub(crate) standings: Vec<Standing>,
    pub(crate) mechanism: &'static str,
    pub(crate) blake3: String,
    pub(crate) command: String,
}

/// The terms of one slot's sums; only those that it has.
pub(crate) struct Terms {
    pub(crate) contributor: Option<ContributorTrace>,
    pub(crate) validator: Option<ValidatorTrace>,
}

/// Scores the file, shows it, and exports it where a folder is named.
///
/// # Errors
/// A file, a parameter or an option that is none; a folder that cannot be written.
pub(crate) fn score(args: &Score, output: Output) -> Outcome {
    let result = evaluate(args)?;
    let terms = args.explain.map(|uid| terms(&result, uid)).transpose()?;
    let rows = show::chosen(&result, args)?;
    if let Some(out) = &args.out {
        export::export(&result, out)?;
    }
    match output {
        Output::Json => show::json(&result, &rows, terms.as_ref()),
        Output::Human => {
            show::human(&result, &rows, terms.as_ref(), args);
            Ok(())
        }
    }
}

/// Reads and scores.
///
/// # Errors
/// A file, a parameter or an option that is none.
pub(crate) fn evaluate(args: &Score) -> Outcome<Result> {
    let (kind, name) = match args.mechanism {
        MechanismName::Mean => (Kind::Mean, "mean"),
        MechanismName::Yuma => (Kind::Yuma, "yuma"),
        MechanismName::Metered => (Kind::Metered, "metered"),
    };
    let mut problems = Vec::new();
    let mechanism = mechanism(kind, &args.param).map_err(|found| problems.extend(found)).ok();
    let emission = args.emission.as_deref().unwrap_or("0");
    let pay = Pay::read(emission, &args.owner_cut, &args.contributors);
    let pay = pay.map_err(|found| problems.extend(found)).ok();
    let (Some(mechanism), Some(pay)) = (mechanism, pay) else {
        return Err(Failure::Usage(snippet::all(&problems)));
    };
    let mut inputs = vec![read(&args.file)?];
    inputs.extend(args.stakes.as_deref().map(read).transpose()?);
    let stakes = inputs.get(1).map(|input| (input.name.as_str(), input.bytes.as_slice()));
    let graph = metagraph::read(&inputs[0].name, &inputs[0].bytes, stakes)
        .map_err(|error| Failure::Usage(snippet::render(&error)))?;
    let asked = args.emission.is_some().then_some(&pay);
    let scored = scored(&graph, mechanism, asked)
        .map_err(|error| Failure::Internal(anyhow::Error::new(error)))?;
    let contributors = f64::from(pay.contributors.parts()) / 1e9;
    Ok(Result {
        standings: standings(&graph, &scored, contributors),
        blake3: content_hash(&inputs[0].bytes),
        command: command(args, name),
        mechanism: name,
        inputs,
        graph,
        scored,
    })
}

/// Reads a file, or standard input for `-`; what is too long is refused before it is read.
fn read(path: &Path) -> Outcome<Input> {
    let file = path.display();
    let usage = |why: String| Failure::Usage(format!("error: {file}: {why}"));
    let unread = |error: std::io::Error| usage(format!("cannot be read: {error}"));
    let large = |bytes: u64| {
        let fix = "leave out weights that are zero: absent equals zero";
        usage(format!("has {bytes} bytes, more than {MAX_BYTES}; {fix}"))
    };
    let mut bytes = Vec::new();
    let name = if path == Path::new("-") {
        stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
        "stdin".to_owned()
    } else {
        let from = File::open(path).map_err(unread)?;
        let length = from.metadata().map_err(unread)?.len();
        if length > MAX_BYTES {
            return Err(large(length));
        }
        from.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unread)?;
        let name = path.file_name().unwrap_or(path.as_os_str());
        name.to_string_lossy().into_owned()
    };
    match bytes.len() as u64 {
        length if length > MAX_BYTES => Err(large(length)),
        _ => Ok(Input { name, bytes }),
    }
}

/// The command that scores the same again, without what only changes what is shown.
fn command(args: &Score, mechanism: &str) -> String {
    let mut words = vec!["moot".to_owned(), "score".into(), args.file.display().to_string()];
    let mut option = |name: &str, value: &str| words.extend([name.to_owned(), value.to_owned()]);
    option("--mechanism", mechanism);
    args.param.iter().for_each(|param| option("--param", param));
    if let Some(stakes) = &args.stakes {
        option("--stakes", &stakes.display().to_string());
    }
    if let Some(emission) = &args.emission {
        option("--emission", emission);
        option("--owner-cut", &args.owner_cut);
    }
    option("--contributors", &args.contributors);
    reproducing(words)
}

/// The terms of a slot's sums.
fn terms(result: &Result, uid: u16) -> Outcome<Terms> {
    let slots = result.graph.slots();
    if usize::from(uid) >= slots {
        let most = slots.saturating_sub(1);
        let why = format!("error: --explain {uid}: there is no such slot; uids are 0 to {most}");
        return Err(Failure::Usage(why));
    }
    let input = result.scored.epoch.input();
    let mechanism = &result.scored.mechanism;
    let internal = |error| Failure::Internal(anyhow::Error::new(error));
    let contributor = mechanism.explain_contributor(&input, uid).map_err(internal)?;
    let validator = mechanism.explain_validator(&input, uid).map_err(internal)?;
    let weighed = !contributor.votes.is_empty() || contributor.incentive > 0;
    let weighs = !validator.holdings.is_empty() || validator.active_stake > 0;
    Ok(Terms {
        contributor: Some(contributor).filter(|_| weighed),
        validator: Some(validator).filter(|_| weighs),
    })
}
