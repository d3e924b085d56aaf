//! Which contract a code is. The code itself is linked into this program: what is uploaded only
//! names it.

use anyhow::{Error, Result, bail};
use cosmwasm_std::{
    Binary, Checksum, Deps, DepsMut, Empty, Env, MessageInfo, MigrateInfo, Reply, Response,
    Storage, from_json,
};
use cw_multi_test::Contract;
use protocol::ModuleId;

/// The custom section that names the contract.
const SECTION: &str = "mock-chain";

/// What to upload for a contract: an empty module that names it. `version` makes bytes differ.
pub fn artifact(name: &str, version: u8) -> Vec<u8> {
    let mut section = vec![short(SECTION.len())];
    section.extend(SECTION.bytes());
    section.extend(name.bytes());
    section.push(version);
    let mut wasm = b"\0asm\x01\0\0\0\0".to_vec();
    wasm.push(short(section.len()));
    wasm.extend(section);
    wasm
}

/// A length below 128, as WebAssembly writes it in one byte.
fn short(length: usize) -> u8 {
    u8::try_from(length).ok().filter(|length| *length < 128).expect("names are short")
}

/// The contract that uploaded bytes name.
pub(crate) fn contract(wasm: &[u8]) -> Option<Code> {
    let section = wasm.strip_prefix(b"\0asm\x01\0\0\0\0")?.get(2..)?;
    let (_, name) = section.strip_prefix(SECTION.as_bytes())?.split_last()?;
    let module = match name {
        b"suite" => None,
        b"network" => Some(ModuleId::Network),
        b"governor" => Some(ModuleId::Governor),
        b"treasury" => Some(ModuleId::Treasury),
        _ => return None,
    };
    Some(Code { module, checksum: Checksum::generate(wasm) })
}

/// A contract's entry points.
pub(crate) struct Code {
    /// Which; absent where its storage says.
    module: Option<ModuleId>,
    checksum: Checksum,
}

impl Code {
    /// The checksum of what was uploaded.
    pub(crate) const fn uploaded(&self) -> Checksum {
        self.checksum
    }

    fn module(&self, storage: &dyn Storage) -> Option<ModuleId> {
        self.module.or_else(|| suite::module(storage))
    }
}

/// One entry point of whichever contract this is.
macro_rules! enter {
    ($code:ident, $deps:ident, $verb:ident ( $($given:expr),* )) => {
        match $code.module($deps.storage) {
            Some(ModuleId::Token) => token::$verb($deps, $($given),*).map_err(Error::msg),
            Some(ModuleId::Staking) => staking::$verb($deps, $($given),*).map_err(Error::msg),
            Some(ModuleId::Rewards) => rewards::$verb($deps, $($given),*).map_err(Error::msg),
            Some(ModuleId::Network) => network::$verb($deps, $($given),*).map_err(Error::msg),
            Some(ModuleId::Governor) => governor::$verb($deps, $($given),*).map_err(Error::msg),
            Some(ModuleId::Treasury) => treasury::$verb($deps, $($given),*).map_err(Error::msg),
            _ => bail!("this address was not instantiated"),
        }
    };
}

impl Contract<Empty> for Code {
    fn instantiate(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> Result<Response> {
        match self.module {
            Some(ModuleId::Network) => network::instantiate(deps, env, info, from_json(msg)?),
            Some(ModuleId::Governor) => governor::instantiate(deps, env, info, from_json(msg)?),
            Some(ModuleId::Treasury) => treasury::instantiate(deps, env, info, from_json(msg)?),
            _ => suite::instantiate(deps, env, info, from_json(msg)?),
        }
        .map_err(Error::msg)
    }

    fn execute(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> Result<Response> {
        enter!(self, deps, execute(env, info, from_json(msg)?))
    }

    fn query(&self, deps: Deps<'_>, env: Env, msg: Vec<u8>) -> Result<Binary> {
        enter!(self, deps, query(env, from_json(msg)?))
    }

    fn reply(&self, deps: DepsMut<'_>, env: Env, msg: Reply) -> Result<Response> {
        match self.module(deps.storage) {
            Some(ModuleId::Staking) => staking::reply(deps, env, msg).map_err(Error::msg),
            Some(ModuleId::Governor) => governor::reply(deps, env, msg).map_err(Error::msg),
            _ => bail!("this contract has no reply"),
        }
    }

    fn sudo(&self, _: DepsMut<'_>, _: Env, _: Vec<u8>) -> Result<Response> {
        bail!("this contract has no sudo")
    }

    fn migrate(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        msg: Vec<u8>,
        _: MigrateInfo,
    ) -> Result<Response> {
        enter!(self, deps, migrate(env, from_json(msg)?))
    }

    fn checksum(&self) -> Option<Checksum> {
        Some(self.checksum)
    }
}
