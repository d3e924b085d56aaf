//! The treasury: payments by proposals, streams, grants, handover.

pub use crate::decoded::{DecodedMsg, MessagesResponse, messages};
use crate::{
    Accounts, Contracts, Error, Lexicon,
    accounts::{amount, optional, optional_address},
    governor::TrackMsg,
    read_payload,
};
use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, CosmosMsg, Uint128};
use cw20::Cw20ReceiveMsg;
use protocol::{
    Amount, Asset, Names, Timestamp, decode, encode,
    treasury::{Command, Genesis, GrantTerms, Params, StreamTerms},
};

/// What is paid.
#[cw_serde]
pub enum AssetMsg {
    /// The protocol's token.
    Token,
    /// The native denom.
    Native,
}

/// Caps and their window.
#[cw_serde]
pub struct ParamsMsg {
    /// The most tokens that ordinary proposals may pay in a window, base units.
    pub token_cap: Uint128,
    /// The most native coins.
    pub native_cap: Uint128,
    /// Seconds.
    pub window: u64,
}

/// What a stream pays, to whom and how fast.
#[cw_serde]
pub struct StreamMsg {
    /// Who claims.
    pub to: String,
    /// What is paid.
    pub asset: AssetMsg,
    /// Base units a period.
    pub rate: Uint128,
    /// Seconds.
    pub period: u64,
    /// Seconds since 1970 from which it is earned.
    pub start: u64,
    /// Nothing may be claimed before.
    pub cliff: u64,
    /// Base units set aside for it at first.
    pub funded: Uint128,
}

/// What a grant pays, to whom, and who says that it is earned.
#[cw_serde]
pub struct GrantMsg {
    /// Who is paid.
    pub to: String,
    /// What is paid.
    pub asset: AssetMsg,
    /// Who may release milestones besides a proposal.
    pub reviewer: Option<String>,
    /// Seconds since 1970: the first in which nothing is released any more.
    pub deadline: u64,
    /// Base units by milestone, at most 16.
    pub milestones: Vec<Uint128>,
}

/// Makes a treasury.
#[cw_serde]
pub struct InstantiateMsg {
    /// Caps and window.
    pub params: ParamsMsg,
    /// The native denom that it pays in, if any.
    pub denom: Option<String>,
}

/// What may be asked of the treasury.
#[cw_serde]
pub enum ExecuteMsg {
    /// Tells the other contracts' addresses; once, by the instantiator.
    Wire(Contracts),
    /// cw20's notice of a `send`: adds to a stream; the token only.
    Receive(Cw20ReceiveMsg),
    /// Adds the attached coins to a stream.
    Fund {
        /// Its number.
        stream: u32,
    },
    /// Carries out what a proposal decided; whom the treasury obeys only. The governor sends
    /// this form.
    Execute {
        /// The proposal's number.
        proposal: u32,
        /// The track it passed on.
        track: TrackMsg,
        /// What it does, in the rulebook's encoding.
        actions: Binary,
    },
    /// The same for an authority that is not the governor.
    Dispatch {
        /// A number of its own.
        proposal: u32,
        /// The track.
        track: TrackMsg,
        /// What to do, in order.
        msgs: Vec<CosmosMsg>,
    },
    /// Checks that what is held covers what is promised; the treasury itself.
    Settle {},
    /// Promises a stream; the treasury itself, by a proposal.
    OpenStream {
        /// Its terms.
        terms: StreamMsg,
    },
    /// Adds to a stream from the treasury's balance; the treasury itself, by a proposal.
    FundStream {
        /// Its number.
        stream: u32,
        /// What it pays.
        asset: AssetMsg,
        /// Base units.
        amount: Uint128,
    },
    /// Ends a stream; the treasury itself, by a proposal.
    CancelStream {
        /// Its number.
        stream: u32,
    },
    /// Pays out what the sender's stream has earned.
    ClaimStream {
        /// Its number.
        stream: u32,
    },
    /// Promises a grant; the treasury itself, by a proposal.
    OpenGrant {
        /// Its terms.
        terms: GrantMsg,
    },
    /// Pays a milestone out; the grant's reviewer, or a proposal.
    Release {
        /// The grant's number.
        grant: u32,
        /// Which milestone, from 0.
        milestone: u8,
    },
    /// Takes back what a grant has not released: anyone from the deadline on, or a proposal.
    Return {
        /// The grant's number.
        grant: u32,
    },
    /// Offers the authority over the treasury; the treasury itself, by a proposal.
    Offer {
        /// Absent: withdraws the offer.
        to: Option<String>,
    },
    /// Takes the authority that was offered to the sender.
    Accept {},
    /// Replaces caps and window; the treasury itself, by a proposal.
    UpdateParams {
        /// The new ones.
        params: ParamsMsg,
    },
}

/// What may be queried.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// Caps and window.
    #[returns(ParamsMsg)]
    Params {},
    /// Whom the treasury obeys, and whom it was offered to.
    #[returns(AuthorityResponse)]
    Authority {},
    /// What is held, promised, and may still be paid.
    #[returns(BalanceResponse)]
    Balance {
        /// Of what.
        asset: AssetMsg,
    },
    /// What actions are as messages of the chain.
    #[returns(MessagesResponse)]
    Messages {
        /// A list of them for each option, in the rulebook's encoding.
        actions: Binary,
    },
    /// A stream.
    #[returns(Option<StreamResponse>)]
    Stream {
        /// Its number.
        stream: u32,
    },
    /// Streams by number.
    #[returns(StreamsResponse)]
    Streams {
        /// The last number of the page before.
        start_after: Option<u32>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// A grant.
    #[returns(Option<GrantResponse>)]
    Grant {
        /// Its number.
        grant: u32,
    },
    /// Grants by number.
    #[returns(GrantsResponse)]
    Grants {
        /// The last number of the page before.
        start_after: Option<u32>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
}

/// Whom the treasury obeys.
#[cw_serde]
pub struct AuthorityResponse {
    /// Whose proposals it carries out.
    pub holder: String,
    /// Who may take over.
    pub offered: Option<String>,
}

/// What the treasury has.
#[cw_serde]
pub struct BalanceResponse {
    /// Base units held.
    pub held: Uint128,
    /// Of them, promised to streams and grants.
    pub promised: Uint128,
    /// What ordinary proposals may still pay in this window.
    pub room: Uint128,
}

/// A stream.
#[cw_serde]
pub struct StreamResponse {
    /// Its number.
    pub stream: u32,
    /// Its terms as they stand.
    pub terms: StreamMsg,
    /// Earned so far.
    pub earned: Uint128,
    /// Claimed so far.
    pub claimed: Uint128,
    /// Whether it was ended.
    pub cancelled: bool,
}

/// Streams.
#[cw_serde]
pub struct StreamsResponse {
    /// Ascending.
    pub streams: Vec<StreamResponse>,
}

/// A grant.
#[cw_serde]
pub struct GrantResponse {
    /// Its number.
    pub grant: u32,
    /// Its terms.
    pub terms: GrantMsg,
    /// Whether each milestone was released.
    pub released: Vec<bool>,
    /// Whether the rest was taken back.
    pub returned: bool,
}

/// Grants.
#[cw_serde]
pub struct GrantsResponse {
    /// Ascending.
    pub grants: Vec<GrantResponse>,
}

/// The rulebook's genesis of a treasury.
///
/// # Errors
/// An amount that cannot be.
pub fn genesis(msg: &InstantiateMsg) -> Result<Genesis, Error> {
    params(&msg.params)
}

/// The rulebook's parameters.
///
/// # Errors
/// An amount that cannot be.
pub fn params(msg: &ParamsMsg) -> Result<Params, Error> {
    let (token_cap, native_cap) = (amount(msg.token_cap)?, amount(msg.native_cap)?);
    Ok(Params { token_cap, native_cap, window: msg.window })
}

/// The parameters as a message.
pub fn params_message(params: &Params) -> ParamsMsg {
    ParamsMsg {
        token_cap: params.token_cap.units().into(),
        native_cap: params.native_cap.units().into(),
        window: params.window,
    }
}

/// The rulebook's asset.
pub const fn asset(msg: &AssetMsg) -> Asset {
    match msg {
        AssetMsg::Token => Asset::Token,
        AssetMsg::Native => Asset::Native,
    }
}

/// The asset as a message.
pub const fn asset_message(asset: Asset) -> AssetMsg {
    match asset {
        Asset::Token => AssetMsg::Token,
        Asset::Native => AssetMsg::Native,
    }
}

fn stream(book: &dyn Accounts, msg: &StreamMsg) -> Result<StreamTerms, Error> {
    Ok(StreamTerms {
        to: Some(book.account(&msg.to)?),
        asset: asset(&msg.asset),
        rate: amount(msg.rate)?,
        period: msg.period,
        start: Timestamp::new(msg.start),
        cliff: Timestamp::new(msg.cliff),
        funded: amount(msg.funded)?,
    })
}

/// A stream's terms as a message.
///
/// # Errors
/// A recipient without an address.
pub fn stream_message(book: &dyn Accounts, terms: &StreamTerms) -> Result<StreamMsg, Error> {
    let nobody = Error::NotWired { module: "the recipient" };
    Ok(StreamMsg {
        to: optional_address(book, terms.to)?.ok_or(nobody)?,
        asset: asset_message(terms.asset),
        rate: terms.rate.units().into(),
        period: terms.period,
        start: terms.start.get(),
        cliff: terms.cliff.get(),
        funded: terms.funded.units().into(),
    })
}

fn grant(book: &dyn Accounts, msg: &GrantMsg) -> Result<GrantTerms, Error> {
    Ok(GrantTerms {
        to: Some(book.account(&msg.to)?),
        asset: asset(&msg.asset),
        reviewer: optional(book, msg.reviewer.as_deref())?,
        deadline: Timestamp::new(msg.deadline),
        milestones: msg.milestones.iter().map(|units| amount(*units)).collect::<Result<_, _>>()?,
    })
}

/// A grant's terms as a message.
///
/// # Errors
/// A recipient or reviewer without an address.
pub fn grant_message(book: &dyn Accounts, terms: &GrantTerms) -> Result<GrantMsg, Error> {
    let nobody = Error::NotWired { module: "the recipient" };
    let units = |amount: &Amount| Uint128::new(amount.units());
    Ok(GrantMsg {
        to: optional_address(book, terms.to)?.ok_or(nobody)?,
        asset: asset_message(terms.asset),
        reviewer: optional_address(book, terms.reviewer)?,
        deadline: terms.deadline.get(),
        milestones: terms.milestones.iter().map(units).collect(),
    })
}

/// The command that a message means; `None` for `wire`, which is the contract's own.
///
/// # Errors
/// An address or amount that cannot be; actions that are not in the rulebook's encoding.
pub fn command(lexicon: &Lexicon, msg: ExecuteMsg) -> Result<Option<Command>, Error> {
    let book = lexicon.book;
    Ok(Some(match msg {
        ExecuteMsg::Wire(_) => return Ok(None),
        ExecuteMsg::Receive(notice) => Command::Receive {
            from: book.account(&notice.sender)?,
            amount: amount(notice.amount)?,
            payload: read_payload(&notice.msg),
        },
        ExecuteMsg::Fund { stream } => Command::Fund { stream },
        ExecuteMsg::Execute { proposal, track, actions } => Command::Execute {
            proposal,
            track: track.into(),
            actions: decode(lexicon.names, &actions).ok_or(protocol::MALFORMED.bare())?,
        },
        ExecuteMsg::Dispatch { proposal, track, msgs } => {
            Command::Execute { proposal, track: track.into(), actions: lexicon.actions(&msgs)? }
        }
        ExecuteMsg::Settle {} => Command::Settle,
        ExecuteMsg::OpenStream { terms } => Command::OpenStream { terms: stream(book, &terms)? },
        ExecuteMsg::FundStream { stream, asset: of, amount: a } => {
            Command::FundStream { stream, asset: asset(&of), amount: amount(a)? }
        }
        ExecuteMsg::CancelStream { stream } => Command::CancelStream { stream },
        ExecuteMsg::ClaimStream { stream } => Command::ClaimStream { stream },
        ExecuteMsg::OpenGrant { terms } => Command::OpenGrant { terms: grant(book, &terms)? },
        ExecuteMsg::Release { grant, milestone } => Command::Release { grant, milestone },
        ExecuteMsg::Return { grant } => Command::Return { grant },
        ExecuteMsg::Offer { to } => Command::Offer { to: optional(book, to.as_deref())? },
        ExecuteMsg::Accept {} => Command::Accept,
        ExecuteMsg::UpdateParams { params: msg } => Command::UpdateParams { params: params(&msg)? },
    }))
}

/// The message that means a command.
///
/// # Errors
/// A handle without an address.
pub fn message(
    book: &dyn Accounts,
    names: &dyn Names,
    command: &Command,
) -> Result<ExecuteMsg, Error> {
    Ok(match command {
        Command::Receive { from, amount, payload } => ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: book.address(*from)?,
            amount: amount.units().into(),
            msg: crate::payload(payload)?,
        }),
        Command::Fund { stream } => ExecuteMsg::Fund { stream: *stream },
        Command::Execute { proposal, track, actions } => ExecuteMsg::Execute {
            proposal: *proposal,
            track: (*track).into(),
            actions: encode(names, actions).into(),
        },
        Command::Settle => ExecuteMsg::Settle {},
        Command::OpenStream { terms } => {
            ExecuteMsg::OpenStream { terms: stream_message(book, terms)? }
        }
        Command::FundStream { stream, asset, amount } => ExecuteMsg::FundStream {
            stream: *stream,
            asset: asset_message(*asset),
            amount: amount.units().into(),
        },
        Command::CancelStream { stream } => ExecuteMsg::CancelStream { stream: *stream },
        Command::ClaimStream { stream } => ExecuteMsg::ClaimStream { stream: *stream },
        Command::OpenGrant { terms } => {
            ExecuteMsg::OpenGrant { terms: grant_message(book, terms)? }
        }
        Command::Release { grant, milestone } => {
            ExecuteMsg::Release { grant: *grant, milestone: *milestone }
        }
        Command::Return { grant } => ExecuteMsg::Return { grant: *grant },
        Command::Offer { to } => ExecuteMsg::Offer { to: optional_address(book, *to)? },
        Command::Accept => ExecuteMsg::Accept {},
        Command::UpdateParams { params } => {
            ExecuteMsg::UpdateParams { params: params_message(params) }
        }
    })
}
