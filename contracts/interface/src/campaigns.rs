//! Campaigns of rewards: their part of its messages and queries.

use crate::{
    Accounts, Error,
    accounts::{amount, optional, optional_address},
};
use cosmwasm_schema::cw_serde;
use cosmwasm_std::{HexBinary, Uint128};
use protocol::{
    MALFORMED, Timestamp,
    rewards::{Airdrop, Campaign, Hash, Leaf, Publication, Round, Terms},
};

/// What a campaign may do; times in seconds.
#[cw_serde]
pub struct TermsMsg {
    /// Who publishes roots, beside the authority.
    pub publisher: Option<String>,
    /// The most that one round may promise, base units.
    pub most: Uint128,
    /// From one round to the next at least.
    pub period: u64,
    /// From publication until the first claim.
    pub delay: u64,
    /// For which a round can be claimed from then on.
    pub window: u64,
}

/// A campaign's next round.
#[cw_serde]
pub struct PublicationMsg {
    /// The campaign.
    pub campaign: u32,
    /// The round's number, which its leaves commit to.
    pub round: u32,
    /// The root of the leaves: 32 bytes.
    pub root: HexBinary,
    /// How many there are.
    pub leaves: u32,
    /// What they pay together, base units.
    pub total: Uint128,
}

/// A leaf and its proof.
#[cw_serde]
pub struct LeafMsg {
    /// The campaign.
    pub campaign: u32,
    /// Its round.
    pub round: u32,
    /// The leaf's number in the round, from 0.
    pub index: u32,
    /// What it pays, base units.
    pub amount: Uint128,
    /// The neighbours on the way to the root, 32 bytes each, the leaf's own first.
    pub proof: Vec<HexBinary>,
}

/// Tokens that whoever a root names may claim from the beginning.
#[cw_serde]
pub struct AirdropMsg {
    /// The root of the leaves, which commit to the campaign's number and to round 0.
    pub root: HexBinary,
    /// How many there are.
    pub leaves: u32,
    /// What they pay together, base units.
    pub total: Uint128,
    /// Claims are open from then, in seconds since 1970,
    pub from: u64,
    /// until then.
    pub until: u64,
}

/// A campaign.
#[cw_serde]
pub struct CampaignResponse {
    /// Its number.
    pub campaign: u32,
    /// What it may do.
    pub terms: TermsMsg,
    /// Base units that no round has been given.
    pub reserve: Uint128,
    /// Rounds published so far.
    pub rounds: u32,
    /// When the last was published; 0 for none.
    pub published: u64,
    /// Whether there will be no more.
    pub ended: bool,
}

/// Campaigns.
#[cw_serde]
pub struct CampaignsResponse {
    /// Ascending.
    pub campaigns: Vec<CampaignResponse>,
}

/// A round.
#[cw_serde]
pub struct RoundResponse {
    /// The root of its leaves.
    pub root: HexBinary,
    /// How many there are.
    pub leaves: u32,
    /// Claims are open from then, in seconds since 1970,
    pub from: u64,
    /// until then.
    pub until: u64,
    /// Base units that are neither claimed nor returned.
    pub left: Uint128,
}

/// The hash that a message gives.
fn hash(bytes: &HexBinary) -> Result<Hash, Error> {
    Ok(bytes.as_slice().try_into().map_err(|_| MALFORMED.refuse(bytes.len() as u128, 32))?)
}

pub(crate) fn terms(book: &dyn Accounts, msg: &TermsMsg) -> Result<Terms, Error> {
    Ok(Terms {
        publisher: optional(book, msg.publisher.as_deref())?,
        most: amount(msg.most)?,
        period: msg.period,
        delay: msg.delay,
        window: msg.window,
    })
}

pub(crate) fn terms_message(book: &dyn Accounts, terms: &Terms) -> Result<TermsMsg, Error> {
    Ok(TermsMsg {
        publisher: optional_address(book, terms.publisher)?,
        most: terms.most.units().into(),
        period: terms.period,
        delay: terms.delay,
        window: terms.window,
    })
}

pub(crate) fn publication(msg: &PublicationMsg) -> Result<Publication, Error> {
    let PublicationMsg { campaign, round, ref root, leaves, total } = *msg;
    Ok(Publication { campaign, round, root: hash(root)?, leaves, total: amount(total)? })
}

pub(crate) fn publication_message(publication: &Publication) -> PublicationMsg {
    let Publication { campaign, round, root, leaves, total } = *publication;
    PublicationMsg { campaign, round, root: root.into(), leaves, total: total.units().into() }
}

/// The rulebook's leaf.
///
/// # Errors
/// An amount or a hash that cannot be.
pub fn leaf(msg: &LeafMsg) -> Result<Leaf, Error> {
    Ok(Leaf {
        campaign: msg.campaign,
        round: msg.round,
        index: msg.index,
        amount: amount(msg.amount)?,
        proof: msg.proof.iter().map(hash).collect::<Result<_, Error>>()?,
    })
}

/// A leaf as a message.
pub fn leaf_message(leaf: &Leaf) -> LeafMsg {
    LeafMsg {
        campaign: leaf.campaign,
        round: leaf.round,
        index: leaf.index,
        amount: leaf.amount.units().into(),
        proof: leaf.proof.iter().map(|hash| hash.into()).collect(),
    }
}

pub(crate) fn airdrop(msg: &AirdropMsg) -> Result<Airdrop, Error> {
    Ok(Airdrop {
        root: hash(&msg.root)?,
        leaves: msg.leaves,
        total: amount(msg.total)?,
        from: Timestamp::new(msg.from),
        until: Timestamp::new(msg.until),
    })
}

/// An airdrop as a message.
pub fn airdrop_message(airdrop: &Airdrop) -> AirdropMsg {
    AirdropMsg {
        root: airdrop.root.into(),
        leaves: airdrop.leaves,
        total: airdrop.total.units().into(),
        from: airdrop.from.get(),
        until: airdrop.until.get(),
    }
}

/// A campaign as queries show it.
///
/// # Errors
/// A publisher without an address.
pub fn campaign_response(
    book: &dyn Accounts,
    number: u32,
    campaign: &Campaign,
) -> Result<CampaignResponse, Error> {
    Ok(CampaignResponse {
        campaign: number,
        terms: terms_message(book, &campaign.terms)?,
        reserve: campaign.reserve.units().into(),
        rounds: campaign.rounds,
        published: campaign.published.get(),
        ended: campaign.ended,
    })
}

/// A round as queries show it; nothing for one that was never published, or revoked.
pub fn round_response(round: &Round) -> Option<RoundResponse> {
    (round.leaves != 0).then(|| RoundResponse {
        root: round.root.into(),
        leaves: round.leaves,
        from: round.from.get(),
        until: round.until.get(),
        left: round.left.units().into(),
    })
}
