//! Tornado Cash, May 2023: a proposal is the address of a program that runs with all rights of
//! governance; what stands at the address at execution need not be what stood there at the vote.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tale::{Tale, grouped};

/// The numbers of the takeover, in whole tokens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tornado {
    /// Votes that a proposal needs.
    quorum: u64,
    /// Votes that everybody has together.
    votes_before: u64,
    /// Votes for the proposal as it was shown.
    votes_for: u64,
    /// What stands at the address during the vote.
    shown: String,
    /// What stands there at execution.
    run: String,
    /// Accounts to which the program that runs grants votes.
    granted_accounts: u64,
    /// What it grants to each.
    granted_each: u64,
    /// Locked tokens that the new majority takes.
    drained: u64,
    /// Votes for giving control back.
    restored_for: u64,
    /// Votes against it.
    restored_against: u64,
}

impl Tornado {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let passed = self.votes_for >= self.quorum;
        tale.step("13 May", format!("A proposal is made whose program reads: {}.", self.shown));
        tale.step(
            "18 May",
            format!("{} votes for it, {} needed.", grouped(self.votes_for), grouped(self.quorum)),
        );
        let swapped = self.shown != self.run;
        let strike = passed && swapped;
        tale.step("20 May", format!("At the same address now stands: {}.", self.run));
        let granted =
            if strike { self.granted_accounts.saturating_mul(self.granted_each) } else { 0 };
        let total = u128::from(self.votes_before) + u128::from(granted);
        let majority = u128::from(granted) * 2 > total;
        let drained = if majority { self.drained } else { 0 };
        tale.step(
            "20 May",
            format!(
                "It runs: {} accounts have {} votes each, out of nothing.",
                self.granted_accounts,
                grouped(self.granted_each)
            ),
        );
        tale.step(
            "20 May",
            format!("With that majority {} locked tokens are taken.", grouped(drained)),
        );
        let restored =
            self.restored_for >= self.quorum && self.restored_for > self.restored_against;
        tale.step(
            "26 May",
            format!(
                "The attacker's proposal to give control back: {} for, {} against.",
                grouped(self.restored_for),
                grouped(self.restored_against)
            ),
        );
        tale.outcome = if majority {
            format!(
                "The takeover succeeds: a program swapped after the vote grants {} votes against {} and {} tokens are taken.",
                grouped(granted),
                grouped(self.votes_before),
                grouped(drained)
            )
        } else {
            "The takeover fails.".into()
        };
        tale.truth("swapped", "whether what ran is not what was voted on", swapped);
        tale.count("granted", "votes made out of nothing", "votes", granted);
        tale.count("votes.before", "votes that there were", "votes", self.votes_before);
        tale.part("power.held", "part of all votes that were granted", granted, total);
        tale.part("quorum.part", "the quorum, of all votes", self.quorum, self.votes_before);
        tale.tokens("drained", "locked tokens taken", "TORN", drained);
        tale.truth("restored", "whether control was given back", restored);
        tale.count("restored.for", "votes for giving it back", "votes", self.restored_for);
        tale.count("restored.against", "votes against", "votes", self.restored_against);
        tale.bars_of = ("Votes after the execution", "TORN");
        tale.bars = vec![("granted", granted, true), ("everybody else", self.votes_before, false)];
        tale.lacked(
            "A proposal is its messages, stored when it is made",
            "nothing could have been put in their place afterwards",
        );
        tale.lacked(
            "Power is bonded stake and nothing else writes it",
            "no message could have granted votes; a law finds a tally that stake does not bear",
        );
        tale
    }
}
