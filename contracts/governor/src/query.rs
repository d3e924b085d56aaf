//! Queries: ours; cw3's are in a file of their own.

use crate::{contract::DENOM, cw3_query};
use cosmwasm_std::{Binary, CosmosMsg, Deps, Env, WasmMsg, entry_point, to_json_binary};
use cw4::HooksResponse;
use interface::{
    Accounts, Lexicon,
    governor::{
        BallotResponse, DecodedMsg, DepositResponse, DetailsResponse, MessagesResponse, QueryMsg,
        ballot_message, bounds_message, mandate_message, params_message, text,
    },
};
use protocol::{
    Get, Height, ModuleId, Timestamp,
    governance::{
        Actions, Ballot, Bounds, Depositor, Guardian, Hooks, Params, Proposal, Stage, Status,
        Terms, Text, reasons::NO_PROPOSAL, status,
    },
    treasury::{Action, needed},
};
use shell::{Book, Outcome, View};

/// Answers a query.
///
/// # Errors
/// A proposal that does not exist; addresses that the chain would not accept; staking that does
/// not answer.
#[entry_point]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Outcome<Binary> {
    let book = Book::open(deps.api, deps.storage)?;
    let (height, time) = (Height::new(env.block.height), env.block.time.seconds());
    let time = Timestamp::new(time);
    let denom = DENOM.may_load(deps.storage)?;
    let (book, denom) = (&book, denom.as_deref());
    let ask = Ask { view: View::new(deps.storage, book), book, denom, height, time, deps };
    Ok(match msg {
        QueryMsg::Params {} => {
            let params: Params = ask.view.get(());
            to_json_binary(&params_message(&params))?
        }
        QueryMsg::Bounds {} => {
            let bounds: Bounds = ask.view.get(());
            to_json_binary(&bounds_message(&bounds))?
        }
        QueryMsg::Guardian {} => {
            let Guardian { mandate } = ask.view.get(());
            to_json_binary(&mandate_message(book, &mandate)?)?
        }
        QueryMsg::Deposit { address } => {
            let Depositor { free, live } = ask.view.get(book.account(&address)?);
            to_json_binary(&DepositResponse { free: free.units().into(), live })?
        }
        QueryMsg::Details { proposal_id } => to_json_binary(&ask.details(proposal_id)?)?,
        QueryMsg::Messages { proposal_id } => to_json_binary(&ask.messages(proposal_id)?)?,
        QueryMsg::Ballot { proposal_id, voter } => {
            let found: Ballot = ask.view.get((proposal_id, book.account(&voter)?));
            let (ballot, weight) = (ballot_message(&found.shares), found.weight.units().into());
            to_json_binary(&BallotResponse { ballot, weight })?
        }
        QueryMsg::Hooks {} => {
            let Hooks { subscribers } = ask.view.get(());
            let hooks = subscribers.into_iter().map(|hook| book.address(hook));
            to_json_binary(&HooksResponse { hooks: hooks.collect::<Outcome<_>>()? })?
        }
        cw3 => cw3_query::answer(&ask, cw3)?,
    })
}

/// What answers are made of.
pub(crate) struct Ask<'a> {
    pub(crate) view: View<'a>,
    pub(crate) book: &'a Book<'a>,
    pub(crate) denom: Option<&'a str>,
    pub(crate) height: Height,
    pub(crate) time: Timestamp,
    pub(crate) deps: Deps<'a>,
}

impl Ask<'_> {
    pub(crate) fn lexicon(&self) -> Lexicon<'_> {
        self.book.lexicon(self.denom)
    }

    /// A proposal, its terms, and how it stands.
    pub(crate) fn proposal(&self, id: u32) -> Outcome<(Proposal, Terms, Status)> {
        let (proposal, terms): (Proposal, Terms) = (self.view.get(id), self.view.get(id));
        if terms.proposer.is_none() {
            return Err(NO_PROPOSAL.refuse(id.into(), 0).into());
        }
        let status = status(&terms, &proposal, self.height, self.time);
        Ok((proposal, terms, status))
    }

    pub(crate) fn proposer(&self, terms: &Terms) -> Outcome<String> {
        terms.proposer.map_or_else(|| Ok(String::new()), |who| self.book.address(who))
    }

    fn details(&self, id: u32) -> Outcome<DetailsResponse> {
        let (proposal, terms, status) = self.proposal(id)?;
        let Text { options, .. } = self.view.get(id);
        let eta = match proposal.stage {
            Stage::Queued { eta } | Stage::Executed { eta } | Stage::Failed { eta } => Some(eta),
            Stage::Voting | Stage::Cancelled => None,
        };
        Ok(DetailsResponse {
            status: status.name().to_owned(),
            form: terms.form.name().to_owned(),
            track: terms.track.into(),
            proposer: self.proposer(&terms)?,
            snapshot: terms.snapshot.get(),
            opens: terms.opens.get(),
            deadline: proposal.deadline.get(),
            eta: eta.map(Timestamp::get),
            tally: proposal.tally.iter().map(|power| power.units().into()).collect(),
            options: options.iter().map(text).collect(),
            total: terms.total.units().into(),
            quorum: terms.quorum.units().into(),
            deposit: terms.deposit.units().into(),
            held: proposal.held,
            settled: proposal.settled,
        })
    }

    fn messages(&self, id: u32) -> Outcome<MessagesResponse> {
        self.proposal(id)?;
        let Actions { lists } = self.view.get(id);
        let list = |list: &Vec<Action>| list.iter().map(|action| self.decoded(action)).collect();
        Ok(MessagesResponse { options: lists.iter().map(list).collect::<Outcome<_>>()? })
    }

    fn decoded(&self, action: &Action) -> Outcome<DecodedMsg> {
        let msg = self.lexicon().message(action)?;
        let module = match action {
            Action::Call { command } => Some(command.module()),
            Action::Pay { asset: protocol::Asset::Token, .. } => Some(ModuleId::Token),
            Action::Migrate { module, .. } => Some(*module),
            Action::Pay { .. } | Action::Opaque { .. } => None,
        };
        let body = match &msg {
            CosmosMsg::Wasm(WasmMsg::Execute { msg, .. }) if module.is_some() => {
                Some(String::from_utf8_lossy(msg.as_slice()).into_owned())
            }
            _ => None,
        };
        let module = module.map(|module| module.name().to_owned());
        Ok(DecodedMsg { module, track: needed(action)?.into(), body, msg })
    }
}
