//! Wasm as a contract of cw-multi-test: JSON goes in and out, so that the two
//! sides need not share a version of the standard library.

use cosmwasm_std::{
    Binary, Checksum, ContractResult, Deps, DepsMut, Empty, Env, MessageInfo, MigrateInfo, Reply,
    Response, SubMsgResult, from_json, to_json_vec,
};
use cosmwasm_vm::{
    VmResult, call_execute_raw, call_instantiate_raw, call_migrate_with_info_raw, call_query_raw,
    call_reply_raw, call_sudo_raw,
};
use cw_multi_test::Contract;
use cw_multi_test::error::{AnyError, AnyResult, anyhow};
use serde::de::DeserializeOwned;

use super::library::{Instances, Module, VmInstance};
use super::loan::Ground;

/// A Wasm module behind cw-multi-test's interface.
///
/// A contract's refusal becomes an error with the contract's own text; a trap, a
/// panic or running out of gas becomes one that says so.
#[derive(Clone)]
pub struct WasmContract {
    module: Module,
    instances: Instances,
}

impl WasmContract {
    pub(super) fn new(module: Module, instances: Instances) -> Self {
        Self { module, instances }
    }

    /// One call on loaned ground, its gas counted whether it ends well or not.
    fn call<T: DeserializeOwned>(
        &self,
        ground: Ground<'_>,
        entry: impl FnOnce(&mut VmInstance) -> VmResult<Vec<u8>>,
    ) -> AnyResult<T> {
        let mut running = self.module.take(self.instances).map_err(AnyError::msg)?;
        let (vm, slot) = (&mut running.vm, &running.slot);
        let before = vm.create_gas_report().used_internally;
        let answer = slot.lend(ground, || entry(vm));
        let used = vm.create_gas_report().used_internally - before;
        self.module.meter().call(used, answer.as_ref().map_or(0, Vec::len));
        // After a trap the instance's memory is anyone's guess: it is dropped.
        let answer = answer.map_err(|error| anyhow!("the virtual machine stopped: {error}"))?;
        if self.instances == Instances::Reused {
            self.module.put_back(running);
        }
        from_json::<ContractResult<T>>(answer)?.into_result().map_err(AnyError::msg)
    }

    fn load(&self) {
        self.module.meter().load(self.module.checksum());
    }

    /// A call that may write, and pays for the events it returns.
    fn act(
        &self,
        deps: DepsMut<'_>,
        entry: impl FnOnce(&mut VmInstance) -> VmResult<Vec<u8>>,
    ) -> AnyResult<Response> {
        let response: Response = self.call(Ground::writing(deps), entry)?;
        self.module.meter().events(&response.attributes, &response.events);
        Ok(response)
    }
}

impl Contract<Empty> for WasmContract {
    fn instantiate(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> AnyResult<Response> {
        let (env, info) = (to_json_vec(&env)?, to_json_vec(&info)?);
        self.load();
        self.act(deps, |vm| call_instantiate_raw(vm, &env, &info, &msg))
    }

    fn execute(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        info: MessageInfo,
        msg: Vec<u8>,
    ) -> AnyResult<Response> {
        let (env, info) = (to_json_vec(&env)?, to_json_vec(&info)?);
        self.load();
        self.act(deps, |vm| call_execute_raw(vm, &env, &info, &msg))
    }

    fn query(&self, deps: Deps<'_>, env: Env, msg: Vec<u8>) -> AnyResult<Binary> {
        let env = to_json_vec(&env)?;
        self.load();
        self.call(Ground::reading(deps), |vm| call_query_raw(vm, &env, &msg))
    }

    fn reply(&self, deps: DepsMut<'_>, env: Env, msg: Reply) -> AnyResult<Response> {
        let events = match &msg.result {
            SubMsgResult::Ok(answer) => answer.events.as_slice(),
            SubMsgResult::Err(_) => &[],
        };
        self.module.meter().reply(events);
        let (env, msg) = (to_json_vec(&env)?, to_json_vec(&msg)?);
        self.act(deps, |vm| call_reply_raw(vm, &env, &msg))
    }

    fn sudo(&self, deps: DepsMut<'_>, env: Env, msg: Vec<u8>) -> AnyResult<Response> {
        let env = to_json_vec(&env)?;
        self.load();
        self.act(deps, |vm| call_sudo_raw(vm, &env, &msg))
    }

    fn migrate(
        &self,
        deps: DepsMut<'_>,
        env: Env,
        msg: Vec<u8>,
        info: MigrateInfo,
    ) -> AnyResult<Response> {
        let (env, info) = (to_json_vec(&env)?, to_json_vec(&info)?);
        self.load();
        self.act(deps, |vm| call_migrate_with_info_raw(vm, &env, &msg, &info))
    }

    fn checksum(&self) -> Option<Checksum> {
        Some(self.module.checksum())
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use cosmwasm_std::testing::{MockApi, MockQuerier, MockStorage, mock_env};
    use cosmwasm_std::{Deps, Empty, QuerierWrapper, to_json_vec};
    use cosmwasm_vm::call_query_raw;

    use crate::vm::loan::Ground;
    use crate::vm::{Instances, Library};

    const QUERY: &[u8] = br#"{"token_info":{}}"#;

    #[test]
    fn an_instance_that_outlives_its_loan_is_caught() {
        let token = Path::new(env!("CARGO_MANIFEST_DIR")).join("../artifacts/suite.wasm");
        let module = Library::new(MockApi::default()).and_then(|library| library.open(&token));
        let module = module.unwrap_or_else(|error| panic!("{error}; first: cargo xtask wasm"));
        let mut running = module.take(Instances::Fresh).expect("an instance");
        let env = to_json_vec(&mock_env()).expect("JSON");
        let (vm, slot) = (&mut running.vm, &running.slot);
        {
            let (storage, querier) = (MockStorage::new(), MockQuerier::<Empty>::new(&[]));
            let (api, querier) = (MockApi::default(), QuerierWrapper::new(&querier));
            let ground = Ground::reading(Deps { storage: &storage, api: &api, querier });
            // The storage is empty, so the code itself answers that it is no contract yet.
            let lent = slot.lend(ground, || call_query_raw(vm, &env, QUERY));
            assert!(String::from_utf8_lossy(&lent.expect("an answer")).contains("error"));
        }
        let late = call_query_raw(vm, &env, QUERY).expect_err("nothing is on loan");
        assert!(late.to_string().contains("outlived"), "{late}");
    }
}
