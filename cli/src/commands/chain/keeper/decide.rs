//! What is to be done in a state of the chain: a function of what was read, and of nothing else.

use std::collections::BTreeMap;

use protocol::governance::Status;
use serde::{Deserialize, Serialize};

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "kebab-case", deny_unknown_fields)]
pub(super) enum Act {
    /// Submit the row.
    Row {
        /// The topic.
        topic: u16,
        /// In which of its epochs, from 0.
        epoch: u64,
    },
    /// Close an epoch, or a page of it.
    Close {
        /// The topic.
        topic: u16,
    },
    /// Start a timelock.
    Queue {
        /// The proposal.
        proposal: u32,
    },
    /// Run a proposal.
    Execute {
        /// The proposal.
        proposal: u32,
    },
    /// Free a deposit.
    Settle {
        /// The proposal.
        proposal: u32,
    },
}

impl Act {
    /// One word.
    pub(super) const fn verb(&self) -> &'static str {
        match self {
            Self::Row { .. } => "row",
            Self::Close { .. } => "close",
            Self::Queue { .. } => "queue",
            Self::Execute { .. } => "execute",
            Self::Settle { .. } => "settle",
        }
    }

    /// The verb and what it is done to.
    pub(super) fn name(&self) -> String {
        let verb = self.verb();
        match self {
            Self::Row { topic, .. } | Self::Close { topic } => format!("{verb} topic {topic}"),
            Self::Queue { proposal } | Self::Execute { proposal } | Self::Settle { proposal } => {
                format!("{verb} proposal {proposal}")
            }
        }
    }
}

/// Something to do, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// What.
    pub(super) act: Act,
    /// Why, for people.
    pub(super) why: String,
}

/// The chain as of one block.
#[derive(Clone, Debug, Default)]
pub(super) struct View {
    /// The block.
    pub(super) height: u64,
    /// Its time, seconds since 1970.
    pub(super) time: u64,
    /// By number.
    pub(super) topics: Vec<Topic>,
    /// By number; those that are over may be absent.
    pub(super) proposals: Vec<Proposal>,
    /// What is not tried again before a time, by name.
    pub(super) holds: BTreeMap<String, u64>,
}

/// A topic.
#[derive(Clone, Debug)]
pub(super) struct Topic {
    /// Its number.
    pub(super) number: u16,
    /// Epochs closed.
    pub(super) epoch: u64,
    /// The block of the last close.
    pub(super) last_close: u64,
    /// The block from which the next is due.
    pub(super) due: u64,
    /// Bond rows that a close in progress has written.
    pub(super) closing: Option<u16>,
    /// The keeper's own row, where it has a slot and a row to submit.
    pub(super) row: Option<Row>,
}

/// The keeper's row in a topic.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    /// The block of its last submission; 0 where none counts.
    pub(super) updated: u64,
    /// The epoch for which the keeper has submitted last.
    pub(super) submitted: Option<u64>,
    /// Only in so many last blocks of an epoch.
    pub(super) within: Option<u64>,
}

/// A proposal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposal {
    /// Its number.
    pub(super) number: u32,
    /// How it stands.
    pub(super) status: Status,
    /// Whether its deposit was returned or forfeited.
    pub(super) settled: bool,
    /// Whether anything follows from its result; told of passed ones.
    pub(super) follows: bool,
}

impl Proposal {
    /// Whether nothing will ever be left to do.
    pub(super) fn is_over(&self) -> bool {
        let last = self.status.is_final() || self.status == Status::Passed && !self.follows;
        last && self.settled
    }
}

/// Everything that is to be done now, in order: rows before the close that counts them, then
/// closes, then proposals. What is held off is left out.
pub(super) fn decide(view: &View) -> Vec<Decision> {
    let rows = view.topics.iter().filter_map(|topic| row(view.height, topic));
    let closes = view.topics.iter().filter_map(|topic| close(view.height, topic));
    let proposals = view.proposals.iter().filter_map(proposal);
    let all = rows.chain(closes).chain(proposals);
    all.filter(|decision| !is_held(view, &decision.act)).collect()
}

fn is_held(view: &View, act: &Act) -> bool {
    view.holds.get(&act.name()).is_some_and(|until| view.time < *until)
}

/// A row that is submitted while an epoch is closed waits for the next one: it is left until then.
fn row(height: u64, topic: &Topic) -> Option<Decision> {
    let row = topic.row.filter(|_| topic.closing.is_none())?;
    let is_there = row.updated > topic.last_close || row.submitted == Some(topic.epoch);
    let is_early = row.within.is_some_and(|blocks| height.saturating_add(blocks) < topic.due);
    let epoch = topic.epoch;
    (!is_there && !is_early).then(|| Decision {
        act: Act::Row { topic: topic.number, epoch },
        why: format!("epoch {epoch} has no row of ours"),
    })
}

fn close(height: u64, topic: &Topic) -> Option<Decision> {
    let why = match topic.closing {
        Some(written) => format!("its close has written {written} rows"),
        None if height >= topic.due => {
            format!("epoch {} is due since block {}", topic.epoch, topic.due)
        }
        None => return None,
    };
    Some(Decision { act: Act::Close { topic: topic.number }, why })
}

fn proposal(found: &Proposal) -> Option<Decision> {
    let proposal = found.number;
    let act = match found.status {
        Status::Pending | Status::Open | Status::Queued => return None,
        Status::Passed if found.follows => Act::Queue { proposal },
        Status::Executable | Status::Failed => Act::Execute { proposal },
        _ if found.settled => return None,
        _ => Act::Settle { proposal },
    };
    let status = found.status.name();
    let why = match act {
        Act::Settle { .. } => format!("it is {status}, and its deposit still locked"),
        _ => format!("it is {status}"),
    };
    Some(Decision { act, why })
}

#[cfg(test)]
mod tests;
