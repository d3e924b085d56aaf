//! The kernel's golden digest, computed inside the chain's virtual machine.
//!
//! A probe: built and lowered as contracts are, run by `conformance/tests/kernel_digest.rs`, and
//! never deployed. It has nothing to instantiate, since a query needs no storage.

use cosmwasm_std::{Binary, Deps, Empty, Env, StdResult, entry_point, to_json_binary};
use scoring_kernel::golden::golden_digest;

/// Answers `{}` with the digest's four words.
///
/// # Errors
/// None: four numbers are always JSON.
#[entry_point]
pub fn query(_: Deps, _: Env, _: Empty) -> StdResult<Binary> {
    to_json_binary(&golden_digest())
}

#[cfg(test)]
mod tests {
    use cosmwasm_std::testing::{mock_dependencies, mock_env};
    use cosmwasm_std::{Empty, from_json};
    use scoring_kernel::golden::golden_digest;

    use super::query;

    #[test]
    fn it_answers_with_every_word() {
        let answer = query(mock_dependencies().as_ref(), mock_env(), Empty {});
        let words: [u64; 4] = from_json(answer.expect("an answer")).expect("four words");
        assert_eq!(words, golden_digest());
    }
}
