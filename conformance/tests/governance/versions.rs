//! The contracts' code in versions that it never had: what an upgrade brings, or a mistake.

use conformance::vm::{Instances, Library};
use conformance::{ARTIFACTS, Codes};
use cosmwasm_std::testing::MockApi;
use cosmwasm_std::{DepsMut, Empty, Env, MigrateInfo};
use cw_multi_test::{Contract, ContractWrapper};
use interface::MigrateMsg;
use protocol::ModuleId;

use crate::stage;

/// The version of what genesis deploys.
const TODAY: &str = env!("CARGO_PKG_VERSION");

/// The modules in the order of their deployment: genesis numbers their codes from 1.
pub(crate) const DEPLOYED: [ModuleId; 6] = [
    ModuleId::Treasury,
    ModuleId::Governor,
    ModuleId::Rewards,
    ModuleId::Staking,
    ModuleId::Network,
    ModuleId::Token,
];

/// A version of the code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Version {
    /// Later than today's.
    Later,
    /// Earlier.
    Earlier,
    /// None that can be compared.
    Unknown,
}

impl Version {
    /// What cw2 is told; as long as today's, which Wasm has room for.
    pub(crate) fn text(self) -> String {
        let digits = |to: char| TODAY.replace(|each: char| each.is_ascii_digit(), &to.to_string());
        digits(match self {
            Self::Later => '9',
            Self::Earlier => '0',
            Self::Unknown => 'x',
        })
    }
}

/// A contract crate whose `migrate` says another version.
macro_rules! saying {
    ($contract:ident, $version:ident) => {
        ContractWrapper::new(::$contract::execute, ::$contract::instantiate, ::$contract::query)
            .with_migrate(|deps: DepsMut<'_>, _: Env, _: MigrateMsg, _: MigrateInfo| {
                let name = concat!("crates.io:moot-", stringify!($contract));
                shell::migrate(deps.storage, name, &Version::$version.text())
            })
    };
}

macro_rules! all_saying {
    ($version:ident) => {
        Codes {
            token: Box::new(saying!(token, $version)),
            staking: Box::new(saying!(staking, $version).with_reply(::staking::reply)),
            network: Box::new(saying!(network, $version)),
            rewards: Box::new(saying!(rewards, $version)),
            suite: false,
            governor: Box::new(saying!(governor, $version).with_reply(::governor::reply)),
            treasury: Box::new(saying!(treasury, $version)),
        }
    };
}

/// The contract crates in a version.
pub(crate) fn rust(version: Version) -> Codes {
    match version {
        Version::Later => all_saying!(Later),
        Version::Earlier => all_saying!(Earlier),
        Version::Unknown => all_saying!(Unknown),
    }
}

/// The Wasm in a version: today's with the text of its version written over.
pub(crate) fn wasm(version: Version) -> Codes {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ARTIFACTS {
        let wasm = std::fs::read(stage::artifacts().join(name)).expect("first: cargo xtask wasm");
        let altered = altered(wasm, &version.text());
        std::fs::write(folder.path().join(name), altered).expect("room for a file");
    }
    let library = Library::new(MockApi::default()).expect("a virtual machine");
    Codes::wasm(&library, folder.path(), Instances::Reused).expect("code that was accepted before")
}

fn altered(mut wasm: Vec<u8>, version: &str) -> Vec<u8> {
    let places = wasm.windows(TODAY.len()).enumerate();
    let places: Vec<usize> =
        places.filter(|(_, text)| *text == TODAY.as_bytes()).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "the code does not say its version");
    for at in places {
        wasm[at..at + TODAY.len()].copy_from_slice(version.as_bytes());
    }
    wasm
}

/// The codes, as [`DEPLOYED`].
pub(crate) fn deployed(codes: Codes) -> [Box<dyn Contract<Empty>>; 6] {
    let Codes { token, staking, network, rewards, governor, treasury, .. } = codes;
    [treasury, governor, rewards, staking, network, token]
}
