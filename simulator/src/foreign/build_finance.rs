//! Build Finance, February 2022: a quorum of a few thousand tokens, one day of voting, and the
//! right to mint behind the same vote as everything else.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tale::{Tale, grouped};

/// The numbers of the takeover. Amounts are whole tokens, ether in hundredths.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BuildFinance {
    /// Tokens that exist before.
    supply: u64,
    /// Votes that a proposal needs, for and against together.
    quorum: u64,
    /// The time to vote.
    voting_hours: u64,
    /// The attempts, in order, until one passes.
    attempts: Vec<Attempt>,
    /// What the new owner mints, by transaction.
    mints: Vec<u64>,
    /// Pools in which the new tokens are sold, one mint after the other.
    pools: Vec<Pool>,
    /// Price of an ether in dollars.
    eth_price: u64,
}

/// A vote on the same proposal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Attempt {
    /// Tokens for it.
    votes_for: u64,
    /// Tokens against it.
    votes_against: u64,
}

/// A constant-product pool without a fee.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Pool {
    /// Tokens in it.
    tokens: u64,
    /// Hundredths of an ether in it.
    centi_eth: u64,
}

impl Pool {
    /// What `sold` tokens fetch: floor(eth * sold / (tokens + sold)).
    fn fetches(&self, sold: u64) -> u128 {
        let all = u128::from(self.tokens) + u128::from(sold);
        (u128::from(self.centi_eth) * u128::from(sold)).checked_div(all).unwrap_or(0)
    }
}

impl BuildFinance {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let mut passed = None;
        for (number, one) in (1u64..).zip(&self.attempts) {
            let cast = one.votes_for.saturating_add(one.votes_against);
            let passes = cast >= self.quorum && one.votes_for > one.votes_against;
            let word = if passes { "passes" } else { "fails" };
            tale.step(
                format!("attempt {number}"),
                format!(
                    "{} for, {} against, {} needed in {} h: it {word}.",
                    grouped(one.votes_for),
                    grouped(one.votes_against),
                    grouped(self.quorum),
                    self.voting_hours
                ),
            );
            if passes {
                passed = Some((number, one, cast));
                break;
            }
        }
        let minted = self.mints.iter().map(|mint| u128::from(*mint)).sum::<u128>();
        let minted = if passed.is_some() { minted } else { 0 };
        let mut eth = 0;
        if passed.is_some() {
            tale.step("a day later", "The token contract has a new owner.");
            tale.step("after", format!("{} tokens are minted.", grouped(minted)));
            let mut stocks = self.mints.iter();
            for pool in &self.pools {
                let sold = stocks.next().copied().unwrap_or(0);
                let fetched = pool.fetches(sold);
                eth += fetched;
                tale.step(
                    "after",
                    format!(
                        "{} of them, sold into a pool, fetch {} ether.",
                        grouped(sold),
                        fetched / 100
                    ),
                );
            }
        }
        let (number, cast) = passed.as_ref().map_or((0, 0), |(number, _, cast)| (*number, *cast));
        tale.outcome = match passed {
            Some(_) => format!(
                "The takeover succeeds at attempt {number} with {} of {} tokens voting: {} tokens are minted and about {} ether drained.",
                grouped(cast),
                grouped(self.supply),
                grouped(minted),
                eth / 100
            ),
            None => "No attempt passes.".into(),
        };
        tale.count("attempt.passed", "the attempt that passed; 0 is none", "", number);
        tale.part("turnout", "part of the supply that voted then", cast, self.supply);
        tale.part("quorum.part", "part of the supply that is a quorum", self.quorum, self.supply);
        tale.tokens("minted", "minted by the new owner", "BUILD", minted);
        tale.times("minted.times", "minted, over what there was", minted, self.supply);
        tale.figures.push(super::Figure {
            name: "drained",
            meaning: "fetched by selling it",
            counted: super::Counted::Tokens("ETH"),
            value: (eth, 100),
        });
        tale.tokens(
            "drained.usd",
            "fetched by selling it, in money",
            "USD",
            eth * u128::from(self.eth_price) / 100,
        );
        tale.bars_of = ("Tokens that decided", "BUILD");
        let last = passed.map(|(_, one, _)| one);
        tale.bars = vec![
            ("for", last.map_or(0, |one| one.votes_for), true),
            ("quorum", self.quorum, false),
            ("supply", self.supply, false),
        ];
        tale.lacked(
            "A quorum in parts of what is staked, and a longer vote",
            "a day's silence would not have been consent",
        );
        tale.lacked(
            "The right to mint belongs to a schedule, and changes need the constitutional track",
            "there would have been no key to take",
        );
        tale.lacked(
            "A guardian who can cancel what is queued",
            "the core team saw it pass and could not",
        );
        tale
    }
}
