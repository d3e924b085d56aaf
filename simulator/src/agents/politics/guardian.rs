use protocol::{Bytes, Command, Fraction, governance, governance::Status, pause::Pausable};

use super::{
    super::{Agent, Me, Observation, Outbox},
    ProposalView, happens,
};

/// Whether a guardian can still cancel it.
fn is_queued(view: &&ProposalView) -> bool {
    matches!(view.status, Status::Queued | Status::Executable | Status::Failed)
}

fn cancel(view: &ProposalView, reason: &str, out: &mut Outbox) {
    let reason = Bytes(reason.as_bytes().to_vec());
    let command = governance::Command::Cancel { proposal: view.number, reason };
    out.send(Command::Governance(command));
}

/// Cancels queued attacks, those that it notices.
pub(super) struct Guardian {
    watches: Fraction,
    seen: Vec<u32>,
}

impl Guardian {
    pub(super) const fn new(watches: Fraction) -> Self {
        Self { watches, seen: Vec::new() }
    }
}

impl Agent for Guardian {
    fn act(&mut self, seen: &Observation, me: &mut Me, out: &mut Outbox) {
        for view in seen.proposals.iter().filter(is_queued) {
            if !view.likes.attack || self.seen.contains(&view.number) {
                continue;
            }
            self.seen.push(view.number);
            if happens(self.watches, &mut me.noise) {
                cancel(view, "It takes what belongs to all.", out);
            }
        }
    }
}

/// Holds everybody up: cancels whatever is queued, pauses for as long as it may.
pub(super) struct Captured {
    pub(super) pauses: Option<Pausable>,
    pub(super) cancelled: Vec<u32>,
}

impl Agent for Captured {
    fn act(&mut self, seen: &Observation, _: &mut Me, out: &mut Outbox) {
        for view in seen.proposals.iter().filter(is_queued) {
            if !self.cancelled.contains(&view.number) {
                self.cancelled.push(view.number);
                cancel(view, "Because I can.", out);
            }
        }
        let Some(module) = self.pauses else { return };
        let seconds = seen.longest_pause;
        if seconds > 0 {
            let command = governance::Command::Pause { module, seconds };
            out.send(Command::Governance(command));
        }
    }
}
