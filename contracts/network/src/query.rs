//! Queries.

use cosmwasm_std::{Binary, Deps, Env, Uint128, entry_point, to_json_binary};
use interface::{
    Accounts,
    network::{
        QueryMsg, RowResponse, SlotResponse, SlotsResponse, TopicResponse, TopicsResponse,
        params_message,
    },
};
use protocol::{
    Get, Height,
    network::{Closing, Params, Topic, bonds, due, price, slot, topic, uid_of, weights},
};
use shell::{Book, Outcome, View, limit};

/// Answers a query.
///
/// # Errors
/// A topic that does not exist; addresses that the chain would not accept.
#[entry_point]
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Outcome<Binary> {
    let book = Book::open(deps.api, deps.storage)?;
    let view = View::new(deps.storage, &book);
    Ok(match msg {
        QueryMsg::Topic { topic: number } => to_json_binary(&topic_of(&book, &view, number)?)?,
        QueryMsg::Topics { start_after, limit: asked } => {
            let Params { topics } = view.get(());
            let numbers = first(start_after)..topics;
            let topics = numbers.take(limit(asked)).map(|number| topic_of(&book, &view, number));
            to_json_binary(&TopicsResponse { topics: topics.collect::<Outcome<_>>()? })?
        }
        QueryMsg::Slot { topic, uid } => to_json_binary(&slot_of(&book, &view, topic, uid)?)?,
        QueryMsg::Slots { topic: number, start_after, limit: asked } => {
            let slots = first(start_after)..topic(&view, number)?.params.slots;
            let slots = slots.take(limit(asked)).map(|uid| slot_of(&book, &view, number, uid));
            to_json_binary(&SlotsResponse { slots: slots.collect::<Outcome<_>>()? })?
        }
        QueryMsg::Uid { topic, address } => {
            to_json_binary(&uid_of(&view, topic, book.account(&address)?))?
        }
        QueryMsg::Weights { topic, uid } => {
            to_json_binary(&RowResponse { row: weights(&view, topic, uid) })?
        }
        QueryMsg::Bonds { topic, uid } => {
            to_json_binary(&RowResponse { row: bonds(&view, topic, uid) })?
        }
        QueryMsg::Price { topic: number } => {
            let price = price(&topic(&view, number)?, Height::new(env.block.height));
            to_json_binary(&Uint128::new(price.units()))?
        }
    })
}

/// The first number of a page.
fn first(start_after: Option<u16>) -> u16 {
    start_after.map_or(0, |last| last.saturating_add(1))
}

fn topic_of(book: &Book, view: &View, number: u16) -> Outcome<TopicResponse> {
    let found: Topic = topic(view, number)?;
    let closing: Closing = view.get(number);
    let closing = (closing.height != Height::ZERO).then_some(closing.cursor);
    Ok(TopicResponse {
        topic: number,
        params: params_message(book, &found.params)?,
        held: found.held,
        epoch: found.epoch.get(),
        last_close: found.last_close.get(),
        due: due(&found).get(),
        closing,
    })
}

fn slot_of(book: &Book, view: &View, topic: u16, uid: u16) -> Outcome<SlotResponse> {
    let found = slot(view, topic, uid);
    Ok(SlotResponse {
        uid,
        holder: found.holder.map(|who| book.address(who)).transpose()?,
        registered: found.registered.map(Height::get),
        updated: found.updated.get(),
        score: found.score,
        permit: found.permit,
    })
}
