//! Newer code for the governor and the treasury: by the chain's admin, and by a proposal once
//! the treasury is that.

use cosmwasm_std::{Addr, WasmMsg};
use cw_multi_test::Executor;
use cw2::{get_contract_version, set_contract_version};
use interface::{
    MigrateMsg,
    governor::{self, QuestionMsg, TrackMsg},
};

use crate::{
    assembly::{YES, governor_code, pay, treasury_code},
    deployment::{Chain, refused, staking_code, user},
};

/// Each contract, its name in cw2, and its code stored anew.
fn codes(chain: &mut Chain) -> [(Addr, &'static str, u64); 3] {
    let (governor, treasury, staking) =
        (chain.governor(), chain.treasury.clone(), chain.staking.clone());
    [
        (governor, "crates.io:moot-governor", chain.app.store_code(governor_code())),
        (treasury, "crates.io:moot-treasury", chain.app.store_code(treasury_code())),
        (staking, "crates.io:moot-staking", chain.app.store_code(staking_code())),
    ]
}

/// What cw2 says of a contract's version.
fn version(chain: &Chain, contract: &Addr) -> String {
    get_contract_version(chain.app.contract_storage(contract).as_ref()).unwrap().version
}

fn stamp(chain: &mut Chain, contract: &Addr, name: &str, version: &str) {
    let mut storage = chain.app.contract_storage_mut(contract);
    set_contract_version(storage.as_mut(), name, version).unwrap();
}

/// Migrates as the chain's admin; why it was refused.
fn migrate(chain: &mut Chain, who: &Addr, contract: &Addr, code: u64) -> Result<(), String> {
    let before = chain.state();
    let outcome = chain.app.migrate_contract(who.clone(), contract.clone(), &MigrateMsg {}, code);
    outcome.map(|_| ()).map_err(|error| {
        assert!(chain.state() == before);
        refused(&error).text
    })
}

#[test]
fn migrate_takes_over_the_same_contract_and_refuses_another() {
    let mut chain = Chain::ready();
    let (maker, mallory) = (chain.maker.clone(), user("mallory"));
    chain.propose(&user("alice"), TrackMsg::Ordinary, QuestionMsg::Signal {});
    let codes = codes(&mut chain);
    let unchanged = chain.state();
    for (contract, name, code) in &codes {
        for before in ["0.0.1", env!("CARGO_PKG_VERSION")] {
            stamp(&mut chain, contract, name, before);
            migrate(&mut chain, &maker, contract, *code).unwrap();
            assert!(chain.state() == unchanged, "{name} from {before}");
        }
        for before in ["99.0.0", "0.1.1", "latest", ""] {
            stamp(&mut chain, contract, name, before);
            let error = migrate(&mut chain, &maker, contract, *code).unwrap_err();
            assert!(error.starts_with("E0008 "), "{error}");
            assert!(error.contains(&format!("{name} {before} to {name}")), "{error}");
        }
        stamp(&mut chain, contract, name, env!("CARGO_PKG_VERSION"));
        for (_, other, foreign) in codes.iter().filter(|one| one.1 != *name) {
            let error = migrate(&mut chain, &maker, contract, *foreign).unwrap_err();
            assert!(error.starts_with("E0008 "), "{error}");
            assert!(error.contains(&format!("{name} {} to {other}", env!("CARGO_PKG_VERSION"))));
        }
        let error = migrate(&mut chain, &mallory, contract, *code).unwrap_err();
        assert!(error.contains("Only admin"), "{error}");
    }
}

/// The treasury is the admin of every contract. A constitutional proposal gives three of them new
/// code, its own and the governor's among them, while another is voted on: the vote goes on.
#[test]
fn a_proposal_migrates_while_another_is_voted_on() {
    let mut chain = Chain::ready();
    let (alice, bob, maker) = (user("alice"), user("bob"), chain.maker.clone());
    let codes = codes(&mut chain);
    for (contract, name, _) in &codes {
        let (contract_addr, admin) = (contract.to_string(), chain.treasury.to_string());
        let hand = WasmMsg::UpdateAdmin { contract_addr, admin };
        chain.app.execute(maker.clone(), hand.into()).unwrap();
        stamp(&mut chain, contract, name, "0.0.1");
    }
    let migrate = |(contract, _, code): &(Addr, &str, u64)| {
        let msg = cosmwasm_std::to_json_binary(&MigrateMsg {}).unwrap();
        let contract_addr = contract.to_string();
        WasmMsg::Migrate { contract_addr, new_code_id: *code, msg }.into()
    };
    let id = chain.pass(TrackMsg::Constitutional, codes.iter().map(migrate).collect());
    let msgs = vec![pay(&bob, 5)];
    let live = chain.propose(&alice, TrackMsg::Ordinary, QuestionMsg::Standard { msgs });
    chain.blocks(1);
    chain.vote(&alice, live, YES).unwrap();
    let before = chain.details(live);
    chain.govern(&bob, &governor::ExecuteMsg::Execute { proposal_id: id }).unwrap();
    assert_eq!(chain.details(id).status, "executed");
    for (contract, name, _) in &codes {
        assert_eq!(version(&chain, contract), env!("CARGO_PKG_VERSION"), "{name}");
    }
    assert_eq!(chain.details(live), before);
    chain.vote(&bob, live, 1).unwrap();
    assert_eq!(chain.details(live).tally[..2], [400u128, 300].map(cosmwasm_std::Uint128::new));
    // A downgrade fails as any execution may, and leaves everything as it was.
    let (governor, name, _) = &codes[0];
    stamp(&mut chain, governor, name, "99.0.0");
    let held = chain.app.dump_wasm_raw(&chain.staking);
    let msgs = codes.iter().rev().map(migrate).collect();
    assert_eq!(chain.enact(TrackMsg::Constitutional, msgs), "failed");
    assert!(chain.app.dump_wasm_raw(&chain.staking) == held);
    assert_eq!(version(&chain, governor), "99.0.0");
}
