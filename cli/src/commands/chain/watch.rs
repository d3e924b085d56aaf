//! `moot watch`: proposals in a terminal.

mod board;
mod draw;
mod read;

use std::io::IsTerminal;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use ratatui::layout::Rect;

use crate::args::Output;
use crate::args::watch::Watch;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::exit::{Failure, Outcome};
use crate::print::say;

use board::Board;

/// How long a key is waited for.
const TICK: Duration = Duration::from_millis(100);
/// The frame that is printed where there is no terminal.
const PAGE: Rect = Rect { x: 0, y: 0, width: 100, height: 40 };

/// Shows proposals until it is told to quit; one frame as text with `--once`.
///
/// # Errors
/// No receipt, no terminal; with `--once`, or at first, a node that does not answer.
pub(crate) fn watch(args: &Watch, output: Output) -> Outcome {
    let mut chain = args.chain.clone();
    chain.deployment = args.receipt.clone().or(chain.deployment);
    if output == Output::Json {
        return Err(usage("a view is for people; `moot query governor ...` answers JSON".into()));
    }
    let mut session = Session::open(&chain)?;
    let receipt = Receipt::of(&session)?;
    let me = session.args.from.as_ref().map(|_| session.address()).transpose()?;
    let board = read::read(&session, &receipt, me.as_deref())?;
    if args.once {
        let mut page = Buffer::empty(PAGE);
        draw::draw(PAGE, &mut page, &board, 0);
        say!("{}", text(&page).trim_end());
        return Ok(());
    }
    if !std::io::stdout().is_terminal() {
        return Err(usage("there is no terminal to watch in; print one frame: --once".into()));
    }
    let mut terminal = ratatui::try_init()?;
    let watched = follow(&mut terminal, board, args.every, || {
        let read = read::read(&session, &receipt, me.as_deref());
        if read.is_err() {
            session.disconnect();
        }
        read
    });
    ratatui::try_restore()?;
    watched
}

/// Draws, moves and looks again.
fn follow(
    terminal: &mut ratatui::DefaultTerminal,
    mut board: Board,
    every: u64,
    mut look: impl FnMut() -> Outcome<Board>,
) -> Outcome {
    let (mut chosen, mut waited) = (0_usize, Duration::ZERO);
    loop {
        chosen = chosen.min(board.items.len().saturating_sub(1));
        terminal.draw(|frame| draw::draw(frame.area(), frame.buffer_mut(), &board, chosen))?;
        let mut is_stale = waited >= Duration::from_secs(every);
        if event::poll(TICK)? {
            if let Event::Key(key) = event::read()? {
                match does(key) {
                    Some(Does::Quit) => return Ok(()),
                    Some(Does::Up) => chosen = chosen.saturating_sub(1),
                    Some(Does::Down) => chosen += 1,
                    Some(Does::Look) => is_stale = true,
                    None => {}
                }
            }
        } else {
            waited += TICK;
        }
        if is_stale {
            waited = Duration::ZERO;
            match look() {
                Ok(fresh) => board = fresh,
                Err(Failure::Network(why) | Failure::Refused(why)) => board.trouble = Some(why),
                Err(failure) => return Err(failure),
            }
        }
    }
}

/// What a key does.
#[derive(Debug, PartialEq, Eq)]
enum Does {
    Up,
    Down,
    Look,
    Quit,
}

fn does(key: KeyEvent) -> Option<Does> {
    if key.kind == KeyEventKind::Release {
        return None;
    }
    match key.code {
        KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(Does::Quit),
        KeyCode::Char('q') | KeyCode::Esc => Some(Does::Quit),
        KeyCode::Up | KeyCode::Char('k') => Some(Does::Up),
        KeyCode::Down | KeyCode::Char('j') => Some(Does::Down),
        KeyCode::Char('r') => Some(Does::Look),
        _ => None,
    }
}

/// A frame as lines without blanks at their ends.
fn text(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width.max(1));
    let mut out = String::new();
    for row in buffer.content.chunks(width) {
        let line: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Does, does};
    use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

    #[test]
    fn keys_move_and_quit() {
        for (code, modifiers, expected) in [
            (KeyCode::Char('q'), KeyModifiers::NONE, Some(Does::Quit)),
            (KeyCode::Char('c'), KeyModifiers::CONTROL, Some(Does::Quit)),
            (KeyCode::Char('c'), KeyModifiers::NONE, None),
            (KeyCode::Down, KeyModifiers::NONE, Some(Does::Down)),
            (KeyCode::Char('k'), KeyModifiers::NONE, Some(Does::Up)),
            (KeyCode::Char('r'), KeyModifiers::NONE, Some(Does::Look)),
        ] {
            assert_eq!(does(KeyEvent::new(code, modifiers)), expected, "{code:?}");
        }
    }
}
