//! The agents of a run at work: minds, streams, and the order in which they act.

use std::num::NonZeroU64;

use super::{Roster, roster::Member};
use crate::{
    agents::{Agent, Me, behaving},
    native::Accounts,
    random::{Seed, Stream},
    scenario::{Behaviour, Scenario},
};

/// One agent at work.
pub(super) struct Actor {
    pub(super) me: Me,
    pub(super) mind: Box<dyn Agent>,
    /// Whether the mind ever does anything.
    pub(super) awake: bool,
    /// Index of its population.
    pub(super) group: usize,
    /// Its number there.
    pub(super) number: usize,
    /// Draws its block in each epoch.
    timing: Stream,
}

/// Everybody, in the order of the roster.
pub(super) fn cast(scenario: &Scenario, roster: &Roster, run: u64, honest: bool) -> Vec<Actor> {
    let seed = Seed::new(scenario.seed);
    let actor = |(index, member): (usize, &Member)| {
        let population = &scenario.populations[member.group];
        let behaviour =
            if honest { population.behaviour.honest() } else { population.behaviour.clone() };
        let me = Me {
            account: member.account,
            index,
            topic: population.topic,
            tier: population.tier,
            noise: seed.stream(run, &member.name, "noise"),
            draws: Vec::new(),
        };
        let timing = seed.stream(run, &member.name, "timing");
        Actor {
            me,
            mind: mind(scenario, roster, &behaviour, member.number),
            awake: behaviour.acts(),
            group: member.group,
            number: member.number,
            timing,
        }
    };
    roster.members.iter().enumerate().map(actor).collect()
}

/// The mind that goes with a behaviour.
pub(super) fn mind(
    scenario: &Scenario,
    roster: &Roster,
    behaviour: &Behaviour,
    number: usize,
) -> Box<dyn Agent> {
    let accomplices = behaviour.accomplices().map_or_else(Vec::new, |accomplices| {
        let own = roster.named(scenario, accomplices).iter();
        own.map(|member| (member.account.handle() - protocol::FIRST_USER) as usize).collect()
    });
    let names = || Accounts::of(roster.accounts().iter().map(String::as_str));
    behaving(behaviour, number, accomplices, &names)
}

/// Who acts in which block of an epoch: (block, index of the actor), in order. Blocks count
/// from the epoch's first; the last one is the close's.
pub(super) fn order(
    actors: &mut [Actor],
    tempo: u64,
    mut due: impl FnMut(&Actor) -> bool,
    plan: &mut Vec<(u64, u32)>,
) {
    plan.clear();
    let Some(blocks) = NonZeroU64::new(tempo.saturating_sub(1)) else { return };
    for (index, actor) in (0u32..).zip(actors) {
        if actor.awake || due(actor) {
            plan.push((actor.timing.below(blocks), index));
        }
    }
    plan.sort_unstable();
}
