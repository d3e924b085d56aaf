//! Rewards: emission, splits, claims, vesting; its campaigns are in `campaigns`.

use crate::{
    Accounts, Contracts, Error,
    accounts::{amount, decimal, fraction},
    campaigns::{self, AirdropMsg, LeafMsg, PublicationMsg, TermsMsg},
};
use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Binary, Decimal, Uint128};
use protocol::{
    Amount, Height, Names, Timestamp, decode, encode,
    rewards::{Command, Curve, Genesis, Grant, Params, Schedule},
};

/// How emission changes.
#[cw_serde]
pub enum CurveMsg {
    /// The same in every block.
    Constant {},
    /// Halved every `interval` blocks.
    HalvingByInterval {
        /// Blocks.
        interval: u64,
    },
    /// Halved when issued >= cap * (1 - 2^-k).
    HalvingBySupply {},
    /// Multiplied by `ratio` every `interval` blocks.
    ExponentialDecay {
        /// Below 1.
        ratio: Decimal,
        /// Blocks.
        interval: u64,
    },
}

/// Emission.
#[cw_serde]
pub struct ScheduleMsg {
    /// Base units in the first block.
    pub per_block: Uint128,
    /// How that changes.
    pub curve: CurveMsg,
    /// Base units a block that are emitted at least.
    pub tail: Uint128,
    /// The largest supply, genesis included.
    pub cap: Uint128,
}

/// The rules' parameters.
#[cw_serde]
pub struct ParamsMsg {
    /// Emission.
    pub schedule: ScheduleMsg,
    /// The part of every emission that goes to the treasury first.
    pub treasury_cut: Decimal,
}

/// A linear grant with a cliff, in seconds since 1970.
#[cw_serde]
pub struct GrantMsg {
    /// Who earns it.
    pub address: String,
    /// Base units.
    pub total: Uint128,
    /// When it begins to be earned.
    pub start: u64,
    /// Nothing may be claimed before.
    pub cliff: u64,
    /// When all of it is earned.
    pub end: u64,
}

/// Makes a rewards contract.
#[cw_serde]
pub struct InstantiateMsg {
    /// The rules' parameters.
    pub params: ParamsMsg,
    /// Tokens that exist already, base units.
    pub supply: Uint128,
    /// Allocation weights of the topics that exist from the beginning.
    pub weights: Vec<u64>,
    /// Grants that vest.
    pub grants: Vec<GrantMsg>,
    /// Airdrops: campaigns 0, 1, ... of one round each.
    #[serde(default)]
    pub airdrops: Vec<AirdropMsg>,
}

/// What may be asked of rewards.
#[cw_serde]
pub enum ExecuteMsg {
    /// Tells the other contracts' addresses; once, by the instantiator.
    Wire(Contracts),
    /// Splits an epoch's emission; the network only.
    Distribute {
        /// The rulebook's encoding of a distribution.
        distribution: Binary,
    },
    /// Moves a slot's earnings to its holder's account; the network only.
    Vacate {
        /// The topic.
        topic: u16,
        /// The slot.
        uid: u16,
        /// Who held it.
        who: String,
    },
    /// Pays what the sender's account and slots have earned.
    Claim {
        /// (topic, uid) pairs.
        slots: Vec<(u16, u16)>,
    },
    /// Pays delegation rewards; staking only.
    Pay {
        /// To whom.
        to: String,
        /// Base units.
        amount: Uint128,
    },
    /// Sets the part that the sender keeps as a validator.
    SetTake {
        /// At most one half.
        take: Decimal,
    },
    /// Sets a topic's allocation weight.
    Allocate {
        /// The topic.
        topic: u16,
        /// Its weight.
        weight: u64,
    },
    /// Pays the earned part of a grant.
    ClaimVested {
        /// Which of the sender's.
        number: u32,
    },
    /// Opens a campaign with a budget out of what the treasury is owed.
    OpenCampaign {
        /// What it may do.
        terms: TermsMsg,
        /// Its first reserve, base units.
        budget: Uint128,
    },
    /// Adds to a campaign's reserve out of what the treasury is owed.
    FundCampaign {
        /// Which.
        campaign: u32,
        /// Base units.
        amount: Uint128,
    },
    /// Ends a campaign; its reserve returns to the treasury.
    EndCampaign {
        /// Which.
        campaign: u32,
    },
    /// Publishes the root of a campaign's next round.
    Publish(PublicationMsg),
    /// Takes a root back before its window is over.
    Revoke {
        /// The campaign.
        campaign: u32,
        /// Its round.
        round: u32,
    },
    /// Returns what nobody claimed of a round whose window is over.
    ReturnRest {
        /// The campaign.
        campaign: u32,
        /// Its round.
        round: u32,
    },
    /// Pays a leaf to the account that it names.
    ClaimLeaf {
        /// The account.
        address: String,
        /// The leaf and its proof.
        leaf: LeafMsg,
    },
    /// Replaces the parameters.
    UpdateParams {
        /// The new ones.
        params: ParamsMsg,
    },
    /// Pauses what is no exit; the governor only.
    Pause {
        /// Seconds since 1970: the first second without the pause.
        until: u64,
    },
}

/// What may be queried.
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The rules' parameters.
    #[returns(ParamsMsg)]
    Params {},
    /// Emission so far.
    #[returns(EmissionResponse)]
    Emission {},
    /// What a claim would pay.
    #[returns(Uint128)]
    Owed {
        /// Whose account.
        address: String,
        /// (topic, uid) pairs of slots to count in.
        slots: Vec<(u16, u16)>,
    },
    /// A validator's take and index.
    #[returns(ValidatorResponse)]
    Validator {
        /// Which.
        address: String,
    },
    /// A campaign.
    #[returns(Option<campaigns::CampaignResponse>)]
    Campaign {
        /// Its number.
        campaign: u32,
    },
    /// Campaigns by number.
    #[returns(campaigns::CampaignsResponse)]
    Campaigns {
        /// The last number of the page before.
        start_after: Option<u32>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// A round of a campaign.
    #[returns(Option<campaigns::RoundResponse>)]
    Round {
        /// The campaign.
        campaign: u32,
        /// The round.
        round: u32,
    },
    /// Whether a leaf was claimed.
    #[returns(bool)]
    LeafClaimed {
        /// The campaign.
        campaign: u32,
        /// The round.
        round: u32,
        /// The leaf.
        index: u32,
    },
    /// What claiming a leaf now would pay; refused as the claim would be.
    #[returns(Uint128)]
    Claimable {
        /// The account that it names.
        address: String,
        /// The leaf and its proof.
        leaf: LeafMsg,
    },
    /// A grant.
    #[returns(Option<GrantResponse>)]
    Grant {
        /// Whose.
        address: String,
        /// Which of its grants.
        number: u32,
    },
}

/// Emission so far.
#[cw_serde]
pub struct EmissionResponse {
    /// Supply that exists or is owed, base units.
    pub issued: Uint128,
    /// Owed and not claimed, base units.
    pub unclaimed: Uint128,
    /// The block up to which it is accrued.
    pub last: u64,
}

/// A validator.
#[cw_serde]
pub struct ValidatorResponse {
    /// The part of its dividends that it keeps.
    pub take: Decimal,
    /// Whole base units owed per unit of power, since the beginning.
    pub index: Uint128,
    /// The index's 64 fractional bits.
    pub index_part: u64,
    /// Dividends that wait for power.
    pub waiting: Uint128,
}

/// A grant.
#[cw_serde]
pub struct GrantResponse {
    /// Base units.
    pub total: Uint128,
    /// Earned so far.
    pub earned: Uint128,
    /// Claimed so far.
    pub claimed: Uint128,
}

/// The rulebook's genesis of rewards.
///
/// # Errors
/// An address, amount or fraction that cannot be.
pub fn genesis(book: &dyn Accounts, msg: &InstantiateMsg, start: Height) -> Result<Genesis, Error> {
    let grant = |grant: &GrantMsg| {
        let terms = Grant {
            total: amount(grant.total)?,
            start: Timestamp::new(grant.start),
            cliff: Timestamp::new(grant.cliff),
            end: Timestamp::new(grant.end),
            claimed: Amount::ZERO,
        };
        Ok((book.account(&grant.address)?, terms))
    };
    Ok(Genesis {
        params: params(&msg.params)?,
        supply: amount(msg.supply)?,
        start,
        weights: msg.weights.clone(),
        grants: msg.grants.iter().map(grant).collect::<Result<_, Error>>()?,
        airdrops: msg.airdrops.iter().map(campaigns::airdrop).collect::<Result<_, Error>>()?,
    })
}

/// The rulebook's parameters.
///
/// # Errors
/// An amount or fraction that cannot be.
pub fn params(msg: &ParamsMsg) -> Result<Params, Error> {
    let curve = match &msg.schedule.curve {
        CurveMsg::Constant {} => Curve::Constant,
        CurveMsg::HalvingByInterval { interval } => {
            Curve::HalvingByInterval { interval: *interval }
        }
        CurveMsg::HalvingBySupply {} => Curve::HalvingBySupply,
        CurveMsg::ExponentialDecay { ratio, interval } => {
            Curve::ExponentialDecay { ratio: fraction(*ratio)?, interval: *interval }
        }
    };
    Ok(Params {
        schedule: Schedule {
            per_block: amount(msg.schedule.per_block)?,
            curve,
            tail: amount(msg.schedule.tail)?,
            cap: amount(msg.schedule.cap)?,
        },
        treasury_cut: fraction(msg.treasury_cut)?,
    })
}

/// The parameters as a message.
pub fn params_message(params: &Params) -> ParamsMsg {
    let Schedule { per_block, curve, tail, cap } = params.schedule;
    let curve = match curve {
        Curve::Constant => CurveMsg::Constant {},
        Curve::HalvingByInterval { interval } => CurveMsg::HalvingByInterval { interval },
        Curve::HalvingBySupply => CurveMsg::HalvingBySupply {},
        Curve::ExponentialDecay { ratio, interval } => {
            CurveMsg::ExponentialDecay { ratio: decimal(ratio.parts().into()), interval }
        }
    };
    let schedule = ScheduleMsg {
        per_block: per_block.units().into(),
        curve,
        tail: tail.units().into(),
        cap: cap.units().into(),
    };
    ParamsMsg { schedule, treasury_cut: decimal(params.treasury_cut.parts().into()) }
}

/// The command that a message means; `None` for `wire`, which is the contract's own.
///
/// # Errors
/// An address, amount, fraction or distribution that cannot be.
pub fn command(
    book: &dyn Accounts,
    names: &dyn Names,
    msg: ExecuteMsg,
) -> Result<Option<Command>, Error> {
    Ok(Some(match msg {
        ExecuteMsg::Wire(_) => return Ok(None),
        ExecuteMsg::Distribute { distribution } => {
            let distribution = decode(names, &distribution);
            Command::Distribute(distribution.ok_or(protocol::MALFORMED.bare())?)
        }
        ExecuteMsg::Vacate { topic, uid, who } => {
            Command::Vacate { topic, uid, who: book.account(&who)? }
        }
        ExecuteMsg::Claim { slots } => Command::Claim { slots },
        ExecuteMsg::Pay { to, amount: a } => {
            Command::Pay { to: book.account(&to)?, amount: amount(a)? }
        }
        ExecuteMsg::SetTake { take } => Command::SetTake { take: fraction(take)? },
        ExecuteMsg::Allocate { topic, weight } => Command::Allocate { topic, weight },
        ExecuteMsg::ClaimVested { number } => Command::ClaimVested { number },
        ExecuteMsg::Pause { until } => Command::Pause { until: Timestamp::new(until) },
        ExecuteMsg::OpenCampaign { terms, budget } => Command::OpenCampaign {
            terms: campaigns::terms(book, &terms)?,
            budget: amount(budget)?,
        },
        ExecuteMsg::FundCampaign { campaign, amount: a } => {
            Command::FundCampaign { campaign, amount: amount(a)? }
        }
        ExecuteMsg::EndCampaign { campaign } => Command::EndCampaign { campaign },
        ExecuteMsg::Publish(msg) => Command::Publish(campaigns::publication(&msg)?),
        ExecuteMsg::Revoke { campaign, round } => Command::Revoke { campaign, round },
        ExecuteMsg::ReturnRest { campaign, round } => Command::ReturnRest { campaign, round },
        ExecuteMsg::ClaimLeaf { address, leaf } => {
            Command::ClaimLeaf { who: book.account(&address)?, leaf: campaigns::leaf(&leaf)? }
        }
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
        Command::Distribute(distribution) => {
            ExecuteMsg::Distribute { distribution: encode(names, distribution).into() }
        }
        Command::Vacate { topic, uid, who } => {
            ExecuteMsg::Vacate { topic: *topic, uid: *uid, who: book.address(*who)? }
        }
        Command::Claim { slots } => ExecuteMsg::Claim { slots: slots.clone() },
        Command::Pay { to, amount } => {
            ExecuteMsg::Pay { to: book.address(*to)?, amount: amount.units().into() }
        }
        Command::SetTake { take } => ExecuteMsg::SetTake { take: decimal(take.parts().into()) },
        Command::Allocate { topic, weight } => {
            ExecuteMsg::Allocate { topic: *topic, weight: *weight }
        }
        Command::ClaimVested { number } => ExecuteMsg::ClaimVested { number: *number },
        Command::Pause { until } => ExecuteMsg::Pause { until: until.get() },
        Command::OpenCampaign { terms, budget } => ExecuteMsg::OpenCampaign {
            terms: campaigns::terms_message(book, terms)?,
            budget: budget.units().into(),
        },
        Command::FundCampaign { campaign, amount } => {
            ExecuteMsg::FundCampaign { campaign: *campaign, amount: amount.units().into() }
        }
        Command::EndCampaign { campaign } => ExecuteMsg::EndCampaign { campaign: *campaign },
        Command::Publish(publication) => {
            ExecuteMsg::Publish(campaigns::publication_message(publication))
        }
        Command::Revoke { campaign, round } => {
            ExecuteMsg::Revoke { campaign: *campaign, round: *round }
        }
        Command::ReturnRest { campaign, round } => {
            ExecuteMsg::ReturnRest { campaign: *campaign, round: *round }
        }
        Command::ClaimLeaf { who, leaf } => ExecuteMsg::ClaimLeaf {
            address: book.address(*who)?,
            leaf: campaigns::leaf_message(leaf),
        },
        Command::UpdateParams { params } => {
            ExecuteMsg::UpdateParams { params: params_message(params) }
        }
    })
}
