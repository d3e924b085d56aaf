use super::{Agent, Me, Observation, Outbox, weigh};
use crate::random::Fixed;

/// A meter that measures as the honest do and reports a multiple of what its own contributors
/// did.
pub(super) struct Inflater {
    /// Their places among the accounts.
    pub(super) accomplices: Vec<usize>,
    pub(super) factor: Fixed,
    pub(super) noise: Fixed,
}

impl Agent for Inflater {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let topic = seen.topic(me.topic);
        let own: Vec<u16> =
            self.accomplices.iter().filter_map(|at| seen.account(*at).slot).collect();
        let reported = |(uid, measured): (u16, u64)| {
            (uid, if own.contains(&uid) { inflated(measured, self.factor) } else { measured })
        };
        let weights = weigh::row(weigh::estimates(topic, self.noise, me).map(reported));
        weigh::submit(me, weights, out);
    }
}

/// `floor(measured * factor)`, with 32 fractional bits each.
pub(super) fn inflated(measured: u64, factor: Fixed) -> u64 {
    let factor = u128::try_from(factor.bits()).unwrap_or(0);
    u64::try_from((u128::from(measured) * factor) >> 32).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::inflated;
    use crate::random::Fixed;

    #[test]
    fn a_factor_multiplies_and_floors() {
        let factor = |billionths| Fixed::from_billionths(billionths);
        assert_eq!(inflated(1 << 32, factor(3_000_000_000)), 3 << 32);
        assert_eq!(inflated(3, factor(500_000_000)), 1);
        assert_eq!(inflated(7, Fixed::ONE), 7);
        assert_eq!(inflated(u64::MAX, factor(2_000_000_000)), u64::MAX);
    }
}
