//! A command as a message is the command again: for every verb of every module.
//!
//! The samples are chained by exhaustive matches, so a new verb does not compile until it
//! stands in the chain.

#[path = "roundtrip/samples.rs"]
mod samples;

use std::{cell::RefCell, mem::discriminant};

use cosmwasm_std::{BankMsg, Binary, Coin, CosmosMsg, Empty, WasmMsg, from_json, to_json_vec};
use cw20::{Cw20ExecuteMsg, Cw20ReceiveMsg, EmbeddedLogo, Logo};
use interface::{
    Accounts, Contracts, Error, Lexicon, governor as gov, message, network as net, notice_message,
    rewards as rew, staking as stk, token as tok, treasury as tre,
};
use protocol::{
    AccountId, Amount, Bytes, Command, FIRST_USER, Fraction, Names, Payload, Timestamp, Track,
    encode,
    governance::{self, Choice, Question, Threshold},
    network::{self, Scoring, TopicParams, YumaVariant},
    pause::Pausable,
    rewards::{self, Curve, Distribution, Leaf},
    staking::{self, Asset, Slashed},
    token::{self, Expiry},
    treasury::{self, Action},
};

use samples::{
    actions, draft, governance_params, governance_samples, network_samples, rewards_params,
    rewards_samples, staking_params, staking_samples, terms, token_samples, topic,
    treasury_samples, yuma,
};

/// Addresses by their place; handles 0 and 1 are the token and staking.
struct Book(RefCell<Vec<String>>);

impl Book {
    fn new() -> Self {
        let modules = (0..FIRST_USER).map(|n| format!("module {n}"));
        Self(RefCell::new(modules.chain(["alice", "bob"].map(str::to_owned)).collect()))
    }
}

impl Accounts for Book {
    fn account(&self, address: &str) -> Result<AccountId, Error> {
        Ok(self.intern(address.as_bytes()))
    }

    fn address(&self, who: AccountId) -> Result<String, Error> {
        let found = self.0.borrow().get(who.handle() as usize).cloned();
        found.ok_or(Error::NotWired { module: "an account" })
    }
}

impl Names for Book {
    fn write(&self, who: AccountId, out: &mut Vec<u8>) {
        out.extend_from_slice(self.0.borrow()[who.handle() as usize].as_bytes());
    }

    fn intern(&self, bytes: &[u8]) -> AccountId {
        let mut table = self.0.borrow_mut();
        let at = table.iter().position(|known| known.as_bytes() == bytes).unwrap_or_else(|| {
            table.push(String::from_utf8(bytes.to_vec()).unwrap());
            table.len() - 1
        });
        AccountId::from_handle(at as u32)
    }
}

/// With a native denom.
fn lexicon(book: &Book) -> Lexicon<'_> {
    Lexicon { book, names: book, denom: Some("ustake") }
}

const ALICE: AccountId = AccountId::from_handle(FIRST_USER);
const BOB: AccountId = AccountId::from_handle(FIRST_USER + 1);

fn amount(units: u128) -> Amount {
    Amount::new(units).unwrap()
}

fn parts(parts: u32) -> Fraction {
    Fraction::from_parts(parts).unwrap()
}

/// A chain of samples from the first to the last.
fn chain<T: Clone>(first: T, next: impl Fn(&T) -> Option<T>) -> Vec<T> {
    std::iter::successors(Some(first), next).collect()
}

/// Every verb has a sample: the chain visits `count` different ones.
fn assert_distinct<T>(samples: &[T], count: usize) {
    for (n, one) in samples.iter().enumerate() {
        assert!(samples[..n].iter().all(|other| discriminant(other) != discriminant(one)));
    }
    assert_eq!(samples.len(), count);
}

/// Through the JSON that contracts exchange, and back.
fn there_and_back(command: Command) -> Command {
    let book = Book::new();
    let lexicon = lexicon(&book);
    let json = message(&lexicon, &command).unwrap();
    match &command {
        Command::Token(_) => {
            let msg: Cw20ExecuteMsg = from_json(&json).unwrap();
            Command::Token(tok::command(&book, msg).unwrap().unwrap())
        }
        Command::Staking(_) => {
            let msg: stk::ExecuteMsg = from_json(&json).unwrap();
            Command::Staking(stk::command(&book, msg).unwrap().unwrap())
        }
        Command::Network(_) => {
            let msg: net::ExecuteMsg = from_json(&json).unwrap();
            Command::Network(net::command(&book, msg).unwrap().unwrap())
        }
        Command::Rewards(_) => {
            let msg: rew::ExecuteMsg = from_json(&json).unwrap();
            Command::Rewards(rew::command(&book, &book, msg).unwrap().unwrap())
        }
        Command::Governance(_) => {
            let msg: gov::ExecuteMsg = from_json(&json).unwrap();
            Command::Governance(gov::command(&lexicon, msg).unwrap().unwrap())
        }
        Command::Treasury(_) => {
            let msg: tre::ExecuteMsg = from_json(&json).unwrap();
            Command::Treasury(tre::command(&lexicon, msg).unwrap().unwrap())
        }
    }
}

fn assert_round(command: Command) {
    assert_eq!(there_and_back(command.clone()), command);
}

#[test]
fn every_token_command() {
    let samples = token_samples();
    assert_distinct(&samples, 10);
    samples.into_iter().map(Command::Token).for_each(assert_round);
}

#[test]
fn every_staking_command_but_the_one_that_no_message_carries() {
    let mut samples = staking_samples();
    assert_distinct(&samples, 13);
    let failed = Command::Staking(samples.pop().unwrap());
    samples.into_iter().map(Command::Staking).for_each(assert_round);
    let book = Book::new();
    let refused = message(&lexicon(&book), &failed).unwrap_err();
    assert_eq!(refused, protocol::NOT_AUTHORISED.bare().into());
}

#[test]
fn every_network_command() {
    let samples = network_samples();
    assert_distinct(&samples, 7);
    samples.into_iter().map(Command::Network).for_each(assert_round);
}

#[test]
fn every_rewards_command() {
    let samples = rewards_samples();
    assert_distinct(&samples, 16);
    samples.into_iter().map(Command::Rewards).for_each(assert_round);
}

#[test]
fn every_governance_command_but_the_one_that_no_message_carries() {
    let mut samples = governance_samples();
    assert_distinct(&samples, 18);
    let failed = Command::Governance(samples.pop().unwrap());
    samples.into_iter().map(Command::Governance).for_each(assert_round);
    let book = Book::new();
    let refused = message(&lexicon(&book), &failed).unwrap_err();
    assert_eq!(refused, protocol::NOT_AUTHORISED.bare().into());
}

#[test]
fn every_treasury_command() {
    let samples = treasury_samples();
    assert_distinct(&samples, 14);
    samples.into_iter().map(Command::Treasury).for_each(assert_round);
}

/// What a proposal says in the chain's messages is what is executed: each message that is ours is
/// read as what it does, and whatever is not stays as it was given.
#[test]
fn messages_of_a_proposal_are_read_as_what_they_do() {
    let book = Book::new();
    let lexicon = lexicon(&book);
    for (number, action) in actions().into_iter().enumerate() {
        let msg = lexicon.message(&action).unwrap();
        assert_eq!(lexicon.action(&msg), Ok(action), "{number}");
    }
    let execute = |to: &str, msg: &[u8], funds: Vec<Coin>| {
        CosmosMsg::<Empty>::Wasm(WasmMsg::Execute {
            contract_addr: to.into(),
            msg: Binary::from(msg),
            funds,
        })
    };
    let (one, other) = (Coin::new(5u128, "ustake"), Coin::new(5u128, "uother"));
    let send = |amount| CosmosMsg::Bank(BankMsg::Send { to_address: "alice".into(), amount });
    let migrate = |msg: &[u8]| {
        let (contract_addr, msg) = ("module 1".into(), Binary::from(msg));
        CosmosMsg::Wasm(WasmMsg::Migrate { contract_addr, new_code_id: 3, msg })
    };
    let wire = to_json_vec(&stk::ExecuteMsg::Wire(Contracts::default())).unwrap();
    for (label, msg) in [
        ("a stranger", execute("stranger", b"{\"claim\":{}}", vec![])),
        ("what it does not understand", execute("module 1", b"{\"unknown\":{}}", vec![])),
        ("no JSON", execute("module 1", b"claim", vec![])),
        ("coins beside it", execute("module 1", b"{\"claim\":{}}", vec![one.clone()])),
        ("the contract's own", execute("module 1", &wire, vec![])),
        ("two coins", send(vec![one.clone(), other.clone()])),
        ("another denom", send(vec![other])),
        ("no coins", send(vec![])),
        ("a migration that says something", migrate(b"{\"x\":1}")),
    ] {
        let message = Bytes(to_json_vec(&msg).unwrap());
        let action = Action::Opaque { message };
        assert_eq!(lexicon.action(&msg), Ok(action.clone()), "{label}");
        assert_eq!(lexicon.message(&action), Ok(msg), "{label}");
    }
    let too_much = send(vec![Coin::new(u128::MAX, "ustake")]);
    assert!(matches!(lexicon.action(&too_much), Err(Error::Refused(_))));
}

/// The governor's own writer says what everybody's says, and nothing that its rules never send.
#[test]
fn the_governor_sends_what_the_receivers_read() {
    let book = Book::new();
    let lexicon = lexicon(&book);
    let (track, until) = (Track::Constitutional, Timestamp::new(77));
    let execute = treasury::Command::Execute { proposal: 3, track, actions: actions() };
    let transfer = token::Command::Transfer { to: ALICE, amount: amount(5) };
    let pauses = Pausable::ALL.map(|module| module.command(until));
    let orders = [Command::Treasury(execute), Command::Token(transfer)];
    for command in orders.into_iter().chain(pauses) {
        assert_eq!(gov::sent(&lexicon, &command), message(&lexicon, &command), "{command:?}");
    }
    let burn = Command::Token(token::Command::Burn { amount: amount(5) });
    assert_eq!(gov::sent(&lexicon, &burn), Err(protocol::NOT_AUTHORISED.bare().into()));
}

/// What the treasury tells of a proposal, by option, is what it would send.
#[test]
fn lists_of_actions_are_told_as_messages() {
    let book = Book::new();
    let lexicon = lexicon(&book);
    let lists = vec![actions(), Vec::new()];
    let told = tre::messages(&lexicon, &encode(&book, &lists).into()).unwrap();
    let [first, second] = &told.options[..] else { panic!("two options: {told:?}") };
    assert!(second.is_empty());
    for (told, action) in first.iter().zip(actions()) {
        assert_eq!(told.msg, lexicon.message(&action).unwrap());
        let body = matches!(&action, Action::Call { .. });
        assert!(!body || told.body.as_deref() == Some("{\"claim\":{}}"), "{told:?}");
    }
    let modules: Vec<_> = first.iter().map(|told| told.module.as_deref()).collect();
    assert_eq!(modules, [Some("staking"), Some("token"), None, Some("staking"), None]);
    let cut = tre::messages(&lexicon, &Binary::from(b"\x01"));
    assert_eq!(cut, Err(protocol::MALFORMED.bare().into()));
}

#[test]
fn every_form_inside_a_command() {
    for threshold in [Threshold::Majority, Threshold::AtLeast { part: parts(666_666_667) }] {
        let params = governance_params(threshold);
        assert_round(Command::Governance(governance::Command::UpdateParams { params }));
    }
    for module in Pausable::ALL {
        assert_round(Command::Governance(governance::Command::Pause { module, seconds: 0 }));
    }
    let choice = |name: &str, actions| Choice { name: Bytes(name.into()), actions };
    let options = vec![choice("left", vec![]), choice("right", actions())];
    for question in [
        Question::Signal,
        Question::Choice { options },
        Question::Gauge { topics: vec![1, 2], weight: 3 },
    ] {
        assert_round(Command::Governance(draft(question)));
    }
    let (shares, rationale) = (vec![(0, Fraction::ONE)], Bytes::default());
    assert_round(Command::Governance(governance::Command::Vote { proposal: 0, shares, rationale }));
    let nobody = governance::Mandate::default();
    assert_round(Command::Governance(governance::Command::SetGuardian { mandate: nobody }));
    assert_round(Command::Treasury(treasury::Command::Offer { to: None }));
    use network::Command as Net;
    use rewards::Command as Rew;
    use staking::Command as Stk;
    use token::Command as Tok;
    let never = Some(Expiry::Never);
    for expires in [None, never] {
        let (spender, amount) = (BOB, amount(1));
        assert_round(Command::Token(Tok::IncreaseAllowance { spender, amount, expires }));
    }
    assert_round(Command::Token(Tok::UpdateMinter { to: None }));
    assert_round(Command::Staking(Stk::Delegate { to: None }));
    for (asset, slashed) in [(Asset::Token, Slashed::ToTreasury), (Asset::Native, Slashed::Burned)]
    {
        let params = staking_params(asset, slashed);
        assert_round(Command::Staking(Stk::UpdateParams { params }));
    }
    let metered =
        Scoring::Metered { kappa: 1, decay: 2, cap: 3, top_multiplier: 4, ramp: u64::MAX };
    let variants = [YumaVariant::Classic, YumaVariant::Yuma3 { liquid: None }];
    for scoring in variants.map(yuma).into_iter().chain([metered, Scoring::Synthesis { alpha: 5 }])
    {
        let params = TopicParams { owner: None, ..topic(scoring) };
        assert_round(Command::Network(Net::UpdateTopic { topic: 0, params }));
    }
    for curve in [
        Curve::HalvingByInterval { interval: u64::MAX },
        Curve::HalvingBySupply,
        Curve::ExponentialDecay { ratio: parts(999_999_999), interval: 1 },
    ] {
        let params = rewards_params(curve);
        assert_round(Command::Rewards(Rew::UpdateParams { params }));
    }
    let open = Rew::OpenCampaign { terms: terms(None), budget: amount(0) };
    assert_round(Command::Rewards(open));
    let leaf = Leaf::default();
    assert_round(Command::Rewards(Rew::ClaimLeaf { who: BOB, leaf }));
    let nothing = Distribution::default();
    assert_round(Command::Rewards(Rew::Distribute(nothing)));
}

/// What a holder attaches to a `send` is bytes to the token and a payload to who is told.
#[test]
fn a_notice_carries_the_payload_that_was_sent() {
    let book = Book::new();
    for payload in [
        Payload::Stake { tier: 3 },
        Payload::Register { topic: 4 },
        Payload::Deposit,
        Payload::Fund { stream: 5 },
        Payload::Opaque(Bytes(b"{\"stake\":{}}".to_vec())),
    ] {
        let send = token::Command::Send { to: BOB, amount: amount(9), payload: payload.clone() };
        let Cw20ExecuteMsg::Send { msg, .. } = tok::message(&book, &send).unwrap() else {
            panic!("a send stays a send")
        };
        assert_eq!(tok::received(&msg), payload);
        let json = notice_message(&book, ALICE, amount(9), &payload).unwrap();
        let stk::ExecuteMsg::Receive(notice) = from_json(&json).unwrap() else {
            panic!("a notice is a receive")
        };
        let expected = Cw20ReceiveMsg { sender: "alice".into(), amount: 9u128.into(), msg };
        assert_eq!(notice, expected);
    }
}

#[test]
fn a_contract_s_own_messages_are_no_commands() {
    let book = Book::new();
    let told = Contracts::default();
    assert_eq!(stk::command(&book, stk::ExecuteMsg::Wire(told.clone())), Ok(None));
    assert_eq!(net::command(&book, net::ExecuteMsg::Wire(told.clone())), Ok(None));
    assert_eq!(rew::command(&book, &book, rew::ExecuteMsg::Wire(told)), Ok(None));
    let (project, description, marketing) = (None, None, None);
    let market = Cw20ExecuteMsg::UpdateMarketing { project, description, marketing };
    assert_eq!(tok::command(&book, market), Ok(None));
    let logo = Logo::Embedded(EmbeddedLogo::Png(Binary::default()));
    assert_eq!(tok::command(&book, Cw20ExecuteMsg::UploadLogo(logo)), Ok(None));
}

/// A decimal has 18 digits and the rules have 9: what cannot be kept exactly is refused.
#[test]
fn a_fraction_is_exact_or_refused() {
    use std::str::FromStr;
    let book = Book::new();
    let take = |text: &str| {
        let take = cosmwasm_std::Decimal::from_str(text).unwrap();
        rew::command(&book, &book, rew::ExecuteMsg::SetTake { take })
    };
    for (text, expected) in [("0", 0), ("0.000000001", 1), ("0.18", 180_000_000)] {
        let expected = rewards::Command::SetTake { take: parts(expected) };
        assert_eq!(take(text), Ok(Some(expected)), "{text}");
    }
    assert_eq!(take("1"), Ok(Some(rewards::Command::SetTake { take: Fraction::ONE })));
    for text in ["0.0000000001", "1.000000001", "18446744073709551616"] {
        assert!(matches!(take(text), Err(Error::Fraction { .. })), "{text}");
    }
}
