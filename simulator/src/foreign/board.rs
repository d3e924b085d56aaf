//! A board, November 2023: six seats, a majority of seats, no notice, nobody else to ask.

use schemars::JsonSchema;
use serde::Deserialize;

use super::part_of::PartOf;
use super::tale::{Tale, grouped};

/// The numbers of the decision.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Board {
    /// Seats with a vote each.
    seats: u64,
    /// Seats for the removal.
    votes_for: u64,
    /// Hours between the notice to all seats and the decision.
    notice_hours: u64,
    /// Days until it is reversed.
    reversed_after_days: u64,
    /// The part of those who work there that asks for the reversal.
    signed: PartOf,
}

impl Board {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let needed = self.seats / 2 + 1;
        let removed = self.votes_for >= needed;
        tale.step(
            "17 November",
            format!(
                "{} of {} seats remove the chief executive; {needed} are needed, {} h of notice.",
                self.votes_for, self.seats, self.notice_hours
            ),
        );
        let (signed, staff) = self.signed.terms();
        tale.step(
            "20 November",
            format!(
                "{} of {} who work there ask for the reversal; they have no vote.",
                grouped(signed),
                grouped(staff)
            ),
        );
        tale.step(
            format!("{} days later", self.reversed_after_days),
            "The removal is reversed and the board replaced.",
        );
        tale.outcome = if removed {
            format!(
                "{} seats decide for everybody at once, and {} days later they no longer do.",
                self.votes_for, self.reversed_after_days
            )
        } else {
            "The removal fails.".into()
        };
        tale.count("seats", "seats with a vote", "seats", self.seats);
        tale.count("votes.for", "votes for the removal", "votes", self.votes_for);
        tale.count("coalition.pass", "the fewest people who decide", "people", needed);
        tale.count(
            "coalition.block",
            "the fewest people who can block",
            "people",
            self.seats.saturating_sub(needed).saturating_add(1),
        );
        tale.truth("removed", "whether the removal passed", removed);
        tale.count("notice.hours", "notice before it took effect", "hours", self.notice_hours);
        tale.count("reversed.days", "days until it was reversed", "days", self.reversed_after_days);
        tale.part("signed", "part of the staff that asked for the reversal", signed, staff);
        tale.bars_of = ("Seats", "");
        tale.bars = vec![
            ("for", self.votes_for, true),
            ("needed", needed, false),
            ("all", self.seats, false),
        ];
        tale.lacked(
            "A timelock between decision and effect",
            "those concerned would have spoken before it took effect, not after",
        );
        tale.lacked(
            "A guardian whom token holders appoint, for a time",
            "the few could have paused, not decided",
        );
        tale
    }
}
