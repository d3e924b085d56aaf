//! Curve, 2021 to 2022: locked tokens vote on emission week by week; a wrapper holds half of
//! them and sells its votes.

use schemars::JsonSchema;
use serde::Deserialize;

use super::tale::{Tale, grouped};

/// The numbers of the market for votes.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// Votes of all locked tokens.
    votes: u64,
    /// Votes that the wrapper holds.
    wrapped: u64,
    /// Price of a vote for a week through the wrapper, in hundredths of a cent.
    wrapper_price: u64,
    /// The lowest price paid to lockers themselves, the same.
    direct_low: u64,
    /// The highest, the same.
    direct_high: u64,
    /// What a briber spends in a week, in dollars.
    budget: u64,
}

impl Curve {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let bought =
            |price: u64| (u128::from(self.budget) * 10_000).checked_div(price.into()).unwrap_or(0);
        let through = bought(self.wrapper_price).min(self.wrapped.into());
        let (least, most) = (bought(self.direct_high), bought(self.direct_low));
        tale.step(
            "each round",
            "Lockers have given their tokens to a wrapper for good, against a token that trades.",
        );
        tale.step(
            "each round",
            format!(
                "{} dollars buy {} votes for a week through the wrapper,",
                grouped(self.budget),
                grouped(through)
            ),
        );
        tale.step(
            "each round",
            format!(
                "or {} to {} from lockers themselves, one by one.",
                grouped(least),
                grouped(most)
            ),
        );
        // Inside the wrapper a majority directs all; half of half is enough for half.
        let inside = self.wrapped / 2 + 1;
        tale.step(
            "a block vote",
            format!(
                "{} votes inside the wrapper direct its {} as one.",
                grouped(inside),
                grouped(self.wrapped)
            ),
        );
        let week = u128::from(self.wrapped) * u128::from(self.wrapper_price) / 10_000;
        tale.outcome = format!(
            "Votes are for sale: one wrapper holds {}% of them and asks {} times the direct price for convenience.",
            u128::from(self.wrapped) * 100 / u128::from(self.votes.max(1)),
            self.wrapper_price
                .checked_div(self.direct_low.saturating_add(self.direct_high) / 2)
                .unwrap_or(0)
        );
        tale.part("wrapper.part", "votes of the wrapper, of all", self.wrapped, self.votes);
        let cents = |tale: &mut Tale, name, meaning, price: u64| {
            tale.figures.push(super::Figure {
                name,
                meaning,
                counted: super::Counted::Tokens("cents"),
                value: (price.into(), 100),
            });
        };
        cents(
            &mut tale,
            "price.wrapper",
            "price of a vote for a week through the wrapper",
            self.wrapper_price,
        );
        cents(&mut tale, "price.direct.low", "the lowest direct price", self.direct_low);
        cents(&mut tale, "price.direct.high", "the highest direct price", self.direct_high);
        tale.times(
            "price.least_ratio",
            "wrapper over the highest direct price",
            self.wrapper_price,
            self.direct_high,
        );
        tale.times(
            "price.most_ratio",
            "wrapper over the lowest direct price",
            self.wrapper_price,
            self.direct_low,
        );
        tale.tokens("week.cost", "what all votes of the wrapper cost for a week", "USD", week);
        tale.part(
            "block.needed",
            "votes, of all, that direct the wrapper as one",
            inside,
            self.votes,
        );
        tale.tokens("briber.stake", "the briber's own stake at risk", "CRV", 0u64);
        tale.bars_of = ("Votes for the same money", "votes");
        let short = |number: u128| u64::try_from(number).unwrap_or(u64::MAX);
        tale.bars = vec![
            ("through the wrapper", short(through), true),
            ("direct, dear", short(least), false),
            ("direct, cheap", short(most), false),
        ];
        tale.lacked(
            "Delegation that ends with the delegator's own vote, and stake that is slashed with its voter",
            "votes can still be bought: no rule here sees a payment outside",
        );
        tale
    }
}
