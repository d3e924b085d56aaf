//! The token against the cw20-base crate: over random commands both accept and refuse the same
//! ones for the same reason, tell the same events, and hold the same balances, allowances,
//! supply and minter.

use cosmwasm_std::{
    Attribute, CosmosMsg, Env, Order, OwnedDeps, Response, StdError, Storage, Uint128, WasmMsg,
    from_json,
    testing::{MockApi, MockQuerier, MockStorage, message_info, mock_dependencies, mock_env},
};
use cw20::{Cw20Coin, Cw20ReceiveMsg, Expiration, MinterResponse};
use cw20_base::{
    ContractError,
    allowances::query_allowance,
    contract::{execute, instantiate, query_balance, query_minter, query_token_info},
    msg::{ExecuteMsg, InstantiateMsg},
};
use proptest::{
    collection::vec,
    option,
    prelude::{Just, ProptestConfig, Strategy, any, prop_assert_eq, prop_oneof, proptest},
};
use protocol::{
    AccountId, Amount, Bytes, Effect, Event, FIRST_USER, Get, Height, Payload, Timestamp, Value,
    testing::{Store, amount, at, user},
    token::{self, Allowance, Balance, Command, Expiry, Minting, Supply},
};

const USERS: u32 = 4;
const CAP: u128 = 5_000;

/// cw20-base on its mocks.
struct Oracle {
    deps: OwnedDeps<MockStorage, MockApi, MockQuerier>,
    /// The users' addresses, by number.
    names: Vec<String>,
}

impl Oracle {
    fn new(has_minter: bool, has_cap: bool) -> Self {
        let deps = mock_dependencies();
        let address = |n: u32| deps.api.addr_make(&format!("user {n}")).into_string();
        let names = (0..USERS).map(address).collect();
        let mut oracle = Self { deps, names };
        let coin = |n| Cw20Coin { address: oracle.name(user(n)), amount: Uint128::new(1000) };
        let minter = MinterResponse {
            minter: oracle.name(user(0)),
            cap: has_cap.then_some(Uint128::new(CAP)),
        };
        let message = InstantiateMsg {
            name: "Oracle".into(),
            symbol: "ORA".into(),
            decimals: 6,
            initial_balances: vec![coin(0), coin(1)],
            mint: has_minter.then_some(minter),
            marketing: None,
        };
        let creator = message_info(&oracle.deps.api.addr_make("creator"), &[]);
        instantiate(oracle.deps.as_mut(), mock_env(), creator, message).unwrap();
        oracle
    }

    fn name(&self, who: AccountId) -> String {
        self.names[(who.handle() - FIRST_USER) as usize].clone()
    }

    fn run(&mut self, block: (u64, u64), who: AccountId, c: &Command) -> Result<Response, u16> {
        let mut env: Env = mock_env();
        env.block.height = block.0;
        env.block.time = cosmwasm_std::Timestamp::from_seconds(block.1);
        let sender = cosmwasm_std::Addr::unchecked(self.name(who));
        let message = self.message(c);
        let before: Vec<_> = self.deps.storage.range(None, None, Order::Ascending).collect();
        execute(self.deps.as_mut(), env, message_info(&sender, &[]), message).map_err(|error| {
            // The chain undoes what a refused message has written; the mock does not.
            self.deps.storage = MockStorage::default();
            before.iter().for_each(|(key, value)| self.deps.storage.set(key, value));
            code(&error)
        })
    }

    fn message(&self, command: &Command) -> ExecuteMsg {
        let name = |who: &AccountId| self.name(*who);
        let units = |amount: &Amount| Uint128::new(amount.units());
        let bytes = |payload: &Payload| match payload {
            Payload::Opaque(bytes) => bytes.0.clone().into(),
            _ => unreachable!("only opaque payloads are drawn"),
        };
        match command {
            Command::Transfer { to, amount } => {
                ExecuteMsg::Transfer { recipient: name(to), amount: units(amount) }
            }
            Command::Burn { amount } => ExecuteMsg::Burn { amount: units(amount) },
            Command::Send { to, amount, payload } => {
                ExecuteMsg::Send { contract: name(to), amount: units(amount), msg: bytes(payload) }
            }
            Command::Mint { to, amount } => {
                ExecuteMsg::Mint { recipient: name(to), amount: units(amount) }
            }
            Command::UpdateMinter { to } => {
                ExecuteMsg::UpdateMinter { new_minter: to.as_ref().map(name) }
            }
            Command::IncreaseAllowance { spender, amount, expires } => {
                ExecuteMsg::IncreaseAllowance {
                    spender: name(spender),
                    amount: units(amount),
                    expires: expires.map(expiration),
                }
            }
            Command::DecreaseAllowance { spender, amount, expires } => {
                ExecuteMsg::DecreaseAllowance {
                    spender: name(spender),
                    amount: units(amount),
                    expires: expires.map(expiration),
                }
            }
            Command::TransferFrom { owner, to, amount } => ExecuteMsg::TransferFrom {
                owner: name(owner),
                recipient: name(to),
                amount: units(amount),
            },
            Command::SendFrom { owner, to, amount, payload } => ExecuteMsg::SendFrom {
                owner: name(owner),
                contract: name(to),
                amount: units(amount),
                msg: bytes(payload),
            },
            Command::BurnFrom { owner, amount } => {
                ExecuteMsg::BurnFrom { owner: name(owner), amount: units(amount) }
            }
        }
    }
}

fn expiration(expiry: Expiry) -> Expiration {
    match expiry {
        Expiry::Never => Expiration::Never {},
        Expiry::AtHeight { height } => Expiration::AtHeight(height.get()),
        Expiry::AtTime { time } => {
            Expiration::AtTime(cosmwasm_std::Timestamp::from_seconds(time.get()))
        }
    }
}

/// The code that stands for cw20-base's error. It words too low a balance and too low an
/// allowance alike: both are 0 here.
fn code(error: &ContractError) -> u16 {
    match error {
        ContractError::Unauthorized {} => 102,
        ContractError::CannotExceedCap {} => 103,
        ContractError::CannotSetOwnAccount {} => 104,
        ContractError::InvalidExpiration {} => 105,
        ContractError::Expired {} => 106,
        ContractError::NoAllowance {} | ContractError::Std(StdError::NotFound { .. }) => 107,
        ContractError::Std(StdError::Overflow { .. }) => 0,
        other => panic!("an error that no drawn command can meet: {other}"),
    }
}

fn ours(s: &mut Store, cx: (u64, u64), who: AccountId, c: Command) -> Result<Vec<Effect>, u16> {
    let (before, mut fx) = (s.clone(), Vec::new());
    token::apply(s, &at(cx.0, cx.1, who), c, &mut fx).map_err(|refusal| {
        *s = before;
        match refusal.code() {
            101 | 108 => 0,
            code => code,
        }
    })?;
    Ok(fx)
}

/// What was told, in both shapes reduced to text.
fn attributes(oracle: &Oracle, fx: &[Effect]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for effect in fx {
        if let Effect::Event(event) = effect {
            Event::attributes(event, &mut |key, value| {
                let value = match value {
                    Value::Account(who) => oracle.name(who),
                    Value::Number(number) => number.to_string(),
                    Value::Text(text) => text.to_owned(),
                };
                found.push((key.to_owned(), value));
            });
        }
    }
    found
}

fn notices(oracle: &Oracle, fx: &[Effect]) -> Vec<(String, String, u128, Vec<u8>)> {
    fx.iter()
        .filter_map(|effect| match effect {
            Effect::Notify { to, from, amount, payload: Payload::Opaque(bytes) } => {
                Some((oracle.name(*to), oracle.name(*from), amount.units(), bytes.0.clone()))
            }
            _ => None,
        })
        .collect()
}

fn their_notices(response: &Response) -> Vec<(String, String, u128, Vec<u8>)> {
    /// cw20's message to a receiver.
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Receiver {
        Receive(Cw20ReceiveMsg),
    }
    let one = |message: &CosmosMsg| match message {
        CosmosMsg::Wasm(WasmMsg::Execute { contract_addr, msg, .. }) => {
            let Receiver::Receive(notice) = from_json(msg).unwrap();
            (contract_addr.clone(), notice.sender, notice.amount.u128(), notice.msg.to_vec())
        }
        other => panic!("not a notice: {other:?}"),
    };
    response.messages.iter().map(|message| one(&message.msg)).collect()
}

fn who() -> impl Strategy<Value = AccountId> {
    (0..USERS).prop_map(user)
}

fn units() -> impl Strategy<Value = Amount> {
    prop_oneof![4 => 0u128..700, 1 => Just(0), 1 => 1000u128..4000, 1 => Just(1 << 80)]
        .prop_map(amount)
}

fn expiry() -> impl Strategy<Value = Option<Expiry>> {
    option::of(prop_oneof![
        Just(Expiry::Never),
        (0u64..60).prop_map(|n| Expiry::AtHeight { height: Height::new(n) }),
        (0u64..400).prop_map(|n| Expiry::AtTime { time: Timestamp::new(n) }),
    ])
}

fn payload() -> impl Strategy<Value = Payload> {
    vec(any::<u8>(), 0..4).prop_map(|bytes| Payload::Opaque(Bytes(bytes)))
}

fn command() -> impl Strategy<Value = Command> {
    prop_oneof![
        3 => (who(), units()).prop_map(|(to, amount)| Command::Transfer { to, amount }),
        1 => units().prop_map(|amount| Command::Burn { amount }),
        1 => (who(), units(), payload())
            .prop_map(|(to, amount, payload)| Command::Send { to, amount, payload }),
        2 => (who(), units()).prop_map(|(to, amount)| Command::Mint { to, amount }),
        1 => option::weighted(0.9, who()).prop_map(|to| Command::UpdateMinter { to }),
        3 => (who(), units(), expiry()).prop_map(|(spender, amount, expires)| {
            Command::IncreaseAllowance { spender, amount, expires }
        }),
        2 => (who(), units(), expiry()).prop_map(|(spender, amount, expires)| {
            Command::DecreaseAllowance { spender, amount, expires }
        }),
        2 => (who(), who(), units())
            .prop_map(|(owner, to, amount)| Command::TransferFrom { owner, to, amount }),
        2 => (who(), who(), units(), payload()).prop_map(|(owner, to, amount, payload)| {
            Command::SendFrom { owner, to, amount, payload }
        }),
        2 => (who(), units()).prop_map(|(owner, amount)| Command::BurnFrom { owner, amount }),
    ]
}

/// Every balance, every allowance, the supply and the minter.
fn compare(oracle: &Oracle, s: &Store) -> Result<(), proptest::test_runner::TestCaseError> {
    let deps = oracle.deps.as_ref();
    let supply: Supply = s.get(());
    prop_assert_eq!(query_token_info(deps).unwrap().total_supply.u128(), supply.amount.units());
    let minting: Minting = s.get(());
    let minter = query_minter(deps).unwrap();
    prop_assert_eq!(
        minter.as_ref().map(|found| found.minter.clone()),
        minting.minter.map(|who| oracle.name(who))
    );
    for one in (0..USERS).map(user) {
        let balance: Balance = s.get(one);
        let theirs = query_balance(deps, oracle.name(one)).unwrap().balance;
        prop_assert_eq!(theirs.u128(), balance.amount.units());
        for other in (0..USERS).map(user) {
            let allowance: Allowance = s.get((one, other));
            let theirs = query_allowance(deps, oracle.name(one), oracle.name(other)).unwrap();
            prop_assert_eq!(theirs.allowance.u128(), allowance.amount.units());
            prop_assert_eq!(theirs.expires, expiration(allowance.expires));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn the_token_is_cw20_base(
        has_minter in proptest::bool::weighted(0.9),
        has_cap in any::<bool>(),
        commands in vec((who(), command(), 0u64..3), 1..40),
    ) {
        let mut oracle = Oracle::new(has_minter, has_cap);
        let mut s = Store::default();
        let cap = if has_cap { amount(CAP) } else { Amount::MAX };
        let balances = vec![(user(0), amount(1000)), (user(1), amount(1000))];
        let minter = has_minter.then(|| user(0));
        token::genesis(&mut s, &token::Genesis { balances, minter, cap }).unwrap();
        let mut block = (1, 100);
        for (who, command, blocks) in commands {
            block = (block.0 + blocks, block.1 + 5 * blocks);
            let theirs = oracle.run(block, who, &command);
            match (theirs, ours(&mut s, block, who, command)) {
                (Ok(response), Ok(fx)) => {
                    let theirs: Vec<_> = response
                        .attributes
                        .iter()
                        .map(|Attribute { key, value, .. }| (key.clone(), value.clone()))
                        .collect();
                    prop_assert_eq!(theirs, attributes(&oracle, &fx));
                    prop_assert_eq!(their_notices(&response), notices(&oracle, &fx));
                }
                (theirs, ours) => {
                    prop_assert_eq!(theirs.map(|_| ()), ours.map(|_| ()));
                }
            }
        }
        compare(&oracle, &s)?;
    }
}
