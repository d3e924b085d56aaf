//! Tables of states and what is to be done in each.

use protocol::governance::Status;

use super::{Act, Proposal, Row, Topic, View, decide};

/// Epoch 3, closed last at block 100, due at 200.
const TOPIC: Topic =
    Topic { number: 7, epoch: 3, last_close: 100, due: 200, closing: None, row: None };
/// Submitted before the last close.
const OLD: Row = Row { updated: 90, submitted: Some(2), within: None };

fn acts(view: &View) -> Vec<String> {
    decide(view).iter().map(|decision| decision.act.name()).collect()
}

#[test]
fn epochs_are_closed_when_due_and_rows_submitted_once_an_epoch() {
    let with = |row| Topic { row: Some(row), ..TOPIC };
    let late = |blocks| Row { within: Some(blocks), ..OLD };
    let (row, close) = ("row topic 7", "close topic 7");
    for (label, height, topic, expected) in [
        ("not due", 199, TOPIC, &[][..]),
        ("due", 200, TOPIC, &[close]),
        ("half closed", 150, Topic { closing: Some(0), ..TOPIC }, &[close]),
        ("no row yet", 101, with(OLD), &[row]),
        ("never any row", 101, with(Row { updated: 0, submitted: None, ..OLD }), &[row]),
        ("submitted", 150, with(Row { updated: 101, ..OLD }), &[]),
        ("one that does not count", 150, with(Row { submitted: Some(3), ..OLD }), &[]),
        ("in the block of the close", 150, with(Row { updated: 100, ..OLD }), &[row]),
        ("early", 189, with(late(10)), &[]),
        ("in its last blocks", 190, with(late(10)), &[row]),
        ("before the close that counts it", 200, with(OLD), &[row, close]),
        ("not into a close", 200, Topic { closing: Some(9), ..with(OLD) }, &[close]),
    ] {
        let view = View { height, topics: vec![topic], ..View::default() };
        assert_eq!(acts(&view), expected, "{label}");
    }
}

#[test]
fn each_proposal_gets_what_its_status_allows() {
    // For whether its deposit is settled, and whether anything follows: what is done.
    let table: [(Status, [[Option<&str>; 2]; 2]); 11] = [
        (Status::Pending, [[None; 2]; 2]),
        (Status::Open, [[None; 2]; 2]),
        (Status::Queued, [[None; 2]; 2]),
        (Status::Passed, [[Some("settle"), Some("queue")], [None, Some("queue")]]),
        (Status::Executable, [[Some("execute"); 2]; 2]),
        (Status::Failed, [[Some("execute"); 2]; 2]),
        (Status::Defeated, [[Some("settle"); 2], [None; 2]]),
        (Status::Vetoed, [[Some("settle"); 2], [None; 2]]),
        (Status::Expired, [[Some("settle"); 2], [None; 2]]),
        (Status::Executed, [[Some("settle"); 2], [None; 2]]),
        (Status::Cancelled, [[Some("settle"); 2], [None; 2]]),
    ];
    assert!(Status::ALL.iter().all(|status| table.iter().any(|row| row.0 == *status)));
    for (status, by_settled) in table {
        for (settled, by_follows) in [false, true].into_iter().zip(by_settled) {
            for (follows, expected) in [false, true].into_iter().zip(by_follows) {
                let proposal = Proposal { number: 4, status, settled, follows };
                let view = View { proposals: vec![proposal], ..View::default() };
                let done = decide(&view).first().map(|decision| decision.act.verb());
                assert_eq!(done, expected, "{status:?}, settled {settled}, follows {follows}");
                if proposal.is_over() {
                    assert_eq!(done, None, "{status:?}: what is over is left alone");
                }
            }
        }
    }
}

#[test]
fn what_is_held_off_waits_for_its_time_and_holds_nothing_else_up() {
    let failed = |number| Proposal { number, status: Status::Failed, settled: true, follows: true };
    let mut view = View { time: 999, proposals: vec![failed(1), failed(2)], ..View::default() };
    view.holds.insert(Act::Execute { proposal: 1 }.name(), 1_000);
    assert_eq!(acts(&view), ["execute proposal 2"]);
    view.time = 1_000;
    assert_eq!(acts(&view), ["execute proposal 1", "execute proposal 2"]);
}
