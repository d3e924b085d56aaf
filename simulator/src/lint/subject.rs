//! What is looked at: the parameters of a scenario, or of a deployment.

use protocol::{Amount, rewards, staking};

use crate::scenario::{Population, Scenario, Spread, Topic};

/// Parameters that go together.
pub(crate) struct Subject<'a> {
    /// Seconds from block to block.
    pub(crate) interval: u64,
    /// How many blocks there will be; `None` where there is no end.
    pub(crate) blocks: Option<u64>,
    /// Base units that exist before the first block; 0 where they are drawn.
    pub(crate) supply: u128,
    /// Staking's.
    pub(crate) staking: &'a staking::Params,
    /// What is minted.
    pub(crate) emission: &'a rewards::Params,
    /// Topics by number.
    pub(crate) topics: &'a [Topic],
    /// Who takes part, where that is known.
    pub(crate) populations: &'a [Population],
    /// The most that anybody holds; the largest amount there is where it is drawn.
    pub(crate) richest: Amount,
}

impl<'a> Subject<'a> {
    /// A scenario's.
    pub(super) fn of(scenario: &'a Scenario) -> Self {
        let most = scenario.populations.iter().filter_map(|group| match &group.stake {
            Spread::Each(amount) => Some(*amount),
            Spread::List(amounts) => amounts.iter().copied().max(),
            // Drawn, or of a snapshot: not known here.
            _ => Some(Amount::MAX),
        });
        Self {
            interval: scenario.clock.interval,
            blocks: Some(scenario.epochs.saturating_mul(scenario.tempo())),
            supply: 0,
            staking: &scenario.staking.params,
            emission: &scenario.emission.params,
            topics: &scenario.topics,
            populations: &scenario.populations,
            richest: most.max().unwrap_or_default(),
        }
    }

    /// Blocks in the longest epoch.
    pub(super) fn tempo(&self) -> u64 {
        self.topics.iter().map(|topic| topic.params.tempo).max().unwrap_or(1).max(1)
    }
}
