//! Gauges: the emission's allocation by vote.

use crate::{effect::Command, rewards, treasury::Action, units::Power, wide::mul_div_floor};

/// `weight` shared among topics in proportion to their votes; the parts sum to it exactly.
///
/// Each is floor(weight * votes / all votes); the units that are left go one each to the largest
/// remainders, ties to the lower index. Without votes all parts are nothing.
pub fn shared(weight: u64, votes: &[Power]) -> Vec<u64> {
    let sum = votes.iter().fold(0u128, |sum, power| sum.saturating_add(power.units()));
    let mut remainders = Vec::with_capacity(votes.len());
    let mut parts = Vec::with_capacity(votes.len());
    let mut left = weight;
    for (place, power) in votes.iter().enumerate() {
        let (part, rest) = mul_div_floor(weight.into(), power.units(), sum).unwrap_or_default();
        // At most `weight`.
        let part = part as u64;
        left = left.saturating_sub(part);
        remainders.push((rest, place));
        parts.push(part);
    }
    if sum == 0 {
        return parts;
    }
    remainders.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let units = usize::try_from(left).unwrap_or_default();
    for (_, place) in remainders.into_iter().take(units) {
        if let Some(part) = parts.get_mut(place) {
            *part = part.saturating_add(1);
        }
    }
    parts
}

/// A gauge's actions with the weights that its votes give: each action's topic gets its part of
/// the weight that all of them name.
pub fn allocated(actions: Vec<Action>, tally: &[Power]) -> Vec<Action> {
    let weight = actions.iter().find_map(allocation).map_or(0, |(_, weight)| weight);
    // The last option is none of them.
    let votes = tally.get(..actions.len()).unwrap_or_default();
    let topics = actions.iter().filter_map(allocation).map(|(topic, _)| topic);
    let allocate = |(topic, weight)| Action::Call {
        command: Command::Rewards(rewards::Command::Allocate { topic, weight }),
    };
    topics.zip(shared(weight, votes)).map(allocate).collect()
}

fn allocation(action: &Action) -> Option<(u16, u64)> {
    match action {
        Action::Call {
            command: Command::Rewards(rewards::Command::Allocate { topic, weight }),
        } => Some((*topic, *weight)),
        _ => None,
    }
}
