use super::{Agent, Me, Observation, Outbox, weigh};
use crate::random::Fixed;

/// Evaluates everybody's work each epoch, with an error in proportion to quality; of losses, with
/// an error in decades.
pub(super) struct Honest {
    pub(super) noise: Fixed,
}

impl Agent for Honest {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        let weights = weigh::honest(seen.topic(me.topic), self.noise, me);
        weigh::submit(me, weights, out);
    }
}
