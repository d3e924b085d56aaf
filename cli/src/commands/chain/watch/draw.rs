//! One frame. Text of others comes without anything that a terminal would obey.

use client::harmless;
use ratatui::buffer::Buffer;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::{Modifier, Style};
use ratatui::text::Line;
use ratatui::widgets::{Block, Paragraph, Widget};

use super::board::{Board, Item};
use crate::amount::tokens;

/// Cells of a bar.
const BAR: u128 = 20;
/// Lines of what is told of one proposal: six, and one for each of at most eight options.
const TOLD: u16 = 15;

/// Draws proposals, and one of them at length.
pub(super) fn draw(area: Rect, out: &mut Buffer, board: &Board, chosen: usize) {
    let told = TOLD.min(area.height / 2);
    let rows = Layout::vertical([
        Constraint::Length(2),
        Constraint::Min(3),
        Constraint::Length(told),
        Constraint::Length(1),
    ]);
    let [head, list, more, foot] = rows.areas(area);
    Paragraph::new(heading(board)).render(head, out);
    let frame = Block::bordered().title("proposals");
    let inner = frame.inner(list);
    frame.render(list, out);
    Paragraph::new(lines(board, chosen, usize::from(inner.height))).render(inner, out);
    let frame = Block::bordered();
    let inner = frame.inner(more);
    frame.render(more, out);
    if let Some(item) = board.items.get(chosen) {
        Paragraph::new(told_of(item, board)).render(inner, out);
    }
    let keys = "up, down: move   r: look again   q: quit";
    let said = board.trouble.as_ref().map_or(keys.to_owned(), |why| one_line(why));
    Paragraph::new(said).render(foot, out);
}

fn heading(board: &Board) -> Vec<Line<'static>> {
    let first = format!("{}, block {}", one_line(&board.title), board.height);
    let second = match &board.me {
        Some((who, power)) => format!("{}: power {}", one_line(who), tokens(*power, 0)),
        None => "--from shows a power and its votes".to_owned(),
    };
    vec![Line::from(first), Line::from(second)]
}

/// As many as there is room for, the chosen one among them.
fn lines(board: &Board, chosen: usize, room: usize) -> Vec<Line<'static>> {
    let first = (chosen + 1).saturating_sub(room);
    let items = board.items.iter().enumerate().skip(first).take(room);
    let lines = items.map(|(at, item)| {
        let (mark, style) = match at == chosen {
            true => (">", Style::new().add_modifier(Modifier::BOLD)),
            false => (" ", Style::new()),
        };
        let Item { number, status, .. } = item;
        let (quorum, next) = (quorum(item), item.next(board.time));
        let voted = if item.vote.is_some() { "voted" } else { "" };
        let (status, title) = (one_line(status), one_line(&item.title));
        let line =
            format!("{mark}{number:>4} {status:<10} {quorum:>6} {next:<22} {voted:<5} {title}");
        Line::styled(line, style)
    });
    let lines: Vec<_> = lines.collect();
    if lines.is_empty() { vec![Line::from("none yet")] } else { lines }
}

fn told_of(item: &Item, board: &Board) -> Vec<Line<'static>> {
    let Item { number, status, track, total, .. } = item;
    let (cast, status) = (item.cast(), one_line(status));
    let next = item.next(board.time);
    let next = if next.is_empty() { next } else { format!(", {next}") };
    let mut lines = vec![
        Line::from(format!("{number} {}", one_line(&item.title))),
        Line::from(format!("{status} on the {} track{next}", one_line(track))),
        Line::from(""),
    ];
    for (option, power) in &item.tally {
        let (option, share) = (one_line(option), percent(*power, cast));
        let bar = bar(*power, cast);
        lines.push(Line::from(format!("{option:<12.12} {bar} {share:>7} {}", tokens(*power, 0))));
    }
    let (reached, needed) = (tokens(cast, 0), tokens(item.quorum, 0));
    let is_there = if cast >= item.quorum { "reached" } else { "not reached" };
    let bar = bar(cast, item.quorum.max(1));
    lines.push(Line::from(format!(
        "{:<12} {bar} {reached} of {needed} needed, {is_there}",
        "quorum"
    )));
    lines.push(Line::from(format!(
        "{:<12} {} of {}",
        "cast",
        percent(cast, *total),
        tokens(*total, 0)
    )));
    lines.push(Line::from(match (&item.vote, &board.me) {
        (Some((vote, power)), _) => {
            format!("{:<12} {}, with {}", "my vote", one_line(vote), tokens(*power, 0))
        }
        (None, Some(_)) => format!("{:<12} none", "my vote"),
        (None, None) => String::new(),
    }));
    lines
}

/// How much of the quorum has voted, at most all of it.
fn quorum(item: &Item) -> String {
    match item.cast() >= item.quorum {
        true => "quorum".to_owned(),
        false => percent(item.cast(), item.quorum),
    }
}

/// A part in percent, rounded down to one digit.
fn percent(part: u128, whole: u128) -> String {
    let thousandths = part.saturating_mul(1_000).checked_div(whole).unwrap_or_default();
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

/// A part as a bar, rounded down; full above the whole.
fn bar(part: u128, whole: u128) -> String {
    let full = part.saturating_mul(BAR).checked_div(whole).unwrap_or_default().min(BAR);
    (0..BAR).map(|at| if at < full { '█' } else { '░' }).collect()
}

fn one_line(text: &str) -> String {
    harmless(text).replace(['\n', '\t'], " ")
}

#[cfg(test)]
mod tests {
    use super::super::board::{Board, Item};
    use super::draw;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    fn board() -> Board {
        let power = |names: [&str; 4], powers: [u128; 4]| {
            names.into_iter().map(str::to_owned).zip(powers).collect()
        };
        let standard = ["yes", "no", "abstain", "veto"];
        let item = |number, status: &str, title: &str, powers| Item {
            number,
            title: title.to_owned(),
            status: status.to_owned(),
            track: "ordinary".to_owned(),
            opens: 1_000,
            deadline: 87_400,
            eta: Some(180_000),
            tally: power(standard, powers),
            quorum: 400_000,
            total: 2_000_000,
            vote: None,
        };
        let mut open = item(2, "open", "Raise kappa \u{1b}[2J\nto 0.6", [250_000, 50_000, 0, 0]);
        open.vote = Some(("yes 0.7, no 0.3".to_owned(), 1_000));
        let queued = item(1, "queued", "Pay \u{202e}a grant", [900_000, 0, 100_000, 0]);
        let pending = item(3, "pending", "Wait", [0; 4]);
        Board {
            title: "What tests deploy on mock-1".to_owned(),
            height: 1_234,
            time: 900,
            me: Some(("wasm1me".to_owned(), 1_000)),
            items: vec![pending, open, queued],
            trouble: None,
        }
    }

    fn frame(board: &Board, chosen: usize, (width, height): (u16, u16)) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| draw(frame.area(), frame.buffer_mut(), board, chosen)).unwrap();
        let shown = super::super::text(terminal.backend().buffer());
        assert!(shown.chars().all(|one| one == '\n' || !one.is_control()), "{shown:?}");
        shown
    }

    #[test]
    fn a_frame_is_as_it_was_drawn() {
        assert_eq!(frame(&board(), 1, (90, 26)), include_str!("frame.txt"));
    }

    #[test]
    fn the_chosen_one_is_in_sight_and_small_terminals_do_no_harm() {
        let mut board = board();
        let last = board.items[0].clone();
        board.items.extend((4..40).map(|number| Item { number, ..last.clone() }));
        let shown = frame(&board, 38, (90, 26));
        assert!(shown.contains(">  39 pending"), "{shown}");
        for size in [(1, 1), (10, 3), (40, 8), (300, 90)] {
            frame(&board, 38, size);
        }
        board.items.clear();
        board.trouble = Some("no \u{1b}[31mnode".to_owned());
        let shown = frame(&board, 0, (90, 26));
        assert!(shown.contains("none yet") && shown.contains("no \\u{1b}[31mnode"), "{shown}");
    }
}
