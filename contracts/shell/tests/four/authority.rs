//! Who may do what: every message of every contract, from every role.
//!
//! The tables are exhaustive matches, so a new message does not compile until it has its row;
//! that each has a sample is checked against the schema.

use std::collections::BTreeSet;

use cosmwasm_schema::schema_for;
use cosmwasm_std::{Addr, Binary, Decimal, Uint128, to_json_binary};
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg, EmbeddedLogo, Logo};
use interface::{Contracts, SendMsg, campaigns::PublicationMsg, network, rewards, staking};
use protocol::{AccountId, Names, encode, rewards::Distribution};
use serde::Serialize;

use crate::{
    deployment::{Chain, code, user, wire},
    genesis,
};

/// Who sends a message.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Role {
    /// Someone with tokens and stake and nothing else.
    Anyone,
    /// Owns the topic, holds its first slot, subscribes to changes of power, has an allowance
    /// from bob and a grant, and publishes a campaign's roots.
    Concerned,
    /// Instantiated the contracts.
    Maker,
    /// The authority.
    Treasury,
    Token,
    Staking,
    Network,
    Rewards,
}

use Role::{Concerned, Network, Rewards, Staking, Token, Treasury};

const ROLES: [Role; 8] =
    [Role::Anyone, Concerned, Role::Maker, Treasury, Token, Staking, Network, Rewards];

impl Role {
    fn address(self, chain: &Chain) -> Addr {
        match self {
            Self::Anyone => user("mallory"),
            Self::Concerned => user("alice"),
            Self::Maker => chain.maker.clone(),
            Self::Treasury => chain.treasury.clone(),
            Self::Token => chain.token.clone(),
            Self::Staking => chain.staking.clone(),
            Self::Network => chain.network.clone(),
            Self::Rewards => chain.rewards.clone(),
        }
    }
}

/// Who may, what everybody else is refused with, and what it comes to for those who may.
struct Row {
    may: &'static [Role],
    refused: u16,
    then: u16,
}

/// Everybody may, and this is what it comes to.
const fn everybody(then: u16) -> Row {
    Row { may: &ROLES, refused: 0, then }
}

/// These may and it succeeds; all others are refused with the code.
const fn only(may: &'static [Role], refused: u16) -> Row {
    Row { may, refused, then: 0 }
}

/// Everybody has tokens and 10 staked; one epoch is closed without scores, so that emission
/// has accrued, and the next is due.
fn stage() -> Chain {
    let mut chain = Chain::wired();
    let (token, bob) = (chain.token.clone(), user("bob"));
    for role in ROLES {
        let (who, amount) = (role.address(&chain), Uint128::new(1_000));
        let transfer = Cw20ExecuteMsg::Transfer { recipient: who.to_string(), amount };
        chain.run(&bob, &token, &transfer).unwrap();
        chain.stake(&who, 10, 0).unwrap();
    }
    let spender = user("alice").to_string();
    let allow = Cw20ExecuteMsg::IncreaseAllowance {
        spender: spender.clone(),
        amount: Uint128::new(100),
        expires: None,
    };
    chain.run(&bob, &token, &allow).unwrap();
    let treasury = chain.treasury.clone();
    chain.staking(&treasury, staking::ExecuteMsg::AddHook { addr: spender }).unwrap();
    let (terms, budget) = (genesis::terms(&user("alice")), Uint128::zero());
    let rewards = chain.rewards.clone();
    let open = rewards::ExecuteMsg::OpenCampaign { terms, budget };
    chain.run(&treasury, &rewards, &open).unwrap();
    chain.blocks(genesis::TEMPO);
    let network = chain.network.clone();
    chain.run(&bob, &network, &network::ExecuteMsg::Close { topic: 0, rows: 9 }).unwrap();
    chain.blocks(genesis::TEMPO);
    chain
}

/// Sends each sample from each role. What is refused changes nothing, as every test here checks,
/// so a stage serves until a message succeeds.
fn check<M: Serialize>(
    schema: &impl Serialize,
    contract: impl Fn(&Chain) -> Addr,
    samples: impl Fn(&Chain) -> Vec<M>,
    row: impl Fn(&M) -> Row,
) {
    let mut chain = stage();
    let samples = samples(&chain);
    let names: BTreeSet<String> = samples.iter().map(name).collect();
    assert_eq!(names, variants(schema));
    for message in &samples {
        let Row { may, refused, then } = row(message);
        for role in ROLES {
            let expected = if may.contains(&role) { then } else { refused };
            let (who, contract) = (role.address(&chain), contract(&chain));
            let found = code(chain.run(&who, &contract, message));
            assert_eq!(found, expected, "{} from {role:?}", name(message));
            if found == 0 {
                chain = stage();
            }
        }
    }
}

/// A message's name in JSON.
fn name(message: &impl Serialize) -> String {
    let value = serde_json::to_value(message).unwrap();
    value.as_object().unwrap().keys().next().unwrap().clone()
}

/// The names of all messages that a schema has.
fn variants(schema: &impl Serialize) -> BTreeSet<String> {
    let schema = serde_json::to_value(schema).unwrap();
    let one_of = schema["oneOf"].as_array().unwrap().iter();
    one_of.map(|one| one["required"][0].as_str().unwrap().to_owned()).collect()
}

fn notice(msg: &SendMsg, amount: u128) -> Cw20ReceiveMsg {
    let msg = to_json_binary(msg).unwrap();
    Cw20ReceiveMsg { sender: user("dave").to_string(), amount: amount.into(), msg }
}

#[test]
fn token_messages_from_every_role() {
    let samples = |chain: &Chain| {
        let (bob, carol) = (user("bob").to_string(), user("carol").to_string());
        let (amount, expires, contract) = (Uint128::new(10), None, chain.staking.to_string());
        let msg = to_json_binary(&SendMsg::Stake { tier: 0 }).unwrap();
        vec![
            Cw20ExecuteMsg::Transfer { recipient: bob.clone(), amount },
            Cw20ExecuteMsg::Burn { amount },
            Cw20ExecuteMsg::Send { contract: contract.clone(), amount, msg: msg.clone() },
            Cw20ExecuteMsg::IncreaseAllowance { spender: carol.clone(), amount, expires },
            Cw20ExecuteMsg::DecreaseAllowance { spender: carol.clone(), amount, expires },
            Cw20ExecuteMsg::TransferFrom { owner: bob.clone(), recipient: carol.clone(), amount },
            Cw20ExecuteMsg::SendFrom { owner: bob.clone(), contract, amount, msg },
            Cw20ExecuteMsg::BurnFrom { owner: bob, amount },
            Cw20ExecuteMsg::Mint { recipient: carol.clone(), amount },
            Cw20ExecuteMsg::UpdateMinter { new_minter: Some(carol) },
            Cw20ExecuteMsg::UpdateMarketing { project: None, description: None, marketing: None },
            Cw20ExecuteMsg::UploadLogo(Logo::Embedded(EmbeddedLogo::Png(Binary::default()))),
        ]
    };
    let row = |message: &Cw20ExecuteMsg| match message {
        Cw20ExecuteMsg::Transfer { .. }
        | Cw20ExecuteMsg::Burn { .. }
        | Cw20ExecuteMsg::Send { .. }
        | Cw20ExecuteMsg::IncreaseAllowance { .. } => everybody(0),
        // None was given to carol.
        Cw20ExecuteMsg::DecreaseAllowance { .. } => everybody(107),
        Cw20ExecuteMsg::TransferFrom { .. }
        | Cw20ExecuteMsg::SendFrom { .. }
        | Cw20ExecuteMsg::BurnFrom { .. } => only(&[Concerned], 107),
        Cw20ExecuteMsg::Mint { .. } | Cw20ExecuteMsg::UpdateMinter { .. } => only(&[Rewards], 102),
        Cw20ExecuteMsg::UpdateMarketing { .. } | Cw20ExecuteMsg::UploadLogo(_) => only(&[], 3),
    };
    check(&schema_for!(Cw20ExecuteMsg), |chain| chain.token.clone(), samples, row);
}

#[test]
fn staking_messages_from_every_role() {
    use staking::ExecuteMsg as Msg;
    let samples = |chain: &Chain| {
        let (bob, alice) = (user("bob").to_string(), user("alice").to_string());
        let amount = Uint128::new(1);
        vec![
            Msg::Wire(chain.contracts()),
            Msg::Receive(notice(&SendMsg::Stake { tier: 0 }, 5)),
            Msg::Stake { tier: 0 },
            Msg::Raise { tier: 1 },
            Msg::Unstake { amount },
            Msg::Claim {},
            Msg::Delegate { to: Some(bob.clone()) },
            Msg::ClaimRewards {},
            Msg::Slash { who: alice.clone(), amount, informer: bob.clone() },
            Msg::AddHook { addr: bob },
            Msg::RemoveHook { addr: alice },
            Msg::UpdateParams { params: genesis::staking(None) },
            Msg::Pause { until: 9 },
        ]
    };
    let row = |message: &Msg| match message {
        Msg::Wire(_) => only(&[], 3),
        Msg::Receive(_) => only(&[Token], 201),
        // Tokens are staked here, not coins.
        Msg::Stake { .. } => everybody(212),
        Msg::Raise { .. } | Msg::Unstake { .. } | Msg::Delegate { .. } => everybody(0),
        Msg::Claim {} => everybody(207),
        Msg::ClaimRewards {} => everybody(210),
        Msg::Slash { .. } => only(&[Network, Treasury], 3),
        Msg::AddHook { .. } | Msg::UpdateParams { .. } => only(&[Treasury], 3),
        Msg::RemoveHook { .. } => only(&[Treasury, Concerned], 3),
        // The governor's, and there is none here.
        Msg::Pause { .. } => only(&[], 3),
    };
    check(&schema_for!(Msg), |chain| chain.staking.clone(), samples, row);
}

#[test]
fn network_messages_from_every_role() {
    use network::ExecuteMsg as Msg;
    let samples = |chain: &Chain| {
        let params = genesis::topic(&user("alice"));
        vec![
            Msg::Wire(chain.contracts()),
            Msg::Receive(notice(&SendMsg::Register { topic: 0 }, 150)),
            Msg::CreateTopic { params: params.clone(), weight: 5 },
            Msg::UpdateTopic { topic: 0, params },
            Msg::Leave { topic: 0 },
            Msg::SubmitWeights { topic: 0, weights: vec![(1, 1)] },
            Msg::Close { topic: 0, rows: 9 },
            Msg::Pause { until: 9 },
        ]
    };
    let row = |message: &Msg| match message {
        Msg::Wire(_) => only(&[], 3),
        Msg::Receive(_) => only(&[Token], 302),
        Msg::CreateTopic { .. } => only(&[Treasury], 3),
        Msg::UpdateTopic { .. } => only(&[Treasury, Concerned], 3),
        Msg::Leave { .. } | Msg::SubmitWeights { .. } => only(&[Concerned], 321),
        Msg::Close { .. } => everybody(0),
        // The governor's, and there is none here.
        Msg::Pause { .. } => only(&[], 3),
    };
    check(&schema_for!(Msg), |chain| chain.network.clone(), samples, row);
}

#[test]
fn rewards_messages_from_every_role() {
    use rewards::ExecuteMsg as Msg;
    let samples = |chain: &Chain| {
        let distribution = encode(&Nameless, &Distribution::default()).into();
        let (to, amount) = (user("bob").to_string(), Uint128::new(1));
        vec![
            Msg::Wire(chain.contracts()),
            Msg::Distribute { distribution },
            Msg::Vacate { topic: 0, uid: 0, who: user("alice").to_string() },
            Msg::Claim { slots: vec![(0, 0)] },
            Msg::Pay { to, amount },
            Msg::SetTake { take: Decimal::percent(10) },
            Msg::Allocate { topic: 0, weight: 5 },
            Msg::ClaimVested { number: 0 },
            Msg::OpenCampaign { terms: genesis::terms(&user("alice")), budget: Uint128::zero() },
            Msg::FundCampaign { campaign: 1, amount: Uint128::zero() },
            Msg::EndCampaign { campaign: 1 },
            Msg::Publish(PublicationMsg {
                campaign: 1,
                round: 0,
                root: [0; 32].into(),
                leaves: 1,
                total: amount,
            }),
            Msg::Revoke { campaign: 0, round: 0 },
            Msg::ReturnRest { campaign: 0, round: 0 },
            genesis::airdropped("carol"),
            Msg::UpdateParams { params: genesis::rewards_params() },
            Msg::Pause { until: 9 },
        ]
    };
    let row = |message: &Msg| match message {
        Msg::Wire(_) => only(&[], 3),
        Msg::Distribute { .. } | Msg::Vacate { .. } => only(&[Network], 501),
        // The slot has earned nothing yet.
        Msg::Claim { .. } => Row { may: &[Concerned], refused: 505, then: 506 },
        Msg::Pay { .. } => only(&[Staking], 502),
        Msg::SetTake { .. } => everybody(0),
        Msg::Allocate { .. } => only(&[Network, Treasury], 3),
        Msg::ClaimVested { .. } => only(&[Concerned], 508),
        Msg::OpenCampaign { .. }
        | Msg::FundCampaign { .. }
        | Msg::EndCampaign { .. }
        | Msg::Revoke { .. } => only(&[Treasury], 3),
        // Nothing is set aside for it.
        Msg::Publish(_) => Row { may: &[Concerned, Treasury], refused: 3, then: 521 },
        Msg::ReturnRest { .. } => everybody(534),
        Msg::ClaimLeaf { .. } => everybody(0),
        Msg::UpdateParams { .. } => only(&[Treasury], 3),
        // The governor's, and there is none here.
        Msg::Pause { .. } => only(&[], 3),
    };
    check(&schema_for!(Msg), |chain| chain.rewards.clone(), samples, row);
}

#[test]
fn only_the_instantiator_wires_and_only_once() {
    for role in ROLES {
        let mut chain = Chain::unwired();
        let (who, told) = (role.address(&chain), chain.contracts());
        for contract in [chain.staking.clone(), chain.network.clone(), chain.rewards.clone()] {
            let expected = if role == Role::Maker { 0 } else { 3 };
            assert_eq!(code(chain.run(&who, &contract, &wire(&told))), expected, "{role:?}");
            let elsewhere = Contracts { treasury: Some(who.to_string()), ..told.clone() };
            assert_eq!(code(chain.run(&who, &contract, &wire(&elsewhere))), 3, "{role:?} again");
        }
    }
}

/// Names of a distribution that has none.
struct Nameless;

impl Names for Nameless {
    fn write(&self, who: AccountId, _: &mut Vec<u8>) {
        panic!("{who:?} is nobody's handle");
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        panic!("{bytes:?} is nobody's address");
    }
}
