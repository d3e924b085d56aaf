//! What the chain's VM refuses at upload, found in milliseconds.
//!
//! The limits are those of cosmwasm-vm 3.0.10 (`config.rs`, `compatibility.rs`); the VM's own
//! `store_code` has the last word, in the conformance tests.

use wasmparser::{ExternalKind, Parser, Payload, ValidPayload, Validator, WasmFeatures};

use crate::failure::{Failure, Outcome};

/// The largest contract that is accepted, in KiB.
pub(crate) const MAX_KIB: usize = 800;
/// Local variables of one function.
const MAX_FUNCTION_LOCALS: u64 = 100;
/// Local variables of all functions together.
const MAX_TOTAL_LOCALS: u64 = 10_000;
/// What the VM offers to a contract; cosmwasm-std imports all of it from `cosmwasm_2_1` on.
const IMPORTS: &[&str] = &[
    "abort",
    "db_read",
    "db_write",
    "db_remove",
    "db_scan",
    "db_next",
    "db_next_key",
    "db_next_value",
    "addr_validate",
    "addr_canonicalize",
    "addr_humanize",
    "bls12_381_aggregate_g1",
    "bls12_381_aggregate_g2",
    "bls12_381_pairing_equality",
    "bls12_381_hash_to_g1",
    "bls12_381_hash_to_g2",
    "secp256k1_verify",
    "secp256k1_recover_pubkey",
    "secp256r1_verify",
    "secp256r1_recover_pubkey",
    "ed25519_verify",
    "ed25519_batch_verify",
    "debug",
    "query_chain",
];
/// What the VM calls before anything else.
const EXPORTS: &[&str] = &["allocate", "deallocate", "interface_version_8"];
/// What today's chains advertise of what a contract may require.
const CAPABILITIES: &[&str] = &[
    "iterator",
    "staking",
    "stargate",
    "cosmwasm_1_1",
    "cosmwasm_1_2",
    "cosmwasm_1_3",
    "cosmwasm_1_4",
    "cosmwasm_2_0",
    "cosmwasm_2_1",
    "cosmwasm_2_2",
];

/// Checks one lowered contract.
///
/// # Errors
/// Every limit that it breaks, in one failure.
pub(crate) fn check(name: &str, wasm: &[u8]) -> Outcome {
    let mut breaches = Vec::new();
    let kib = wasm.len().div_ceil(1024);
    if kib > MAX_KIB {
        breaches.push(format!("it has {kib} KiB, {MAX_KIB} are accepted"));
    }
    if let Err(reason) = inspect(wasm, &mut breaches) {
        breaches.push(format!("it is no plain WebAssembly 1.0: {reason}"));
    }
    if breaches.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!("the chain would refuse contract {name}"))
        .because(breaches.join("\n"))
        .fix("see what xtask/src/wasm/limits.rs says of that limit"))
}

fn inspect(wasm: &[u8], breaches: &mut Vec<String>) -> wasmparser::Result<()> {
    let mut validator = Validator::new_with_features(WasmFeatures::WASM1);
    let mut allocations = wasmparser::FuncValidatorAllocations::default();
    let mut exports = Vec::new();
    let mut total_locals = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            let index = function.index;
            let locals = locals(&body)?;
            total_locals += locals;
            if locals > MAX_FUNCTION_LOCALS {
                breaches.push(format!(
                    "function {index} has {locals} locals, {MAX_FUNCTION_LOCALS} are accepted"
                ));
            }
            let mut function = function.into_validator(allocations);
            function.validate(&body)?;
            allocations = function.into_allocations();
        }
        match payload {
            Payload::ImportSection(section) => {
                for import in section.into_imports() {
                    let import = import?;
                    if import.module != "env" || !IMPORTS.contains(&import.name) {
                        breaches.push(format!("it imports {}.{}", import.module, import.name));
                    }
                }
            }
            Payload::ExportSection(section) => {
                for export in section {
                    let export = export?;
                    if export.kind == ExternalKind::Func {
                        exports.push(export.name.to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    if total_locals > MAX_TOTAL_LOCALS {
        breaches.push(format!("it has {total_locals} locals, {MAX_TOTAL_LOCALS} are accepted"));
    }
    breaches.extend(export_breaches(&exports));
    Ok(())
}

fn locals(body: &wasmparser::FunctionBody<'_>) -> wasmparser::Result<u64> {
    let groups = body.get_locals_reader()?.into_iter();
    groups.map(|group| group.map(|(count, _)| u64::from(count))).sum()
}

fn export_breaches(exports: &[String]) -> Vec<String> {
    let missing = EXPORTS.iter().filter(|name| !exports.iter().any(|one| one == *name));
    let unknown = exports
        .iter()
        .filter_map(|name| name.strip_prefix("requires_"))
        .filter(|capability| !CAPABILITIES.contains(capability));
    missing
        .map(|name| format!("it does not export {name}"))
        .chain(unknown.map(|name| format!("it requires {name}, which chains do not advertise")))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{check, export_breaches};

    /// An empty module: magic number and version.
    const EMPTY: &[u8] = b"\0asm\x01\0\0\0";

    /// A module of one function of no parameters, with `locals` i32 locals and `code`.
    fn one_function(locals: u8, code: &[u8]) -> Vec<u8> {
        let mut body = vec![1, locals, 0x7f];
        body.extend(code);
        let mut module = EMPTY.to_vec();
        module.extend([1, 4, 1, 0x60, 0, 0]); // one type: () -> ()
        module.extend([3, 2, 1, 0]); // one function of it
        module.extend([5, 3, 1, 0, 1]); // one memory
        module.extend([10, body.len() as u8 + 2, 1, body.len() as u8]);
        module.extend(body);
        module
    }

    #[test]
    fn bulk_memory_is_refused() {
        let fill = [0x41, 0, 0x41, 0, 0x41, 0, 0xfc, 0x0b, 0, 0x0b];
        let text = check("token", &one_function(0, &fill)).expect_err("refused").to_string();
        assert!(text.contains("bulk memory"), "{text}");
    }

    #[test]
    fn sign_extension_is_refused() {
        let extend = [0x41, 0, 0xc0, 0x1a, 0x0b];
        let text = check("token", &one_function(0, &extend)).expect_err("refused").to_string();
        assert!(text.contains("sign extension"), "{text}");
    }

    #[test]
    fn a_function_of_101_locals_is_refused_and_one_of_100_is_not() {
        let refused = |locals| check("token", &one_function(locals, &[0x0b])).expect_err("refused");
        assert!(refused(101).to_string().contains("function 0 has 101 locals"));
        assert!(!refused(100).to_string().contains("locals"));
    }

    #[test]
    fn entry_points_and_capabilities_are_checked() {
        let text = check("token", EMPTY).expect_err("refused").to_string();
        assert!(text.contains("does not export allocate"), "{text}");
        let exports = ["allocate", "deallocate", "interface_version_8", "requires_cosmwasm_3_0"];
        let breaches = export_breaches(&exports.map(str::to_owned));
        assert_eq!(breaches, ["it requires cosmwasm_3_0, which chains do not advertise"]);
    }

    #[test]
    fn a_contract_over_the_size_limit_is_refused() {
        let text = check("token", &vec![0; 801 * 1024]).expect_err("refused").to_string();
        assert!(text.contains("801 KiB, 800 are accepted"), "{text}");
    }
}
