use super::{Agent, Me, Observation, Outbox, weigh};
use crate::random::Fixed;

/// Evaluates with an error that does not depend on quality: q + noise N(0, 1), at least 0.
pub(super) struct Noisy {
    pub(super) noise: Fixed,
}

impl Agent for Noisy {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let weights = weigh::row(weigh::careless(seen.topic(me.topic), self.noise, me));
        weigh::submit(me, weights, out);
    }
}
