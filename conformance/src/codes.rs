//! The contracts' code: as Rust, or as Wasm.

use std::path::Path;

use cosmwasm_std::{DepsMut, Empty, Env, MigrateInfo};
use cw_multi_test::{Contract, ContractWrapper};
use interface::MigrateMsg;

use crate::vm::{Instances, Library, WasmError};

/// The modules that are contracts, by the names of their crates and artifacts.
pub const MODULE_NAMES: [&str; 4] = ["token", "staking", "network", "rewards"];

/// Code for each module that is a contract.
pub struct Codes {
    /// The cw20 token's.
    pub token: Box<dyn Contract<Empty>>,
    /// Staking's.
    pub staking: Box<dyn Contract<Empty>>,
    /// The scoring network's.
    pub network: Box<dyn Contract<Empty>>,
    /// Rewards'.
    pub rewards: Box<dyn Contract<Empty>>,
}

/// A contract crate's entry points as a contract. Its `migrate` ignores who asks.
macro_rules! wrapped {
    ($contract:ident) => {
        ContractWrapper::new(::$contract::execute, ::$contract::instantiate, ::$contract::query)
            .with_migrate(|deps: DepsMut<'_>, env: Env, msg: MigrateMsg, _: MigrateInfo| {
                ::$contract::migrate(deps, env, msg)
            })
    };
}

impl Codes {
    /// The contract crates, linked into this program.
    pub fn rust() -> Self {
        Self {
            token: Box::new(wrapped!(token)),
            staking: Box::new(wrapped!(staking).with_reply(::staking::reply)),
            network: Box::new(wrapped!(network)),
            rewards: Box::new(wrapped!(rewards)),
        }
    }

    /// The Wasm in a folder: `token.wasm`, `staking.wasm`, and so on.
    ///
    /// # Errors
    /// A file that is missing, too large, or refused by the virtual machine.
    pub fn wasm(library: &Library, folder: &Path, instances: Instances) -> Result<Self, WasmError> {
        let open = |name: &str| -> Result<Box<dyn Contract<Empty>>, WasmError> {
            let module = library.open(&folder.join(format!("{name}.wasm")))?;
            Ok(Box::new(module.contract(instances)))
        };
        let [token, staking, network, rewards] = MODULE_NAMES;
        Ok(Self {
            token: open(token)?,
            staking: open(staking)?,
            network: open(network)?,
            rewards: open(rewards)?,
        })
    }
}
