use super::{Agent, Me, Observation, Outbox, weigh};
use crate::random::Fixed;

/// Evaluates as the honest do, but seldom; in between its last row stands.
pub(super) struct Lazy {
    noise: Fixed,
    every: u64,
    /// Members of a population evaluate in different epochs.
    offset: u64,
}

impl Lazy {
    pub(super) fn new(noise: Fixed, every: u32, member: usize) -> Self {
        let every = u64::from(every.max(1));
        Self { noise, every, offset: member as u64 % every }
    }
}

impl Agent for Lazy {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        // Everybody evaluates once at first: a validator without a row has no part at all.
        if seen.epoch == 0 || seen.epoch % self.every == self.offset {
            let weights = weigh::honest(seen.topic(me.topic), self.noise, me);
            weigh::submit(me, weights, out);
        }
    }
}
