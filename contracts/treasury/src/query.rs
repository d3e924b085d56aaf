//! Queries.

use crate::{contract::DENOM, purse::Purse};
use cosmwasm_std::{Binary, Deps, Env, entry_point, to_json_binary};
use interface::{
    Accounts,
    treasury::{
        AuthorityResponse, BalanceResponse, GrantResponse, GrantsResponse, QueryMsg,
        StreamResponse, StreamsResponse, asset, grant_message, messages, params_message,
        stream_message,
    },
};
use protocol::{
    Asset, BalancePort, Get, ModuleId, Timestamp,
    treasury::{Authority, Grant, Numbers, Params, Promised, Stream, authority, room},
};
use shell::{Book, Outcome, View, limit};

/// Answers a query.
///
/// # Errors
/// A token or bank that does not answer.
#[entry_point]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Outcome<Binary> {
    let book = Book::open(deps.api, deps.storage)?;
    let now = Timestamp::new(env.block.time.seconds());
    let ask = Ask { view: View::new(deps.storage, &book), book: &book, now };
    Ok(match msg {
        QueryMsg::Params {} => {
            let params: Params = ask.view.get(());
            to_json_binary(&params_message(&params))?
        }
        QueryMsg::Authority {} => to_json_binary(&ask.authority()?)?,
        QueryMsg::Balance { asset: of } => {
            let denom = DENOM.may_load(deps.storage)?;
            let purse = Purse::new(deps.querier, &book, denom.as_deref());
            to_json_binary(&ask.balance(&purse, asset(&of))?)?
        }
        QueryMsg::Messages { actions } => {
            let denom = DENOM.may_load(deps.storage)?;
            to_json_binary(&messages(&book.lexicon(denom.as_deref()), &actions)?)?
        }
        QueryMsg::Stream { stream } => to_json_binary(&ask.stream(stream)?)?,
        QueryMsg::Streams { start_after, limit: asked } => {
            let Numbers { streams, .. } = ask.view.get(());
            let page = (first(start_after)..streams).take(limit(asked));
            let page = page.filter_map(|number| ask.stream(number).transpose());
            to_json_binary(&StreamsResponse { streams: page.collect::<Outcome<_>>()? })?
        }
        QueryMsg::Grant { grant } => to_json_binary(&ask.grant(grant)?)?,
        QueryMsg::Grants { start_after, limit: asked } => {
            let Numbers { grants, .. } = ask.view.get(());
            let page = (first(start_after)..grants).take(limit(asked));
            let page = page.filter_map(|number| ask.grant(number).transpose());
            to_json_binary(&GrantsResponse { grants: page.collect::<Outcome<_>>()? })?
        }
    })
}

/// The first number of a page.
fn first(start_after: Option<u32>) -> u32 {
    start_after.map_or(0, |last| last.saturating_add(1))
}

struct Ask<'a> {
    view: View<'a>,
    book: &'a Book<'a>,
    now: Timestamp,
}

impl Ask<'_> {
    fn authority(&self) -> Outcome<AuthorityResponse> {
        let Authority { offered, .. } = self.view.get(());
        Ok(AuthorityResponse {
            holder: self.book.address(authority(&self.view))?,
            offered: offered.map(|who| self.book.address(who)).transpose()?,
        })
    }

    fn balance(&self, purse: &Purse, asset: Asset) -> Outcome<BalanceResponse> {
        let Promised { amount } = self.view.get(asset);
        let held = purse.held(ModuleId::Treasury.account(), asset)?;
        Ok(BalanceResponse {
            held: held.units().into(),
            promised: amount.units().into(),
            room: room(&self.view, asset, self.now).units().into(),
        })
    }

    fn stream(&self, number: u32) -> Outcome<Option<StreamResponse>> {
        let found: Stream = self.view.get(number);
        if found.terms.to.is_none() {
            return Ok(None);
        }
        Ok(Some(StreamResponse {
            stream: number,
            terms: stream_message(self.book, &found.terms)?,
            earned: found.earned(self.now).units().into(),
            claimed: found.claimed.units().into(),
            cancelled: found.cancelled,
        }))
    }

    fn grant(&self, number: u32) -> Outcome<Option<GrantResponse>> {
        let found: Grant = self.view.get(number);
        if found.terms.to.is_none() {
            return Ok(None);
        }
        let count = found.terms.milestones.len();
        let released = (0u8..).take(count).map(|milestone| found.open(milestone).is_none());
        Ok(Some(GrantResponse {
            grant: number,
            terms: grant_message(self.book, &found.terms)?,
            released: released.collect(),
            returned: found.returned,
        }))
    }
}
