//! Queries.

use cosmwasm_std::{Binary, Deps, Env, Uint128, to_json_binary};
use interface::{
    Accounts,
    campaigns::{CampaignsResponse, campaign_response, leaf, round_response},
    rewards::{EmissionResponse, GrantResponse, QueryMsg, ValidatorResponse, params_message},
};
use protocol::{
    Get, Timestamp,
    rewards::{
        Campaigns, Emission, Params, Unclaimed, Validator, Vesting, claimable, claimable_leaf,
        is_claimed, reward_index, reward_waiting,
    },
};
use shell::{Book, Outcome, Peers, View, limit};

/// Answers a query.
///
/// # Errors
/// Addresses that the chain would not accept; slots that the account does not hold.
pub fn query(deps: Deps, env: Env, msg: QueryMsg) -> Outcome<Binary> {
    let book = Book::open(deps.api, deps.storage)?;
    let view = View::new(deps.storage, &book);
    Ok(match msg {
        QueryMsg::Params {} => {
            let params: Params = view.get(());
            to_json_binary(&params_message(&params))?
        }
        QueryMsg::Emission {} => {
            let emission: Emission = view.get(());
            let Unclaimed { amount } = view.get(());
            to_json_binary(&EmissionResponse {
                issued: emission.issued.units().into(),
                unclaimed: amount.units().into(),
                last: emission.last.get(),
            })?
        }
        QueryMsg::Owed { address, slots } => {
            let peers = Peers::new(deps.querier, &book);
            let owed = claimable(&view, &peers, book.account(&address)?, &slots)?;
            to_json_binary(&Uint128::new(owed.units()))?
        }
        QueryMsg::Validator { address } => {
            let who = book.account(&address)?;
            let (validator, index): (Validator, _) = (view.get(who), reward_index(&view, who));
            to_json_binary(&ValidatorResponse {
                take: interface::decimal(validator.take.parts().into()),
                index: index.whole().into(),
                index_part: index.part(),
                waiting: reward_waiting(&view, who).units().into(),
            })?
        }
        QueryMsg::Campaign { campaign: number } => {
            let Campaigns { next } = view.get(());
            let found =
                (number < next).then(|| campaign_response(&book, number, &view.get(number)));
            to_json_binary(&found.transpose()?)?
        }
        QueryMsg::Campaigns { start_after, limit: asked } => {
            let Campaigns { next } = view.get(());
            let numbers = start_after.map_or(0, |last| last.saturating_add(1))..next;
            let page = numbers.take(limit(asked));
            let campaigns = page.map(|number| campaign_response(&book, number, &view.get(number)));
            to_json_binary(&CampaignsResponse { campaigns: campaigns.collect::<Outcome<_>>()? })?
        }
        QueryMsg::Round { campaign, round } => {
            to_json_binary(&round_response(&view.get((campaign, round))))?
        }
        QueryMsg::LeafClaimed { campaign, round, index } => {
            to_json_binary(&is_claimed(&view, campaign, round, index))?
        }
        QueryMsg::Claimable { address, leaf: msg } => {
            let (who, leaf) = (book.account(&address)?, leaf(&msg)?);
            let peers = Peers::new(deps.querier, &book);
            let now = Timestamp::new(env.block.time.seconds());
            claimable_leaf(&view, &peers, now, who, &leaf)?;
            to_json_binary(&Uint128::new(leaf.amount.units()))?
        }
        QueryMsg::Grant { address, number } => {
            let key = (book.account(&address)?, number);
            let Vesting { grant } = view.get(key);
            let now = Timestamp::new(env.block.time.seconds());
            let found = (!grant.total.is_zero()).then(|| GrantResponse {
                total: grant.total.units().into(),
                earned: grant.earned(now).units().into(),
                claimed: grant.claimed.units().into(),
            });
            to_json_binary(&found)?
        }
    })
}
