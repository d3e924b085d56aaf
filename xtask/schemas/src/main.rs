//! Prints the JSON schemas of the contracts' messages as one object, a member a contract.

use cosmwasm_schema::{Api, generate_api};
use interface::{InstantiateMsg, MigrateMsg, governor, network, rewards, staking, token, treasury};
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn std::error::Error>> {
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
