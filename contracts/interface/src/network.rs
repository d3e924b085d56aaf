//! The scoring network: topics, slots, weights, epochs.

use crate::{
    Accounts, Contracts, Error,
    accounts::{amount, decimal, fraction, optional, optional_address},
    read_payload,
};
use cosmwasm_schema::{QueryResponses, cw_serde};
use cosmwasm_std::{Decimal, Uint128};
use cw20::Cw20ReceiveMsg;
use protocol::{
    Height, Power, Timestamp,
    network::{
        Command, Electorate, Genesis, Liquid, PriceParams, Scoring, TopicGenesis, TopicParams,
        YumaVariant,
    },
};

/// How a topic's weights become scores.
#[cw_serde]
pub enum ScoringMsg {
    /// Stake-weighted mean.
    Mean {},
    /// Yuma consensus.
    Yuma {
        /// Majority, in parts of 65535.
        kappa: u16,
        /// Memory of bonds, in parts of 10^6.
        bonds_moving_average: u32,
        /// How far bonds follow the clipped weight, in parts of 65535.
        bonds_penalty: u16,
        /// The form of the bonds.
        variant: YumaVariantMsg,
    },
    /// Pay by what meters measured.
    Metered {
        /// Majority, in parts of 65535.
        kappa: u16,
        /// The part of a score kept each epoch, in parts of 10^6.
        decay: u32,
        /// The largest share of the contributors' part, in parts of 65535.
        cap: u16,
        /// The multiplier of full seniority, in hundredths.
        top_multiplier: u16,
        /// Blocks since registration after which seniority is full.
        ramp: u64,
    },
    /// Inferences combined by regret; rows report losses.
    Synthesis {
        /// How much of a new regret enters the average, in parts of 10^6.
        alpha: u32,
    },
}

/// The form of Yuma's bonds.
#[cw_serde]
pub enum YumaVariantMsg {
    /// Shares of stake-weighted weights, renormalised each epoch.
    Classic {},
    /// Each validator's own weights, averaged.
    Yuma3 {
        /// Averaging by element; absent: the moving average everywhere.
        liquid: Option<LiquidMsg>,
    },
}

/// Liquid alpha.
#[cw_serde]
pub struct LiquidMsg {
    /// Alpha far below the middle of the sigmoid, in parts of 65535.
    pub alpha_low: u16,
    /// Alpha far above it, in parts of 65535.
    pub alpha_high: u16,
    /// Slope of the sigmoid in hundredths.
    pub steepness: u16,
}

/// Whose weights count.
#[cw_serde]
pub struct ElectorateMsg {
    /// Permits issued an epoch, to the largest powers among those who submit.
    pub max_validators: u16,
    /// Blocks after its last submission for which a slot counts.
    pub activity_cutoff: u64,
    /// Power below this counts as none.
    pub stake_threshold: Uint128,
}

/// The price of a slot.
#[cw_serde]
pub struct PriceMsg {
    /// The lowest price, base units.
    pub floor: Uint128,
    /// The highest price, base units.
    pub ceiling: Uint128,
    /// What a registration adds to the price.
    pub rise: Decimal,
    /// Blocks in which it halves.
    pub half_life: u64,
}

/// A topic's parameters.
#[cw_serde]
pub struct TopicMsg {
    /// Who gets the owner's cut.
    pub owner: Option<String>,
    /// How weights become scores.
    pub scoring: ScoringMsg,
    /// Whose weights count.
    pub electorate: ElectorateMsg,
    /// Blocks from one close to the next.
    pub tempo: u64,
    /// Slots, validators included.
    pub slots: u16,
    /// Blocks in which a new slot is pruned only after all others.
    pub immunity: u64,
    /// The price of a slot.
    pub price: PriceMsg,
    /// The owner's cut of each distribution.
    pub owner_cut: Decimal,
    /// The contributors' part of what is left after it.
    pub contributors: Decimal,
    /// Paid for closing a page, base units.
    pub page_fee: Uint128,
}

/// A topic that exists from the beginning.
#[cw_serde]
pub struct TopicGenesisMsg {
    /// Its parameters.
    pub params: TopicMsg,
    /// Holders of its first slots, in order.
    pub holders: Vec<String>,
}

/// Makes a network.
#[cw_serde]
pub struct InstantiateMsg {
    /// Topics that exist from the beginning.
    pub topics: Vec<TopicGenesisMsg>,
}

/// What may be asked of the network.
#[cw_serde]
pub enum ExecuteMsg {
    /// Tells the other contracts' addresses; once, by the instantiator.
    Wire(Contracts),
    /// cw20's notice of a `send`; the token only.
    Receive(Cw20ReceiveMsg),
    /// Opens a topic.
    CreateTopic {
        /// Its parameters.
        params: TopicMsg,
        /// Its weight in the emission.
        weight: u64,
    },
    /// Changes a topic from the next epoch on.
    UpdateTopic {
        /// Which.
        topic: u16,
        /// The new parameters.
        params: TopicMsg,
    },
    /// Gives the sender's slot up.
    Leave {
        /// The topic.
        topic: u16,
    },
    /// Replaces the sender's row of weights.
    SubmitWeights {
        /// The topic.
        topic: u16,
        /// (uid, weight) pairs, ascending.
        weights: Vec<(u16, u16)>,
    },
    /// Closes the due epoch, or continues to.
    Close {
        /// The topic.
        topic: u16,
        /// Bond rows to write at most.
        rows: u16,
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
    /// A topic.
    #[returns(TopicResponse)]
    Topic {
        /// Its number.
        topic: u16,
    },
    /// Topics by number.
    #[returns(TopicsResponse)]
    Topics {
        /// The last number of the page before.
        start_after: Option<u16>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// A slot.
    #[returns(SlotResponse)]
    Slot {
        /// The topic.
        topic: u16,
        /// The slot.
        uid: u16,
    },
    /// Slots by number.
    #[returns(SlotsResponse)]
    Slots {
        /// The topic.
        topic: u16,
        /// The last slot of the page before.
        start_after: Option<u16>,
        /// 10 if absent, 30 at most.
        limit: Option<u32>,
    },
    /// The slot of an account.
    #[returns(Option<u16>)]
    Uid {
        /// The topic.
        topic: u16,
        /// Whose.
        address: String,
    },
    /// The row that a slot submitted, scaled.
    #[returns(RowResponse)]
    Weights {
        /// The topic.
        topic: u16,
        /// The slot.
        uid: u16,
    },
    /// A validator's bonds.
    #[returns(RowResponse)]
    Bonds {
        /// The topic.
        topic: u16,
        /// The slot.
        uid: u16,
    },
    /// What a slot costs now, base units.
    #[returns(Uint128)]
    Price {
        /// The topic.
        topic: u16,
    },
}

/// A topic.
#[cw_serde]
pub struct TopicResponse {
    /// Its number.
    pub topic: u16,
    /// Its parameters.
    pub params: TopicMsg,
    /// Slots that are held.
    pub held: u16,
    /// Epochs closed.
    pub epoch: u64,
    /// The block of the last close.
    pub last_close: u64,
    /// The block from which the next is due.
    pub due: u64,
    /// Bond rows that the close in progress has written; absent between epochs.
    pub closing: Option<u16>,
}

/// Topics.
#[cw_serde]
pub struct TopicsResponse {
    /// Ascending.
    pub topics: Vec<TopicResponse>,
}

/// A slot.
#[cw_serde]
pub struct SlotResponse {
    /// Its number.
    pub uid: u16,
    /// Who holds it.
    pub holder: Option<String>,
    /// When it was registered; absent where vacant.
    pub registered: Option<u64>,
    /// When its holder last submitted weights; 0 where there are none that count.
    pub updated: u64,
    /// Incentive plus dividend at the last close, in 32 fractional bits.
    pub score: u32,
    /// Whether it validates in this epoch.
    pub permit: bool,
}

/// Slots.
#[cw_serde]
pub struct SlotsResponse {
    /// Ascending.
    pub slots: Vec<SlotResponse>,
}

/// A row of weights or bonds.
#[cw_serde]
pub struct RowResponse {
    /// (uid, value) pairs, ascending; absent equals zero.
    pub row: Vec<(u16, u16)>,
}

/// The rulebook's genesis of a network.
///
/// # Errors
/// An address, amount or fraction that cannot be.
pub fn genesis(book: &dyn Accounts, msg: &InstantiateMsg, start: Height) -> Result<Genesis, Error> {
    let topic = |topic: &TopicGenesisMsg| {
        let holders = topic.holders.iter().map(|holder| book.account(holder));
        Ok(TopicGenesis {
            params: params(book, &topic.params)?,
            holders: holders.collect::<Result<_, Error>>()?,
        })
    };
    let topics = msg.topics.iter().map(topic).collect::<Result<_, Error>>()?;
    Ok(Genesis { topics, start })
}

/// The rulebook's parameters of a topic.
///
/// # Errors
/// An address, amount or fraction that cannot be.
pub fn params(book: &dyn Accounts, msg: &TopicMsg) -> Result<TopicParams, Error> {
    Ok(TopicParams {
        owner: optional(book, msg.owner.as_deref())?,
        scoring: scoring(&msg.scoring),
        electorate: Electorate {
            max_validators: msg.electorate.max_validators,
            activity_cutoff: msg.electorate.activity_cutoff,
            stake_threshold: Power::new(msg.electorate.stake_threshold.u128()),
        },
        tempo: msg.tempo,
        slots: msg.slots,
        immunity: msg.immunity,
        price: PriceParams {
            floor: amount(msg.price.floor)?,
            ceiling: amount(msg.price.ceiling)?,
            rise: fraction(msg.price.rise)?,
            half_life: msg.price.half_life,
        },
        owner_cut: fraction(msg.owner_cut)?,
        contributors: fraction(msg.contributors)?,
        page_fee: amount(msg.page_fee)?,
    })
}

/// A topic's parameters as a message.
///
/// # Errors
/// An owner without an address.
pub fn params_message(book: &dyn Accounts, params: &TopicParams) -> Result<TopicMsg, Error> {
    Ok(TopicMsg {
        owner: optional_address(book, params.owner)?,
        scoring: scoring_message(&params.scoring),
        electorate: ElectorateMsg {
            max_validators: params.electorate.max_validators,
            activity_cutoff: params.electorate.activity_cutoff,
            stake_threshold: params.electorate.stake_threshold.units().into(),
        },
        tempo: params.tempo,
        slots: params.slots,
        immunity: params.immunity,
        price: PriceMsg {
            floor: params.price.floor.units().into(),
            ceiling: params.price.ceiling.units().into(),
            rise: decimal(params.price.rise.parts().into()),
            half_life: params.price.half_life,
        },
        owner_cut: decimal(params.owner_cut.parts().into()),
        contributors: decimal(params.contributors.parts().into()),
        page_fee: params.page_fee.units().into(),
    })
}

fn scoring(msg: &ScoringMsg) -> Scoring {
    match *msg {
        ScoringMsg::Mean {} => Scoring::Mean,
        ScoringMsg::Yuma { kappa, bonds_moving_average, bonds_penalty, ref variant } => {
            let variant = match variant {
                YumaVariantMsg::Classic {} => YumaVariant::Classic,
                YumaVariantMsg::Yuma3 { liquid } => {
                    YumaVariant::Yuma3 { liquid: liquid.as_ref().map(read_liquid) }
                }
            };
            Scoring::Yuma { kappa, bonds_moving_average, bonds_penalty, variant }
        }
        ScoringMsg::Metered { kappa, decay, cap, top_multiplier, ramp } => {
            Scoring::Metered { kappa, decay, cap, top_multiplier, ramp }
        }
        ScoringMsg::Synthesis { alpha } => Scoring::Synthesis { alpha },
    }
}

fn scoring_message(scoring: &Scoring) -> ScoringMsg {
    match *scoring {
        Scoring::Mean => ScoringMsg::Mean {},
        Scoring::Yuma { kappa, bonds_moving_average, bonds_penalty, variant } => {
            let variant = match variant {
                YumaVariant::Classic => YumaVariantMsg::Classic {},
                YumaVariant::Yuma3 { liquid } => {
                    YumaVariantMsg::Yuma3 { liquid: liquid.map(liquid_message) }
                }
            };
            ScoringMsg::Yuma { kappa, bonds_moving_average, bonds_penalty, variant }
        }
        Scoring::Metered { kappa, decay, cap, top_multiplier, ramp } => {
            ScoringMsg::Metered { kappa, decay, cap, top_multiplier, ramp }
        }
        Scoring::Synthesis { alpha } => ScoringMsg::Synthesis { alpha },
    }
}

fn read_liquid(msg: &LiquidMsg) -> Liquid {
    let LiquidMsg { alpha_low, alpha_high, steepness } = *msg;
    Liquid { alpha_low, alpha_high, steepness }
}

fn liquid_message(liquid: Liquid) -> LiquidMsg {
    let Liquid { alpha_low, alpha_high, steepness } = liquid;
    LiquidMsg { alpha_low, alpha_high, steepness }
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
        ExecuteMsg::CreateTopic { params: msg, weight } => {
            Command::CreateTopic { params: params(book, &msg)?, weight }
        }
        ExecuteMsg::Pause { until } => Command::Pause { until: Timestamp::new(until) },
        ExecuteMsg::UpdateTopic { topic, params: msg } => {
            Command::UpdateTopic { topic, params: params(book, &msg)? }
        }
        ExecuteMsg::Leave { topic } => Command::Leave { topic },
        ExecuteMsg::SubmitWeights { topic, weights } => Command::Submit { topic, weights },
        ExecuteMsg::Close { topic, rows } => Command::Close { topic, rows },
    }))
}

/// The message that means a command.
///
/// # Errors
/// A handle without an address.
pub fn message(book: &dyn Accounts, command: &Command) -> Result<ExecuteMsg, Error> {
    Ok(match command {
        Command::Receive { from, amount, payload } => ExecuteMsg::Receive(Cw20ReceiveMsg {
            sender: book.address(*from)?,
            amount: amount.units().into(),
            msg: crate::payload(payload)?,
        }),
        Command::CreateTopic { params, weight } => {
            ExecuteMsg::CreateTopic { params: params_message(book, params)?, weight: *weight }
        }
        Command::Pause { until } => ExecuteMsg::Pause { until: until.get() },
        Command::UpdateTopic { topic, params } => {
            ExecuteMsg::UpdateTopic { topic: *topic, params: params_message(book, params)? }
        }
        Command::Leave { topic } => ExecuteMsg::Leave { topic: *topic },
        Command::Submit { topic, weights } => {
            ExecuteMsg::SubmitWeights { topic: *topic, weights: weights.clone() }
        }
        Command::Close { topic, rows } => ExecuteMsg::Close { topic: *topic, rows: *rows },
    })
}
