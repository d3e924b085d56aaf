//! What stopped a proposal.

use protocol::governance::{Proposal, Status, Terms, cast};

use super::decided::{objecting, share};
use crate::run::Case;

/// A rule that stopped a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The rule, as the chapters call it.
    pub rule: String,
    /// What it found.
    pub found: String,
}

impl Stop {
    /// A refusal by the rulebook.
    pub fn refusal(code: u16) -> Self {
        let known = protocol::catalogue().into_iter().find(|reason| reason.code == code);
        let (rule, found) = match known {
            Some(reason) => {
                let (module, what) = reason.what.split_once(": ").unwrap_or(("", reason.what));
                let rule = format!("E{code:04}: {what}");
                (rule, format!("refused by {module}"))
            }
            None => (
                String::from("Only commands of our modules are carried out"),
                String::from("a message to a program that is not ours is refused"),
            ),
        };
        Self { rule, found }
    }
}

/// What stopped a proposal; `None` where nothing did, or nothing has yet.
pub(super) fn stopped(
    case: &Case,
    terms: &Terms,
    record: &Proposal,
    status: Status,
) -> Option<Stop> {
    let percent = |part: Option<f64>| format!("{:.1}%", 100.0 * part.unwrap_or(0.0));
    let stop = |rule: &str, found: String| Some(Stop { rule: rule.to_owned(), found });
    let cast = cast(&record.tally);
    match status {
        Status::Defeated if !terms.objection.is_zero() => {
            stop("Objection", format!("{} objected", percent(objecting(terms, record))))
        }
        Status::Defeated if cast < terms.quorum.units() => stop(
            "Quorum",
            format!(
                "{} voted of {} needed",
                percent(share(cast, terms.total.units())),
                percent(share(terms.quorum.units(), terms.total.units()))
            ),
        ),
        Status::Defeated => {
            stop("Threshold", String::from("too few of those who voted were for it"))
        }
        Status::Vetoed => stop("Veto", String::from("it cost the proposer the deposit")),
        Status::Cancelled => match case.cancelled {
            Some((by, _)) if by == case.proposer => {
                stop("Withdrawn", String::from("by its proposer"))
            }
            Some(_) => stop("Guardian's veto", String::from("cancelled while it was queued")),
            None => stop("Hold and drop", String::from("put off, then cancelled by proposals")),
        },
        Status::Failed | Status::Expired => match case.failures.last() {
            Some(code) => Some(Stop::refusal(*code)),
            None => (status == Status::Expired)
                .then(|| stop("Grace", String::from("nobody executed it in time")))
                .flatten(),
        },
        _ => None,
    }
}
