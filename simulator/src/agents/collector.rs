use protocol::{AccountId, Command, rewards};

use super::{Agent, Me, Observation, Outbox};
use crate::{claims::List, scenario::Habit};

/// A contributor whose work is measured off chain: it claims what published lists promise it.
pub(super) struct Collector {
    habit: Habit,
    /// Lists it is done with.
    done: usize,
}

impl Collector {
    pub(super) const fn new(habit: Habit) -> Self {
        Self { habit, done: 0 }
    }
}

impl Agent for Collector {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        while let Some(posted) = seen.lists.get(self.done) {
            let since = if self.habit == Habit::Late { posted.closes } else { posted.opens };
            if seen.time < since {
                return;
            }
            self.done += 1;
            if posted.left.is_zero() && self.habit != Habit::Late {
                continue;
            }
            let Some(claim) = claim(&posted.list, me.account) else { continue };
            if self.habit == Habit::Twice {
                out.send(claim.clone());
            }
            out.send(claim);
        }
    }
}

/// The claim of an account's leaf, if it has one.
fn claim(list: &List, who: AccountId) -> Option<Command> {
    let index = list.payments().iter().position(|(payee, _)| *payee == who)?;
    let (who, leaf) = list.leaf(u32::try_from(index).ok()?)?;
    Some(Command::Rewards(rewards::Command::ClaimLeaf { who, leaf }))
}
