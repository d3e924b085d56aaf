//! A chain in memory with the contracts on it.

use cosmwasm_std::{
    Addr, Binary, Coin, ContractResult, DepsMut, Empty, Env, MigrateInfo, Querier, QueryRequest,
    Record, SystemResult, WasmMsg, WasmQuery, coin, testing::MockApi, to_json_binary, to_json_vec,
};
use cw_multi_test::{App, AppResponse, Contract, ContractWrapper, Executor, error::AnyError};
use cw20::Cw20ExecuteMsg;
use interface::{Contracts, MigrateMsg, SendMsg};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::genesis;
use crate::told::is_documented;

/// Who holds tokens, coins and the first slots.
pub(crate) const HOLDERS: [&str; 4] = ["alice", "bob", "carol", "dave"];
/// The native denom that is staked where coins are.
pub(crate) const DENOM: &str = "ustake";
/// A denom that is not.
pub(crate) const OTHER_DENOM: &str = "uother";

/// Why a message was refused: `E0412 ...` is code 412, what is not the rulebook's is 0.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) code: u16,
    pub(crate) text: String,
}

/// What a message comes to.
pub(crate) type Outcome = Result<AppResponse, Refused>;

/// The code of an outcome; 0 where nothing was refused.
///
/// # Panics
/// On a refusal from outside the rulebook.
pub(crate) fn code(outcome: Outcome) -> u16 {
    match outcome {
        Ok(_) => 0,
        Err(Refused { code: 0, text }) => panic!("no code: {text}"),
        Err(refused) => refused.code,
    }
}

/// The text of a refusal that is not the rulebook's.
///
/// # Panics
/// On success, and on a refusal with a code.
pub(crate) fn text(outcome: Outcome) -> String {
    match outcome {
        Err(Refused { code: 0, text }) => text,
        other => panic!("refused without a code is expected: {other:?}"),
    }
}

/// A contract crate's entry points as code. Its `migrate` ignores who asks.
macro_rules! wrapped {
    ($contract:ident) => {
        ContractWrapper::new(::$contract::execute, ::$contract::instantiate, ::$contract::query)
            .with_migrate(|deps: DepsMut<'_>, env: Env, msg: MigrateMsg, _: MigrateInfo| {
                ::$contract::migrate(deps, env, msg)
            })
    };
}

/// The contracts, and who made them.
pub(crate) struct Chain {
    pub(crate) app: App,
    pub(crate) token: Addr,
    pub(crate) staking: Addr,
    pub(crate) network: Addr,
    pub(crate) rewards: Addr,
    /// The authority over all of them: a plain account, or the treasury where there is one.
    pub(crate) treasury: Addr,
    /// Where there is one, the treasury is a contract too.
    pub(crate) governor: Option<Addr>,
    /// Instantiated all of them and is their admin on the chain.
    pub(crate) maker: Addr,
}

/// A name's address.
pub(crate) fn user(name: &str) -> Addr {
    MockApi::default().addr_make(name)
}

impl Chain {
    /// The contracts, staking the token, told of each other.
    pub(crate) fn wired() -> Self {
        let mut chain = Self::unwired();
        chain.wire();
        chain
    }

    /// The same, staking coins of [`DENOM`].
    pub(crate) fn native() -> Self {
        let mut chain = Self::made(Some(DENOM));
        chain.wire();
        chain
    }

    /// The contracts, not told of each other.
    pub(crate) fn unwired() -> Self {
        Self::made(None)
    }

    /// The contracts, staking coins of a denom or the token.
    pub(crate) fn made(denom: Option<&str>) -> Self {
        let holders = HOLDERS.map(user);
        let mut app = App::new(|router, _, storage| {
            for holder in &holders {
                let coins = vec![coin(genesis::FIRST, DENOM), coin(genesis::FIRST, OTHER_DENOM)];
                router.bank.init_balance(storage, holder, coins).unwrap();
            }
        });
        let (maker, now) = (user("maker"), app.block_info().time.seconds());
        let supply = genesis::FIRST * holders.len() as u128;
        let rewards = genesis::rewards(supply, &holders[0], now);
        let rewards = make(&mut app, &maker, rewards_code(), &rewards).unwrap();
        let params = genesis::staking(denom);
        let message = interface::staking::InstantiateMsg { params };
        let staking = make(&mut app, &maker, staking_code(), &message).unwrap();
        let network = genesis::network(&holders[..3]);
        let network = make(&mut app, &maker, network_code(), &network).unwrap();
        let token = genesis::token(&holders, &rewards);
        let token = make(&mut app, &maker, token_code(), &token).unwrap();
        let treasury = user("treasury");
        Self { app, token, staking, network, rewards, treasury, governor: None, maker }
    }

    /// What the contracts are told of each other.
    pub(crate) fn contracts(&self) -> Contracts {
        Contracts {
            token: Some(self.token.to_string()),
            staking: Some(self.staking.to_string()),
            network: Some(self.network.to_string()),
            rewards: Some(self.rewards.to_string()),
            treasury: Some(self.treasury.to_string()),
            governor: self.governor.as_ref().map(Addr::to_string),
            ..Contracts::default()
        }
    }

    /// Tells every contract but the token of the others.
    pub(crate) fn wire(&mut self) {
        let (maker, told) = (self.maker.clone(), self.contracts());
        for contract in self.codes().into_iter().skip(1) {
            self.run(&maker, &contract, &wire(&told)).unwrap();
        }
    }

    /// Every contract, the token first: the four, and the governor and the treasury where there are any.
    pub(crate) fn codes(&self) -> Vec<Addr> {
        let mut all = self.all().to_vec();
        all.extend(
            self.governor.iter().flat_map(|governor| [governor.clone(), self.treasury.clone()]),
        );
        all
    }

    /// The four contracts.
    pub(crate) fn all(&self) -> [Addr; 4] {
        [&self.token, &self.staking, &self.network, &self.rewards].map(Addr::clone)
    }

    /// Lets blocks of 5 seconds pass.
    pub(crate) fn blocks(&mut self, count: u64) {
        self.app.update_block(|block| {
            block.height += count;
            block.time = block.time.plus_seconds(5 * count);
        });
    }

    /// Sends a message.
    pub(crate) fn run(&mut self, who: &Addr, contract: &Addr, msg: &impl Serialize) -> Outcome {
        self.run_with(who, contract, msg, &[])
    }

    /// Sends a message with coins.
    pub(crate) fn run_with(
        &mut self,
        who: &Addr,
        contract: &Addr,
        msg: &impl Serialize,
        coins: &[Coin],
    ) -> Outcome {
        self.send(who, contract, to_json_binary(msg).unwrap(), coins)
    }

    /// Sends bytes. What is refused must change no record and no balance.
    pub(crate) fn send(
        &mut self,
        who: &Addr,
        contract: &Addr,
        msg: Binary,
        coins: &[Coin],
    ) -> Outcome {
        let before = self.state();
        let call =
            WasmMsg::Execute { contract_addr: contract.to_string(), msg, funds: coins.to_vec() };
        let outcome = self.app.execute(who.clone(), call.into());
        outcome.iter().for_each(|response| self.heard(response));
        outcome.map_err(|error| {
            assert!(self.state() == before, "a refused message changed something: {error:?}");
            refused(&error)
        })
    }

    /// Every event of ours begins with its action, the chain puts the contract before it, and
    /// `docs/events.md` names it with what follows.
    fn heard(&self, response: &AppResponse) {
        let modules = ["token", "staking", "network", "rewards", "treasury", "governor"];
        let governing = [self.treasury.clone()].into_iter().chain(self.governor.clone());
        let ours: Vec<_> =
            modules.into_iter().zip(self.all().into_iter().chain(governing)).collect();
        for event in response.events.iter().filter(|event| event.ty.starts_with("wasm")) {
            let mut keys = event.attributes.iter();
            let of = keys
                .next()
                .and_then(|first| ours.iter().find(|(_, address)| address.as_str() == first.value));
            let Some((module, _)) = of else { continue };
            let action = keys.next().filter(|attribute| attribute.key == "action");
            let action = action.unwrap_or_else(|| panic!("{event:?}"));
            let names: Vec<&str> = keys.map(|attribute| attribute.key.as_str()).collect();
            let known = is_documented(module, &action.value, &names);
            assert!(known, "docs/events.md does not say that {module} tells {event:?}");
        }
    }

    /// Stakes tokens.
    pub(crate) fn stake(&mut self, who: &Addr, units: u128, tier: u8) -> Outcome {
        self.attach(who, units, to_json_binary(&SendMsg::Stake { tier }).unwrap())
    }

    /// Sends tokens to staking with these bytes.
    pub(crate) fn attach(&mut self, who: &Addr, units: u128, msg: Binary) -> Outcome {
        let contract = self.staking.to_string();
        let send = Cw20ExecuteMsg::Send { contract, amount: units.into(), msg };
        let token = self.token.clone();
        self.run(who, &token, &send)
    }

    /// Sends a message to staking.
    pub(crate) fn staking(&mut self, who: &Addr, msg: interface::staking::ExecuteMsg) -> Outcome {
        let staking = self.staking.clone();
        self.run(who, &staking, &msg)
    }

    /// Makes another contract.
    pub(crate) fn make(
        &mut self,
        code: Box<dyn Contract<Empty>>,
        msg: &impl Serialize,
    ) -> Result<Addr, Refused> {
        let maker = self.maker.clone();
        make(&mut self.app, &maker, code, msg).map_err(|error| refused(&error))
    }

    /// A query's answer as JSON.
    pub(crate) fn answer(&self, contract: &Addr, query: &impl Serialize) -> Result<Value, String> {
        self.answer_raw(contract, to_json_binary(query).unwrap())
    }

    /// The answer to a query of these bytes.
    pub(crate) fn answer_raw(&self, contract: &Addr, msg: Binary) -> Result<Value, String> {
        let query = WasmQuery::Smart { contract_addr: contract.to_string(), msg };
        let query = to_json_vec(&QueryRequest::<Empty>::Wasm(query)).unwrap();
        match self.app.raw_query(&query) {
            SystemResult::Ok(ContractResult::Ok(bytes)) => {
                Ok(serde_json::from_slice(&bytes).unwrap())
            }
            other => Err(format!("{other:?}")),
        }
    }

    /// A query's answer.
    pub(crate) fn ask<T: DeserializeOwned>(&self, contract: &Addr, query: &impl Serialize) -> T {
        serde_json::from_value(self.answer(contract, query).unwrap()).unwrap()
    }

    /// An account's tokens.
    pub(crate) fn balance(&self, who: &Addr) -> u128 {
        let query = interface::token::QueryMsg::Balance { address: who.to_string() };
        self.ask::<cw20::BalanceResponse>(&self.token, &query).balance.u128()
    }

    /// An account's coins.
    pub(crate) fn coins(&self, who: &Addr) -> u128 {
        self.app.wrap().query_balance(who, DENOM).unwrap().amount.u128()
    }

    /// Every record of every contract, and all coins.
    pub(crate) fn state(&self) -> (Vec<Vec<Record>>, Vec<Vec<Coin>>) {
        let codes = self.codes();
        let records = codes.iter().map(|contract| self.app.dump_wasm_raw(contract)).collect();
        let holders = HOLDERS.map(user).into_iter().chain(codes);
        let bank = |who: Addr| {
            let coin = |denom| self.app.wrap().query_balance(&who, denom).unwrap();
            vec![coin(DENOM), coin(OTHER_DENOM)]
        };
        (records, holders.map(bank).collect())
    }
}

/// The message by which each contract but the token learns of the others.
pub(crate) fn wire(told: &Contracts) -> Value {
    serde_json::json!({ "wire": told })
}

/// The token's code.
pub(crate) fn token_code() -> Box<dyn Contract<Empty>> {
    Box::new(wrapped!(token))
}

/// Staking's code.
pub(crate) fn staking_code() -> Box<dyn Contract<Empty>> {
    Box::new(wrapped!(staking).with_reply(::staking::reply))
}

/// The network's code.
pub(crate) fn network_code() -> Box<dyn Contract<Empty>> {
    Box::new(wrapped!(network))
}

/// Rewards' code.
pub(crate) fn rewards_code() -> Box<dyn Contract<Empty>> {
    Box::new(wrapped!(rewards))
}

/// Makes a contract whose admin is its maker.
pub(crate) fn make(
    app: &mut App,
    maker: &Addr,
    code: Box<dyn Contract<Empty>>,
    msg: &impl Serialize,
) -> Result<Addr, AnyError> {
    let code = app.store_code(code);
    app.instantiate_contract(code, maker.clone(), msg, &[], "test", Some(maker.to_string()))
}

/// The first cause that starts with a code says why.
pub(crate) fn refused(error: &AnyError) -> Refused {
    let coded = error.chain().map(ToString::to_string).find_map(|text| {
        let code = text.strip_prefix('E')?.get(..4)?.parse().ok()?;
        Some(Refused { code, text })
    });
    coded.unwrap_or_else(|| Refused { code: 0, text: error.root_cause().to_string() })
}
