//! Prints the JSON schemas of the contracts' messages as one object, a member a contract.
//!
//! `schemas answers` prints answers for the test of the TypeScript bindings, and
//! `schemas read FILE` parses what that test sent. `schemas events` prints the chapter on events.

mod events;
mod samples;

use cosmwasm_schema::{Api, generate_api};
use interface::{InstantiateMsg, MigrateMsg, governor, network, rewards, staking, token, treasury};
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => print_schemas()?,
        ["events"] => print!("{}", events::chapter()?),
        ["answers"] => println!("{}", samples::answers()),
        ["read", file] => {
            println!("{} messages parsed", samples::read(&std::fs::read_to_string(file)?)?);
        }
        _ => return Err("use no argument, `events`, `answers`, or `read FILE`".into()),
    }
    Ok(())
}

fn print_schemas() -> Result<(), Box<dyn std::error::Error>> {
    let mut all = Map::new();
    for api in contracts() {
        let name = api.contract_name.clone();
        let text = api.render().to_string()?;
        all.insert(name, serde_json::from_str(&text)?);
    }
    println!("{}", serde_json::to_string_pretty(&Value::Object(all))?);
    Ok(())
}

/// The contracts, and the code that three of them share: it is made by a message that says which.
fn contracts() -> [Api; 7] {
    [
        generate_api! {
            name: "suite",
            instantiate: InstantiateMsg,
        },
        generate_api! {
            name: "token",
            instantiate: token::InstantiateMsg,
            execute: cw20::Cw20ExecuteMsg,
            query: token::QueryMsg,
            migrate: MigrateMsg,
        },
        generate_api! {
            name: "staking",
            instantiate: staking::InstantiateMsg,
            execute: staking::ExecuteMsg,
            query: staking::QueryMsg,
            migrate: MigrateMsg,
        },
        generate_api! {
            name: "network",
            instantiate: network::InstantiateMsg,
            execute: network::ExecuteMsg,
            query: network::QueryMsg,
            migrate: MigrateMsg,
        },
        generate_api! {
            name: "rewards",
            instantiate: rewards::InstantiateMsg,
            execute: rewards::ExecuteMsg,
            query: rewards::QueryMsg,
            migrate: MigrateMsg,
        },
        generate_api! {
            name: "governor",
            instantiate: governor::InstantiateMsg,
            execute: governor::ExecuteMsg,
            query: governor::QueryMsg,
            migrate: MigrateMsg,
        },
        generate_api! {
            name: "treasury",
            instantiate: treasury::InstantiateMsg,
            execute: treasury::ExecuteMsg,
            query: treasury::QueryMsg,
            migrate: MigrateMsg,
        },
    ]
}
