//! What may be queried of the governor.

use crate::governor::TrackMsg;
use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Decimal, Uint128};

/// What may be queried: ours, and cw3's.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// What constitutional proposals may change.
    #[returns(super::ParamsMsg)]
    Params {},
    /// What no proposal can change.
    #[returns(super::BoundsMsg)]
    Bounds {},
    /// The guardian's mandate.
    #[returns(super::MandateMsg)]
    Guardian {},
    /// An account's deposits.
    #[returns(DepositResponse)]
    Deposit {
        /// Whose.
        address: String,
    },
    /// How a proposal stands, and by which rules.
    #[returns(DetailsResponse)]
    Details {
        /// The proposal.
        proposal_id: u32,
    },
    /// What a proposal does, read back from what is stored; the treasury, which sends it, answers.
    #[returns(crate::treasury::MessagesResponse)]
    Messages {
        /// The proposal.
        proposal_id: u32,
    },
    /// A ballot as it was cast.
    #[returns(BallotResponse)]
    Ballot {
        /// The proposal.
        proposal_id: u32,
        /// Whose.
        voter: String,
    },
    /// Who is told of proposals.
    #[returns(cw4::HooksResponse)]
    Hooks {},
    /// cw3: the ordinary track's threshold.
    #[returns(cw_utils::ThresholdResponse)]
    Threshold {},
    /// cw3: a proposal.
    #[returns(cw3::ProposalResponse)]
    Proposal {
        /// Its number.
        proposal_id: u64,
    },
    /// cw3: proposals, ascending.
    #[returns(cw3::ProposalListResponse)]
    ListProposals {
        /// The last number of the page before.
        start_after: Option<u64>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// cw3: proposals, descending.
    #[returns(cw3::ProposalListResponse)]
    ReverseProposals {
        /// The last number of the page before.
        start_before: Option<u64>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// cw3: an account's vote, by its largest share.
    #[returns(cw3::VoteResponse)]
    Vote {
        /// The proposal.
        proposal_id: u64,
        /// Whose.
        voter: String,
    },
    /// cw3: votes on a proposal.
    #[returns(cw3::VoteListResponse)]
    ListVotes {
        /// The proposal.
        proposal_id: u64,
        /// The last voter of the page before.
        start_after: Option<String>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// cw3: an account's weight now.
    #[returns(cw3::VoterResponse)]
    Voter {
        /// Whose.
        address: String,
    },
    /// cw3: accounts with weight.
    #[returns(cw3::VoterListResponse)]
    ListVoters {
        /// The last account of the page before.
        start_after: Option<String>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
}

/// An account's deposits.
#[cw_serde]
pub struct DepositResponse {
    /// Base units that it may lock or take back.
    pub free: Uint128,
    /// Its proposals that are not settled.
    pub live: u16,
}

/// How a proposal stands, and by which rules.
#[cw_serde]
pub struct DetailsResponse {
    /// How it stands: pending, open, passed, defeated, vetoed, queued, executable, executed,
    /// failed, expired or cancelled.
    pub status: String,
    /// standard, signal, choice or gauge.
    pub form: String,
    /// Its track.
    pub track: TrackMsg,
    /// Who made it.
    pub proposer: String,
    /// The block at which power is read.
    pub snapshot: u64,
    /// Seconds since 1970: the first second of voting.
    pub opens: u64,
    /// The first second after it.
    pub deadline: u64,
    /// From when it may be executed, once queued.
    pub eta: Option<u64>,
    /// Power by option.
    pub tally: Vec<Uint128>,
    /// The names of a choice's options.
    pub options: Vec<String>,
    /// All power at the snapshot.
    pub total: Uint128,
    /// Power that must have voted.
    pub quorum: Uint128,
    /// Base units locked.
    pub deposit: Uint128,
    /// Whether an emergency proposal has put it off.
    pub held: bool,
    /// Whether the deposit was returned or forfeited.
    pub settled: bool,
}

/// A ballot.
#[cw_serde]
pub struct BallotResponse {
    /// (option, share); empty where none was cast.
    pub ballot: Vec<(u8, Decimal)>,
    /// Power behind it.
    pub weight: Uint128,
}
