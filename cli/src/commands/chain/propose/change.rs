//! `--set`: a parameter by its name, laid onto what the contract has now.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use cosmwasm_std::CosmosMsg;
use interface::{governor, network, rewards, staking, treasury};
use protocol::ModuleId;
use serde_json::{Value, json};

use super::{message, module};
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::commands::chain::tokens;
use crate::exit::Outcome;

/// Keys that contracts hold as whole numbers of parts: how many make one.
const PARTS: [(&str, u64); 9] = [
    ("kappa", 65_535),
    ("bonds_penalty", 65_535),
    ("cap", 65_535),
    ("alpha_low", 65_535),
    ("alpha_high", 65_535),
    ("bonds_moving_average", 1_000_000),
    ("decay", 1_000_000),
    ("alpha", 1_000_000),
    ("top_multiplier", 100),
];

/// What is changed: a module, and in the network a topic.
type Place = (ModuleId, Option<u16>);

/// What changes, for people, and one message for each contract and topic whose parameters do.
///
/// # Errors
/// A key that there is not, or a value that it cannot have.
pub(super) fn messages(
    sets: &[String],
    session: &Session,
    receipt: &Receipt,
) -> Outcome<(Vec<String>, Vec<CosmosMsg>)> {
    let mut lines = Vec::new();
    let mut changed: BTreeMap<Place, Value> = BTreeMap::new();
    for set in sets {
        let (key, value) = set
            .split_once('=')
            .ok_or_else(|| usage(format!("`{set}` changes nothing; write network.kappa=0.6")))?;
        let (place, path) = place(key)?;
        let params = match changed.entry(place) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(current(place, session, receipt)?),
        };
        lines.push(lay(params, &path, value, set, receipt)?);
    }
    let updates = changed.into_iter().map(|(place, params)| update(place, params, receipt));
    Ok((lines, updates.collect::<Outcome<_>>()?))
}

/// `network.2.kappa` is key `kappa` of topic 2, `network.kappa` of topic 0.
fn place(key: &str) -> Outcome<(Place, Vec<&str>)> {
    let mut parts: Vec<&str> = key.split('.').collect();
    if parts.len() < 2 {
        return Err(usage(format!("`{key}` names no contract; write network.{key}")));
    }
    let module = module(parts.remove(0))?;
    let topic = match (module, parts.first().and_then(|part| part.parse().ok())) {
        (ModuleId::Network, Some(topic)) => {
            parts.remove(0);
            Some(topic)
        }
        (ModuleId::Network, None) => Some(0),
        _ => None,
    };
    Ok(((module, topic), parts))
}

/// The parameters as they are.
fn current((module, topic): Place, session: &Session, receipt: &Receipt) -> Outcome<Value> {
    let question = topic
        .map_or_else(|| json!({ "params": {} }), |topic| json!({ "topic": { "topic": topic } }));
    let contract = receipt.contract(module)?;
    let answer = session.wait(session.node()?.smart(contract, &question, None))?;
    Ok(if topic.is_some() { answer["params"].clone() } else { answer })
}

/// Replaces the value of the one key that a path names, whose last part may lie deeper; says what
/// it was and what it becomes.
fn lay(
    params: &mut Value,
    path: &[&str],
    value: &str,
    set: &str,
    receipt: &Receipt,
) -> Outcome<String> {
    let mut found = Vec::new();
    find(params, path, &mut Vec::new(), &mut found);
    let pointer = match found.as_slice() {
        [one] => one.clone(),
        [] => return Err(usage(format!("`{set}`: there is no such parameter"))),
        several => {
            let several = several.join(", ").replace('/', ".");
            return Err(usage(format!("`{set}` may mean several: {several}")));
        }
    };
    let key = path.last().copied().unwrap_or_default();
    let now = params.pointer(&pointer).cloned().unwrap_or_default();
    let then = read(&now, key, value, receipt)
        .ok_or_else(|| usage(format!("`{set}`: that is no value for it; now it is {now}")))?;
    let named = pointer.trim_start_matches('/').replace('/', ".");
    let line = format!("{set}: {named} is {now}, and becomes {then}");
    if let Some(place) = params.pointer_mut(&pointer) {
        *place = then;
    }
    Ok(line)
}

fn find(value: &Value, path: &[&str], above: &mut Vec<String>, found: &mut Vec<String>) {
    let Value::Object(map) = value else { return };
    for (key, inner) in map {
        above.push(key.clone());
        let names: Vec<&str> = above.iter().map(String::as_str).collect();
        if names.ends_with(path) {
            found.push(format!("/{}", above.join("/")));
        }
        find(inner, path, above, found);
        above.pop();
    }
}

/// A value as the parameter is written: parts of 65535 and the like as decimals too.
fn read(now: &Value, key: &str, text: &str, receipt: &Receipt) -> Option<Value> {
    let parts = PARTS.iter().find(|(name, _)| *name == key).map(|(_, parts)| *parts);
    match now {
        Value::Number(_) if parts.is_some() && text.contains('.') => {
            Some(client::Decimal::read(text)?.times_nearest(parts?)?.into())
        }
        Value::Number(_) => text.parse::<u64>().ok().map(Value::from),
        Value::Bool(_) => text.parse::<bool>().ok().map(Value::from),
        Value::String(now)
            if now.bytes().all(|one| one.is_ascii_digit()) && !text.contains('.') =>
        {
            Some(tokens::units(text, receipt).ok()?.units().to_string().into())
        }
        Value::String(_) if text.ends_with(receipt.order.symbol.as_str()) => {
            Some(tokens::units(text, receipt).ok()?.units().to_string().into())
        }
        Value::String(_) => Some(text.into()),
        _ => serde_json::from_str(text).ok(),
    }
}

/// The message that replaces the parameters, which must be what the contract understands.
fn update((module, topic): Place, params: Value, receipt: &Receipt) -> Outcome<CosmosMsg> {
    let wrong = |error: serde_json::Error| usage(format!("{}: {error}", module.name()));
    match module {
        ModuleId::Network => {
            let (topic, params) =
                (topic.unwrap_or(0), serde_json::from_value(params).map_err(wrong)?);
            message(receipt, module, &network::ExecuteMsg::UpdateTopic { topic, params })
        }
        ModuleId::Staking => {
            let params = serde_json::from_value(params).map_err(wrong)?;
            message(receipt, module, &staking::ExecuteMsg::UpdateParams { params })
        }
        ModuleId::Rewards => {
            let params = serde_json::from_value(params).map_err(wrong)?;
            message(receipt, module, &rewards::ExecuteMsg::UpdateParams { params })
        }
        ModuleId::Governor => {
            let params = serde_json::from_value(params).map_err(wrong)?;
            message(receipt, module, &governor::ExecuteMsg::UpdateParams { params })
        }
        ModuleId::Treasury => {
            let params = serde_json::from_value(params).map_err(wrong)?;
            message(receipt, module, &treasury::ExecuteMsg::UpdateParams { params })
        }
        _ => Err(usage(format!("{} has no parameters", module.name()))),
    }
}
