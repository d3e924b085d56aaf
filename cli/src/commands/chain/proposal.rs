//! `moot queue`, `moot execute` and `moot cancel`.

use interface::governor::ExecuteMsg;
use protocol::ModuleId;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::exit::Outcome;

/// Starts the timelock of a proposal that passed.
///
/// # Errors
/// The governor refuses.
pub(crate) fn queue(args: &chain::Proposal, output: Output) -> Outcome {
    let proposal_id = args.proposal;
    let what = format!("queue proposal {proposal_id}");
    tell_governor(&args.chain, output, &what, &ExecuteMsg::Queue { proposal_id })
}

/// Runs a proposal whose timelock is over.
///
/// # Errors
/// The governor refuses, or what the proposal does fails.
pub(crate) fn execute(args: &chain::Proposal, output: Output) -> Outcome {
    let proposal_id = args.proposal;
    let what = format!("execute proposal {proposal_id}");
    tell_governor(&args.chain, output, &what, &ExecuteMsg::Execute { proposal_id })
}

/// Ends a proposal.
///
/// # Errors
/// The governor refuses.
pub(crate) fn cancel(args: &chain::Cancel, output: Output) -> Outcome {
    let (proposal_id, reason) = (args.proposal, args.reason.clone());
    let what = format!("cancel proposal {proposal_id}");
    tell_governor(&args.chain, output, &what, &ExecuteMsg::Cancel { proposal_id, reason })
}

fn tell_governor(args: &chain::Chain, output: Output, what: &str, msg: &ExecuteMsg) -> Outcome {
    let session = Session::open(args)?;
    let receipt = Receipt::of(&session)?;
    let message = call(&receipt, ModuleId::Governor, msg)?;
    act_and_tell(&session, output, what, &[message])
}
