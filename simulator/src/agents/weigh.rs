//! From estimates to a row of weights.

use protocol::{Command, network};

use super::{Me, Outbox, TopicView, report};
use crate::random::Fixed;

/// Estimates of every worker's quality: q (1 + noise N(0, 1)), clipped at 0.
pub(super) fn estimates<'a>(
    topic: &'a TopicView,
    noise: Fixed,
    me: &'a mut Me,
) -> impl Iterator<Item = (u16, u64)> + Clone + use<'a> {
    me.draws.resize(topic.workers.len(), Fixed::ZERO);
    me.noise.fill_normal(&mut me.draws);
    for ((_, quality), draw) in topic.workers.iter().zip(&mut me.draws) {
        *draw = *quality + quality.mul_floor(noise).mul_floor(*draw);
    }
    values(topic, me)
}

/// Estimates whose error does not depend on quality: q + noise N(0, 1), clipped at 0.
pub(super) fn careless<'a>(
    topic: &'a TopicView,
    noise: Fixed,
    me: &'a mut Me,
) -> impl Iterator<Item = (u16, u64)> + Clone + use<'a> {
    me.draws.resize(topic.workers.len(), Fixed::ZERO);
    me.noise.fill_normal(&mut me.draws);
    for ((_, quality), draw) in topic.workers.iter().zip(&mut me.draws) {
        *draw = *quality + noise.mul_floor(*draw);
    }
    values(topic, me)
}

/// Each worker's slot with what was drawn for it.
fn values<'a>(
    topic: &'a TopicView,
    me: &'a Me,
) -> impl Iterator<Item = (u16, u64)> + Clone + use<'a> {
    topic.workers.iter().zip(&me.draws).map(|((uid, _), draw)| (*uid, positive(*draw)))
}

/// The bits of a value; 0 below.
fn positive(value: Fixed) -> u64 {
    u64::try_from(value.bits()).unwrap_or(0)
}

/// The row that gives each slot weight in proportion to its value: the largest gets 65535,
/// others round to nearest, what rounds to zero is left out. Slots ascend.
pub(super) fn row(values: impl Iterator<Item = (u16, u64)> + Clone) -> Vec<(u16, u16)> {
    let mut row = Vec::with_capacity(values.size_hint().1.unwrap_or(0));
    let most = values.clone().map(|(_, value)| value).max().unwrap_or(0);
    if most == 0 {
        return row;
    }
    // Values below 2^32, so that one product serves each; only proportions count.
    let shift = (u64::BITS - most.leading_zeros()).saturating_sub(32);
    let scale = (u64::from(u16::MAX) << 32) / (most >> shift);
    row.extend(values.filter_map(|(uid, value)| {
        let scaled = u128::from(value >> shift) * u128::from(scale);
        // The largest is at most 65535 + 1/2, floored.
        let weight = ((scaled + HALF) >> 32) as u16;
        (weight > 0).then_some((uid, weight))
    }));
    row
}

/// One half, with 32 fractional bits.
const HALF: u128 = 1 << 31;

/// An honest row: weights by [`estimates`], or the losses that can be measured.
pub(super) fn honest(topic: &TopicView, noise: Fixed, me: &mut Me) -> Vec<(u16, u16)> {
    match &topic.losses {
        None => row(estimates(topic, noise, me)),
        Some(losses) => report::measured(losses, noise, me),
    }
}

/// Submits a row, if there is anything to say.
pub(super) fn submit(me: &Me, weights: Vec<(u16, u16)>, out: &mut Outbox) {
    if !weights.is_empty() {
        let topic = me.topic;
        out.send(Command::Network(network::Command::Submit { topic, weights }));
    }
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn the_largest_gets_all_and_others_their_proportion() {
        let values = [(1, 1 << 40), (3, 1 << 39), (4, 0), (7, 1 << 10)];
        assert_eq!(row(values.into_iter()), [(1, 65535), (3, 32768)]);
        assert_eq!(row([(0, 1), (1, 3)].into_iter()), [(0, 21845), (1, 65535)]);
        assert!(row([(5, 0)].into_iter()).is_empty());
    }

    #[test]
    fn no_value_passes_the_maximum() {
        for most in [1, 2, 65535, 65536, u64::from(u32::MAX), u64::MAX / 3, u64::MAX] {
            let weights = row([(0, most), (1, most), (2, most / 2)].into_iter());
            assert_eq!(weights[..2], [(0, 65535), (1, 65535)], "{most}");
        }
    }
}
