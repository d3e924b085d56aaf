//! `moot delegate`.

use interface::staking::ExecuteMsg;
use protocol::ModuleId;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::exit::Outcome;

/// Lends the whole power, or takes it back.
///
/// # Errors
/// Staking refuses.
pub(crate) fn delegate(args: &chain::Delegate, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let message = call(&receipt, ModuleId::Staking, &ExecuteMsg::Delegate { to: args.to.clone() })?;
    let what = args.to.as_ref().map_or_else(
        || "take the power back".to_owned(),
        |to| format!("lend the whole power to {to}"),
    );
    act_and_tell(&session, output, &what, &[message])
}
