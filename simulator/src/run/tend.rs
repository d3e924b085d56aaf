//! The keeper's work on proposals, which anyone may do: queue, execute, settle.

use protocol::{
    Amount, Command, Get, Timestamp,
    governance::{self, Outcome, Proposal, Status, Terms},
};

use super::{Recorder, Season};
use crate::agents::{Observation, ProposalView};

impl Season<'_> {
    /// Does with each proposal what can be done now.
    pub(super) fn tend(&mut self, recorder: &mut impl Recorder) {
        let mut live = std::mem::take(&mut self.politics.live);
        live.retain(|number| self.tend_one(*number, recorder));
        // What was made meanwhile comes after.
        live.append(&mut self.politics.live);
        self.politics.live = live;
    }

    /// Whether there is more to do with it later.
    fn tend_one(&mut self, proposal: u32, recorder: &mut impl Recorder) -> bool {
        let (terms, record) = self.proposal(proposal);
        let status = governance::status(&terms, &record, self.world.height(), self.world.time());
        let (command, stays) = match status {
            Status::Pending | Status::Open | Status::Queued => return true,
            Status::Passed if follows(&terms, &record) => {
                (governance::Command::Queue { proposal }, true)
            }
            Status::Executable | Status::Failed => {
                (governance::Command::Execute { proposal }, true)
            }
            _ => (governance::Command::Settle { proposal }, false),
        };
        // What is refused has been done by somebody else.
        let command = Command::Governance(command);
        let _refused = self.apply(self.roster.keeper, command, Amount::ZERO, recorder);
        stays
    }

    /// A proposal's records.
    pub fn proposal(&self, number: u32) -> (Terms, Proposal) {
        (self.world.get(number), self.world.get(number))
    }

    /// Shows agents the proposals that are not over.
    pub(super) fn look_at_proposals(&self, seen: &mut Observation) {
        let (height, now) = (self.world.height(), self.world.time());
        seen.proposals.clear();
        for number in &self.politics.live {
            let (terms, record) = self.proposal(*number);
            let status = governance::status(&terms, &record, height, now);
            if !status.is_final() {
                let (deadline, likes) = (record.deadline, self.politics.likes(*number));
                let number = *number;
                seen.proposals.push(ProposalView { number, terms, status, deadline, likes });
            }
        }
        let params: governance::Params = self.world.get(());
        seen.deposits.clear();
        seen.deposits.extend(params.tracks.iter().map(|track| track.deposit));
        seen.longest_pause = longest_pause(self.world.get(()), now);
    }
}

/// Whether anything follows from the result.
fn follows(terms: &Terms, record: &Proposal) -> bool {
    match governance::outcome(terms, &record.tally) {
        Outcome::Passed { option } => governance::carries(terms, option),
        // Early passes are yes.
        _ => governance::carries(terms, governance::YES),
    }
}

/// Seconds of a pause that the guardian may call now.
fn longest_pause(guardian: governance::Guardian, now: Timestamp) -> u64 {
    let mandate = guardian.mandate;
    let may = mandate.pauses > 0 && now < mandate.ends && now >= mandate.suspended;
    if may { mandate.pause } else { 0 }
}
