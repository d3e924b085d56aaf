//! `moot claim`.

use interface::{rewards, staking};
use protocol::ModuleId;
use serde_json::json;

use crate::args::chain::ClaimOf;
use crate::args::{Output, chain};
use crate::commands::chain::act::act_and_tell;
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::exit::Outcome;

/// Claims pay, stake whose notice is over, or what delegated power has earned.
///
/// # Errors
/// A slot that is none, or there is nothing to claim.
pub(crate) fn claim(args: &chain::Claim, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let (what, message) = match args.of {
        ClaimOf::Stake => {
            let msg = staking::ExecuteMsg::Claim {};
            ("claim stake", call(&receipt, ModuleId::Staking, &msg)?)
        }
        ClaimOf::Delegation => {
            let msg = staking::ExecuteMsg::ClaimRewards {};
            ("claim what delegated power has earned", call(&receipt, ModuleId::Staking, &msg)?)
        }
        ClaimOf::Rewards => {
            let slots = match args.slots.as_slice() {
                [] => own_slots(&session, &receipt)?,
                given => given.iter().map(|text| slot(text)).collect::<Outcome<_>>()?,
            };
            let msg = rewards::ExecuteMsg::Claim { slots };
            ("claim pay", call(&receipt, ModuleId::Rewards, &msg)?)
        }
    };
    act_and_tell(&session, output, what, &[message])
}

/// Reads `TOPIC:UID`.
fn slot(text: &str) -> Outcome<(u16, u16)> {
    let parts = text.split_once(':');
    let parsed = parts.and_then(|(topic, uid)| Some((topic.parse().ok()?, uid.parse().ok()?)));
    parsed.ok_or_else(|| usage(format!("`{text}` is no slot; write TOPIC:UID, such as 0:17")))
}

/// The sender's slot in each topic.
fn own_slots(session: &Session, receipt: &Receipt) -> Outcome<Vec<(u16, u16)>> {
    let (network, address) = (receipt.contract(ModuleId::Network)?, session.address()?);
    let ask = |question| session.wait(session.node()?.smart(network, &question, None));
    let mut slots = Vec::new();
    for topic in 0..u16::MAX {
        let page = ask(json!({ "topics": { "start_after": topic.checked_sub(1), "limit": 1 } }))?;
        if page["topics"].as_array().is_none_or(Vec::is_empty) {
            break;
        }
        let uid = ask(json!({ "uid": { "topic": topic, "address": address } }))?;
        let uid = uid.as_u64().and_then(|uid| u16::try_from(uid).ok());
        slots.extend(uid.map(|uid| (topic, uid)));
    }
    Ok(slots)
}
