use super::{
    super::{Agent, Me, Observation, Outbox},
    has_power, whole,
};
use crate::scenario::Stance;

/// Votes the same always; perhaps so late that nobody has time to answer.
pub(super) struct Bloc {
    votes: Stance,
    on: Option<String>,
    late: bool,
    done: Vec<u32>,
}

impl Bloc {
    pub(super) const fn new(votes: Stance, on: Option<String>, late: bool) -> Self {
        Self { votes, on, late, done: Vec::new() }
    }
}

impl Agent for Bloc {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        if !has_power(seen, me) {
            return;
        }
        for view in seen.proposals.iter().filter(|view| view.is_open()) {
            let due = !self.late || view.is_late(seen.time, seen.epoch_seconds);
            if due && view.is(self.on.as_deref()) && !self.done.contains(&view.number) {
                self.done.push(view.number);
                let option = match (view.is_standard(), self.votes) {
                    (true, votes) => votes.option(),
                    (false, Stance::Yes) => 0,
                    (false, _) => view.none(),
                };
                whole(view.number, option, "", out);
            }
        }
    }
}
