//! Effects as messages and events.

use crate::{Book, Outcome};
use cosmwasm_std::{Binary, Event, Response, SubMsg, WasmMsg};
use interface::{
    Accounts, hook_message, message, migrate_message, notice_message, opaque_message, pay_message,
    proposal_message,
};
use protocol::{AccountId, Effect, OnFail, Power, Value, staking::weight_of};

/// What a contract knows beyond the rules: how to pay, and how cw4 counts power.
#[derive(Default)]
pub struct Edge {
    /// The native denom that is paid.
    pub denom: Option<String>,
    /// Power per unit of cw4 weight; 0 where nobody subscribes.
    pub unit: u128,
}

/// The response that carries the effects out.
///
/// # Errors
/// A handle without an address.
pub fn respond(book: &Book, edge: &Edge, effects: Vec<Effect>) -> Outcome {
    let lexicon = book.lexicon(edge.denom.as_deref());
    let mut response = Response::new();
    for effect in effects {
        response = match effect {
            Effect::Call { command, on_fail } => {
                let to = book.address(command.module().account())?;
                response.add_submessage(call(to, message(&lexicon, &command)?, on_fail))
            }
            Effect::Notify { to, from, amount, payload } => {
                let notice = notice_message(book, from, amount, &payload)?;
                response.add_submessage(call(book.address(to)?, notice, OnFail::Revert))
            }
            Effect::Pay { to, amount } => {
                let denom = edge.denom.as_deref();
                response.add_message(pay_message(denom, book.address(to)?, amount)?)
            }
            Effect::Hook { to, who, before, after, tag } => {
                let notice = hook(book, edge, who, before, after)?;
                response.add_submessage(call(book.address(to)?, notice, OnFail::Report(tag)))
            }
            Effect::Herald { to, proposal, before, after, tag } => {
                let notice = proposal_message(proposal, before, after)?;
                response.add_submessage(call(book.address(to)?, notice, OnFail::Report(tag)))
            }
            Effect::Migrate { module, code } => {
                let contract = book.address(module.account())?;
                response.add_message(migrate_message(contract, code)?)
            }
            Effect::Opaque { message } => response.add_message(opaque_message(&message)?),
            Effect::Event(event) => tell(book, response, &event)?,
        };
    }
    Ok(response)
}

fn call(contract_addr: String, msg: Binary, on_fail: OnFail) -> SubMsg {
    let call = WasmMsg::Execute { contract_addr, msg, funds: Vec::new() };
    match on_fail {
        OnFail::Revert => SubMsg::new(call),
        OnFail::Report(tag) => SubMsg::reply_on_error(call, tag),
    }
}

fn hook(book: &Book, edge: &Edge, who: AccountId, before: Power, after: Power) -> Outcome<Binary> {
    let weight = |power| Some(weight_of(power, edge.unit)).filter(|weight| *weight > 0);
    hook_message(book, who, weight(before), weight(after))
}

/// The first event becomes the response's own attributes, which start with `action`; any
/// other becomes an event of its own.
fn tell(book: &Book, response: Response, event: &protocol::Event) -> Outcome {
    let mut pairs = Vec::new();
    event.attributes(&mut |name, value| pairs.push((name, value)));
    let text = |value: &Value| match value {
        Value::Account(who) => book.address(*who),
        Value::Number(number) => Ok(number.to_string()),
        Value::Text(text) => Ok((*text).to_owned()),
    };
    let texts = pairs.iter().map(|(name, value)| Ok((*name, text(value)?)));
    let texts = texts.collect::<Outcome<Vec<_>>>()?;
    if response.attributes.is_empty() {
        return Ok(response.add_attributes(texts));
    }
    Ok(response.add_event(Event::new("also").add_attributes(texts)))
}
