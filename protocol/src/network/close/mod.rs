//! Closing an epoch, in one page or several.
//!
//! The first page reads everything, computes every score and writes the first bond rows; each
//! further page writes more of them; the last updates standings, begins the next epoch and
//! sends the scores to rewards. A close that fits one page stores nothing in between.

mod columns;
mod finish;
mod gather;
mod page;

pub use gather::kernel_stakes;

use crate::{
    context::Context,
    effect::{self, Effect},
    network::{
        BOND_GROUP, Closing, Event, Pending, Scratch, State, Topic, Working,
        reasons::{CORRUPT, NO_ROWS, NOT_DUE},
        scratch::{Frame, input},
        slots,
    },
    ports::StakePort,
    refusal::{Refusal, ensure},
    units::Height,
};
use scoring_kernel::{Mechanism, Memory};

/// A page of at least this many rows earns the page fee, and so does the last one: more and
/// smaller pages than a close needs would only move emission to who closes.
pub const PAID_ROWS: u16 = 16;

/// Rows that a page must write to earn its fee: [`PAID_ROWS`]; as many whole groups where every
/// held slot keeps a row, since such a row is short and eight of them are one record.
pub const fn paid_rows(memory: Memory) -> u16 {
    match memory {
        Memory::Nobody | Memory::Permitted => PAID_ROWS,
        Memory::Held => PAID_ROWS * BOND_GROUP,
    }
}

/// The block from which a topic's epoch may be closed: `tempo` blocks after the last close.
pub const fn due(topic: &Topic) -> Height {
    topic.last_close.after(topic.params.tempo)
}

/// What all steps of one command know.
struct Close {
    number: u16,
    topic: Topic,
    mechanism: Mechanism,
    closing: Closing,
    pending: Pending,
}

/// Closes the due epoch, or continues to: anyone, at most `rows` bond rows.
pub(super) fn close(
    scratch: &mut Scratch,
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    number: u16,
    rows: u16,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(rows > 0, &NO_ROWS, rows, 1u128)?;
    let topic = slots::topic(s, number)?;
    let mechanism = topic.params.scoring.mechanism(&topic.params.electorate);
    let mut close =
        Close { number, topic, mechanism, closing: s.get(number), pending: s.get(number) };
    let first = close.closing.height == Height::ZERO;
    if first {
        let due = due(&close.topic);
        ensure(cx.height >= due, &NOT_DUE, cx.height.get(), due.get())?;
        close.closing.height = cx.height;
        gather::everything(scratch, s, p, &close)?;
    } else {
        gather::one_page(scratch, s, &close, rows)?;
    }
    scratch.frame = first.then(|| close.frame());
    let before = close.closing.cursor;
    let whole = first && scratch.keepers.len() <= usize::from(rows);
    if whole {
        score(scratch, &close)?;
    } else if first {
        prepare(scratch, &close)?;
    }
    close.closing.cursor = page::write(scratch, s, &close, whole, rows);
    let last = usize::from(close.closing.cursor) >= scratch.keepers.len();
    if last || close.closing.cursor - before >= paid_rows(close.mechanism.memory()) {
        close.closing.callers.push(cx.sender);
    }
    if last {
        return finish::finish(scratch, s, p, close, cx, whole, fx);
    }
    let event =
        Event::PageClosed { topic: number, epoch: close.topic.epoch, rows: close.closing.cursor };
    fx.push(Effect::Event(effect::Event::Network(event)));
    if first {
        s.set(number, Working { prepared: columns::pack(&mut scratch.prepared) });
    }
    s.set(number, close.closing);
    Ok(())
}

impl Close {
    fn frame(&self) -> Frame {
        Frame {
            mechanism: self.mechanism,
            block: self.closing.height.get(),
            last_close: self.topic.last_close.get(),
            owner: None,
            commit: None,
        }
    }
}

/// Computes the epoch with all its bond rows.
fn score(scratch: &mut Scratch, close: &Close) -> Result<(), Refusal> {
    let input = input!(scratch, close.frame());
    let scored = close.mechanism.score(&input, &mut scratch.workspace, &mut scratch.outcome);
    scored.map_err(|_| CORRUPT.bare())
}

/// Computes the epoch without its bond rows.
fn prepare(scratch: &mut Scratch, close: &Close) -> Result<(), Refusal> {
    let input = input!(scratch, close.frame());
    let prepared = close.mechanism.prepare(&input, &mut scratch.workspace, &mut scratch.prepared);
    prepared.map_err(|_| CORRUPT.bare())
}
