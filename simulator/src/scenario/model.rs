//! A scenario in memory: checked values, no file format.

mod check;
mod gate;
mod governance;
mod governed;
mod political;
mod population;
mod proposing;
mod sample;
mod snapshot;
mod timeline;

use protocol::{Fraction, Timestamp, network, rewards, staking};

pub use check::Invalid;
pub use gate::{Aggregate, Comparison, Gate};
pub use governance::{Governance, GuardianPlan};
pub use political::{Political, Voter};
pub use population::{
    Behaviour, Choice, Drift, Habit, Places, Population, QualitySpread, Role, Spread,
};
pub use proposing::{Asked, Deed, Plan, Stance};
pub use snapshot::Snapshot;
pub use timeline::{Event, Happening};

use crate::random::Fixed;

/// A season to rehearse, complete: the same value and seed give the same bytes.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Short name: `quickstart`.
    pub name: String,
    /// One line.
    pub title: String,
    /// What the run is to answer.
    pub question: String,
    /// What it takes for granted.
    pub assumptions: Vec<String>,
    /// What the author expects to see, written before running.
    pub expected: String,
    /// What the run does not show.
    pub limits: Vec<String>,
    /// The first seed; run n of a series uses `seed` with run number n.
    pub seed: u64,
    /// How many seeds are run unless the user says otherwise.
    pub seeds: u32,
    /// Epochs to run.
    pub epochs: u64,
    /// Block times.
    pub clock: Clock,
    /// The token.
    pub token: Token,
    /// Staking's parameters.
    pub staking: Staking,
    /// What is minted, and when.
    pub emission: Emission,
    /// Topics, numbered from 0. All have the same tempo.
    pub topics: Vec<Topic>,
    /// Who takes part.
    pub populations: Vec<Population>,
    /// Who decides, and by which rules; where absent, whatever the treasury's account orders.
    pub governance: Option<Governance>,
    /// Where the token is sold, if anywhere.
    pub market: Option<Market>,
    /// What happens, by epoch.
    pub events: Vec<Event>,
    /// What must hold at the end.
    pub gates: Vec<Gate>,
    /// Whether each seed is run a second time with every deviating behaviour made honest, so
    /// that outcomes can be compared; metrics against honesty need it.
    pub compared_with_honest: bool,
    /// A real network that populations take their stakes and weights from.
    pub snapshot: Option<Snapshot>,
    /// What is recorded.
    pub trace: TraceOptions,
}

/// Block h comes at `genesis + h * interval + jitter(h)`, later by every halt before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Clock {
    /// Time of block 0.
    pub genesis: Timestamp,
    /// Seconds from block to block, at least 1.
    pub interval: u64,
    /// Up to this many seconds are added to a block's time, drawn; below `interval`.
    pub jitter: u64,
    /// Outages.
    pub halts: Vec<Halt>,
}

/// An outage: blocks from `height` on come later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Halt {
    /// The first block after the outage.
    pub height: u64,
    /// How long it lasts.
    pub seconds: u64,
}

/// The token that is staked, emitted and paid.
#[derive(Clone, Debug, PartialEq)]
pub struct Token {
    /// What reports call it: `MOOT`.
    pub symbol: String,
    /// Base units of one token are 10^decimals.
    pub decimals: u8,
}

/// How stake becomes power.
#[derive(Clone, Debug, PartialEq)]
pub struct Staking {
    /// The parameters; genesis commands bond in the staked asset.
    pub params: staking::Params,
}

/// What is minted.
#[derive(Clone, Debug, PartialEq)]
pub struct Emission {
    /// Schedule and treasury's cut.
    pub params: rewards::Params,
}

/// A topic that exists from the start.
#[derive(Clone, Debug, PartialEq)]
pub struct Topic {
    /// What reports call it.
    pub name: String,
    /// Its parameters; `params.owner` is ignored in favour of `owner`.
    pub params: network::TopicParams,
    /// The population whose first member owns it.
    pub owner: Option<String>,
    /// Its weight in the emission.
    pub weight: u64,
    /// Bond rows written by each command that closes; the keeper sends as many as it takes.
    pub rows_a_page: u16,
}

/// A constant-product pool in which earned tokens are sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Market {
    /// Tokens in the pool at the start, in base units.
    pub tokens: u128,
    /// The quote currency in the pool at the start, in its base units.
    pub quote: u128,
    /// What a trade leaves in the pool, of what is paid in.
    pub fee: Fraction,
    /// Quote paid into the pool for tokens by outsiders, each epoch: demand.
    pub demand: u128,
    /// Its relative change each epoch, drawn normal with this deviation.
    pub volatility: Fixed,
}

/// What a run keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceOptions {
    /// Aggregates are taken every so many epochs, and at the last.
    pub every: u64,
    /// Whether each agent's row is written as well, for the first seed.
    pub agents: bool,
}

impl Scenario {
    /// Names the scenario in every output: blake3 over its whole content.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("moot scenario, version 1");
        hasher.update(format!("{self:?}").as_bytes());
        *hasher.finalize().as_bytes()
    }

    /// Blocks in an epoch.
    pub fn tempo(&self) -> u64 {
        self.topics.first().map_or(1, |topic| topic.params.tempo.max(1))
    }

    /// Whether members of a population depart from honest work, from the start or later.
    pub fn deviates(&self, group: usize) -> bool {
        let Some(population) = self.populations.get(group) else { return false };
        let turned = |event: &Event| match &event.happening {
            Happening::Turned { population: name, behaviour } => {
                *name == population.name && behaviour.deviates()
            }
            _ => false,
        };
        population.behaviour.deviates() || self.events.iter().any(turned)
    }

    /// The proposals on the timeline, with the event that makes each.
    pub fn plans(&self) -> impl Iterator<Item = (usize, &Plan)> {
        self.events.iter().enumerate().filter_map(|(event, one)| match &one.happening {
            Happening::Proposed(plan) => Some((event, &**plan)),
            _ => None,
        })
    }

    /// The population of this name.
    pub fn population(&self, name: &str) -> Option<&Population> {
        self.populations.iter().find(|population| population.name == name)
    }
}
