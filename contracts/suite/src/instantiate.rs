//! Making a contract: the message names the module.

use cosmwasm_std::{DepsMut, Env, MessageInfo, Storage};
use interface::InstantiateMsg;
use protocol::ModuleId;
use shell::Outcome;

/// Where it is written which contract this is: one byte, the module's id.
const MODULE: &[u8] = b"module";

/// Makes the contract that the message names.
///
/// # Errors
/// As the contract's own.
pub fn instantiate(deps: DepsMut, env: Env, info: MessageInfo, msg: InstantiateMsg) -> Outcome {
    match msg {
        InstantiateMsg::Token(msg) => {
            remember(deps.storage, ModuleId::Token);
            token::instantiate(deps, env, info, msg)
        }
        InstantiateMsg::Staking(msg) => {
            remember(deps.storage, ModuleId::Staking);
            staking::instantiate(deps, env, info, msg)
        }
        InstantiateMsg::Rewards(msg) => {
            remember(deps.storage, ModuleId::Rewards);
            rewards::instantiate(deps, env, info, msg)
        }
    }
}

fn remember(storage: &mut dyn Storage, module: ModuleId) {
    storage.set(MODULE, &[module as u8]);
}

/// Which contract this is; `None` in storage that no instantiation has written to.
pub fn module(storage: &dyn Storage) -> Option<ModuleId> {
    let id = *storage.get(MODULE)?.first()?;
    ModuleId::ALL.into_iter().find(|module| *module as u8 == id)
}

#[cfg(test)]
mod tests {
    use super::{instantiate, module};
    use cosmwasm_std::testing::{MockApi, message_info, mock_dependencies, mock_env};
    use interface::{InstantiateMsg, token};
    use protocol::ModuleId;

    #[test]
    fn a_contract_knows_which_it_is() {
        let mut deps = mock_dependencies();
        assert_eq!(module(&deps.storage), None);
        let info = message_info(&MockApi::default().addr_make("maker"), &[]);
        let msg = InstantiateMsg::Token(token::InstantiateMsg {
            name: "Moot".to_owned(),
            symbol: "MOOT".to_owned(),
            decimals: 9,
            initial_balances: vec![],
            mint: None,
        });
        instantiate(deps.as_mut(), mock_env(), info, msg).unwrap();
        assert_eq!(module(&deps.storage), Some(ModuleId::Token));
    }
}
