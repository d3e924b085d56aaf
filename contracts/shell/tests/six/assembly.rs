//! The six contracts on a chain, and the way of a proposal through them.

use cosmwasm_std::{
    Addr, BankMsg, CosmosMsg, Decimal, Empty, MigrateInfo, Uint128, WasmMsg, coin, to_json_binary,
};
use cw_multi_test::{AppResponse, Contract, ContractWrapper, Executor};
use cw20::Cw20ExecuteMsg;
use interface::{
    SendMsg,
    governor::{self, DetailsResponse, QuestionMsg, TrackMsg},
    treasury,
};
use serde::Serialize;

use crate::{
    deployment::{Chain, DENOM, HOLDERS, Outcome, make, user},
    rules,
};

/// Yes in a standard ballot.
pub(crate) const YES: u8 = 0;
/// What the treasury holds of each asset at first.
pub(crate) const HELD: u128 = 100_000;

/// The governor's code.
pub(crate) fn governor_code() -> Box<dyn Contract<Empty>> {
    let code =
        ContractWrapper::new(::governor::execute, ::governor::instantiate, ::governor::query)
            .with_reply(::governor::reply)
            .with_migrate(|deps, env, msg, _: MigrateInfo| ::governor::migrate(deps, env, msg));
    Box::new(code)
}

/// The treasury's code.
pub(crate) fn treasury_code() -> Box<dyn Contract<Empty>> {
    let code =
        ContractWrapper::new(::treasury::execute, ::treasury::instantiate, ::treasury::query)
            .with_migrate(|deps, env, msg, _: MigrateInfo| ::treasury::migrate(deps, env, msg));
    Box::new(code)
}

impl Chain {
    /// The six contracts, staking the token, told of each other; the treasury holds [`HELD`] of
    /// the token and of [`DENOM`].
    pub(crate) fn governed() -> Self {
        let mut chain = Self::ungoverned();
        chain.wire();
        let (alice, treasury) = (user(HOLDERS[0]), chain.treasury.clone());
        let coins = [coin(HELD, DENOM)];
        chain.app.send_tokens(alice.clone(), treasury.clone(), &coins).unwrap();
        chain.transfer(&alice, &treasury, HELD);
        chain
    }

    /// The same, not told of each other.
    pub(crate) fn ungoverned() -> Self {
        let mut chain = Self::made(None);
        let (maker, now) = (chain.maker.clone(), chain.now());
        let app = &mut chain.app;
        chain.treasury = make(app, &maker, treasury_code(), &rules::treasury()).unwrap();
        chain.governor = Some(make(app, &maker, governor_code(), &rules::governor(now)).unwrap());
        chain
    }

    /// [`Chain::governed`] where alice, bob, carol and dave have 40, 30, 20 and 10 of the power,
    /// a deposit balance each, and a block has passed.
    pub(crate) fn ready() -> Self {
        let mut chain = Self::governed();
        for (name, stake) in HOLDERS.into_iter().zip([400, 300, 200, 100]) {
            chain.stake(&user(name), stake, 0).unwrap();
            chain.deposit(&user(name), 500).unwrap();
        }
        chain.blocks(1);
        chain
    }

    /// Seconds since 1970.
    pub(crate) fn now(&self) -> u64 {
        self.app.block_info().time.seconds()
    }

    /// The governor's address.
    pub(crate) fn governor(&self) -> Addr {
        self.governor.clone().expect("a chain of six")
    }

    /// Sends tokens.
    pub(crate) fn transfer(&mut self, from: &Addr, to: &Addr, units: u128) {
        let token = self.token.clone();
        let recipient = to.to_string();
        let transfer = Cw20ExecuteMsg::Transfer { recipient, amount: units.into() };
        self.run(from, &token, &transfer).unwrap();
    }

    /// Sends tokens with a message.
    pub(crate) fn attached(
        &mut self,
        who: &Addr,
        to: &Addr,
        units: u128,
        msg: &impl Serialize,
    ) -> Outcome {
        let (token, contract, msg) =
            (self.token.clone(), to.to_string(), to_json_binary(msg).unwrap());
        self.run(who, &token, &Cw20ExecuteMsg::Send { contract, amount: units.into(), msg })
    }

    /// Adds to a deposit balance.
    pub(crate) fn deposit(&mut self, who: &Addr, units: u128) -> Outcome {
        let governor = self.governor();
        self.attached(who, &governor, units, &SendMsg::Deposit {})
    }

    /// Sends a message to the governor.
    pub(crate) fn govern(&mut self, who: &Addr, msg: &governor::ExecuteMsg) -> Outcome {
        let governor = self.governor();
        self.run(who, &governor, msg)
    }

    /// Sends a message to the treasury.
    pub(crate) fn treasure(&mut self, who: &Addr, msg: &treasury::ExecuteMsg) -> Outcome {
        let treasury = self.treasury.clone();
        self.run(who, &treasury, msg)
    }

    /// Sends a message to the treasury as a passed proposal does: by itself.
    pub(crate) fn itself(&mut self, msg: &treasury::ExecuteMsg) -> Outcome {
        let treasury = self.treasury.clone();
        self.treasure(&treasury, msg)
    }

    /// Makes a proposal; its number.
    pub(crate) fn propose(&mut self, who: &Addr, track: TrackMsg, question: QuestionMsg) -> u32 {
        let made = self.govern(who, &draft(track, question)).unwrap();
        attribute(&made, "proposal").unwrap().parse().unwrap()
    }

    /// Votes with the whole ballot for an option.
    pub(crate) fn vote(&mut self, who: &Addr, proposal_id: u32, option: u8) -> Outcome {
        self.govern(who, &ballot(proposal_id, option))
    }

    /// Proposes messages, votes for them with alice, bob and carol, and waits until anyone may
    /// execute them.
    pub(crate) fn pass(&mut self, track: TrackMsg, msgs: Vec<CosmosMsg>) -> u32 {
        let id = self.propose(&user("alice"), track, QuestionMsg::Standard { msgs });
        self.blocks(1);
        for name in ["alice", "bob", "carol"] {
            self.vote(&user(name), id, YES).unwrap();
        }
        self.blocks(4);
        self.govern(&user("mallory"), &governor::ExecuteMsg::Queue { proposal_id: id }).unwrap();
        self.blocks(4);
        id
    }

    /// The same, and executes them; how the proposal stands.
    pub(crate) fn enact(&mut self, track: TrackMsg, msgs: Vec<CosmosMsg>) -> String {
        let id = self.pass(track, msgs);
        self.govern(&user("mallory"), &governor::ExecuteMsg::Execute { proposal_id: id }).unwrap();
        self.details(id).status
    }

    /// How a proposal stands.
    pub(crate) fn details(&self, proposal_id: u32) -> DetailsResponse {
        self.ask(&self.governor(), &governor::QueryMsg::Details { proposal_id })
    }
}

/// A proposal of few words.
pub(crate) fn draft(track: TrackMsg, question: QuestionMsg) -> governor::ExecuteMsg {
    let (title, description) = ("A title".to_owned(), "A description".to_owned());
    governor::ExecuteMsg::Propose { track, title, description, question }
}

/// A ballot wholly for an option.
pub(crate) fn ballot(proposal_id: u32, option: u8) -> governor::ExecuteMsg {
    let ballot = vec![(option, Decimal::one())];
    governor::ExecuteMsg::Vote { proposal_id, ballot, rationale: None }
}

/// A message to a contract.
pub(crate) fn call(contract: &Addr, msg: &impl Serialize) -> CosmosMsg {
    let msg = to_json_binary(msg).unwrap();
    WasmMsg::Execute { contract_addr: contract.to_string(), msg, funds: Vec::new() }.into()
}

/// A payment of coins.
pub(crate) fn pay(to: &Addr, units: u128) -> CosmosMsg {
    BankMsg::Send { to_address: to.to_string(), amount: vec![coin(units, DENOM)] }.into()
}

/// A payment of tokens.
pub(crate) fn pay_tokens(chain: &Chain, to: &Addr, units: u128) -> CosmosMsg {
    let amount = Uint128::new(units);
    call(&chain.token, &Cw20ExecuteMsg::Transfer { recipient: to.to_string(), amount })
}

/// The first attribute of that name in a response.
pub(crate) fn attribute(response: &AppResponse, name: &str) -> Option<String> {
    let mut attributes = response.events.iter().flat_map(|event| &event.attributes);
    attributes.find(|one| one.key == name).map(|one| one.value.clone())
}
