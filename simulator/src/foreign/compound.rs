//! Compound, July 2024: a proposal needs a quorum of yes votes and more yes than no, whatever
//! it pays to whom.

use schemars::JsonSchema;
use serde::Deserialize;

use super::part_of::PartOf;
use super::tale::{Tale, grouped};

/// The numbers of the vote, in whole tokens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Compound {
    /// Tokens that exist.
    supply: u64,
    /// Yes votes that a proposal needs.
    quorum: u64,
    /// The part against it in the attempt before.
    against_before: PartOf,
    /// Yes votes.
    votes_for: u64,
    /// No votes.
    votes_against: u64,
    /// What it pays.
    pays: u64,
    /// What the payer has.
    treasury: u64,
    /// Price of a token in cents.
    price_cents: u64,
}

impl Compound {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let (yes, no) = (self.votes_for, self.votes_against);
        let (against, hundred) = self.against_before.terms();
        let percent = against * 100 / hundred;
        tale.step("May 2024", "Proposal 247 asks for a smaller sum and is withdrawn.");
        tale.step("July 2024", format!("Proposal 279 asks again; {percent}% vote against it."));
        let defeated = !self.against_before.passed(1, 2);
        let passes = yes >= self.quorum && yes > no;
        tale.step(
            "July 2024",
            format!(
                "Proposal 289 asks for {} tokens: {} for, {} against, quorum {}.",
                grouped(self.pays),
                grouped(yes),
                grouped(no),
                grouped(self.quorum)
            ),
        );
        let margin = yes.saturating_sub(no);
        let paid = if passes { self.pays } else { 0 };
        let dollars = u128::from(paid) * u128::from(self.price_cents) / 100;
        tale.outcome = if passes {
            format!(
                "The proposal passes by {} votes: {} tokens, about {} dollars, go to a contract of the proposer's.",
                grouped(margin),
                grouped(paid),
                grouped(dollars)
            )
        } else {
            "The proposal is defeated.".into()
        };
        let cast = u128::from(yes) + u128::from(no);
        tale.truth("before.defeated", "whether the attempt before failed", defeated);
        tale.count("votes.for", "yes votes", "votes", yes);
        tale.count("votes.against", "no votes", "votes", no);
        tale.part("approval", "yes votes, of yes and no", yes, cast);
        tale.count(
            "margin",
            "yes votes more than no: what more would have stopped it",
            "votes",
            margin,
        );
        tale.part("turnout", "votes, of all tokens", cast, self.supply);
        tale.part("quorum.part", "the quorum, of all tokens", self.quorum, self.supply);
        tale.truth("passed", "whether it passed", passes);
        tale.tokens("paid", "what it pays", "COMP", paid);
        tale.tokens("paid.usd", "what it pays, in money", "USD", dollars);
        tale.part("paid.part", "what it pays, of what the payer has", paid, self.treasury);
        tale.bars_of = ("Votes on proposal 289", "COMP");
        tale.bars =
            vec![("for", yes, true), ("against", no, false), ("quorum", self.quorum, false)];
        tale.lacked(
            "A cap on what a plain majority may pay in a period",
            "a twentieth of the treasury would have needed the constitutional majority",
        );
        tale.lacked(
            "A deposit that a defeated or vetoed attempt costs",
            "trying three times would not have been free",
        );
        tale.lacked(
            "An extension where the quorum comes late",
            "a vote over a weekend would have waited for those who object",
        );
        tale
    }
}
