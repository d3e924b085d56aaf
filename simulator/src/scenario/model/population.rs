//! Who takes part, and how they behave.

use protocol::{Amount, Fraction};

use super::Political;
use crate::random::Fixed;

/// A group of agents that are alike up to what is drawn for each.
///
/// One member is called as its group; more are called `name-0`, `name-1`, ...
#[derive(Clone, Debug, PartialEq)]
pub struct Population {
    /// The group's name, unique, and the first part of its metrics' names.
    pub name: String,
    /// What its members do in the network.
    pub role: Role,
    /// How they decide.
    pub behaviour: Behaviour,
    /// Which topic they work in.
    pub topic: u16,
    /// How many there are, and in which slots.
    pub places: Places,
    /// What each has bonded from the first block on, in base units.
    pub stake: Spread,
    /// What each holds besides, in base units.
    pub liquid: Spread,
    /// Index of the notice tier they bond in.
    pub tier: u8,
    /// The part of dividends kept before delegators; set in the first block.
    pub take: Option<Fraction>,
    /// The population whose members receive these members' power from the first block on, in
    /// turn.
    pub delegates_to: Option<String>,
    /// True quality of a contributor's work, 0 to 1.
    pub quality: QualitySpread,
    /// How that quality changes.
    pub drift: Drift,
    /// Earnings are claimed every so many epochs; 0 is never.
    pub claims_every: u32,
    /// The part of the free balance bonded after each claim.
    pub restakes: Fraction,
    /// The part of the free balance sold in the market after each claim.
    pub sells: Fraction,
    /// Whether all members are one entity behind many addresses.
    pub one_entity: bool,
}

/// What members do in the network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Hold a slot and submit weights.
    Validator,
    /// Hold a slot and are weighed.
    Contributor,
    /// Hold tokens, perhaps staked, perhaps delegated.
    Holder,
}

/// How many members there are, and in which slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Places {
    /// So many, in the next free slots (validators and contributors), or in none (holders).
    Count(u32),
    /// One in each of these slots.
    Slots(Vec<u16>),
    /// So many who hold no slot yet: they decide themselves whether to register.
    Outside(u32),
}

impl Places {
    /// How many members there are.
    pub fn count(&self) -> usize {
        match self {
            Self::Count(count) | Self::Outside(count) => *count as usize,
            Self::Slots(slots) => slots.len(),
        }
    }
}

/// How amounts are spread over members, in base units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spread {
    /// The same for each.
    Each(Amount),
    /// One for each member, in order.
    List(Vec<Amount>),
    /// median * e^(sigma N(0, 1)).
    Lognormal {
        /// Half of all are below.
        median: Amount,
        /// Deviation of the logarithm.
        sigma: Fixed,
    },
    /// P(X > x) = (minimum / x)^shape.
    Pareto {
        /// The least.
        minimum: Amount,
        /// Above 1 for a finite mean.
        shape: Fixed,
    },
    /// What the snapshot says of each member's slot.
    Snapshot,
}

/// How true quality is spread over members, 0 to 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QualitySpread {
    /// The same for each.
    Each(Fixed),
    /// One for each member, in order.
    List(Vec<Fixed>),
    /// Uniform from low to high.
    Uniform {
        /// The least.
        low: Fixed,
        /// The greatest.
        high: Fixed,
    },
    /// The stake-weighted mean row of the snapshot at each member's slot.
    Snapshot,
}

/// A random walk of quality: each epoch a normal step, reflected at 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Drift {
    /// Deviation of one epoch's step; 0 for none.
    pub deviation: Fixed,
}

/// How an agent decides.
#[derive(Clone, Debug, PartialEq)]
pub enum Behaviour {
    /// Does nothing but claim.
    Passive,
    /// In a topic of inferences, forecasts how well inferers do instead of inferring.
    Forecaster,
    /// Weighs by estimates of true quality: q (1 + noise N(0, 1)), clipped at 0. Losses it reports
    /// with an error of noise N(0, 1) decades.
    Honest {
        /// Relative deviation of an estimate.
        noise: Fixed,
    },
    /// Weighs by estimates whose error does not depend on quality: q + noise N(0, 1),
    /// clipped at 0; worthless work gets weight too.
    Noisy {
        /// Deviation of an estimate, quality being 0 to 1.
        noise: Fixed,
    },
    /// Estimates as the honest do, but only every so many epochs: its weights are stale.
    Lazy {
        /// Relative deviation of an estimate.
        noise: Fixed,
        /// Epochs from one evaluation to the next.
        every: u32,
    },
    /// Evaluates nothing: submits the stake-weighted mean of the others' rows.
    Copier {
        /// How many closes ago the rows were public that it copies; at least 1.
        lag: u32,
        /// Relative deviation of its estimates, if it made any.
        noise: Fixed,
    },
    /// Gives a part of its weight to its own contributors, the rest by honest estimate; reports
    /// their losses as better than they are by that part of a decade.
    SelfDealer {
        /// The population of its contributors.
        accomplices: String,
        /// The part of its row that they get.
        share: Fraction,
        /// Relative deviation of its estimates.
        noise: Fixed,
    },
    /// A meter that multiplies what it measured of its own contributors' work.
    Inflater {
        /// The population of its contributors.
        accomplices: String,
        /// By how much.
        factor: Fixed,
        /// Relative deviation of what it measures.
        noise: Fixed,
    },
    /// Measures work off chain, and publishes what each period of it is paid.
    Oracle {
        /// The campaign it publishes for, in the order of opening.
        campaign: u32,
        /// Epochs of a period.
        every: u32,
        /// What a period's work is paid together, or less where the reserve has less.
        total: Amount,
        /// The population whose work it multiplies, if any.
        accomplices: Option<String>,
        /// By how much; 1 is honest.
        factor: Fixed,
        /// Relative deviation of what it measures.
        noise: Fixed,
    },
    /// A contributor who claims what published lists promise it.
    Collector {
        /// How.
        habit: Habit,
    },
    /// Lends its power and moves it towards yield.
    Delegator {
        /// Among whom.
        choice: Choice,
        /// Epochs from one review to the next.
        every: u32,
        /// It moves where another validator yielded more by this part.
        margin: Fraction,
    },
    /// Brings its liquid tokens in at once, and takes its stake out at once.
    Whale {
        /// The epoch in which it bonds all it holds; `None`: never.
        enters: Option<u64>,
        /// The epoch in which it starts to unbond everything; `None`: never.
        leaves: Option<u64>,
    },
    /// A contributor with a cost: registers where a slot earned more than it costs, leaves
    /// when its own earned less for as long as its patience lasts.
    Entrant {
        /// Cost of an epoch's work: in quote where there is a market, else in tokens.
        cost: Amount,
        /// Epochs of loss before it leaves, and of absence before it comes back.
        patience: u32,
        /// Epochs in which the surplus over cost must pay for the slot.
        horizon: u32,
        /// It enters where a slot earned more than cost by this part.
        margin: Fraction,
    },
    /// Votes, proposes, buys votes or guards.
    Political(Political),
}

impl Behaviour {
    /// Whether it departs from honest work in its own interest.
    pub fn deviates(&self) -> bool {
        match self {
            Self::Copier { .. }
            | Self::SelfDealer { .. }
            | Self::Lazy { .. }
            | Self::Inflater { .. } => true,
            Self::Political(political) => political.deviates(),
            Self::Oracle { factor, .. } => *factor != Fixed::ONE,
            _ => false,
        }
    }

    /// The population that it names, if there is one: whom it favours, pays or owes.
    pub fn accomplices(&self) -> Option<&str> {
        match self {
            Self::SelfDealer { accomplices, .. } | Self::Inflater { accomplices, .. } => {
                Some(accomplices)
            }
            Self::Political(political) => political.named(),
            Self::Oracle { accomplices, .. } => accomplices.as_deref(),
            _ => None,
        }
    }

    /// Whether it ever sends a command of its own.
    pub const fn acts(&self) -> bool {
        !matches!(self, Self::Passive | Self::Forecaster)
    }

    /// How the same agents behave when they do not deviate.
    pub fn honest(&self) -> Self {
        match *self {
            Self::Political(ref political) => {
                political.honest().map_or(Self::Passive, Self::Political)
            }
            Self::Copier { noise, .. }
            | Self::SelfDealer { noise, .. }
            | Self::Lazy { noise, .. }
            | Self::Inflater { noise, .. } => Self::Honest { noise },
            Self::Oracle { campaign, every, total, noise, .. } => Self::Oracle {
                campaign,
                every,
                total,
                accomplices: None,
                factor: Fixed::ONE,
                noise,
            },
            ref other => other.clone(),
        }
    }

    /// The name used in reports.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Passive => "passive",
            Self::Forecaster => "forecaster",
            Self::Honest { .. } => "honest",
            Self::Noisy { .. } => "noisy",
            Self::Lazy { .. } => "lazy",
            Self::Copier { .. } => "weight copier",
            Self::SelfDealer { .. } => "self-dealer",
            Self::Inflater { .. } => "inflating meter",
            Self::Oracle { factor, .. } if *factor != Fixed::ONE => "inflating oracle",
            Self::Oracle { .. } => "oracle",
            Self::Collector { .. } => "collector",
            Self::Delegator { .. } => "delegator",
            Self::Whale { .. } => "whale",
            Self::Entrant { .. } => "entrant",
            Self::Political(political) => political.name(),
        }
    }
}

/// How a collector claims.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Habit {
    /// As soon as claims are open.
    Prompt,
    /// The same, and at once a second time.
    Twice,
    /// When the window is over.
    Late,
}

/// Among whom a delegator chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The validator whose delegators earned the most per unit of power.
    Yield,
    /// A validator drawn at each review.
    Random,
}
