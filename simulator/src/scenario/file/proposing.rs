//! The keys of a proposal on the timeline.

use protocol::Track;
use protocol::pause::Pausable;
use schemars::JsonSchema;
use serde::Deserialize;

use super::build::{Whole, changed, emission_params, topic_params};
use super::governance::{self, GovernanceShape, GuardianShape, TreasuryShape};
use super::people::{part, topic as topic_number};
use super::problem::Problem;
use super::quantity::{Duration, Part, Tokens};
use super::shape::{EmissionShape, TopicShape};
use crate::scenario::{Asked, Deed, Plan, Stance};

/// A proposal. It has `deeds`, `options` or a `gauge`; without any it is a signal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ProposedShape {
    /// What metrics, agents and other proposals call it.
    name: Option<String>,
    /// The population whose first member makes it.
    by: String,
    /// Under which rules; ordinary where absent.
    #[serde(default)]
    track: TrackWord,
    /// One line.
    title: String,
    /// At length.
    #[serde(default)]
    body: String,
    /// The part of voters who are for it once they know what it does.
    support: Option<Part>,
    /// The part who are for what it says; as `support` where absent.
    shown: Option<Part>,
    /// The part of those against it who veto.
    veto: Option<Part>,
    /// The part of those who usually vote that it interests; all where absent.
    interest: Option<Part>,
    /// Whether it is one of the attacks that the report is about.
    #[serde(default)]
    attack: bool,
    /// What would stop it, where nothing does.
    #[serde(default)]
    remedy: String,
    /// What a yes does.
    #[serde(default)]
    deeds: Vec<DeedShape>,
    /// Named options.
    #[serde(default)]
    options: Vec<OptionShape>,
    /// Topics that share the emission by votes.
    gauge: Option<GaugeShape>,
}

/// Under which rules.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum TrackWord {
    /// Payments under the cap, topics.
    #[default]
    Ordinary,
    /// Everything that may be done at all.
    Constitutional,
    /// A short list of actions that lapse.
    Emergency,
}

/// A named option.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OptionShape {
    /// Its name.
    name: String,
    /// The part of voters who want it.
    support: Part,
    /// What it does.
    #[serde(default)]
    deeds: Vec<DeedShape>,
}

/// Topics that share the emission.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GaugeShape {
    /// Each with the part of voters who want it.
    topics: Vec<GaugeTopic>,
    /// Allocation weight shared among them.
    weight: u64,
}

/// A topic of a gauge.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct GaugeTopic {
    /// Its name.
    topic: String,
    /// The part of voters who want it.
    support: Part,
}

/// One thing that a proposal does.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum DeedShape {
    /// Pays the first member of a population.
    Pay { to: String, amount: Tokens },
    /// Opens a stream to it.
    Stream { to: String, amount: Tokens, lasts: Duration, cliff: Option<Duration> },
    /// Opens a grant by milestones to it.
    Grant { to: String, reviewer: Option<String>, milestones: Vec<Tokens>, lasts: Duration },
    /// Releases a milestone of a grant, both counted from 0.
    Release { grant: u32, milestone: u8 },
    /// Changes a topic: the keys that change.
    Topic {
        topic: String,
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        set: toml::Table,
    },
    /// Changes the emission: the keys that change.
    Emission {
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        set: toml::Table,
    },
    /// Changes caps and window: the keys that change.
    Caps {
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        set: toml::Table,
    },
    /// Changes the governor's parameters: the keys that change.
    Rules {
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        set: toml::Table,
    },
    /// Gives the guardian's mandate.
    Guardian(GuardianShape),
    /// Pauses a module.
    Pause { module: ModuleWord, lasts: Duration },
    /// Puts a queued proposal off, by its name.
    Hold { proposal: String },
    /// Cancels a proposal that is held, by its name.
    Drop { proposal: String },
    /// Suspends the guardian.
    Suspend,
    /// Ends the suspended mandate.
    Dismiss,
    /// Slashes the first member of a population.
    Slash { population: String, part: Part },
    /// Mints tokens, as only rewards may.
    Mint { to: String, amount: Tokens },
    /// A message of the chain that is no command of ours, as JSON.
    Opaque { message: String },
}

/// A module that can be paused.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ModuleWord {
    /// Bonding, raising, delegating.
    Staking,
    /// Registering, submitting, closing.
    Network,
    /// Distributing, setting takes.
    Rewards,
}

impl ModuleWord {
    pub(super) const fn module(self) -> Pausable {
        match self {
            Self::Staking => Pausable::Staking,
            Self::Network => Pausable::Network,
            Self::Rewards => Pausable::Rewards,
        }
    }
}

/// How an agent votes that has made up its mind.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StanceShape {
    /// For it.
    Yes,
    /// Against it.
    No,
    /// Neither.
    Abstain,
    /// Against it, and against its being proposed.
    Veto,
}

impl From<StanceShape> for Stance {
    fn from(shape: StanceShape) -> Self {
        match shape {
            StanceShape::Yes => Self::Yes,
            StanceShape::No => Self::No,
            StanceShape::Abstain => Self::Abstain,
            StanceShape::Veto => Self::Veto,
        }
    }
}

impl ProposedShape {
    /// The plan; `whole` is the file that it stands in, `place` where.
    pub(super) fn plan(&self, whole: &Whole<'_>, place: &str) -> Result<Plan, Problem> {
        let at = |key: &str| format!("{place}.{key}");
        let support = part(self.support.as_ref(), &at("support"))?;
        let shown = self.shown.as_ref().map(|shown| shown.fraction(&at("shown")));
        Ok(Plan {
            name: self.name.clone(),
            by: self.by.clone(),
            track: self.track.track(),
            title: self.title.clone(),
            body: self.body.clone(),
            asked: self.asked(whole, place)?,
            support,
            shown: shown.transpose()?.unwrap_or(support),
            veto: part(self.veto.as_ref(), &at("veto"))?,
            interest: match &self.interest {
                Some(interest) => interest.fraction(&at("interest"))?,
                None => protocol::Fraction::ONE,
            },
            attack: self.attack,
            remedy: self.remedy.clone(),
        })
    }

    fn asked(&self, whole: &Whole<'_>, place: &str) -> Result<Asked, Problem> {
        match (self.deeds.is_empty(), self.options.is_empty(), &self.gauge) {
            (true, true, None) => Ok(Asked::Signal),
            (false, true, None) => {
                Ok(Asked::Standard { deeds: deeds(&self.deeds, whole, &format!("{place}.deeds"))? })
            }
            (true, false, None) => {
                let options = self.options.iter().enumerate().map(|(number, option)| {
                    let at = format!("{place}.options[{number}]");
                    let support = option.support.fraction(&format!("{at}.support"))?;
                    let deeds = deeds(&option.deeds, whole, &format!("{at}.deeds"))?;
                    Ok((option.name.clone(), support, deeds))
                });
                Ok(Asked::Choice { options: options.collect::<Result<_, _>>()? })
            }
            (true, true, Some(gauge)) => {
                let topics = gauge.topics.iter().enumerate().map(|(number, one)| {
                    let at = format!("{place}.gauge.topics[{number}]");
                    let topic = topic_number(Some(&one.topic), whole.topics, &at)?;
                    Ok((topic, one.support.fraction(&format!("{at}.support"))?))
                });
                let topics = topics.collect::<Result<_, _>>()?;
                Ok(Asked::Gauge { topics, weight: gauge.weight })
            }
            _ => {
                let what = "has more than one of `deeds`, `options` and `gauge`";
                Err(Problem::at(place, what, "keep one of them"))
            }
        }
    }
}

impl TrackWord {
    /// The track.
    pub(super) const fn track(self) -> Track {
        match self {
            Self::Ordinary => Track::Ordinary,
            Self::Constitutional => Track::Constitutional,
            Self::Emergency => Track::Emergency,
        }
    }
}

/// What deeds mean; `whole` is the file that they stand in, `place` where.
pub(super) fn deeds(
    all: &[DeedShape],
    whole: &Whole<'_>,
    place: &str,
) -> Result<Vec<Deed>, Problem> {
    let each = all.iter().enumerate();
    each.map(|(number, deed)| deed.deed(whole, &format!("{place}[{number}]"))).collect()
}

impl DeedShape {
    fn deed(&self, whole: &Whole<'_>, place: &str) -> Result<Deed, Problem> {
        let units = whole.units;
        let at = |key: &str| format!("{place}.{key}");
        Ok(match self {
            Self::Pay { to, amount } => {
                Deed::Pay { to: to.clone(), amount: amount.amount(units, &at("pay.amount"))? }
            }
            Self::Stream { to, amount, lasts, cliff } => Deed::Stream {
                to: to.clone(),
                amount: amount.amount(units, &at("stream.amount"))?,
                lasts: lasts.seconds(units, &at("stream.lasts"))?,
                cliff: cliff
                    .as_ref()
                    .map_or(Ok(0), |cliff| cliff.seconds(units, &at("stream.cliff")))?,
            },
            Self::Grant { to, reviewer, milestones, lasts } => Deed::Grant {
                to: to.clone(),
                reviewer: reviewer.clone(),
                milestones: milestones
                    .iter()
                    .map(|amount| amount.amount(units, &at("grant.milestones")))
                    .collect::<Result<_, _>>()?,
                lasts: lasts.seconds(units, &at("grant.lasts"))?,
            },
            Self::Release { grant, milestone } => {
                Deed::Release { grant: *grant, milestone: *milestone }
            }
            Self::Pause { module, lasts } => Deed::Pause {
                module: module.module(),
                seconds: lasts.seconds(units, &at("pause.lasts"))?,
            },
            Self::Hold { proposal } => Deed::Hold { proposal: proposal.clone() },
            Self::Drop { proposal } => Deed::Drop { proposal: proposal.clone() },
            Self::Suspend => Deed::Suspend,
            Self::Dismiss => Deed::Dismiss,
            Self::Guardian(shape) => {
                Deed::Guardian { mandate: Some(shape.plan(units, &at("guardian"))?) }
            }
            Self::Slash { population, part } => Deed::Slash {
                population: population.clone(),
                part: part.fraction(&at("slash.part"))?,
            },
            Self::Mint { to, amount } => {
                Deed::Mint { to: to.clone(), amount: amount.amount(units, &at("mint.amount"))? }
            }
            Self::Opaque { message } => Deed::Opaque { message: message.clone() },
            Self::Topic { .. } | Self::Emission { .. } | Self::Caps { .. } | Self::Rules { .. } => {
                self.change(whole, place)?
            }
        })
    }

    /// Deeds that lay keys on a part of the file.
    fn change(&self, whole: &Whole<'_>, place: &str) -> Result<Deed, Problem> {
        let (units, table) = (whole.units, whole.table);
        let at = |key: &str| format!("{place}.{key}.set");
        Ok(match self {
            Self::Topic { topic, set } => {
                let shape: TopicShape = changed(table, &["topics", topic], set, &at("topic"))?;
                Deed::Topic {
                    topic: topic_number(
                        Some(topic),
                        whole.topics,
                        &format!("{place}.topic.topic"),
                    )?,
                    params: Box::new(topic_params(&shape, units, &at("topic"))?),
                }
            }
            Self::Emission { set } => {
                let shape: EmissionShape = changed(table, &["emission"], set, &at("emission"))?;
                Deed::Emission { params: emission_params(&shape, units, &at("emission"))? }
            }
            Self::Caps { set } => {
                let shape: TreasuryShape = changed(table, &["treasury"], set, &at("caps"))?;
                Deed::Caps { params: governance::caps(&shape, units, &at("caps"))? }
            }
            Self::Rules { set } => {
                let shape: GovernanceShape = changed(table, &["governance"], set, &at("rules"))?;
                Deed::Rules { params: Box::new(governance::params(&shape, units, &at("rules"))?) }
            }
            _ => return Err(Problem::at(place, "changes nothing", "remove it")),
        })
    }
}
