//! `moot register`.

use interface::SendMsg;
use protocol::{Amount, ModuleId};
use serde_json::json;

use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::commands::chain::{send, tokens};
use crate::exit::{Failure, Outcome};

/// Burns the price of a slot, and takes it. Without `--at-most` exactly the price of the last block
/// is offered: where others register meanwhile it has risen, and the network refuses.
///
/// # Errors
/// The network refuses, or the price is above what may be paid.
pub(crate) fn register(args: &chain::Register, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let (topic, network) = (args.topic, receipt.contract(ModuleId::Network)?);
    let question = json!({ "price": { "topic": topic } });
    let price = session.wait(session.node()?.smart(network, &question, None))?;
    let price = price.as_str().and_then(|price| price.parse().ok());
    let price = price.and_then(|price| Amount::new(price).ok());
    let price = price.ok_or_else(|| Failure::Network("the network names no price".into()))?;
    let offer = match &args.at_most {
        None => price,
        Some(most) => tokens::units(most, &receipt)?,
    };
    if offer < price {
        let price = tokens::shown(price.units(), &receipt);
        return Err(usage(format!("a slot of topic {topic} costs {price} now")));
    }
    let message = send(&receipt, ModuleId::Network, offer, &SendMsg::Register { topic })?;
    let offered = tokens::shown(offer.units(), &receipt);
    let what = format!("register in topic {topic} for {offered}");
    act_and_tell(&session, output, &what, &[message])
}
