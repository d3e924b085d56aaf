//! Juno, 2022: an airdrop with a cap an address, and the Cosmos vote on what to do about the
//! one who had many.

use schemars::JsonSchema;
use serde::Deserialize;

use super::part_of::PartOf;
use super::tale::{Tale, grouped};

/// The numbers of airdrop and votes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Juno {
    /// What an address gets at most, one for one of what it stakes elsewhere.
    cap: u64,
    /// What the one holder stakes elsewhere.
    staked_elsewhere: u64,
    /// Over how many addresses.
    addresses: u64,
    /// What the holder has at the vote by the sources, rewards included.
    held: u64,
    /// Price of a token in cents.
    price_cents: u64,
    /// The advisory vote.
    advisory: Ballots,
    /// Yes votes of the binding one, of yes, no and veto.
    binding: PartOf,
    /// Turnout that a vote needs.
    quorum: PartOf,
    /// Yes, of yes, no and veto, must be above it.
    threshold: PartOf,
    /// Veto, of all votes, must be below it.
    veto: PartOf,
}

/// A Cosmos vote, in hundredths of a percent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ballots {
    /// Of all bonded tokens.
    turnout: u64,
    /// Of the votes.
    yes: u64,
    /// Of the votes.
    no: u64,
    /// Of the votes.
    veto: u64,
    /// Of the votes.
    abstain: u64,
}

impl Juno {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let one = self.staked_elsewhere.min(self.cap);
        let each = self.staked_elsewhere.checked_div(self.addresses).unwrap_or(0).min(self.cap);
        let got = each.saturating_mul(self.addresses);
        tale.step(
            "genesis",
            format!(
                "{} staked elsewhere over {} addresses get {}; over one they would get {}.",
                grouped(self.staked_elsewhere),
                self.addresses,
                grouped(got),
                grouped(one)
            ),
        );
        let vote = &self.advisory;
        let voting = vote.yes.saturating_add(vote.no).saturating_add(vote.veto);
        let cast = voting.saturating_add(vote.abstain);
        let passes = self.quorum.reached(vote.turnout, 10_000)
            && self.threshold.passed(vote.yes, voting)
            && !self.veto.reached(vote.veto, cast);
        let percent = |number: u64| format!("{}.{:02}%", number / 100, number % 100);
        tale.step(
            "March 2022",
            format!(
                "Proposal 16, advisory: {} yes, {} no, {} veto, {} abstain at {} turnout: {}.",
                percent(vote.yes),
                percent(vote.no),
                percent(vote.veto),
                percent(vote.abstain),
                percent(vote.turnout),
                if passes { "it passes" } else { "it fails" }
            ),
        );
        let (above, below) = self.binding.terms();
        let binds = self.threshold.passed(above as u64, below as u64);
        let taken = if binds { got.saturating_sub(one) } else { 0 };
        tale.step(
            "April 2022",
            format!(
                "Proposal 20, binding: {}% yes; {} are taken and {} left.",
                above * 100 / below,
                grouped(taken),
                grouped(got - taken)
            ),
        );
        tale.outcome = format!(
            "A cap an address caps nobody: {} addresses get {} times the cap. A vote then takes it back from one account.",
            self.addresses,
            got.checked_div(self.cap).unwrap_or(0)
        );
        tale.tokens("cap", "the cap an address", "JUNO", self.cap);
        tale.count("addresses", "addresses of one holder", "addresses", self.addresses);
        tale.tokens("airdropped", "what the holder gets", "JUNO", got);
        tale.times("airdropped.times", "what the holder gets, over the cap", got, self.cap);
        tale.tokens("held", "what the sources say it held at the vote", "JUNO", self.held);
        tale.tokens(
            "held.usd",
            "what the sources say it held, in money",
            "USD",
            u128::from(self.held) * u128::from(self.price_cents) / 100,
        );
        tale.part("turnout", "of bonded tokens, in the advisory vote", vote.turnout, 10_000u64);
        tale.part("yes", "yes, of the votes", vote.yes, 10_000u64);
        tale.part("no", "no, of the votes", vote.no, 10_000u64);
        tale.part("veto", "veto, of the votes", vote.veto, 10_000u64);
        tale.part("abstain", "abstain, of the votes", vote.abstain, 10_000u64);
        tale.part("approval", "yes, of those who do not abstain", vote.yes, voting);
        tale.truth("advisory.passed", "whether the advisory vote passed", passes);
        tale.truth("binding.passed", "whether the binding vote passed", binds);
        tale.tokens("taken", "what the vote takes, by the cap", "JUNO", taken);
        tale.bars_of = ("Proposal 16, in hundredths of a percent of the votes", "");
        tale.bars = vec![
            ("yes", vote.yes, true),
            ("no", vote.no, false),
            ("veto", vote.veto, false),
            ("abstain", vote.abstain, false),
        ];
        tale.lacked(
            "A limit that counts entities, or none",
            "addresses are free; only what cannot be split can be capped",
        );
        tale.lacked(
            "A proposal can only do what the treasury can",
            "stake of an account could not have been moved by a vote at all",
        );
        tale
    }
}
