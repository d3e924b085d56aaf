//! A slow auditor: it remembers every ballot and every change of stake, and counts anew.
//!
//! Nothing of the rulebook's counting is used: no checkpoint, no running tally, no stored weight.

use crate::{
    Fraction,
    governance::{ABSTAIN, NO, Status, VETO, YES},
};

const WHOLE: u128 = Fraction::WHOLE as u128;

/// Stake and delegates of a few users, at the end of each block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Stakes {
    pub(super) own: Vec<u128>,
    pub(super) delegate: Vec<Option<usize>>,
}

/// A ballot: who, shares by option in parts per 10^9, in the order they were listed.
pub(super) type Shares = Vec<(usize, u128)>;

/// A proposal as its rules say, and what was voted on it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) proposer: usize,
    pub(super) at: (u64, u64),
    pub(super) snapshot: Stakes,
    pub(super) opens: u64,
    pub(super) deadline: u64,
    pub(super) extended: bool,
    pub(super) rules: Rules,
    /// The latest ballot of each voter.
    pub(super) ballots: Vec<Option<Shares>>,
    pub(super) done: Done,
    pub(super) settled: bool,
}

/// The rules of a track, in plain numbers.
#[derive(Clone, Debug)]
pub(super) struct Rules {
    pub(super) deposit: u128,
    pub(super) extension: u64,
    pub(super) timelock: u64,
    pub(super) grace: u64,
    pub(super) quorum: u128,
    /// `None`: more than half.
    pub(super) threshold: Option<u128>,
    pub(super) veto: u128,
    pub(super) revoting: bool,
    pub(super) acts: bool,
}

/// What somebody did to a proposal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Done {
    Nothing,
    Queued(u64),
    Executed,
    Failed(u64),
    Cancelled,
}

impl Case {
    pub(super) fn total(&self) -> u128 {
        self.snapshot.own.iter().sum()
    }

    /// What a ballot of `who` weighs: its own, and what was lent to it by who has not voted.
    pub(super) fn weight(&self, who: usize) -> u128 {
        let lent = (0..self.snapshot.own.len()).filter(|other| {
            self.snapshot.delegate[*other] == Some(who) && self.ballots[*other].is_none()
        });
        self.snapshot.own[who] + lent.map(|other| self.snapshot.own[other]).sum::<u128>()
    }

    /// Votes by option, from all ballots.
    pub(super) fn tally(&self) -> Vec<u128> {
        let mut tally = vec![0; 4];
        for (who, ballot) in self.ballots.iter().enumerate() {
            let Some(shares) = ballot else { continue };
            let weight = self.weight(who);
            let mut left = weight;
            let mut order: Vec<usize> = (0..shares.len()).collect();
            for (option, share) in shares {
                tally[*option] += weight * share / WHOLE;
                left -= weight * share / WHOLE;
            }
            // Stable: the first listed of equal remainders.
            order.sort_by_key(|at| std::cmp::Reverse(weight * shares[*at].1 % WHOLE));
            for at in order.into_iter().take(left as usize) {
                tally[shares[at].0] += 1;
            }
        }
        tally
    }

    pub(super) fn quorate(&self, tally: &[u128]) -> bool {
        let cast: u128 = tally.iter().sum();
        cast > 0 && cast * WHOLE >= self.rules.quorum * self.total()
    }

    fn vetoed(&self, tally: &[u128]) -> bool {
        let cast: u128 = tally.iter().sum();
        tally[usize::from(VETO)] * WHOLE >= self.rules.veto * cast
    }

    fn agreed(&self, tally: &[u128]) -> bool {
        let yes = tally[usize::from(YES)];
        let base = yes + tally[usize::from(NO)] + tally[usize::from(VETO)];
        match self.rules.threshold {
            _ if base == 0 => false,
            None => 2 * yes > base,
            Some(part) => yes * WHOLE >= part * base,
        }
    }

    /// Whether it passes even if all that did not vote yes with its own power vetoes: by trying.
    fn certain(&self) -> bool {
        if self.rules.revoting {
            return false;
        }
        let mut firm = 0;
        for (who, ballot) in self.ballots.iter().enumerate() {
            let yes = ballot.iter().flatten().find(|(option, _)| *option == usize::from(YES));
            firm += yes.map_or(0, |(_, share)| self.snapshot.own[who] * share / WHOLE);
        }
        let mut worst = vec![0; 4];
        worst[usize::from(YES)] = firm;
        if !self.quorate(&worst) {
            return false;
        }
        worst[usize::from(VETO)] = self.total() - firm;
        self.agreed(&worst) && !self.vetoed(&worst)
    }

    pub(super) fn status(&self, height: u64, time: u64) -> Status {
        let expired = |from: u64| time >= from + self.rules.grace;
        match self.done {
            Done::Executed => return Status::Executed,
            Done::Cancelled => return Status::Cancelled,
            Done::Queued(eta) | Done::Failed(eta) if expired(eta) => return Status::Expired,
            Done::Failed(_) => return Status::Failed,
            Done::Queued(eta) if time < eta => return Status::Queued,
            Done::Queued(_) => return Status::Executable,
            Done::Nothing => {}
        }
        if height <= self.at.0 || time < self.opens {
            return Status::Pending;
        }
        if time < self.deadline {
            return if self.certain() { Status::Passed } else { Status::Open };
        }
        let tally = self.tally();
        if !self.quorate(&tally) {
            Status::Defeated
        } else if self.vetoed(&tally) {
            Status::Vetoed
        } else if !self.agreed(&tally) {
            Status::Defeated
        } else if self.rules.acts && expired(self.deadline) {
            Status::Expired
        } else {
            Status::Passed
        }
    }

    /// Whether a vote of `who` is taken now.
    pub(super) fn takes(&self, who: usize, height: u64, time: u64) -> bool {
        self.status(height, time) == Status::Open
            && (self.rules.revoting || self.ballots[who].is_none())
            && self.weight(who) > 0
    }

    /// Counts a ballot in.
    pub(super) fn vote(&mut self, who: usize, shares: Shares, time: u64) {
        let before = self.quorate(&self.tally());
        self.ballots[who] = Some(shares);
        let after = self.quorate(&self.tally());
        let moved = time + self.rules.extension;
        if !self.extended && !before && after && moved > self.deadline {
            (self.deadline, self.extended) = (moved, true);
        }
    }

    /// Whether the deposit goes back once it is decided; `unheard`: without quorum too.
    pub(super) fn is_returned(&self, height: u64, time: u64, unheard: bool) -> bool {
        match self.status(height, time) {
            Status::Vetoed => false,
            Status::Defeated => self.quorate(&self.tally()) || unheard,
            _ => true,
        }
    }

    /// Abstention counts for the quorum alone: without it the result is the same or unheard.
    pub(super) fn abstention_is_neutral(&self) -> bool {
        let mut without = self.tally();
        let agreed = self.agreed(&without);
        without[usize::from(ABSTAIN)] = 0;
        agreed == self.agreed(&without)
    }
}
