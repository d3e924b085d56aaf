//! A client of DAO DAO reads staking as a voting module, in the message types that DAO DAO
//! publishes: what it asks, and what it takes for an answer, is theirs to say.

#[path = "../../../contracts/shell/tests/four/deployment.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod deployment;
#[path = "../../../contracts/shell/tests/four/genesis.rs"]
#[allow(dead_code, reason = "each test uses a part of it")]
mod genesis;
#[path = "../../../contracts/shell/tests/four/told.rs"]
mod told;

use cosmwasm_std::{Addr, Uint128, coin};
use dao_interface::voting::{
    DenomResponse, InfoResponse, Query, TotalPowerAtHeightResponse, VotingPowerAtHeightResponse,
};
use interface::staking;
use serde::de::DeserializeOwned;

use deployment::{Chain, DENOM, user};

fn ask<T: DeserializeOwned>(chain: &Chain, query: &Query) -> T {
    chain.ask(&chain.staking, query)
}

/// Asks each query that the published type has: a new one does not compile until it is here.
fn asked(chain: &Chain, query: &Query) -> String {
    match query {
        Query::TokenContract {} | Query::Dao {} => ask(chain, query),
        Query::Denom {} => ask::<DenomResponse>(chain, query).denom,
        Query::VotingPowerAtHeight { .. } => {
            let found: VotingPowerAtHeightResponse = ask(chain, query);
            format!("{} at {}", found.power, found.height)
        }
        Query::TotalPowerAtHeight { .. } => {
            let found: TotalPowerAtHeightResponse = ask(chain, query);
            format!("{} at {}", found.power, found.height)
        }
        Query::Info {} => {
            let InfoResponse { info } = ask(chain, query);
            format!("{} {}", info.contract, info.version)
        }
        Query::IsActive {} => ask::<bool>(chain, query).to_string(),
    }
}

fn power(who: &Addr, height: Option<u64>) -> Query {
    Query::VotingPowerAtHeight { address: who.to_string(), height }
}

#[test]
fn a_voting_module_of_a_token() {
    let mut chain = Chain::wired();
    let (alice, bob, dave) = (user("alice"), user("bob"), user("dave"));
    chain.stake(&alice, 105, 0).unwrap();
    chain.stake(&bob, 40, 1).unwrap();
    chain.blocks(1);
    let to = Some(dave.to_string());
    chain.staking(&alice, staking::ExecuteMsg::Delegate { to }).unwrap();
    let now = chain.app.block_info().height;
    let version = format!("crates.io:moot-staking {}", env!("CARGO_PKG_VERSION"));
    for (query, expected) in [
        // The state at the end of the block before: as DAO DAO has it, what changes in a block
        // counts from the next one on.
        (power(&alice, Some(now - 1)), format!("0 at {}", now - 1)),
        (power(&alice, Some(now)), format!("105 at {now}")),
        (power(&alice, Some(now + 1)), format!("0 at {}", now + 1)),
        (power(&dave, Some(now)), format!("0 at {now}")),
        (power(&dave, None), format!("105 at {now}")),
        (power(&bob, Some(now)), format!("60 at {now}")),
        (power(&user("mallory"), None), format!("0 at {now}")),
        (Query::TotalPowerAtHeight { height: Some(now - 1) }, format!("0 at {}", now - 1)),
        (Query::TotalPowerAtHeight { height: Some(now) }, format!("165 at {now}")),
        (Query::TotalPowerAtHeight { height: None }, format!("165 at {now}")),
        (Query::Info {}, version),
        (Query::Dao {}, chain.treasury.to_string()),
        (Query::IsActive {}, "true".to_owned()),
        (Query::TokenContract {}, chain.token.to_string()),
    ] {
        assert_eq!(asked(&chain, &query), expected, "{query:?}");
    }
    let refused = chain.answer(&chain.staking, &Query::Denom {}).unwrap_err();
    assert!(refused.contains("E0212"), "{refused}");
}

#[test]
fn a_voting_module_of_a_coin() {
    let mut chain = Chain::native();
    let (alice, staking) = (user("alice"), chain.staking.clone());
    let stake = staking::ExecuteMsg::Stake { tier: 0 };
    chain.run_with(&alice, &staking, &stake, &[coin(100, DENOM)]).unwrap();
    chain.blocks(1);
    let amount = Uint128::new(30);
    chain.staking(&alice, staking::ExecuteMsg::Unstake { amount }).unwrap();
    let now = chain.app.block_info().height;
    for (query, expected) in [
        (power(&alice, Some(now)), format!("100 at {now}")),
        (power(&alice, None), format!("70 at {now}")),
        (Query::TotalPowerAtHeight { height: None }, format!("70 at {now}")),
        (Query::Denom {}, DENOM.to_owned()),
    ] {
        assert_eq!(asked(&chain, &query), expected, "{query:?}");
    }
    let refused = chain.answer(&staking, &Query::TokenContract {}).unwrap_err();
    assert!(refused.contains("E0212"), "{refused}");
}
