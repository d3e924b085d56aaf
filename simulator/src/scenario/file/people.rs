//! The keys of a population.

use protocol::Fraction;
use schemars::JsonSchema;
use serde::Deserialize;

use super::political::{
    BlocShape, BribedShape, BriberShape, CapturedShape, CustodianShape, FlashBorrowerShape,
    RaiderShape, SpammerShape, VoterShape, WatchShape,
};
use super::problem::Problem;
use super::quantity::{Part, Tokens, Units, fixed};
use super::spread::{QualityShape, SpreadShape};
use crate::random::Fixed;
use crate::scenario::{
    Behaviour, Choice, Drift, Habit, Places, Population, QualitySpread, Role, Spread,
};

/// A group of agents that are alike up to what is drawn for each.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PopulationShape {
    /// What its members do in the network.
    role: RoleShape,
    /// How they decide.
    behaviour: BehaviourShape,
    /// The topic they work in; the first where absent.
    topic: Option<String>,
    /// How many there are, in the next free slots.
    count: Option<u32>,
    /// One in each of these slots.
    slots: Option<Vec<u16>>,
    /// How many there are who hold no slot yet.
    outside: Option<u32>,
    /// What each has bonded from the first block on.
    stake: Option<SpreadShape>,
    /// What each holds besides.
    liquid: Option<SpreadShape>,
    /// Index of the notice tier they bond in.
    #[serde(default)]
    tier: u8,
    /// The part of dividends kept before delegators; at most one half.
    take: Option<Part>,
    /// The population whose members receive these members' power, in turn.
    delegates_to: Option<String>,
    /// True quality of a contributor's work, 0 to 1.
    quality: Option<QualityShape>,
    /// Deviation of one epoch's random step of quality.
    #[serde(default)]
    drift: f64,
    /// Earnings are claimed every so many epochs; 0 is never.
    #[serde(default)]
    claims_every: u32,
    /// The part of the free balance bonded after each claim.
    restakes: Option<Part>,
    /// The part of the free balance sold in the market after each claim.
    sells: Option<Part>,
    /// Whether all members are one entity behind many addresses.
    #[serde(default)]
    one_entity: bool,
}

/// What members do in the network.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum RoleShape {
    /// Hold a slot and submit weights.
    Validator,
    /// Hold a slot and are weighed.
    Contributor,
    /// Hold tokens, perhaps staked, perhaps delegated.
    Holder,
}

/// How an agent decides.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum BehaviourShape {
    /// Does nothing but claim.
    Passive,
    /// In a topic of inferences, forecasts how well inferers do instead of inferring.
    Forecaster,
    /// Weighs by estimates whose error is relative to quality; of losses, in decades.
    Honest {
        /// Relative deviation of an estimate.
        noise: f64,
    },
    /// Weighs by estimates whose error does not depend on quality.
    Noisy {
        /// Deviation of an estimate.
        noise: f64,
    },
    /// Evaluates only now and then.
    Lazy {
        /// Relative deviation of an estimate.
        noise: f64,
        /// Epochs from one evaluation to the next.
        every: u32,
    },
    /// Submits the stake-weighted mean of the others' rows.
    Copier {
        /// How many epochs old the rows are that it sees.
        lag: u32,
        /// Relative deviation of its estimates, were it honest.
        noise: f64,
    },
    /// Gives a part of its weight to its own contributors, or reports their losses as better than
    /// they are by that part of a decade.
    SelfDealer {
        /// The population of its contributors.
        accomplices: String,
        /// The part of its row that they get.
        share: Part,
        /// Relative deviation of its other estimates.
        noise: f64,
    },
    /// Measures as the honest do, and reports a multiple of its own contributors' work.
    Inflater {
        /// The population of its contributors.
        accomplices: String,
        /// What their work is multiplied by.
        factor: f64,
        /// Relative deviation of what it measures.
        noise: f64,
    },
    /// Measures work off chain, and publishes what each period of it is paid.
    Oracle {
        /// The campaign it publishes for, in the order of opening, from 0.
        campaign: u32,
        /// Epochs of a period.
        every: u32,
        /// What a period's work is paid together.
        total: Tokens,
        /// The population whose work it multiplies; absent: nobody's.
        accomplices: Option<String>,
        /// What their work is multiplied by; 1 where absent.
        factor: Option<f64>,
        /// Relative deviation of what it measures.
        noise: f64,
    },
    /// A contributor who claims what published lists promise it.
    Collector {
        /// How.
        #[serde(default)]
        habit: HabitShape,
    },
    /// Lends its power and moves it.
    Delegator {
        /// Among whom.
        choice: ChoiceShape,
        /// Epochs from one review to the next.
        every: u32,
        /// It moves where another validator yielded more by this part.
        margin: Part,
    },
    /// Bonds all it holds at once, and unbonds it at once.
    Whale {
        /// The epoch in which it bonds; absent: never.
        enters: Option<u64>,
        /// The epoch in which it unbonds; absent: never.
        leaves: Option<u64>,
    },
    /// A contributor who comes and goes by cost.
    Entrant {
        /// Cost of an epoch's work.
        cost: Tokens,
        /// Epochs of loss before it leaves, and of absence before it comes back.
        patience: u32,
        /// Epochs in which the surplus over cost must pay for the slot.
        horizon: u32,
        /// It enters where a slot earned more than cost by this part.
        margin: Part,
    },
    /// Votes as it likes.
    Voter(VoterShape),
    /// Votes for those who lend it their power, and says why.
    Delegate(VoterShape),
    /// Votes the same always.
    Bloc(BlocShape),
    /// Votes yes on its own proposal when nobody looks.
    Raider(RaiderShape),
    /// Borrows power for one block.
    FlashBorrower(FlashBorrowerShape),
    /// Buys votes.
    Briber(BriberShape),
    /// Sells its vote.
    Bribed(BribedShape),
    /// Holds others' stake, and splits its ballot as they say.
    Custodian(CustodianShape),
    /// Proposes to pay itself.
    Spammer(SpammerShape),
    /// Cancels queued attacks that it notices.
    Guardian(WatchShape),
    /// Cancels whatever is queued, and pauses.
    CapturedGuardian(CapturedShape),
}

/// How a collector claims.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum HabitShape {
    /// As soon as claims are open.
    #[default]
    Prompt,
    /// The same, and at once a second time.
    Twice,
    /// When the window is over.
    Late,
}

/// Among whom a delegator chooses.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ChoiceShape {
    /// The validator whose delegators earned the most per unit of power.
    Yield,
    /// A validator drawn at each review.
    Random,
}

impl PopulationShape {
    /// The population; `topics` are the topics' names in order.
    pub(super) fn population(
        &self,
        name: &str,
        topics: &[&str],
        units: &Units,
    ) -> Result<Population, Problem> {
        let place = |key: &str| format!("populations.{name}.{key}");
        let spread = |shape: &Option<SpreadShape>, key: &str| match shape {
            Some(shape) => shape.spread(units, &place(key)),
            None => Ok(Spread::Each(protocol::Amount::ZERO)),
        };
        Ok(Population {
            name: name.to_owned(),
            role: match self.role {
                RoleShape::Validator => Role::Validator,
                RoleShape::Contributor => Role::Contributor,
                RoleShape::Holder => Role::Holder,
            },
            behaviour: self.behaviour.behaviour(units, &place("behaviour"))?,
            topic: topic(self.topic.as_deref(), topics, &place("topic"))?,
            places: self.places(&place(""))?,
            stake: spread(&self.stake, "stake")?,
            liquid: spread(&self.liquid, "liquid")?,
            tier: self.tier,
            take: self.take.as_ref().map(|take| take.fraction(&place("take"))).transpose()?,
            delegates_to: self.delegates_to.clone(),
            quality: match &self.quality {
                Some(quality) => quality.spread(&place("quality"))?,
                None => QualitySpread::Each(Fixed::ZERO),
            },
            drift: Drift { deviation: fixed(self.drift, &place("drift"))? },
            claims_every: self.claims_every,
            restakes: part(self.restakes.as_ref(), &place("restakes"))?,
            sells: part(self.sells.as_ref(), &place("sells"))?,
            one_entity: self.one_entity,
        })
    }

    fn places(&self, place: &str) -> Result<Places, Problem> {
        match (self.count, &self.slots, self.outside) {
            (Some(count), None, None) => Ok(Places::Count(count)),
            (None, Some(slots), None) => Ok(Places::Slots(slots.clone())),
            (None, None, Some(outside)) => Ok(Places::Outside(outside)),
            _ => {
                let what = "says not exactly one of `count`, `slots` and `outside`";
                Err(Problem::at(place.trim_end_matches('.'), what, "keep one of them"))
            }
        }
    }
}

/// An optional fraction; nothing where absent.
pub(super) fn part(part: Option<&Part>, path: &str) -> Result<Fraction, Problem> {
    part.map_or(Ok(Fraction::ZERO), |part| part.fraction(path))
}

/// A topic's number by its name; the first where none is named.
pub(super) fn topic(name: Option<&str>, topics: &[&str], path: &str) -> Result<u16, Problem> {
    let Some(name) = name else { return Ok(0) };
    let at = topics.iter().position(|topic| *topic == name);
    at.and_then(|at| u16::try_from(at).ok()).ok_or_else(|| {
        let fix = format!("use one of: {}", topics.join(", "));
        Problem::at(path, format!("there is no topic `{name}`"), fix)
    })
}

impl BehaviourShape {
    pub(super) fn behaviour(&self, units: &Units, place: &str) -> Result<Behaviour, Problem> {
        let at = |key: &str| format!("{place}.{key}");
        if let Some(political) = self.political(units, place)? {
            return Ok(Behaviour::Political(political));
        }
        Ok(match self {
            Self::Passive => Behaviour::Passive,
            Self::Forecaster => Behaviour::Forecaster,
            Self::Honest { noise } => {
                Behaviour::Honest { noise: fixed(*noise, &at("honest.noise"))? }
            }
            Self::Noisy { noise } => Behaviour::Noisy { noise: fixed(*noise, &at("noisy.noise"))? },
            Self::Lazy { noise, every } => {
                Behaviour::Lazy { noise: fixed(*noise, &at("lazy.noise"))?, every: *every }
            }
            Self::Copier { lag, noise } => {
                Behaviour::Copier { lag: *lag, noise: fixed(*noise, &at("copier.noise"))? }
            }
            Self::SelfDealer { accomplices, share, noise } => Behaviour::SelfDealer {
                accomplices: accomplices.clone(),
                share: share.fraction(&at("self_dealer.share"))?,
                noise: fixed(*noise, &at("self_dealer.noise"))?,
            },
            Self::Inflater { accomplices, factor, noise } => Behaviour::Inflater {
                accomplices: accomplices.clone(),
                factor: fixed(*factor, &at("inflater.factor"))?,
                noise: fixed(*noise, &at("inflater.noise"))?,
            },
            Self::Oracle { campaign, every, total, accomplices, factor, noise } => {
                Behaviour::Oracle {
                    campaign: *campaign,
                    every: *every,
                    total: total.amount(units, &at("oracle.total"))?,
                    accomplices: accomplices.clone(),
                    factor: fixed(factor.unwrap_or(1.0), &at("oracle.factor"))?,
                    noise: fixed(*noise, &at("oracle.noise"))?,
                }
            }
            Self::Collector { habit } => Behaviour::Collector {
                habit: match habit {
                    HabitShape::Prompt => Habit::Prompt,
                    HabitShape::Twice => Habit::Twice,
                    HabitShape::Late => Habit::Late,
                },
            },
            Self::Delegator { choice, every, margin } => Behaviour::Delegator {
                choice: match choice {
                    ChoiceShape::Yield => Choice::Yield,
                    ChoiceShape::Random => Choice::Random,
                },
                every: *every,
                margin: margin.fraction(&at("delegator.margin"))?,
            },
            Self::Whale { enters, leaves } => Behaviour::Whale { enters: *enters, leaves: *leaves },
            Self::Entrant { cost, patience, horizon, margin } => Behaviour::Entrant {
                cost: cost.amount(units, &at("entrant.cost"))?,
                patience: *patience,
                horizon: *horizon,
                margin: margin.fraction(&at("entrant.margin"))?,
            },
            // Every other one is political.
            _ => Behaviour::Passive,
        })
    }
}
