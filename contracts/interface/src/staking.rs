//! Staking: stake, notice tiers, delegation, power. Answers cw4's and DAO DAO's
//! voting-module queries.

use crate::{
    Accounts, Contracts, Error,
    accounts::{amount, decimal, fraction, multiplier, optional, optional_address},
    read_payload,
};
use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Decimal, Uint128};
use cw2::ContractVersion;
use cw20::Cw20ReceiveMsg;
use protocol::{
    Timestamp,
    staking::{Asset, Command, Params, Slashed, Tier},
};

/// A notice tier.
#[cw_serde]
pub struct TierMsg {
    /// Seconds from unstaking to claiming.
    pub notice: u64,
    /// Power per unit of stake, at least 1; at most 9 digits.
    pub multiplier: Decimal,
}

/// What becomes of slashed stake after the bounty.
#[cw_serde]
pub enum SlashedMsg {
    /// Destroyed.
    Burned,
    /// Paid to the treasury.
    ToTreasury,
}

/// The rules' parameters.
#[cw_serde]
pub struct ParamsMsg {
    /// The native denom that is staked; the token where absent.
    pub denom: Option<String>,
    /// Notice tiers by index, at most 8.
    pub tiers: Vec<TierMsg>,
    /// The most that may be bonded in all: the asset's largest supply, base units.
    pub max_stake: Uint128,
    /// cw4's weight is floor(power / unit).
    pub unit: Uint128,
    /// The part of a slash that goes to who proved the fault.
    pub bounty: Decimal,
    /// What becomes of the rest.
    pub slashed: SlashedMsg,
}

/// Makes a staking contract.
#[cw_serde]
pub struct InstantiateMsg {
    /// The rules' parameters.
    pub params: ParamsMsg,
}

/// What may be asked of staking.
#[cw_serde]
pub enum ExecuteMsg {
    /// Tells the other contracts' addresses; once, by the instantiator.
    Wire(Contracts),
    /// cw20's notice of a `send`; the token only.
    Receive(Cw20ReceiveMsg),
    /// Bonds the attached native coins.
    Stake {
        /// Index of the tier.
        tier: u8,
    },
    /// Moves the whole position to a tier of longer notice.
    Raise {
        /// Index of the tier.
        tier: u8,
    },
    /// Starts the notice for part of the stake.
    Unstake {
        /// Base units.
        amount: Uint128,
    },
    /// Pays out every unbonding whose notice is over.
    Claim {},
    /// Lends the whole power, or takes it back.
    Delegate {
        /// Absent: takes it back.
        to: Option<String>,
    },
    /// Pays out delegation rewards.
    ClaimRewards {},
    /// Takes part of an account's own stake.
    Slash {
        /// Whose.
        who: String,
        /// Base units.
        amount: Uint128,
        /// Who gets the bounty.
        informer: String,
    },
    /// Subscribes a contract to cw4's notices of changed weight.
    AddHook {
        /// The subscriber.
        addr: String,
    },
    /// Ends a subscription.
    RemoveHook {
        /// The subscriber.
        addr: String,
    },
    /// Replaces the parameters; the staked asset stays.
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
    /// An account's stake, tier and delegate.
    #[returns(StakeResponse)]
    Stake {
        /// Whose.
        address: String,
    },
    /// Stake on its way out.
    #[returns(UnbondingsResponse)]
    Unbondings {
        /// Whose.
        address: String,
    },
    /// Delegation rewards that a claim would pay now.
    #[returns(Uint128)]
    PendingRewards {
        /// Whose.
        address: String,
    },
    /// cw4: the weight of a member.
    #[returns(cw4::MemberResponse)]
    Member {
        /// Whose.
        addr: String,
        /// As of the end of the block before; now if absent.
        at_height: Option<u64>,
    },
    /// cw4: the weight of all.
    #[returns(cw4::TotalWeightResponse)]
    TotalWeight {
        /// As of the end of the block before; now if absent.
        at_height: Option<u64>,
    },
    /// cw4: members with weight.
    #[returns(cw4::MemberListResponse)]
    ListMembers {
        /// The last member of the page before.
        start_after: Option<String>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// cw4: the authority.
    #[returns(cw4::AdminResponse)]
    Admin {},
    /// cw4: subscribers.
    #[returns(cw4::HooksResponse)]
    Hooks {},
    /// DAO DAO: an account's voting power.
    #[returns(VotingPowerResponse)]
    VotingPowerAtHeight {
        /// Whose.
        address: String,
        /// As of the end of the block before; now if absent.
        height: Option<u64>,
    },
    /// DAO DAO: all voting power.
    #[returns(VotingPowerResponse)]
    TotalPowerAtHeight {
        /// As of the end of the block before; now if absent.
        height: Option<u64>,
    },
    /// What an account has by itself and what it received, apart.
    #[returns(StandingResponse)]
    StandingAtHeight {
        /// Whose.
        address: String,
        /// As of the end of the block before.
        height: u64,
    },
    /// DAO DAO: contract and version.
    #[returns(InfoResponse)]
    Info {},
    /// DAO DAO: the DAO that this serves: the authority.
    #[returns(cosmwasm_std::Addr)]
    Dao {},
    /// DAO DAO: whether power can be read.
    #[returns(bool)]
    IsActive {},
    /// DAO DAO: the token that is staked; refused where coins are.
    #[returns(cosmwasm_std::Addr)]
    TokenContract {},
    /// DAO DAO: the coin that is staked; refused where the token is.
    #[returns(DenomResponse)]
    Denom {},
}

/// An account's stake.
#[cw_serde]
pub struct StakeResponse {
    /// Bonded base units.
    pub bonded: Uint128,
    /// Index of its notice tier.
    pub tier: u8,
    /// Its own power.
    pub own_power: Uint128,
    /// Who votes with it; absent: the account itself.
    pub delegate: Option<String>,
    /// Power received from others.
    pub received_power: Uint128,
    /// What it votes with: own unless lent, and received.
    pub voting_power: Uint128,
}

/// One amount on its way out.
#[cw_serde]
pub struct UnbondingResponse {
    /// Base units.
    pub amount: Uint128,
    /// Seconds since 1970 from which it may be claimed.
    pub at: u64,
}

/// Stake on its way out, oldest first.
#[cw_serde]
pub struct UnbondingsResponse {
    /// At most 32.
    pub unbondings: Vec<UnbondingResponse>,
}

/// An account's power at a height, by where it comes from.
#[cw_serde]
pub struct StandingResponse {
    /// Its own power.
    pub own_power: Uint128,
    /// Who votes with that; absent: the account itself.
    pub delegate: Option<String>,
    /// Power received from others.
    pub received_power: Uint128,
}

/// DAO DAO's answer about power.
#[cw_serde]
pub struct VotingPowerResponse {
    /// The power.
    pub power: Uint128,
    /// The height that was asked for.
    pub height: u64,
}

/// DAO DAO's answer about the contract.
#[cw_serde]
pub struct InfoResponse {
    /// Name and version, as cw2 stores them.
    pub info: ContractVersion,
}

/// DAO DAO's answer about the staked coin.
#[cw_serde]
pub struct DenomResponse {
    /// Its name on the chain.
    pub denom: String,
}

/// The rulebook's parameters.
///
/// # Errors
/// A multiplier or fraction finer than 9 digits, or too large.
pub fn params(msg: &ParamsMsg) -> Result<Params, Error> {
    let tier =
        |tier: &TierMsg| Ok(Tier { notice: tier.notice, multiplier: multiplier(tier.multiplier)? });
    Ok(Params {
        asset: msg.denom.as_ref().map_or(Asset::Token, |_| Asset::Native),
        tiers: msg.tiers.iter().map(tier).collect::<Result<_, Error>>()?,
        max_stake: amount(msg.max_stake)?,
        unit: msg.unit.u128(),
        bounty: fraction(msg.bounty)?,
        slashed: match msg.slashed {
            SlashedMsg::Burned => Slashed::Burned,
            SlashedMsg::ToTreasury => Slashed::ToTreasury,
        },
    })
}

/// The parameters as a message; `denom` is the contract's, where it stakes coins.
pub fn params_message(params: &Params, denom: Option<String>) -> ParamsMsg {
    let tier = |tier: &Tier| TierMsg { notice: tier.notice, multiplier: decimal(tier.multiplier) };
    ParamsMsg {
        denom,
        tiers: params.tiers.iter().map(tier).collect(),
        max_stake: params.max_stake.units().into(),
        unit: params.unit.into(),
        bounty: decimal(params.bounty.parts().into()),
        slashed: match params.slashed {
            Slashed::Burned => SlashedMsg::Burned,
            Slashed::ToTreasury => SlashedMsg::ToTreasury,
        },
    }
}

/// The command that a message means; `None` for `wire`, which is the contract's own.
///
/// # Errors
/// An address, amount or fraction that cannot be.
pub fn command(book: &dyn Accounts, msg: ExecuteMsg) -> Result<Option<Command>, Error> {
    Ok(Some(match msg {
        ExecuteMsg::Wire(_) => return Ok(None),
        ExecuteMsg::Receive(notice) => Command::Receive {
            from: book.account(&notice.sender)?,
            amount: amount(notice.amount)?,
            payload: read_payload(&notice.msg),
        },
        ExecuteMsg::Stake { tier } => Command::Stake { tier },
        ExecuteMsg::Raise { tier } => Command::Raise { tier },
        ExecuteMsg::Unstake { amount: a } => Command::Unstake { amount: amount(a)? },
        ExecuteMsg::Claim {} => Command::Claim,
        ExecuteMsg::Delegate { to } => Command::Delegate { to: optional(book, to.as_deref())? },
        ExecuteMsg::ClaimRewards {} => Command::ClaimRewards,
        ExecuteMsg::Slash { who, amount: a, informer } => Command::Slash {
            who: book.account(&who)?,
            amount: amount(a)?,
            informer: book.account(&informer)?,
        },
        ExecuteMsg::AddHook { addr } => Command::AddHook { hook: book.account(&addr)? },
        ExecuteMsg::RemoveHook { addr } => Command::RemoveHook { hook: book.account(&addr)? },
        ExecuteMsg::Pause { until } => Command::Pause { until: Timestamp::new(until) },
        ExecuteMsg::UpdateParams { params: msg } => Command::UpdateParams { params: params(&msg)? },
    }))
}

/// The message that means a command.
///
/// # Errors
/// A handle without an address; `Failed`, which no message carries.
pub fn message(book: &dyn Accounts, command: &Command) -> Result<ExecuteMsg, Error> {
    Ok(match command {
        Command::Receive { from, amount, payload } => ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: book.address(*from)?,
            amount: amount.units().into(),
            msg: crate::payload(payload)?,
        }),
        Command::Stake { tier } => ExecuteMsg::Stake { tier: *tier },
        Command::Raise { tier } => ExecuteMsg::Raise { tier: *tier },
        Command::Unstake { amount } => ExecuteMsg::Unstake { amount: amount.units().into() },
        Command::Claim => ExecuteMsg::Claim {},
        Command::Delegate { to } => ExecuteMsg::Delegate { to: optional_address(book, *to)? },
        Command::ClaimRewards => ExecuteMsg::ClaimRewards {},
        Command::Slash { who, amount, informer } => ExecuteMsg::Slash {
            who: book.address(*who)?,
            amount: amount.units().into(),
            informer: book.address(*informer)?,
        },
        Command::AddHook { hook } => ExecuteMsg::AddHook { addr: book.address(*hook)? },
        Command::RemoveHook { hook } => ExecuteMsg::RemoveHook { addr: book.address(*hook)? },
        Command::Pause { until } => ExecuteMsg::Pause { until: until.get() },
        Command::UpdateParams { params } => {
            let denom = matches!(params.asset, Asset::Native).then(String::new);
            ExecuteMsg::UpdateParams { params: params_message(params, denom) }
        }
        Command::Failed { .. } => return Err(protocol::NOT_AUTHORISED.bare().into()),
    })
}
