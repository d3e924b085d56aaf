//! The kernel in the chain's virtual machine: the digest that every target must give.

use std::path::PathBuf;

use conformance::vm::{Instances, Library};
use cosmwasm_std::from_json;
use cosmwasm_std::testing::{MockApi, mock_dependencies, mock_env};
use cw_multi_test::Contract;

/// The committed digest's words.
fn committed(root: &std::path::Path) -> [u64; 4] {
    let table = std::fs::read_to_string(root.join("xtask/golden/digests.txt")).expect("a table");
    let digest = table.lines().find_map(|line| line.strip_prefix("kernel ")).expect("its line");
    assert_eq!(digest.len(), 64, "{digest}");
    let word = |n: usize| u64::from_str_radix(&digest[16 * n..16 * (n + 1)], 16);
    [0, 1, 2, 3].map(|n| word(n).expect("a word"))
}

#[test]
fn the_kernel_has_the_golden_digest_in_the_virtual_machine() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let library = Library::new(MockApi::default()).expect("a virtual machine");
    let module = library.open(&root.join("artifacts/probes/kernel-digest.wasm"));
    let module = module.unwrap_or_else(|error| panic!("{error}; first: cargo xtask wasm"));
    let contract = module.contract(Instances::Fresh);
    let deps = mock_dependencies();
    let answer = contract.query(deps.as_ref(), mock_env(), b"{}".to_vec()).expect("an answer");
    let found: [u64; 4] = from_json(answer).expect("four words");
    println!("kernel digest in the virtual machine: {} gas", library.meter().spent().vm);
    assert_eq!(found.map(hex), committed(&root).map(hex));
}

fn hex(word: u64) -> String {
    format!("{word:016x}")
}
