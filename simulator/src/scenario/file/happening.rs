//! The keys of an event.

use protocol::rewards;
use schemars::JsonSchema;
use serde::Deserialize;

use super::build::{Whole, changed, emission_params, topic_params};
use super::people::{BehaviourShape, topic as topic_number};
use super::problem::Problem;
use super::proposing::ProposedShape;
use super::quantity::{Duration, Part, Tokens};
use super::shape::{EmissionShape, TopicShape};
use crate::scenario::{Event, Happening};

/// Something that happens in the first block of an epoch.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EventShape {
    /// The epoch, from 0.
    pub(super) epoch: u64,
    /// What a reader is told.
    pub(super) note: String,
    /// What happens.
    pub(super) happens: HappeningShape,
}

/// What happens.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum HappeningShape {
    /// The authority changes a topic's parameters, from the next epoch on.
    TopicChanges {
        /// Which.
        topic: String,
        /// The keys that change, as in `[topics.NAME]`.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        set: toml::Table,
    },
    /// The authority changes emission.
    EmissionChanges {
        /// The keys that change, as in `[emission]`.
        #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
        set: toml::Table,
    },
    /// The authority slashes each member of a population.
    Slashed {
        /// Whose stake.
        population: String,
        /// How much of what each has bonded.
        part: Part,
    },
    /// Each member of a population sends tokens to members of another, in turn.
    Paid {
        /// Who pays.
        from: String,
        /// Who is paid.
        to: String,
        /// How much each pays.
        amount: Tokens,
    },
    /// The authority opens the next campaign.
    CampaignOpened {
        /// The population whose first member publishes its roots.
        publisher: String,
        /// The most that one round may promise.
        most: Tokens,
        /// From one round to the next at least.
        period: Duration,
        /// From publication until the first claim.
        delay: Duration,
        /// For which a round can be claimed from then on.
        window: Duration,
        /// Its first reserve, out of what the treasury is owed.
        budget: Tokens,
    },
    /// The authority adds to a campaign's reserve.
    CampaignFunded {
        /// Which, in the order of opening, from 0.
        campaign: u32,
        /// How much, out of what the treasury is owed.
        amount: Tokens,
    },
    /// The authority ends a campaign.
    CampaignEnded {
        /// Which.
        campaign: u32,
    },
    /// The authority takes the last root of a campaign back.
    RootRevoked {
        /// Which.
        campaign: u32,
    },
    /// The members of a population behave differently from now on.
    Turned {
        /// Who.
        population: String,
        /// How they behave.
        behaviour: BehaviourShape,
    },
    /// The true quality of a population's work is multiplied.
    QualityFalls {
        /// Whose.
        population: String,
        /// What is left of it.
        to: Part,
    },
    /// Demand in the market is multiplied by percent / 100.
    DemandChanges {
        /// 100 is unchanged.
        percent: u32,
    },
    /// A proposal is made.
    Proposed(Box<ProposedShape>),
}

/// The event that a shape means.
pub(super) fn event(
    number: usize,
    event: &EventShape,
    whole: &Whole<'_>,
) -> Result<Event, Problem> {
    let Whole { table, topics, units } = *whole;
    let place = format!("events[{number}].happens");
    let at = |key: &str| format!("{place}.{key}");
    let happening = match &event.happens {
        HappeningShape::TopicChanges { topic, set } => {
            let place = at("topic_changes.set");
            let shape: TopicShape = changed(table, &["topics", topic], set, &place)?;
            Happening::TopicChanges {
                topic: topic_number(Some(topic), topics, &at("topic_changes.topic"))?,
                params: topic_params(&shape, units, &place)?,
            }
        }
        HappeningShape::EmissionChanges { set } => {
            let place = at("emission_changes.set");
            let shape: EmissionShape = changed(table, &["emission"], set, &place)?;
            Happening::EmissionChanges { params: emission_params(&shape, units, &place)? }
        }
        HappeningShape::Slashed { population, part } => Happening::Slashed {
            population: population.clone(),
            part: part.fraction(&at("slashed.part"))?,
        },
        HappeningShape::Paid { from, to, amount } => Happening::Paid {
            from: from.clone(),
            to: to.clone(),
            amount: amount.amount(units, &at("paid.amount"))?,
        },
        HappeningShape::CampaignOpened { publisher, most, period, delay, window, budget } => {
            let at = |key: &str| at(&format!("campaign_opened.{key}"));
            Happening::CampaignOpened {
                publisher: publisher.clone(),
                terms: rewards::Terms {
                    publisher: None,
                    most: most.amount(units, &at("most"))?,
                    period: period.seconds(units, &at("period"))?,
                    delay: delay.seconds(units, &at("delay"))?,
                    window: window.seconds(units, &at("window"))?,
                },
                budget: budget.amount(units, &at("budget"))?,
            }
        }
        HappeningShape::CampaignFunded { campaign, amount } => Happening::CampaignFunded {
            campaign: *campaign,
            amount: amount.amount(units, &at("campaign_funded.amount"))?,
        },
        HappeningShape::CampaignEnded { campaign } => {
            Happening::CampaignEnded { campaign: *campaign }
        }
        HappeningShape::RootRevoked { campaign } => Happening::RootRevoked { campaign: *campaign },
        HappeningShape::Turned { population, behaviour } => Happening::Turned {
            population: population.clone(),
            behaviour: behaviour.behaviour(units, &at("turned.behaviour"))?,
        },
        HappeningShape::QualityFalls { population, to } => Happening::QualityFalls {
            population: population.clone(),
            to: to.fraction(&at("quality_falls.to"))?,
        },
        HappeningShape::Proposed(shape) => {
            Happening::Proposed(Box::new(shape.plan(whole, &at("proposed"))?))
        }
        HappeningShape::DemandChanges { percent } => Happening::DemandChanges { percent: *percent },
    };
    Ok(Event { epoch: event.epoch, note: event.note.clone(), happening })
}
