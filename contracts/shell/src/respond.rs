//! Effects as messages and events.

use crate::{Book, Outcome};
use cosmwasm_std::{Binary, Event, Response, SubMsg, WasmMsg};
use interface::{
    Accounts, Error, Lexicon, hook_message, message, migrate_message, notice_message,
    opaque_message, pay_message, proposal_message,
};
use protocol::{AccountId, Command, Effect, OnFail, Power, Value, staking::weight_of};

/// The most gas of a notice to a subscriber. Without a limit one that burns all there is would take
/// the whole transaction with it, an exit among them: a chain reports out of gas to the sender of a
/// message only where the message has a limit of its own.
pub const NOTICE_GAS: u64 = 500_000;

/// What a contract knows beyond the rules: how to pay, and how cw4 counts power.
#[derive(Default)]
pub struct Edge {
    /// The native denom that is paid.
    pub denom: Option<String>,
    /// Power per unit of cw4 weight; 0 where nobody subscribes.
    pub unit: u128,
}

/// What a contract can say. Each sends and tells little of what all of them together do, and what
/// it names here is all that its code has to hold.
#[derive(Clone, Copy)]
pub struct Voice {
    /// A command as the receiver's execute message.
    pub command: fn(&Lexicon, &Command) -> Result<Binary, Error>,
    /// The attributes of an event.
    pub event: for<'a> fn(&'a protocol::Event, Visit<'_, 'a>),
}

/// Hears of an event's attributes, in order.
pub type Visit<'b, 'a> = &'b mut dyn FnMut(&'static str, Value<'a>);

/// The response that carries the effects out, whatever module's commands they are.
///
/// # Errors
/// A handle without an address.
pub fn respond(book: &Book, edge: &Edge, effects: Vec<Effect>) -> Outcome {
    respond_by(Voice { command: message, event: all_attributes }, book, edge, effects)
}

/// The same by a contract that says less than all of them.
///
/// # Errors
/// As [`respond`]; a command that the voice lacks.
pub fn respond_by(voice: Voice, book: &Book, edge: &Edge, effects: Vec<Effect>) -> Outcome {
    let lexicon = book.lexicon(edge.denom.as_deref());
    let mut response = Response::new();
    for effect in effects {
        response = match effect {
            Effect::Call { command, on_fail } => {
                let to = book.address(command.module().account())?;
                response.add_submessage(call(to, (voice.command)(&lexicon, &command)?, on_fail))
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
                response.add_submessage(bounded(book.address(to)?, notice, tag))
            }
            Effect::Herald { to, proposal, before, after, tag } => {
                let notice = proposal_message(proposal, before, after)?;
                response.add_submessage(bounded(book.address(to)?, notice, tag))
            }
            Effect::Migrate { module, code } => {
                let contract = book.address(module.account())?;
                response.add_message(migrate_message(contract, code)?)
            }
            Effect::Opaque { message } => response.add_message(opaque_message(&message)?),
            Effect::Event(event) => tell(voice, book, response, &event)?,
        };
    }
    Ok(response)
}

fn all_attributes<'a>(event: &'a protocol::Event, visit: Visit<'_, 'a>) {
    event.attributes(visit);
}

fn call(contract_addr: String, msg: Binary, on_fail: OnFail) -> SubMsg {
    let call = WasmMsg::Execute { contract_addr, msg, funds: Vec::new() };
    match on_fail {
        OnFail::Revert => SubMsg::new(call),
        OnFail::Report(tag) => SubMsg::reply_on_error(call, tag),
    }
}

/// A notice to a subscriber, who can neither refuse what it is told nor burn its gas.
fn bounded(subscriber: String, notice: Binary, tag: u64) -> SubMsg {
    call(subscriber, notice, OnFail::Report(tag)).with_gas_limit(NOTICE_GAS)
}

fn hook(book: &Book, edge: &Edge, who: AccountId, before: Power, after: Power) -> Outcome<Binary> {
    let weight = |power| Some(weight_of(power, edge.unit)).filter(|weight| *weight > 0);
    hook_message(book, who, weight(before), weight(after))
}

/// The first event becomes the response's own attributes, which start with `action`; any
/// other becomes an event of its own.
fn tell(voice: Voice, book: &Book, response: Response, event: &protocol::Event) -> Outcome {
    let mut pairs = Vec::new();
    (voice.event)(event, &mut |name, value| pairs.push((name, value)));
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

#[cfg(test)]
mod tests {
    use super::{Edge, NOTICE_GAS, respond};
    use crate::Book;
    use cosmwasm_std::testing::MockApi;
    use interface::Accounts;
    use protocol::{
        Amount, Effect, Payload, Power,
        governance::{HOOK_TAG, Status},
    };

    /// Law 24: what a subscriber does is bounded in gas too. Payments, and a proposal's own
    /// messages, have what the transaction has.
    #[test]
    fn only_notices_to_subscribers_have_a_limit_of_gas() {
        let api = MockApi::default();
        let book = Book::alone(&api);
        let [to, who] =
            ["hook", "who"].map(|name| book.account(api.addr_make(name).as_str()).unwrap());
        let (before, after, amount) = (Power::new(20), Power::ZERO, Amount::new(5).unwrap());
        let effects = vec![
            Effect::Hook { to, who, before, after, tag: 3 },
            Effect::Herald { to, proposal: 1, before: None, after: Status::Pending, tag: HOOK_TAG },
            Effect::Notify { to, from: who, amount, payload: Payload::Deposit },
        ];
        let edge = Edge { unit: 10, ..Edge::default() };
        let sent = respond(&book, &edge, effects).unwrap().messages;
        let limits: Vec<_> = sent.iter().map(|message| (message.id, message.gas_limit)).collect();
        let expected = [(3, Some(NOTICE_GAS)), (HOOK_TAG, Some(NOTICE_GAS)), (0, None)];
        assert_eq!(limits, expected);
    }
}
