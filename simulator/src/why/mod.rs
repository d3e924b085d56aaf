//! Why somebody earned what it earned in one epoch of a run.
//!
//! The run is played to that epoch while a listener keeps what its close was computed from
//! (`listen`); the rulebook's own functions then give every term (`terms`). Nothing is computed a
//! second way: the kernel explains its input, rewards divides the distribution that it was given.

mod listen;
mod next;
mod terms;

use protocol::rewards::{Distribution, Divided};
use protocol::{AccountId, Accrued, Amount, Fraction, Height, Power};
use scoring_kernel::synthesis::SynthesisTrace;
use scoring_kernel::{ContributorTrace, Mechanism, ValidatorTrace};

pub use next::why_next;

use crate::preview::PreviewError;
use crate::run::{RunError, Season};
use crate::scenario::Scenario;
use crate::scenario::file::suggestion;
use crate::snapshot::SnapshotError;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Inquiry<'a> {
    /// The number of the run, from 0.
    pub run: u64,
    /// A member's name; `population.3` and `population-3` alike.
    pub who: &'a str,
    /// The epoch, from 0; the last one where absent.
    pub epoch: Option<u64>,
    /// The topic's name; the member's own where absent.
    pub topic: Option<&'a str>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WhyError {
    /// The run does not come so far.
    #[error(transparent)]
    Run(#[from] RunError),
    /// The snapshot is none.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The state cannot be run to the next close.
    #[error(transparent)]
    Forward(#[from] PreviewError),
    /// Nobody has this name.
    #[error("nobody is called `{who}`; {fix}")]
    Nobody {
        /// The name.
        who: String,
        /// What to do about it.
        fix: String,
    },
    /// There is no such epoch.
    #[error("there is no epoch {epoch}; the run has {epochs}, numbered from 0")]
    NoEpoch {
        /// The epoch.
        epoch: u64,
        /// How many there are.
        epochs: u64,
    },
    /// There is no such topic.
    #[error("there is no topic `{topic}`; {fix}")]
    NoTopic {
        /// The name.
        topic: String,
        /// What to do about it.
        fix: String,
    },
    /// A close that cannot be explained, which every close that was accepted rules out.
    #[error("the close of epoch {epoch} was not kept")]
    NotKept {
        /// The epoch.
        epoch: u64,
    },
}

/// Why a member earned what it earned.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Its name.
    pub name: String,
    /// Its population, and how that behaves at the start.
    pub population: String,
    /// Likewise.
    pub behaviour: &'static str,
    /// The epoch.
    pub epoch: u64,
    /// The topic's name.
    pub topic: String,
    /// The block of the close.
    pub height: Height,
    /// Its slot, if it held one.
    pub slot: Option<u16>,
    /// Who held each slot.
    pub holders: Vec<Option<String>>,
    /// How the epoch was scored.
    pub mechanism: Mechanism,
    /// How many slots had a permit for it; nobody before the first close.
    pub permits: usize,
    /// What there was to distribute.
    pub emission: Emitted,
    /// By what it was distributed.
    pub distribution: Distribution,
    /// Its parts.
    pub divided: Divided,
    /// As a contributor, if it is weighed or paid.
    pub contributor: Option<ContributorPay>,
    /// As a validator, if it weighs or is paid.
    pub validator: Option<ValidatorPay>,
    /// Every term of a synthesis topic.
    pub synthesis: Option<SynthesisTrace>,
    /// What its power earned, if it has any.
    pub power: Option<PowerPay>,
    /// The owner's cut, if it owns the topic.
    pub owner: Option<Amount>,
    /// What it has claimed and is owed after the epoch.
    pub account: Account,
}

/// What a topic had to distribute, step by step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emitted {
    /// What the schedule emitted since it was last touched.
    pub minted: Amount,
    /// The treasury's part of that.
    pub treasury: Amount,
    /// The topic's weight among all.
    pub weight: u64,
    /// All topics' weights.
    pub weights: u128,
    /// What the topic was owed before, from its last settlement on.
    pub carried: Accrued,
    /// What it accrued since then: weight times the growth of the emission's index.
    pub accrued: Accrued,
    /// The whole units of both: what is distributed.
    pub whole: Amount,
    /// What stays for the next epoch.
    pub kept: Accrued,
}

/// A part of an amount by score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The amount.
    pub of: Amount,
    /// The score.
    pub score: u64,
    /// Everybody's.
    pub scores: u128,
    /// `floor(of score / scores)`.
    pub floor: Amount,
    /// Whether it got one of the units that the floors left.
    pub unit: bool,
}

impl Part {
    /// What it comes to.
    pub fn paid(&self) -> Amount {
        Amount::saturating(self.floor.units() + u128::from(self.unit))
    }
}

/// A contributor's pay.
#[derive(Clone, Debug)]
pub struct ContributorPay {
    /// The kernel's terms; those of [`Answer::synthesis`] under synthesis.
    pub trace: ContributorTrace,
    /// From incentive to base units.
    pub part: Part,
}

/// A validator's pay.
#[derive(Clone, Debug)]
pub struct ValidatorPay {
    /// The kernel's terms; those of [`Answer::synthesis`] under synthesis.
    pub trace: ValidatorTrace,
    /// From dividend to base units.
    pub part: Part,
    /// The part of it that the validator keeps before its delegators.
    pub take: Fraction,
    /// That part, floored; owed to its slot.
    pub taken: Amount,
    /// How the rest is shared.
    pub shared: Shared,
}

/// What is shared among the power behind a validator:
/// `(amount + waiting) 2^64 + remainder_before = growth power + remainder_after`, the growth in
/// units of 2^-64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What is shared.
    pub amount: Amount,
    /// What waited because there was no power.
    pub waiting: Amount,
    /// Power behind the validator, its own included.
    pub power: Power,
    /// How much its index grew: base units per unit of power.
    pub growth: Accrued,
    /// What the index had left over, in units of 2^-64.
    pub remainder_before: u128,
    /// What it leaves over now.
    pub remainder_after: u128,
}

/// What a member's own power earned with the validator that it is behind.
#[derive(Clone, Debug)]
pub struct PowerPay {
    /// The validator's name: its own where the power is not lent.
    pub validator: String,
    /// Whether the power is lent.
    pub lent: bool,
    /// Own power.
    pub power: Power,
    /// Growth of the validator's index.
    pub growth: Accrued,
    /// Power times growth.
    pub earned: Accrued,
}

/// An account after the epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// Claimed in this run so far.
    pub claimed: u128,
    /// Owed to its slot.
    pub on_slot: Amount,
    /// Owed to the account itself.
    pub on_account: Amount,
    /// Owed to its power, not yet claimed.
    pub on_power: Accrued,
}

/// Answers, by playing the run.
///
/// # Errors
/// A name, an epoch or a topic that is none; a run that does not come so far.
pub fn why(scenario: &Scenario, inquiry: &Inquiry<'_>) -> Result<Answer, WhyError> {
    let epoch = inquiry.epoch.unwrap_or(scenario.epochs.saturating_sub(1));
    if epoch >= scenario.epochs {
        return Err(WhyError::NoEpoch { epoch, epochs: scenario.epochs });
    }
    let mut season = Season::open(scenario, inquiry.run, false, &mut ())?;
    let (member, account) = member(&season, inquiry.who)?;
    let topic = topic(scenario, &season, member, inquiry.topic)?;
    season.world().watch(true);
    let mut listener = listen::Listener::new(account, topic, epoch);
    for epoch in 0..=epoch {
        let _ = season.epoch(epoch, &mut listener)?;
    }
    let kept = listener.kept().ok_or(WhyError::NotKept { epoch })?;
    answered(&season, member, topic, epoch, kept).ok_or(WhyError::NotKept { epoch })
}

fn answered(
    season: &Season<'_>,
    member: usize,
    topic: u16,
    epoch: u64,
    kept: listen::Kept,
) -> Option<Answer> {
    let scenario = season.scenario();
    let who = season.roster().members.get(member)?;
    let group = scenario.populations.get(who.group)?;
    let scene = terms::Scene {
        world: season.state(),
        names: &|account| season.roster().name_of(account),
        who: who.account,
        population: group.name.clone(),
        behaviour: group.behaviour.name(),
        topic: (topic, scenario.topics.get(usize::from(topic))?.name.clone()),
        claimed: season.ledger().claimed.get(member).copied()?,
    };
    terms::answer(scene, epoch, kept)
}

/// The index and the account of a member by its name.
fn member(season: &Season<'_>, who: &str) -> Result<(usize, AccountId), WhyError> {
    let members = &season.roster().members;
    let dashed = who.rsplit_once('.').map(|(group, number)| format!("{group}-{number}"));
    let named = |name: &str| members.iter().position(|member| member.name == name);
    let found = named(who).or_else(|| named(dashed.as_deref()?));
    let found = found.and_then(|at| Some((at, members.get(at)?.account)));
    found.ok_or_else(|| {
        let names: Vec<&str> = members.iter().map(|member| member.name.as_str()).collect();
        let first = format!("{who}-0");
        let near = match names.contains(&first.as_str()) {
            true => Some(first.as_str()),
            false => suggestion(dashed.as_deref().unwrap_or(who), &names),
        };
        let groups = season.scenario().populations.iter().map(|group| group.name.as_str());
        let fix = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!(
                "members are called as their population, with a number where there are more: {}",
                groups.collect::<Vec<_>>().join(", ")
            ),
        };
        WhyError::Nobody { who: who.to_owned(), fix }
    })
}

/// The number of the topic that is asked about.
fn topic(
    scenario: &Scenario,
    season: &Season<'_>,
    member: usize,
    name: Option<&str>,
) -> Result<u16, WhyError> {
    let Some(name) = name else {
        let group = season.roster().members.get(member).map(|member| member.group);
        let group = group.and_then(|group| scenario.populations.get(group));
        return Ok(group.map_or(0, |group| group.topic));
    };
    let names: Vec<&str> = scenario.topics.iter().map(|topic| topic.name.as_str()).collect();
    let found = (0u16..).zip(&names).find(|(_, topic)| **topic == name).map(|(number, _)| number);
    found.ok_or_else(|| {
        let fix = match suggestion(name, &names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("topics are: {}", names.join(", ")),
        };
        WhyError::NoTopic { topic: name.to_owned(), fix }
    })
}
