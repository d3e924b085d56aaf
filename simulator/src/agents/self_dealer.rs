use protocol::Fraction;

use super::{Agent, Me, Observation, Outbox, report, weigh};
use crate::random::Fixed;

/// Gives a part of its row to its own contributors, equally; the rest by honest estimate. Of losses,
/// reports that they are better than they are.
pub(super) struct SelfDealer {
    /// Their places among the accounts.
    pub(super) accomplices: Vec<usize>,
    pub(super) share: Fraction,
    pub(super) noise: Fixed,
}

impl Agent for SelfDealer {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let topic = seen.topic(me.topic);
        let slots = self.accomplices.iter().filter_map(|at| seen.account(*at).slot);
        let mut own: Vec<u16> = slots.collect();
        own.sort_unstable();
        if topic.losses.is_some() {
            let mut row = weigh::honest(topic, self.noise, me);
            report::favour(&mut row, &own, self.share);
            weigh::submit(me, row, out);
            return;
        }
        let mut values = vec![0u64; topic.slots.len()];
        for (uid, estimate) in weigh::estimates(topic, self.noise, me) {
            // Estimates are below 2^40: 16 bits more leave room for the sum of all.
            values[usize::from(uid)] = estimate << 8;
        }
        let honest: u128 = values.iter().map(|value| u128::from(*value)).sum();
        let (share, rest) = (self.share.parts(), Fraction::WHOLE - self.share.parts());
        if rest == 0 {
            values.fill(0);
        }
        let gift = match rest {
            0 => 1,
            _ => honest * u128::from(share) / u128::from(rest) / (own.len().max(1) as u128),
        };
        for uid in own {
            if let Some(value) = values.get_mut(usize::from(uid)) {
                *value = value.saturating_add(u64::try_from(gift).unwrap_or(u64::MAX));
            }
        }
        weigh::submit(me, weigh::row((0..).zip(values.iter().copied())), out);
    }
}
