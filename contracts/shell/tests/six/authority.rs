//! Who may do what: every message of the governor and of the treasury, from every role.
//!
//! The tables are exhaustive matches, so a new message does not compile until it has its row;
//! that each has a sample is checked against the schema.

use std::collections::BTreeSet;

use cosmwasm_schema::schema_for;
use cosmwasm_std::{Addr, Uint128, to_json_binary};
use cw20::Cw20ReceiveMsg;
use interface::{
    Contracts, SendMsg,
    governor::{self, PausableMsg, QuestionMsg, TrackMsg},
    treasury::{self, AssetMsg},
};
use protocol::{
    AccountId, Names, encode,
    treasury::{Action, Command},
};
use serde::Serialize;

use crate::{
    assembly::{YES, ballot, draft, pay},
    deployment::{Chain, code, user, wire},
    rules,
};

/// Who sends a message. All but the first two have 10 staked; all but the first a deposit balance.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Role {
    /// Someone with nothing at all.
    Stranger,
    /// Someone with tokens and no stake.
    Holder,
    /// Someone with stake.
    Voter,
    /// Made the proposals.
    Proposer,
    /// Holds the mandate.
    Guardian,
    /// Subscribes to proposals, is paid by the stream, reviews the grant, and was offered the
    /// treasury.
    Concerned,
    /// Instantiated the contracts, and is their admin on the chain.
    Maker,
    /// The governor itself.
    Governor,
    /// The treasury, as a passed proposal acts.
    Treasury,
    /// The token.
    Token,
    /// Staking.
    Staking,
    /// The network.
    Network,
    /// Rewards.
    Rewards,
}

use Role::{Concerned, Governor, Guardian, Holder, Proposer, Stranger, Token, Treasury};

const ROLES: [Role; 13] = [
    Stranger,
    Holder,
    Role::Voter,
    Proposer,
    Guardian,
    Concerned,
    Role::Maker,
    Governor,
    Treasury,
    Token,
    Role::Staking,
    Role::Network,
    Role::Rewards,
];

/// All but the stranger.
const DEPOSITORS: &[Role] = ROLES.split_at(1).1;
/// All who have power.
const VOTERS: &[Role] = ROLES.split_at(2).1;

impl Role {
    /// Its address.
    pub(crate) fn address(self, chain: &Chain) -> Addr {
        match self {
            Self::Stranger => user("stranger"),
            Self::Holder => user("holder"),
            Self::Voter => user("voter"),
            Self::Proposer => user("proposer"),
            Self::Guardian => user("guardian"),
            Self::Concerned => user("concerned"),
            Self::Maker => chain.maker.clone(),
            Self::Governor => chain.governor(),
            Self::Treasury => chain.treasury.clone(),
            Self::Token => chain.token.clone(),
            Self::Staking => chain.staking.clone(),
            Self::Network => chain.network.clone(),
            Self::Rewards => chain.rewards.clone(),
        }
    }
}

/// Who may and what it comes to for them; whom another refusal meets than everybody else.
pub(crate) struct Row {
    pub(crate) may: &'static [Role],
    then: u16,
    but: &'static [(Role, u16)],
    refused: u16,
}

/// Everybody may, and this is what it comes to.
const fn everybody(then: u16) -> Row {
    Row { may: &ROLES, then, but: &[], refused: 0 }
}

/// These may and it succeeds; all others are refused with the code.
const fn only(may: &'static [Role], refused: u16) -> Row {
    Row { may, then: 0, but: &[], refused }
}

/// Numbers of the proposals of [`stage`], by how they stand.
const EXECUTABLE: u32 = 0;
const DEFEATED: u32 = 1;
const PASSED: u32 = 2;
const QUEUED: u32 = 3;
const OPEN: u32 = 4;
const PENDING: u32 = 5;

/// One proposal of every standing, a stream of coins, a stream of tokens and a grant.
pub(crate) fn stage() -> Chain {
    let mut chain = Chain::governed();
    for role in ROLES.into_iter().filter(|role| *role != Stranger) {
        let who = role.address(&chain);
        chain.transfer(&user("bob"), &who, 1_000);
        chain.deposit(&who, 200).unwrap();
        if role != Holder {
            chain.stake(&who, 10, 0).unwrap();
        }
    }
    let (concerned, now) = (user("concerned"), chain.now());
    for asset in [AssetMsg::Token, AssetMsg::Native] {
        let terms = rules::stream(&concerned, asset, now);
        chain.itself(&treasury::ExecuteMsg::OpenStream { terms }).unwrap();
    }
    let terms = rules::grant(&user("dave"), &concerned, now);
    chain.itself(&treasury::ExecuteMsg::OpenGrant { terms }).unwrap();
    let to = Some(concerned.to_string());
    chain.itself(&treasury::ExecuteMsg::Offer { to }).unwrap();
    let (treasury, addr) = (chain.treasury.clone(), concerned.to_string());
    chain.govern(&treasury, &governor::ExecuteMsg::AddHook { addr }).unwrap();
    chain.blocks(1);
    proposals(&mut chain);
    chain
}

/// | at | what |
/// |---|---|
/// | 0 | 0 and 1 are made; from 5 on all vote for the first |
/// | 10 | 2 and 3 are made; from 15 on all vote for both |
/// | 25 | 0 is queued |
/// | 30 | 4 is made |
/// | 35 | 3 is queued |
/// | 40 | 5 is made |
fn proposals(chain: &mut Chain) {
    let propose = |chain: &mut Chain| {
        let msgs = vec![pay(&user("dave"), 5)];
        chain.propose(&user("proposer"), TrackMsg::Ordinary, QuestionMsg::Standard { msgs })
    };
    let all = |chain: &mut Chain, id| {
        for name in ["voter", "proposer", "guardian", "concerned"] {
            chain.vote(&user(name), id, YES).unwrap();
        }
    };
    let queue = |chain: &mut Chain, proposal_id| {
        chain.govern(&user("dave"), &governor::ExecuteMsg::Queue { proposal_id }).unwrap();
    };
    assert_eq!([propose(chain), propose(chain)], [EXECUTABLE, DEFEATED]);
    chain.blocks(1);
    all(chain, EXECUTABLE);
    chain.blocks(1);
    assert_eq!([propose(chain), propose(chain)], [PASSED, QUEUED]);
    chain.blocks(1);
    all(chain, PASSED);
    all(chain, QUEUED);
    chain.blocks(2);
    queue(chain, EXECUTABLE);
    chain.blocks(1);
    assert_eq!(propose(chain), OPEN);
    chain.blocks(1);
    queue(chain, QUEUED);
    chain.blocks(1);
    assert_eq!(propose(chain), PENDING);
    let standings = ["executable", "defeated", "passed", "queued", "open", "pending"];
    for (id, standing) in (0..).zip(standings) {
        assert_eq!(chain.details(id).status, standing, "{id}");
    }
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
        let Row { may, then, but, refused } = row(message);
        for role in ROLES {
            let other = but.iter().find(|(other, _)| *other == role);
            let other = other.map_or(refused, |(_, code)| *code);
            let expected = if may.contains(&role) { then } else { other };
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

fn notice(msg: &SendMsg) -> Cw20ReceiveMsg {
    let msg = to_json_binary(msg).unwrap();
    Cw20ReceiveMsg { sender: user("dave").to_string(), amount: Uint128::new(5), msg }
}

/// One of each message at least.
pub(crate) fn governor_samples(chain: &Chain) -> Vec<governor::ExecuteMsg> {
    use governor::ExecuteMsg as Msg;
    let (now, msgs) = (chain.now(), vec![pay(&user("dave"), 5)]);
    vec![
        Msg::Wire(chain.contracts()),
        Msg::Receive(notice(&SendMsg::Deposit {})),
        Msg::Withdraw { amount: Uint128::new(1) },
        draft(TrackMsg::Ordinary, QuestionMsg::Standard { msgs }),
        ballot(OPEN, YES),
        Msg::Queue { proposal_id: PASSED },
        Msg::Execute { proposal_id: EXECUTABLE },
        Msg::Settle { proposal_id: DEFEATED },
        Msg::Cancel { proposal_id: PENDING, reason: None },
        Msg::Cancel { proposal_id: QUEUED, reason: Some("Because".to_owned()) },
        Msg::Pause { module: PausableMsg::Staking, seconds: 10 },
        Msg::Hold { proposal_id: QUEUED },
        Msg::Drop { proposal_id: QUEUED },
        Msg::Suspend {},
        Msg::Dismiss {},
        Msg::SetGuardian { mandate: rules::mandate(&user("dave"), now) },
        Msg::UpdateParams { params: Box::new(rules::params()) },
        Msg::AddHook { addr: user("dave").to_string() },
        Msg::RemoveHook { addr: user("concerned").to_string() },
    ]
}

/// Who may send it.
pub(crate) fn governor_row(message: &governor::ExecuteMsg) -> Row {
    use governor::ExecuteMsg as Msg;
    match message {
        Msg::Wire(_) => only(&[], 3),
        Msg::Receive(_) => only(&[Token], 401),
        Msg::Withdraw { .. } => only(DEPOSITORS, 402),
        Msg::Propose { .. } => only(VOTERS, 407),
        Msg::Vote { .. } => only(VOTERS, 406),
        Msg::Queue { .. } | Msg::Execute { .. } | Msg::Settle { .. } => everybody(0),
        Msg::Cancel { reason: None, .. } => Row { but: &[(Guardian, 420)], ..only(&[Proposer], 3) },
        Msg::Cancel { reason: Some(_), .. } => {
            Row { but: &[(Proposer, 420)], ..only(&[Guardian], 3) }
        }
        Msg::Pause { .. } => only(&[Guardian, Treasury], 3),
        // What the treasury may ask, nobody has prepared.
        Msg::Drop { .. } => Row { then: 433, ..only(&[Treasury], 3) },
        Msg::Dismiss {} => Row { then: 435, ..only(&[Treasury], 3) },
        Msg::Hold { .. }
        | Msg::Suspend {}
        | Msg::SetGuardian { .. }
        | Msg::UpdateParams { .. }
        | Msg::AddHook { .. } => only(&[Treasury], 3),
        Msg::RemoveHook { .. } => only(&[Treasury, Concerned], 3),
    }
}

#[test]
fn governor_messages_from_every_role() {
    let schema = schema_for!(governor::ExecuteMsg);
    check(&schema, Chain::governor, governor_samples, governor_row);
}

/// One of each message at least.
pub(crate) fn treasury_samples(chain: &Chain) -> Vec<treasury::ExecuteMsg> {
    use treasury::ExecuteMsg as Msg;
    let (dave, now) = (user("dave"), chain.now());
    let (proposal, track) = (9, TrackMsg::Constitutional);
    let settle = Action::Call { command: protocol::Command::Treasury(Command::Settle) };
    vec![
        Msg::Wire(chain.contracts()),
        Msg::Receive(notice(&SendMsg::Fund { stream: 0 })),
        Msg::Fund { stream: 1 },
        Msg::Execute {
            proposal,
            track: track.clone(),
            actions: encode(&Nameless, &vec![settle]).into(),
        },
        Msg::Dispatch { proposal, track, msgs: vec![pay(&dave, 5)] },
        Msg::Settle {},
        Msg::OpenStream { terms: rules::stream(&dave, AssetMsg::Token, now) },
        Msg::FundStream { stream: 0, asset: AssetMsg::Token, amount: Uint128::new(5) },
        Msg::CancelStream { stream: 0 },
        Msg::ClaimStream { stream: 0 },
        Msg::OpenGrant { terms: rules::grant(&dave, &dave, now) },
        Msg::Release { grant: 0, milestone: 1 },
        Msg::Return { grant: 0 },
        Msg::Offer { to: Some(dave.to_string()) },
        Msg::Accept {},
        Msg::UpdateParams { params: rules::caps() },
    ]
}

/// Who may send it.
pub(crate) fn treasury_row(message: &treasury::ExecuteMsg) -> Row {
    use treasury::ExecuteMsg as Msg;
    match message {
        Msg::Wire(_) => only(&[], 3),
        Msg::Receive(_) => only(&[Token], 621),
        // No coins came with it.
        Msg::Fund { .. } => everybody(606),
        Msg::Execute { .. } | Msg::Dispatch { .. } => only(&[Governor], 3),
        Msg::Settle {}
        | Msg::OpenStream { .. }
        | Msg::FundStream { .. }
        | Msg::CancelStream { .. }
        | Msg::OpenGrant { .. }
        | Msg::Offer { .. }
        | Msg::UpdateParams { .. } => only(&[Treasury], 3),
        Msg::ClaimStream { .. } => only(&[Concerned], 608),
        Msg::Release { .. } => only(&[Treasury, Concerned], 3),
        // Its deadline is far.
        Msg::Return { .. } => only(&[Treasury], 616),
        Msg::Accept {} => only(&[Concerned], 619),
    }
}

#[test]
fn treasury_messages_from_every_role() {
    let schema = schema_for!(treasury::ExecuteMsg);
    check(&schema, |chain| chain.treasury.clone(), treasury_samples, treasury_row);
}

#[test]
fn only_the_instantiator_wires_and_only_once() {
    for role in ROLES {
        let mut chain = Chain::ungoverned();
        let (who, told) = (role.address(&chain), chain.contracts());
        for contract in [chain.governor(), chain.treasury.clone()] {
            let expected = if role == Role::Maker { 0 } else { 3 };
            assert_eq!(code(chain.run(&who, &contract, &wire(&told))), expected, "{role:?}");
            let elsewhere = Contracts { staking: Some(who.to_string()), ..told.clone() };
            assert_eq!(code(chain.run(&who, &contract, &wire(&elsewhere))), 3, "{role:?} again");
        }
    }
}

/// Names of actions that name nobody.
struct Nameless;

impl Names for Nameless {
    fn write(&self, who: AccountId, _: &mut Vec<u8>) {
        panic!("{who:?} is nobody's handle");
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        panic!("{bytes:?} is nobody's address");
    }
}
