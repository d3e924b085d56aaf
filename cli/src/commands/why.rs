//! `moot why`: why did somebody earn this?

mod show;

use simulator::why::{Inquiry, WhyError, why as answer};

use crate::args::{Output, Why};
use crate::commands::diff::side;
use crate::exit::{Failure, Outcome};

/// Plays the run to the epoch and tells every term of one member's pay.
///
/// # Errors
/// A run, a name, an epoch or a topic that is none.
pub(crate) fn why(args: &Why, output: Output) -> Outcome {
    let mut scenario = side(&args.run)?;
    scenario.seed = args.seed.unwrap_or(scenario.seed);
    let inquiry = Inquiry {
        run: args.number,
        who: &args.who,
        epoch: args.epoch,
        topic: args.topic.as_deref(),
    };
    let answer = answer(&scenario, &inquiry).map_err(|error| match error {
        WhyError::NotKept { .. } => Failure::Internal(error.into()),
        _ => Failure::Usage(format!("error: {error}")),
    })?;
    match output {
        Output::Json => show::json(&answer, &scenario.token),
        Output::Human => {
            show::human(&answer, &scenario.token, args.top);
            Ok(())
        }
    }
}
