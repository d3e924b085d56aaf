//! Steem, March 2020: twenty witnesses by approval; an account supports up to thirty with its
//! whole stake each, and custodied stake is power at once.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tale::{Tale, grouped};

/// The numbers of the takeover, in whole tokens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Steem {
    /// Tokens that exist.
    supply: u64,
    /// The founders' stake, which changed hands.
    founders: u64,
    /// Witnesses who produce blocks.
    seats: u16,
    /// Witnesses that an account may support.
    votes_an_account: u16,
    /// Support of the highest incumbent.
    highest_support: u64,
    /// Support of the lowest incumbent; the others lie evenly between.
    lowest_support: u64,
    /// Customers' stake with exchanges, powered up for the vote.
    custodied: u64,
    /// From the first vote to the last seat.
    minutes: u64,
}

impl Steem {
    /// Support of the incumbent in a seat, 0 the highest.
    fn support(&self, seat: u16) -> u64 {
        let span = self.highest_support.saturating_sub(self.lowest_support);
        let steps = self.seats.saturating_sub(1).max(1);
        self.highest_support - (u128::from(span) * u128::from(seat) / u128::from(steps)) as u64
    }

    /// Seats that challengers take who each have so much support.
    fn taken(&self, support: u64, challengers: u16) -> u64 {
        let weaker = (0..self.seats).filter(|seat| self.support(*seat) < support).count() as u64;
        weaker.min(challengers.into())
    }

    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        tale.step(
            "23 February",
            format!(
                "The incumbents freeze the founders' {} by a soft fork.",
                grouped(self.founders)
            ),
        );
        tale.step(
            "2 March",
            format!("Exchanges power up {} of their customers'.", grouped(self.custodied)),
        );
        let challengers = self.votes_an_account.min(self.seats);
        let taken = self.taken(self.custodied, challengers);
        tale.step(
            format!("{} minutes later", self.minutes),
            format!("{taken} of {} witnesses are new; the founders' stake is free.", self.seats),
        );
        // The same stake, were it split among those whom it supports.
        let split = self.custodied.checked_div(challengers.into()).unwrap_or(0);
        let split_taken = self.taken(split, challengers);
        // Split, in seats in proportion to stake.
        let all = self.custodied.saturating_add(self.highest_support);
        let proportional =
            u128::from(self.seats) * u128::from(self.custodied) / u128::from(all.max(1));
        tale.outcome = format!(
            "The takeover succeeds: customers' stake replaces {taken} of {} witnesses within {} minutes.",
            self.seats, self.minutes
        );
        tale.tokens("frozen", "the founders' stake, frozen", "STEEM", self.founders);
        tale.part("frozen.part", "the founders' stake, of all tokens", self.founders, self.supply);
        tale.tokens("custodied", "customers' stake that voted", "STEEM", self.custodied);
        tale.part(
            "custodied.part",
            "customers' stake that voted, of all tokens",
            self.custodied,
            self.supply,
        );
        tale.count("seats", "seats of witnesses", "seats", self.seats);
        tale.count("seats.taken", "seats that changed hands", "seats", taken);
        tale.count("minutes", "minutes that it took", "minutes", self.minutes);
        tale.count(
            "seats.split",
            "seats taken, had a vote been split among those it supports",
            "seats",
            split_taken,
        );
        tale.count(
            "seats.proportional",
            "seats in proportion to the stake that voted",
            "seats",
            proportional,
        );
        tale.tokens("attacker.stake", "the voters' own stake at risk", "STEEM", 0u64);
        tale.bars_of = ("Support of a seat", "STEEM");
        tale.bars = vec![
            ("a new witness", self.custodied, true),
            ("highest incumbent", self.highest_support, false),
            ("lowest incumbent", self.lowest_support, false),
        ];
        tale.lacked(
            "One ballot of a custodian, split as its customers say",
            "stake that did not ask to vote would have had no voice",
        );
        tale.lacked(
            "Power counts from the block after it is bonded, for proposals made later",
            "stake powered up for a vote would have come too late for it",
        );
        tale.lacked(
            "Decisions wait out a timelock that is shorter than unbonding",
            "an hour would not have sufficed, and the voters would still be exposed",
        );
        tale
    }
}
