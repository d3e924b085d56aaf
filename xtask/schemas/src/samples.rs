//! What the bindings' test reads and writes: answers as the contracts print them, and messages
//! that the contracts must parse.

use cosmwasm_std::{Decimal, Uint128};
use interface::{
    governor::{
        BallotResponse, DetailsResponse, ExecuteMsg, ParamsMsg, ThresholdMsg, TrackMsg,
        TrackParamsMsg,
    },
    network,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Answers to the governor's queries, by query.
pub(crate) fn answers() -> Value {
    json!({ "details": details(), "ballot": ballot(), "params": params() })
}

fn details() -> DetailsResponse {
    DetailsResponse {
        status: "open".to_owned(),
        form: "standard".to_owned(),
        track: TrackMsg::Constitutional,
        proposer: "wasm1proposer".to_owned(),
        snapshot: 100,
        opens: 1_000,
        deadline: 2_000,
        eta: None,
        tally: vec![Uint128::MAX - Uint128::new(1), Uint128::new(1), Uint128::zero()],
        options: Vec::new(),
        total: Uint128::MAX,
        quorum: Uint128::new(5),
        deposit: Uint128::new(500),
        held: false,
        settled: false,
    }
}

fn ballot() -> BallotResponse {
    let ballot = vec![(0, Decimal::percent(75)), (1, Decimal::percent(25))];
    BallotResponse { ballot, weight: Uint128::new(1_000_000) }
}

fn params() -> ParamsMsg {
    let track = TrackParamsMsg {
        deposit: Uint128::new(500),
        proposal_power: Decimal::percent(1),
        delay: 0,
        period: 86_400,
        extension: 0,
        timelock: 3_600,
        grace: 3_600,
        quorum: Decimal::percent(33),
        threshold: ThresholdMsg::AtLeast { part: Decimal::permille(667) },
        veto: Decimal::percent(33),
        objection: Decimal::zero(),
        revoting: true,
    };
    ParamsMsg {
        ordinary: TrackParamsMsg { threshold: ThresholdMsg::Majority {}, ..track.clone() },
        constitutional: track.clone(),
        emergency: track,
        live: 3,
        forfeit_unheard: true,
        least_power: Uint128::new(1),
        lapse: 86_400,
    }
}

/// A message as a client sends it.
#[derive(Deserialize)]
struct Sent {
    contract: String,
    msg: Value,
}

/// Parses what the bindings sent, with the contracts' types and the JSON that lies inside of it.
///
/// # Errors
/// A message that its contract would not parse, or that says something else there.
pub(crate) fn read(text: &str) -> Result<usize, Box<dyn std::error::Error>> {
    let all: Vec<Sent> = serde_json::from_str(text)?;
    for Sent { contract, msg } in &all {
        match contract.as_str() {
            "wasm1token" => same::<cw20::Cw20ExecuteMsg>(msg)?,
            _ => same::<ExecuteMsg>(msg)?,
        }
        if let Some(inner) = msg.pointer("/propose/question/standard/msgs/0/wasm/execute/msg") {
            let bytes: cosmwasm_std::Binary = serde_json::from_value(inner.clone())?;
            let _: network::ExecuteMsg = cosmwasm_std::from_json(bytes)?;
        }
    }
    Ok(all.len())
}

/// Whether a message means the same after it went through a contract's type.
fn same<T: DeserializeOwned + serde::Serialize>(msg: &Value) -> Result<(), String> {
    let failed = |error: serde_json::Error| format!("{msg}: {error}");
    let parsed: T = serde_json::from_value(msg.clone()).map_err(failed)?;
    let again = without_nothings(serde_json::to_value(parsed).map_err(failed)?);
    if again == *msg { Ok(()) } else { Err(format!("{msg} was read as {again}")) }
}

/// What is absent may be written as null.
fn without_nothings(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let kept = fields.into_iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key, without_nothings(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_nothings).collect()),
        value => value,
    }
}
