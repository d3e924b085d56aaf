//! Mango, October 2022: a proposal needs a fixed number of yes votes, and stolen tokens vote.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tale::{Tale, grouped};

/// The numbers of both votes. Tokens are whole, money in dollars.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mango {
    /// Yes votes that a proposal needs.
    quorum: u64,
    /// The attacker's yes votes for its own proposal.
    own_votes: u64,
    /// Votes against that proposal.
    votes_against: u64,
    /// What was taken.
    taken: u64,
    /// Yes votes for the settlement.
    settlement_for: u64,
    /// No votes against it.
    settlement_against: u64,
    /// What it gives back.
    returned: u64,
}

impl Mango {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        tale.step(
            "11 October",
            format!("{} dollars are taken by a price that was made.", grouped(self.taken)),
        );
        let passes = |yes: u64, no: u64| yes >= self.quorum && yes > no;
        let own = passes(self.own_votes, self.votes_against);
        tale.step(
            "12 October",
            format!(
                "Whoever took them proposes to keep more, and votes for it with {} tokens taken; {} against, quorum {}.",
                grouped(self.own_votes), grouped(self.votes_against), grouped(self.quorum)
            ),
        );
        let settled = passes(self.settlement_for, self.settlement_against);
        tale.step(
            "15 October",
            format!(
                "A settlement: {} for, {} against; {} dollars come back.",
                grouped(self.settlement_for),
                grouped(self.settlement_against),
                grouped(self.returned)
            ),
        );
        let returned = if settled { self.returned } else { 0 };
        let kept = self.taken.saturating_sub(returned);
        let short = self.quorum.saturating_sub(self.own_votes);
        tale.outcome = format!(
            "The attacker's own vote fails, {} votes short of the quorum; a settlement then leaves it {} dollars.",
            grouped(short),
            grouped(kept)
        );
        tale.count(
            "votes.own",
            "the attacker's votes for its own proposal",
            "votes",
            self.own_votes,
        );
        tale.count("quorum", "yes votes needed", "votes", self.quorum);
        tale.count("short", "votes missing", "votes", short);
        tale.truth("own.passed", "whether the attacker's proposal passed", own);
        tale.truth("settled", "whether the settlement passed", settled);
        tale.part(
            "settlement.approval",
            "yes, of yes and no, for the settlement",
            self.settlement_for,
            u128::from(self.settlement_for) + u128::from(self.settlement_against),
        );
        tale.tokens("taken", "what was taken", "USD", self.taken);
        tale.tokens("returned", "what came back", "USD", returned);
        tale.tokens("kept", "what the attacker kept", "USD", kept);
        tale.part("kept.part", "what the attacker kept, of what was taken", kept, self.taken);
        tale.bars_of = ("Votes for the attacker's proposal", "MNGO");
        tale.bars = vec![
            ("for", self.own_votes, true),
            ("quorum", self.quorum, false),
            ("against", self.votes_against, false),
        ];
        tale.lacked(
            "Power from a snapshot before the proposal, of bonded stake",
            "tokens taken the day before would have had no vote; the fixed quorum held by luck",
        );
        tale.lacked(
            "A pause that the guardian may call, bounded in time",
            "lending would have stood still while the price was wrong",
        );
        tale
    }
}
