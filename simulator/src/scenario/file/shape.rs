//! The keys of a scenario file.

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, schema_for};
use serde::Deserialize;

use super::governance::{GovernanceShape, TreasuryShape};
use super::happening::EventShape;
use super::people::PopulationShape;
use super::quantity::{Duration, Part, Tokens};

/// A season to rehearse.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ScenarioShape {
    /// Another scenario file, relative to this one, on which this one is laid: tables are
    /// merged key by key, everything else is replaced.
    #[expect(dead_code, reason = "taken out before; here for the schema")]
    pub(super) extends: Option<String>,
    /// An incident's file has it instead of a network; see `incident`.
    #[expect(dead_code, reason = "looked for before; here to be suggested")]
    #[schemars(skip)]
    #[serde(default)]
    pub(super) foreign: Option<toml::Table>,
    /// One line.
    pub(super) title: String,
    /// What the run is to answer.
    pub(super) question: String,
    /// What it takes for granted.
    pub(super) assumptions: Vec<String>,
    /// What the author expects to see, written before running.
    pub(super) expected: String,
    /// What the run does not show.
    #[serde(default)]
    pub(super) limits: Vec<String>,
    /// The seed of everything drawn; below 2^63.
    #[serde(default = "one")]
    #[schemars(range(max = 9_223_372_036_854_775_807u64))]
    pub(super) seed: u64,
    /// How many runs there are unless the command says otherwise.
    #[serde(default = "ten")]
    pub(super) seeds: u32,
    /// Epochs to run.
    pub(super) epochs: u64,
    /// Whether each seed is run a second time with every deviating behaviour made honest.
    #[serde(default)]
    pub(super) compare_with_honest: bool,
    /// A real network's stakes and weights, relative to this file.
    pub(super) snapshot: Option<String>,
    /// Block times.
    pub(super) clock: ClockShape,
    /// What is staked, emitted and paid.
    pub(super) token: TokenShape,
    /// How stake becomes power.
    pub(super) staking: StakingShape,
    /// What is minted.
    pub(super) emission: EmissionShape,
    /// Topics by name, numbered in order.
    #[schemars(with = "std::collections::BTreeMap<String, TopicShape>")]
    pub(super) topics: IndexMap<String, TopicShape>,
    /// Who takes part, by name; slots are given out in order.
    #[schemars(with = "std::collections::BTreeMap<String, PopulationShape>")]
    pub(super) populations: IndexMap<String, PopulationShape>,
    /// Who decides, and by which rules; with it goes `treasury`.
    pub(super) governance: Option<GovernanceShape>,
    /// What the treasury has, and may pay; with it goes `governance`.
    pub(super) treasury: Option<TreasuryShape>,
    /// A constant-product pool in which earned tokens are sold.
    pub(super) market: Option<MarketShape>,
    /// What happens, by epoch.
    #[serde(default)]
    pub(super) events: Vec<EventShape>,
    /// What must hold at the end.
    #[serde(default)]
    pub(super) expect: Vec<ExpectShape>,
    /// What is recorded.
    #[serde(default)]
    pub(super) trace: TraceShape,
}

const fn one() -> u64 {
    1
}

const fn ten() -> u32 {
    10
}

/// Block times.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClockShape {
    /// Time of block 0 in seconds since 1970.
    #[serde(default)]
    pub(super) genesis: u64,
    /// From block to block: whole seconds.
    pub(super) interval: Duration,
    /// Up to so much is added to a block's time, drawn; less than the interval.
    pub(super) jitter: Option<Duration>,
    /// Outages.
    #[serde(default)]
    pub(super) halts: Vec<HaltShape>,
}

/// An outage.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HaltShape {
    /// The first block after it.
    pub(super) height: u64,
    /// How long it lasts.
    pub(super) lasts: Duration,
}

/// What is staked, emitted and paid.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TokenShape {
    /// What one token is called; the unit of amounts.
    pub(super) symbol: String,
    /// Base units of one token are 10^decimals; at most 18.
    pub(super) decimals: u8,
}

/// How stake becomes power.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StakingShape {
    /// What is staked; the token where absent.
    #[serde(default)]
    pub(super) asset: AssetShape,
    /// Notice tiers by index, the shortest notice first.
    pub(super) tiers: Vec<TierShape>,
    /// cw4's weight is floor(power / unit).
    pub(super) unit: Tokens,
    /// The part of a slash that goes to who proved the fault.
    pub(super) bounty: Part,
    /// What becomes of the rest.
    #[serde(default)]
    pub(super) slashed: SlashedShape,
}

/// What is staked.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum AssetShape {
    /// The token.
    #[default]
    Token,
    /// The chain's native coin.
    Native,
}

/// What becomes of slashed stake after the bounty.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum SlashedShape {
    /// Destroyed.
    #[default]
    Burned,
    /// Paid to the treasury.
    ToTreasury,
}

/// A notice tier.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TierShape {
    /// From unstaking to claiming.
    pub(super) notice: Duration,
    /// Power per unit of stake; at least 1.
    pub(super) multiplier: f64,
}

/// What is minted.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EmissionShape {
    /// In the first block.
    pub(super) per_block: Tokens,
    /// How that changes.
    #[serde(default)]
    pub(super) curve: CurveShape,
    /// Emitted at least in each block, until the cap.
    pub(super) tail: Option<Tokens>,
    /// The largest supply, genesis included.
    pub(super) cap: Tokens,
    /// The part of every emission that goes to the treasury first.
    pub(super) treasury_cut: Option<Part>,
}

/// How emission changes.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum CurveShape {
    /// The same in every block.
    #[default]
    Constant,
    /// Halved each time the interval has passed.
    HalvingByInterval {
        /// From one halving to the next.
        interval: Duration,
    },
    /// Halved when 1/2, 3/4, ... of the cap are issued.
    HalvingBySupply,
    /// Multiplied by the ratio each time the interval has passed.
    ExponentialDecay {
        /// Below 1.
        ratio: Part,
        /// From one step to the next.
        interval: Duration,
    },
}

/// A topic that exists from the start.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicShape {
    /// How weights become scores.
    pub(super) mechanism: MechanismShape,
    /// From one close to the next.
    pub(super) tempo: Duration,
    /// Slots, validators included.
    pub(super) slots: u16,
    /// While a slot is this new, all others are pruned first.
    pub(super) immunity: Duration,
    /// Permits issued an epoch, to the largest powers among those who submit.
    pub(super) max_validators: u16,
    /// A validator that has not submitted for so long does not count.
    pub(super) activity_cutoff: Duration,
    /// Power below this counts as none; in stake at multiplier 1.
    pub(super) stake_threshold: Option<Tokens>,
    /// The price of a slot.
    pub(super) price: PriceShape,
    /// Who owns the topic: a population, whose first member does; in a deployment an address.
    pub(super) owner: Option<String>,
    /// The owner's cut of each distribution.
    pub(super) owner_cut: Option<Part>,
    /// The contributors' part of what is left after it; validators get the rest.
    pub(super) contributors: Part,
    /// Paid for closing a page.
    pub(super) page_fee: Option<Tokens>,
    /// Bond rows that the keeper writes a page; all at once where absent.
    pub(super) rows_a_page: Option<u16>,
    /// Weight in the emission, against the other topics'.
    #[serde(default = "one")]
    pub(super) weight: u64,
}

/// How weights become scores.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum MechanismShape {
    /// Stake-weighted mean of the normalised rows.
    Mean,
    /// Yuma consensus.
    Yuma {
        /// The majority that a weight needs, by stake.
        kappa: Part,
        /// Memory of bonds: the part kept each epoch.
        bonds_moving_average: Part,
        /// How far bonds follow the clipped weight.
        bonds_penalty: Part,
        /// The form of the bonds.
        #[serde(default)]
        variant: VariantShape,
    },
    /// Pay by what meters measured.
    Metered {
        /// The majority that a measure needs, by stake.
        kappa: Part,
        /// Memory of scores: the part kept each epoch.
        decay: Part,
        /// The largest share that one contributor may have of their part; none where absent.
        cap: Option<Part>,
        /// What measured work counts for after the ramp, against work of who is new; 1 where
        /// absent.
        top_multiplier: Option<f64>,
        /// From registration to the top multiplier; at once where absent.
        ramp: Option<Duration>,
    },
    /// Inferences combined by regret; at most 32 validators, who report losses.
    Synthesis {
        /// How much of a new regret enters the average.
        alpha: Part,
    },
}

/// The form of Yuma's bonds.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum VariantShape {
    /// Shares of stake-weighted weights, renormalised each epoch.
    #[default]
    Classic,
    /// Each validator's own weights, averaged.
    Yuma3,
    /// The same with a rate of its own for each element.
    Yuma3Liquid {
        /// The lowest rate.
        alpha_low: Part,
        /// The highest rate.
        alpha_high: Part,
        /// Slope of the sigmoid between them.
        steepness: f64,
    },
}

/// The price of a slot.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PriceShape {
    /// The lowest price, and the first.
    pub(super) floor: Tokens,
    /// The highest price.
    pub(super) ceiling: Tokens,
    /// What a registration adds to it.
    pub(super) rise: Part,
    /// In which it halves.
    pub(super) half_life: Duration,
}

/// A constant-product pool.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MarketShape {
    /// Tokens in it at the start.
    pub(super) tokens: Tokens,
    /// The quote currency in it at the start, in units of 10^-6.
    pub(super) quote: u64,
    /// What a trade leaves in the pool.
    pub(super) fee: Part,
    /// Quote that outsiders pay for tokens each epoch, in units of 10^-6.
    pub(super) demand: u64,
    /// Deviation of its relative change each epoch.
    #[serde(default)]
    pub(super) volatility: f64,
}

/// What must hold at the end.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ExpectShape {
    /// A metric's name.
    pub(super) metric: String,
    /// How the seeds become one number: "mean", "median", "min", "max", or "p5" to "p99";
    /// the mean where absent.
    pub(super) over: Option<String>,
    /// How it is compared.
    #[schemars(extend("enum" = ["<", "<=", "==", "!=", ">=", ">"]))]
    pub(super) op: String,
    /// With what.
    pub(super) value: f64,
    /// Why the bound is where it is.
    #[serde(default)]
    pub(super) note: String,
}

/// What is recorded.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TraceShape {
    /// Aggregates are taken every so many epochs.
    #[serde(default = "one")]
    pub(super) every: u64,
    /// Whether each agent's row is written for the first seed.
    #[serde(default = "yes")]
    pub(super) agents: bool,
}

const fn yes() -> bool {
    true
}

impl Default for TraceShape {
    fn default() -> Self {
        Self { every: one(), agents: yes() }
    }
}

/// The JSON Schema of scenario files, for editors.
pub fn schema() -> Schema {
    schema_for!(ScenarioShape)
}
