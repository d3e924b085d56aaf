//! Carries decisions out: written down before they are broadcast, looked up after a crash.

use std::cell::RefCell;

use client::{Error, Fate, Message, Sender, Signed};
use interface::{governor, network};
use protocol::ModuleId;

use super::decide::{Act, Decision};
use super::journal::{Journal, Pending};
use super::tell::{End, remembered};
use crate::commands::chain::call;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, failure};
use crate::exit::Outcome;

/// The message of a decision; `row` is what is submitted, `rows` what a page of a close writes.
///
/// # Errors
/// The deployment has no such contract.
pub(super) fn message(
    receipt: &Receipt,
    act: &Act,
    row: Vec<(u16, u16)>,
    rows: u16,
) -> Outcome<Message> {
    use governor::ExecuteMsg::{Execute, Queue, Settle};
    let govern = |msg: governor::ExecuteMsg| call(receipt, ModuleId::Governor, &msg);
    match *act {
        Act::Row { topic, .. } => {
            let msg = network::ExecuteMsg::SubmitWeights { topic, weights: row };
            call(receipt, ModuleId::Network, &msg)
        }
        Act::Close { topic } => {
            call(receipt, ModuleId::Network, &network::ExecuteMsg::Close { topic, rows })
        }
        Act::Queue { proposal } => govern(Queue { proposal_id: proposal }),
        Act::Execute { proposal } => govern(Execute { proposal_id: proposal }),
        Act::Settle { proposal } => govern(Settle { proposal_id: proposal }),
    }
}

/// Sends a decision's message, and waits for what comes of it.
///
/// # Errors
/// Nodes do not answer, and what was written down stays so; or it cannot be written down, and
/// nothing was sent.
pub(super) fn send(
    (session, sender): (&Session, &Sender),
    journal: &mut Journal,
    (decision, message): (&Decision, Message),
    now: u64,
) -> Outcome<End> {
    let noted = RefCell::new(&mut *journal);
    let note = |signed: &Signed| {
        let failed = |error| Error::Journal(format!("the journal cannot be written: {error}"));
        noted.borrow_mut().note(decision, signed).map_err(failed)
    };
    let sent = session.answer(sender.send_noting(&[message], "moot keeper", &note));
    let end = match sent {
        Ok(included) => End::Done(included),
        Err(Error::Refused { reason, hash }) => End::Refused(reason, hash),
        Err(error) => return Err(failure(error)),
    };
    finish(journal, &decision.act, &end, now)?;
    Ok(end)
}

/// What became of a transaction that was written down and not seen to its end. While it can still
/// be included the same bytes are handed to the node again: at most one copy ever is.
///
/// # Errors
/// Nodes do not answer.
pub(super) fn resolve(
    session: &Session,
    journal: &mut Journal,
    now: u64,
) -> Outcome<Option<(Decision, End)>> {
    let Some(pending) = journal.notes.pending.clone() else { return Ok(None) };
    let Pending { act, why, hash, sequence, timeout_height, bytes } = pending;
    let signed = Signed { bytes: bytes.to_vec(), hash, sequence, timeout_height };
    let end = match session.answer(session.node()?.settle(&signed)) {
        Ok(Fate::Included(included)) => End::Done(included),
        Ok(Fate::Lapsed) => End::Lapsed,
        Err(Error::Refused { reason, hash }) => End::Refused(reason, hash),
        Err(error) => return Err(failure(error)),
    };
    finish(journal, &act, &end, now)?;
    Ok(Some((remembered(&act, &why), end)))
}

/// Writes down that something has come to its end. What lapsed may be tried again at once.
fn finish(journal: &mut Journal, act: &Act, end: &End, now: u64) -> Outcome {
    match end {
        End::Lapsed => journal.notes.pending = None,
        end => journal.notes.ended(act, matches!(end, End::Done(_)), now),
    }
    Ok(journal.write()?)
}
