//! `moot why`: why did somebody earn this?

mod show;

use std::path::Path;

use simulator::scenario::Token;
use simulator::why::{Answer, Inquiry, WhyError, why as answer, why_next};

use crate::args::{Output, Why};
use crate::commands::diff::side;
use crate::commands::snapshot::open;
use crate::exit::{Failure, Outcome};

/// Plays the run to the epoch, or a snapshot to its next close, and tells every term of one
/// member's pay.
///
/// # Errors
/// A run, a snapshot, a name, an epoch or a topic that is none.
pub(crate) fn why(args: &Why, output: Output) -> Outcome {
    let (answer, token) = match (&args.from, &args.run) {
        (Some(from), _) => next(args, from)?,
        (None, Some(run)) => past(args, run)?,
        (None, None) => return Err(Failure::Usage(String::from("error: of which run?"))),
    };
    match output {
        Output::Json => show::json(&answer, &token),
        Output::Human => {
            show::human(&answer, &token, args.top);
            Ok(())
        }
    }
}

fn past(args: &Why, run: &Path) -> Outcome<(Answer, Token)> {
    let mut scenario = side(run)?;
    scenario.seed = args.seed.unwrap_or(scenario.seed);
    let inquiry = Inquiry {
        run: args.number,
        who: &args.who,
        epoch: args.epoch,
        topic: args.topic.as_deref(),
    };
    Ok((answer(&scenario, &inquiry).map_err(failed)?, scenario.token))
}

fn next(args: &Why, from: &Path) -> Outcome<(Answer, Token)> {
    let snapshot = open(from)?;
    let answer = why_next(&snapshot, &args.who, args.topic.as_deref()).map_err(failed)?;
    let (symbol, decimals) = (snapshot.about().symbol.clone(), snapshot.about().decimals);
    Ok((answer, Token { symbol, decimals }))
}

fn failed(error: WhyError) -> Failure {
    match error {
        WhyError::NotKept { .. } => Failure::Internal(error.into()),
        _ => Failure::Usage(format!("error: {error}")),
    }
}
