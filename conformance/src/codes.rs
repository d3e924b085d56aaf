//! The contracts' code: as Rust, or as Wasm.

use std::path::Path;

use cosmwasm_std::{DepsMut, Empty, Env, MigrateInfo};
use cw_multi_test::{Contract, ContractWrapper};
use interface::MigrateMsg;

use crate::vm::{Instances, Library, WasmError};

/// The artifacts: token, staking and rewards share the first.
pub const ARTIFACTS: [&str; 4] = ["suite.wasm", "network.wasm", "governor.wasm", "treasury.wasm"];

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
    /// Whether token, staking and rewards are one code: then their instantiation names them.
    pub suite: bool,
    /// The governor's.
    pub governor: Box<dyn Contract<Empty>>,
    /// The treasury's.
    pub treasury: Box<dyn Contract<Empty>>,
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
            suite: false,
            governor: Box::new(wrapped!(governor).with_reply(::governor::reply)),
            treasury: Box::new(wrapped!(treasury)),
        }
    }

    /// The Wasm in a folder: [`ARTIFACTS`].
    ///
    /// # Errors
    /// A file that is missing, too large, or refused by the virtual machine.
    pub fn wasm(library: &Library, folder: &Path, instances: Instances) -> Result<Self, WasmError> {
        let open = |name: &str| library.open(&folder.join(name));
        let [suite, network, governor, treasury] = ARTIFACTS.map(open);
        let suite = suite?;
        let code = || -> Box<dyn Contract<Empty>> { Box::new(suite.contract(instances)) };
        Ok(Self {
            token: code(),
            staking: code(),
            network: Box::new(network?.contract(instances)),
            rewards: code(),
            suite: true,
            governor: Box::new(governor?.contract(instances)),
            treasury: Box::new(treasury?.contract(instances)),
        })
    }
}
