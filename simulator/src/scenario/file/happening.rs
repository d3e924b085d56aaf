//! The keys of an event.

use schemars::JsonSchema;
use serde::Deserialize;

use super::people::BehaviourShape;
use super::proposing::ProposedShape;
use super::quantity::{Part, Tokens};

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
