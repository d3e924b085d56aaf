//! cw3's queries: what tools that know a cw3 multisig may ask.
//!
//! Weights are cw4's, as staking counts them. Of the eleven ways in which a proposal may stand
//! cw3 knows five; choices and gauges have options of their own, so cw3 sees no votes on them.

use crate::query::Ask;
use cosmwasm_std::{Addr, Binary, Decimal, from_json, to_json_binary};
use cw_utils::{Expiration, ThresholdResponse};
use cw3::{
    ProposalListResponse, ProposalResponse, Vote, VoteInfo, VoteListResponse, VoteResponse,
    VoterDetail, VoterListResponse, VoterResponse,
};
use interface::{
    Accounts, decimal,
    governor::{QueryMsg, text},
    staking,
    treasury::MessagesResponse,
};
use protocol::{
    Get, ModuleId, Power, StakePort, Track, encode,
    governance::{
        ABSTAIN, Ballot, Form, NO, Numbers, Params, Status, Terms, Text, Unheard, VETO, YES,
        leading,
    },
    staking::weight_of,
};
use shell::{Outcome, Peers, limit, scan};

/// Answers one of cw3's queries.
///
/// # Errors
/// A proposal that does not exist; addresses that the chain would not accept; staking that does
/// not answer.
pub(crate) fn answer(ask: &Ask, msg: QueryMsg) -> Outcome<Binary> {
    Ok(match msg {
        QueryMsg::Threshold {} => to_json_binary(&threshold_now(ask)?)?,
        QueryMsg::Proposal { proposal_id } => to_json_binary(&proposal(ask, number(proposal_id))?)?,
        QueryMsg::ListProposals { start_after, limit: asked } => {
            let first = start_after.map_or(0, |last| number(last).saturating_add(1));
            let Numbers { proposals, .. } = ask.view.get(());
            to_json_binary(&list(ask, (first..proposals).take(limit(asked)))?)?
        }
        QueryMsg::ReverseProposals { start_before, limit: asked } => {
            let Numbers { proposals, .. } = ask.view.get(());
            let end = start_before.map_or(proposals, number).min(proposals);
            to_json_binary(&list(ask, (0..end).rev().take(limit(asked)))?)?
        }
        QueryMsg::Vote { proposal_id, voter } => {
            let id = number(proposal_id);
            let (_, terms, _) = ask.proposal(id)?;
            let ballot: Ballot = ask.view.get((id, ask.book.account(&voter)?));
            let unit = unit(ask)?;
            let vote = vote_info(&terms, id, voter, &ballot, unit);
            to_json_binary(&VoteResponse { vote })?
        }
        QueryMsg::ListVotes { proposal_id, start_after, limit: asked } => {
            to_json_binary(&votes(ask, number(proposal_id), start_after, limit(asked))?)?
        }
        QueryMsg::Voter { address } => {
            let query = staking::QueryMsg::Member { addr: address, at_height: None };
            let found: cw4::MemberResponse = staked(ask, &query)?;
            to_json_binary(&VoterResponse { weight: found.weight })?
        }
        QueryMsg::ListVoters { start_after, limit } => {
            let query = staking::QueryMsg::ListMembers { start_after, limit };
            let found: cw4::MemberListResponse = staked(ask, &query)?;
            let voter =
                |member: cw4::Member| VoterDetail { addr: member.addr, weight: member.weight };
            let voters = found.members.into_iter().map(voter).collect();
            to_json_binary(&VoterListResponse { voters })?
        }
        // Ours are answered before these.
        _ => to_json_binary(&())?,
    })
}

/// A cw3 number as ours; one that is too large is no proposal's.
fn number(id: u64) -> u32 {
    u32::try_from(id).unwrap_or(u32::MAX)
}

fn staked<T: serde::de::DeserializeOwned>(ask: &Ask, query: &staking::QueryMsg) -> Outcome<T> {
    let staking = ask.book.address(ModuleId::Staking.account())?;
    Ok(ask.deps.querier.query_wasm_smart(staking, query)?)
}

fn unit(ask: &Ask) -> Outcome<u128> {
    Ok(Peers::new(ask.deps.querier, ask.book).staking_params()?.unit)
}

fn threshold_now(ask: &Ask) -> Outcome<ThresholdResponse> {
    let params: Params = ask.view.get(());
    let peers = Peers::new(ask.deps.querier, ask.book);
    let total = peers.power_at(None, ask.height.after(1))?;
    let track = params.track(Track::Ordinary);
    Ok(ThresholdResponse::ThresholdQuorum {
        threshold: decimal(track.threshold.part().parts().into()),
        quorum: decimal(track.quorum.parts().into()),
        total_weight: weight_of(total, unit(ask)?),
    })
}

fn list(
    ask: &Ask,
    ids: impl Iterator<Item = u32>,
) -> Outcome<ProposalListResponse<cosmwasm_std::Empty>> {
    let proposals = ids.map(|id| proposal(ask, id)).collect::<Outcome<_>>()?;
    Ok(ProposalListResponse { proposals })
}

fn proposal(ask: &Ask, id: u32) -> Outcome<ProposalResponse> {
    let (found, terms, status) = ask.proposal(id)?;
    let Text { title, body, .. } = ask.view.get(id);
    let actions: MessagesResponse = from_json(ask.messages(id)?)?;
    // Of a choice cw3 sees every option's messages, one after another.
    let msgs = actions.options.into_iter().flatten().map(|decoded| decoded.msg);
    let quorum = Decimal::checked_from_ratio(terms.quorum.units(), terms.total.units());
    Ok(ProposalResponse {
        id: id.into(),
        title: text(&title),
        description: text(&body),
        msgs: msgs.collect(),
        status: status_of(status),
        expires: Expiration::AtTime(cosmwasm_std::Timestamp::from_seconds(found.deadline.get())),
        threshold: ThresholdResponse::ThresholdQuorum {
            threshold: decimal(terms.threshold.part().parts().into()),
            quorum: quorum.unwrap_or_default(),
            total_weight: weight_of(terms.total, unit(ask)?),
        },
        proposer: Addr::unchecked(ask.proposer(&terms)?),
        deposit: deposit(ask, &terms)?,
    })
}

/// What is locked. Whether a failed one gets it back is for cw3 a matter of yes or no: yes where it
/// does without a quorum too.
fn deposit(ask: &Ask, terms: &Terms) -> Outcome<Option<cw3::DepositInfo>> {
    let amount = terms.deposit;
    if amount.is_zero() {
        return Ok(None);
    }
    let token = Addr::unchecked(ask.book.address(ModuleId::Token.account())?);
    Ok(Some(cw3::DepositInfo {
        amount: amount.units().into(),
        denom: cw20::Denom::Cw20(token),
        refund_failed_proposals: terms.unheard == Unheard::Returned,
    }))
}

const fn status_of(status: Status) -> cw3::Status {
    match status {
        Status::Pending => cw3::Status::Pending,
        Status::Open => cw3::Status::Open,
        Status::Passed | Status::Queued | Status::Executable | Status::Failed => {
            cw3::Status::Passed
        }
        Status::Executed => cw3::Status::Executed,
        Status::Defeated | Status::Vetoed | Status::Expired | Status::Cancelled => {
            cw3::Status::Rejected
        }
    }
}

/// A ballot as cw3 counts it: by its largest share.
fn vote_info(
    terms: &Terms,
    id: u32,
    voter: String,
    ballot: &Ballot,
    unit: u128,
) -> Option<VoteInfo> {
    let cast = !ballot.shares.is_empty() && matches!(terms.form, Form::Standard | Form::Signal);
    let vote = match leading(&ballot.shares) {
        YES => Vote::Yes,
        NO => Vote::No,
        ABSTAIN => Vote::Abstain,
        VETO => Vote::Veto,
        _ => return None,
    };
    let weight = weight(ballot.weight, unit);
    cast.then_some(VoteInfo { proposal_id: id.into(), voter, vote, weight })
}

fn weight(power: Power, unit: u128) -> u64 {
    weight_of(power, unit)
}

fn votes(
    ask: &Ask,
    id: u32,
    start_after: Option<String>,
    limit: usize,
) -> Outcome<VoteListResponse> {
    let (_, terms, _) = ask.proposal(id)?;
    let (unit, book) = (unit(ask)?, ask.book);
    let after = start_after.map(|voter| Ok(encode(book, &(id, book.account(&voter)?))));
    let after: Option<Vec<u8>> = after.transpose().map_err(|error: interface::Error| error)?;
    let prefix = id.to_be_bytes();
    let found = scan::<Ballot>(ask.deps.storage, book, &prefix, after.as_deref(), limit)?;
    let votes = found
        .into_iter()
        .map(|((_, voter), ballot)| Ok(vote_info(&terms, id, book.address(voter)?, &ballot, unit)));
    let votes = votes.filter_map(Outcome::transpose).collect::<Outcome<_>>()?;
    Ok(VoteListResponse { votes })
}
