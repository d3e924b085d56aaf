//! Queries: ours; cw3's are in a file of their own.

use crate::cw3_query;
use cosmwasm_std::{
    Binary, Deps, Empty, Env, QueryRequest, StdError, WasmQuery, entry_point, to_json_binary,
    to_json_vec,
};
use cw4::HooksResponse;
use interface::{
    Accounts,
    governor::{
        BallotResponse, DepositResponse, DetailsResponse, QueryMsg, ballot_message, bounds_message,
        mandate_message, params_message, text,
    },
    treasury::QueryMsg as TreasuryQuery,
};
use protocol::{
    Get, Height, ModuleId, Timestamp, encode,
    governance::{
        Actions, Ballot, Bounds, Depositor, Guardian, Numbers, Params, Proposal, Stage, Status,
        Terms, Text, reasons::NO_PROPOSAL, status,
    },
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
    let book = &book;
    let ask = Ask { view: View::new(deps.storage, book), book, height, time, deps };
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
        QueryMsg::Messages { proposal_id } => ask.messages(proposal_id)?,
        QueryMsg::Ballot { proposal_id, voter } => {
            let found: Ballot = ask.view.get((proposal_id, book.account(&voter)?));
            let (ballot, weight) = (ballot_message(&found.shares), found.weight.units().into());
            to_json_binary(&BallotResponse { ballot, weight })?
        }
        QueryMsg::Hooks {} => {
            let Numbers { subscribers, .. } = ask.view.get(());
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
    pub(crate) height: Height,
    pub(crate) time: Timestamp,
    pub(crate) deps: Deps<'a>,
}

impl Ask<'_> {
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

    /// What a proposal does, as the treasury words it.
    pub(crate) fn messages(&self, id: u32) -> Outcome<Binary> {
        self.proposal(id)?;
        let Actions { lists } = self.view.get(id);
        let actions = encode(self.book, &lists).into();
        let contract_addr = self.book.address(ModuleId::Treasury.account())?;
        let msg = to_json_binary(&TreasuryQuery::Messages { actions })?;
        let ask = QueryRequest::<Empty>::Wasm(WasmQuery::Smart { contract_addr, msg });
        let silent = || StdError::generic_err("the treasury does not answer");
        let answer = self.deps.querier.raw_query(&to_json_vec(&ask)?);
        answer
            .into_result()
            .ok()
            .and_then(|answer| answer.into_result().ok())
            .ok_or_else(|| silent().into())
    }
}
