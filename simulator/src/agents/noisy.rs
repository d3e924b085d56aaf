use super::{Agent, Me, Observation, Outbox, weigh};
use crate::random::Fixed;

/// Evaluates with an error that does not depend on quality: q + noise N(0, 1), at least 0.
/// An error of losses never does.
pub(super) struct Noisy {
    pub(super) noise: Fixed,
}

impl Agent for Noisy {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let topic = seen.topic(me.topic);
        let weights = match topic.losses {
            None => weigh::row(weigh::careless(topic, self.noise, me)),
            Some(_) => weigh::honest(topic, self.noise, me),
        };
        weigh::submit(me, weights, out);
    }
}
