//! Whether the parts of a scenario fit together.

use std::collections::BTreeSet;

use scoring_kernel::RowForm;

use super::{Behaviour, Happening, Places, QualitySpread, Role, Scenario, Spread, Topic};
use crate::run;

/// The most epochs of a run: over a century of hourly ones.
const MAX_EPOCHS: u64 = 1_000_000;
/// The most seeds of a series.
const MAX_SEEDS: u64 = 1_000_000;
/// The most agents of a run.
const MAX_AGENTS: usize = 1_000_000;

/// One thing that is wrong with a scenario.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {what}; {fix}")]
pub struct Invalid {
    /// Where, as a path: `populations.copier.behaviour`.
    pub place: String,
    /// What is wrong.
    pub what: String,
    /// What to do about it.
    pub fix: String,
}

/// Collects what is wrong.
pub(super) struct Findings(Vec<Invalid>);

impl Findings {
    pub(super) fn need(&mut self, holds: bool, place: &str, what: impl Into<String>, fix: &str) {
        if !holds {
            let place = place.to_owned();
            self.0.push(Invalid { place, what: what.into(), fix: fix.to_owned() });
        }
    }
}

impl Scenario {
    /// Checks that the parts fit together. Parameters of modules are checked by the modules
    /// themselves, at genesis.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn check(&self) -> Result<(), Vec<Invalid>> {
        let mut findings = Findings(Vec::new());
        self.check_frame(&mut findings);
        self.check_populations(&mut findings);
        self.check_events(&mut findings);
        self.check_governance(&mut findings);
        if findings.0.is_empty() { Ok(()) } else { Err(findings.0) }
    }

    fn check_frame(&self, findings: &mut Findings) {
        let clock = &self.clock;
        for (place, number, most) in
            [("epochs", self.epochs, MAX_EPOCHS), ("seeds", self.seeds.into(), MAX_SEEDS)]
        {
            let inside = (1..=most).contains(&number);
            let fix = format!("use 1 to {most}");
            findings.need(inside, place, format!("{number} cannot be run"), &fix);
        }
        findings.need(clock.interval > 0, "clock.interval", "is 0", "use at least 1 second");
        findings.need(
            clock.jitter < clock.interval.max(1),
            "clock.jitter",
            format!("{} s is not below the interval of {} s", clock.jitter, clock.interval),
            "use less jitter or a longer interval",
        );
        findings.need(self.trace.every > 0, "trace.every", "is 0", "use at least 1");
        findings.need(!self.topics.is_empty(), "topics", "there are none", "add a topic");
        let tempo = self.tempo();
        for topic in &self.topics {
            let place = format!("topics.{}", topic.name);
            let same = topic.params.tempo == tempo;
            findings.need(same, &place, "has another tempo than the first topic", "use one tempo");
            findings.need(tempo >= 2, &place, "has a tempo below 2 blocks", "use at least 2");
            findings.need(topic.rows_a_page > 0, &place, "closes no rows a page", "use at least 1");
            let owner = topic.owner.as_deref().is_none_or(|name| self.population(name).is_some());
            findings.need(owner, &place, "is owned by an unknown population", "name one of them");
        }
        for gate in &self.gates {
            let place = format!("expect.{}", gate.metric);
            findings.need(
                gate.bound.is_finite(),
                &place,
                "the bound is not finite",
                "use a number",
            );
        }
    }

    fn check_populations(&self, findings: &mut Findings) {
        let agents: usize = self.populations.iter().map(|group| group.places.count()).sum();
        findings.need(agents > 0, "populations", "there are no agents", "add a population");
        let most = format!("use at most {MAX_AGENTS}");
        let too_many = format!("{agents} agents are too many");
        findings.need(agents <= MAX_AGENTS, "populations", too_many, &most);
        let mut names = BTreeSet::from([run::KEEPER, run::POOL, run::BUYERS]);
        let mut seats = BTreeSet::new();
        for group in &self.populations {
            let place = format!("populations.{}", group.name);
            let unique = names.insert(group.name.as_str()) && !self.is_members(&group.name);
            findings.need(unique, &place, "the name is taken", "use another name");
            let topic = self.topics.get(usize::from(group.topic));
            findings.need(topic.is_some(), &place, "works in an unknown topic", "name one of them");
            if let Places::Slots(slots) = &group.places {
                for slot in slots {
                    let inside = topic.is_none_or(|topic| *slot < topic.params.slots);
                    let what = format!("slot {slot} does not exist");
                    findings.need(inside, &place, what, "use a slot below the topic's number");
                    let free = seats.insert((group.topic, *slot));
                    findings.need(free, &place, format!("slot {slot} is taken"), "use another");
                }
                let holder = group.role == Role::Holder;
                findings.need(!holder, &place, "holders have no slots", "give a count");
            }
            let tiers = self.staking.params.tiers.len();
            let tier = usize::from(group.tier) < tiers;
            findings.need(
                tier,
                &place,
                format!("tier {} does not exist", group.tier),
                "use a lower",
            );
            self.check_spreads(findings, &place, group);
            self.check_behaviour(findings, &place, &group.behaviour);
            let works = group.role == Role::Contributor && topic.is_none_or(infers);
            let forecasts = group.behaviour == Behaviour::Forecaster;
            let fix = "make it a contributor of a synthesis topic";
            findings.need(works || !forecasts, &place, "has nothing to forecast", fix);
            if let Some(to) = &group.delegates_to {
                let known = self.population(to).is_some_and(|to| to.name != group.name);
                findings.need(known, &place, "delegates to nobody", "name another population");
            }
        }
    }

    /// Whether a member of a larger population is called so: `validators-3`.
    fn is_members(&self, name: &str) -> bool {
        let Some((group, number)) = name.rsplit_once('-') else { return false };
        let members = self.population(group).map_or(0, |group| group.places.count());
        members > 1 && number.parse().is_ok_and(|number: usize| number < members)
    }

    fn check_spreads(&self, findings: &mut Findings, place: &str, group: &super::Population) {
        let members = group.places.count();
        for spread in [&group.stake, &group.liquid] {
            match spread {
                Spread::List(list) => {
                    let what = format!("{} amounts for {members} members", list.len());
                    findings.need(list.len() == members, place, what, "give one for each");
                }
                Spread::Snapshot => self.check_snapshot(findings, place, group),
                Spread::Each(_) | Spread::Lognormal { .. } | Spread::Pareto { .. } => {}
            }
        }
        match &group.quality {
            QualitySpread::List(list) => {
                let what = format!("{} qualities for {members} members", list.len());
                findings.need(list.len() == members, place, what, "give one for each");
            }
            QualitySpread::Snapshot => self.check_snapshot(findings, place, group),
            QualitySpread::Uniform { low, high } => {
                findings.need(low <= high, place, "quality ends below its begin", "swap them");
            }
            QualitySpread::Each(_) => {}
        }
    }

    fn check_snapshot(&self, findings: &mut Findings, place: &str, group: &super::Population) {
        let known = self.snapshot.is_some() && matches!(group.places, Places::Slots(_));
        let fix = "name a snapshot file, and give the population's slots";
        findings.need(known, place, "takes numbers from a snapshot by slot", fix);
    }

    fn check_behaviour(&self, findings: &mut Findings, place: &str, behaviour: &Behaviour) {
        if let Some(accomplices) = behaviour.accomplices() {
            let known = self.population(accomplices).is_some();
            let what = format!("there is no population `{accomplices}`");
            findings.need(known, place, what, "name its contributors");
        }
        match behaviour {
            Behaviour::Lazy { every: 0, .. }
            | Behaviour::Delegator { every: 0, .. }
            | Behaviour::Oracle { every: 0, .. } => {
                findings.need(false, place, "acts every 0 epochs", "use at least 1");
            }
            Behaviour::Copier { lag: 0, .. } => {
                findings.need(
                    false,
                    place,
                    "copies what is not public yet",
                    "use a lag of 1 or more",
                );
            }
            _ => {}
        }
    }

    fn check_events(&self, findings: &mut Findings) {
        for (number, event) in self.events.iter().enumerate() {
            let place = format!("events.{number}");
            let inside = event.epoch < self.epochs;
            findings.need(inside, &place, "comes after the last epoch", "use an earlier epoch");
            let named = match &event.happening {
                Happening::Slashed { population, .. }
                | Happening::QualityFalls { population, .. } => {
                    vec![population]
                }
                Happening::Turned { population, behaviour } => {
                    self.check_behaviour(findings, &place, behaviour);
                    vec![population]
                }
                Happening::Paid { from, to, .. } => vec![from, to],
                Happening::CampaignOpened { publisher, .. } => vec![publisher],
                Happening::TopicChanges { .. }
                | Happening::EmissionChanges { .. }
                | Happening::Proposed(_)
                | Happening::CampaignFunded { .. }
                | Happening::CampaignEnded { .. }
                | Happening::RootRevoked { .. }
                | Happening::DemandChanges { .. } => vec![],
            };
            for name in named {
                let what = format!("there is no population `{name}`");
                findings.need(self.population(name).is_some(), &place, what, "name one of them");
            }
            if let Happening::TopicChanges { topic, params } = &event.happening {
                let known = usize::from(*topic) < self.topics.len();
                findings.need(known, &place, "changes an unknown topic", "use a lower number");
                let same = params.tempo == self.tempo();
                findings.need(same, &place, "changes the tempo", "keep it");
                for refusal in params.violations() {
                    let (what, fix) = (refusal.reason.what, refusal.reason.fix);
                    findings.need(false, &place, format!("E{:04} {what}", refusal.code()), fix);
                }
            }
            let violations = match &event.happening {
                Happening::EmissionChanges { params } => params.violations(0),
                Happening::CampaignOpened { terms, .. } => terms.violations(),
                _ => Vec::new(),
            };
            for refusal in violations {
                let (what, fix) = (refusal.reason.what, refusal.reason.fix);
                findings.need(false, &place, format!("E{:04} {what}", refusal.code()), fix);
            }
        }
    }
}

/// Whether a topic predicts something.
fn infers(topic: &Topic) -> bool {
    topic.params.scoring.row_form() == RowForm::Losses
}
