//! `moot epoch`.

use interface::network::ExecuteMsg;
use protocol::ModuleId;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::Session;
use crate::exit::Outcome;

/// Closes a topic's due epoch, or continues to.
///
/// # Errors
/// It is not due yet.
pub(crate) fn epoch(args: &chain::Epoch, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let (topic, rows) = (args.topic, args.rows);
    let message = call(&receipt, ModuleId::Network, &ExecuteMsg::Close { topic, rows })?;
    act_and_tell(&session, output, &format!("close the epoch of topic {topic}"), &[message])
}
