//! Contracts in the virtual machine: what an instance may reach, and what it leaves behind.

#[path = "stage/mod.rs"]
mod stage;

use conformance::vm::{Gas, Instances, LOAD, Library, RELOAD, WasmError};
use conformance::{ARTIFACTS, Chain, Codes};
use cosmwasm_std::testing::MockApi;
use protocol::{Amount, Command, Height, ModuleId, Payload, Timestamp, staking, token};
use simulator::engine::Engine;

use stage::{TOKEN, amount, user};

fn opened(instances: Instances) -> Chain {
    let mut chain = stage::wasm(instances);
    chain.genesis(&stage::genesis(4, staking::Asset::Token)).expect("a valid genesis");
    chain.begin_block(Height::new(6), Timestamp::new(1_006));
    chain
}

fn transfer(units: u128) -> Command {
    Command::Token(token::Command::Transfer { to: user(1), amount: amount(units) })
}

/// To a contract that answers with what two further ones store.
fn bond(units: u128) -> Command {
    let (to, payload) = (ModuleId::Staking.account(), Payload::Stake { tier: 0 });
    Command::Token(token::Command::Send { to, amount: amount(units), payload })
}

#[test]
fn the_virtual_machine_accepts_each_code() {
    let library = Library::new(MockApi::default()).expect("a virtual machine");
    for name in ARTIFACTS {
        let module = library.open(&stage::artifacts().join(name));
        let module = module.unwrap_or_else(|error| panic!("{name}: {error}"));
        let entry_points = module.entry_points().expect("an analysis");
        for needed in ["execute", "instantiate", "migrate", "query"] {
            assert!(entry_points.iter().any(|name| name == needed), "{name} lacks {needed}");
        }
    }
}

#[test]
fn wasm_that_no_chain_takes_is_refused() {
    let library = Library::new(MockApi::default()).expect("a virtual machine");
    let refused = |wasm: &[u8]| library.add(wasm).err().expect("refused");
    assert!(matches!(refused(b"no wasm"), WasmError::Refused { .. }));
    assert!(matches!(refused(&vec![0; 900_000]), WasmError::TooLarge { bytes: 900_000 }));
    let folder = stage::artifacts().join("nowhere");
    let codes = Codes::wasm(&library, &folder, Instances::Fresh);
    assert!(matches!(codes.err(), Some(WasmError::Unreadable { .. })));
}

#[test]
fn a_loan_ends_with_its_call_even_when_the_instance_is_kept() {
    // Each call's storage is a transaction that is gone when the call ends, while the instance
    // stays: every call must see its own.
    let mut first = opened(Instances::Reused);
    for _ in 0..3 {
        first.execute(user(0), transfer(TOKEN), Amount::ZERO).expect("a transfer");
    }
    let before = first.digests();
    first.execute(user(0), transfer(5_000 * TOKEN), Amount::ZERO).expect_err("too much");
    assert_eq!(first.digests(), before, "a refused command left a trace");
    first.execute(user(0), bond(TOKEN), Amount::ZERO).expect("a stake");
    let mut fresh = opened(Instances::Fresh);
    for _ in 0..3 {
        fresh.execute(user(0), transfer(TOKEN), Amount::ZERO).expect("a transfer");
    }
    assert_eq!(fresh.digests(), before);
    fresh.execute(user(0), bond(TOKEN), Amount::ZERO).expect("a stake");
    assert_eq!(fresh.digests(), first.digests());
}

#[test]
fn gas_is_that_of_one_transaction() {
    let mut chain = opened(Instances::Fresh);
    let mut spent = |command: Command| {
        chain.execute(user(0), command, Amount::ZERO).expect("a valid command");
        chain.gas()
    };
    let (one, again) = (spent(transfer(5 * TOKEN)), spent(transfer(6 * TOKEN)));
    assert_eq!(one, again, "the second transaction pays like the first");
    assert_eq!(one.loads, LOAD);
    // Token and staking, of one code; the reward index is read raw, which loads nothing.
    let staked = spent(bond(7 * TOKEN));
    assert_eq!(staked.loads, LOAD + RELOAD);
    let Gas { vm, storage, events, .. } = staked;
    assert!(vm > one.vm && storage > one.storage && events > one.events, "{staked:?}, {one:?}");
}
