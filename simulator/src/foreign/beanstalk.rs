//! Beanstalk, April 2022: stalk is power from the moment of the deposit, and a proposal of a
//! day's age executes at once when two thirds of all stalk stand behind it.

use schemars::JsonSchema;
use serde::Deserialize;

use super::part_of::PartOf;
use super::tale::{Tale, grouped};

/// The numbers of the attack. Amounts are whole tokens, money whole dollars.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Beanstalk {
    /// What is borrowed for the length of one transaction, in dollars, by lender or asset.
    loans: Vec<u64>,
    /// What is deposited of it; a deposit of one dollar is one stalk.
    deposits: Vec<u64>,
    /// Stalk of everybody else.
    stalk_before: u64,
    /// The part of all stalk that an emergency commit needs.
    emergency_threshold: PartOf,
    /// The least age of a proposal that is committed so.
    delay_hours: u64,
    /// How long before the attack it was proposed.
    proposed_hours_before: u64,
    /// What the depositors had, in dollars, by asset.
    deposited: Vec<u64>,
    /// What the attacker had after selling and repaying, in ether.
    kept_eth: u64,
    /// The price of an ether in dollars.
    eth_price: u64,
}

impl Beanstalk {
    pub(super) fn play(&self) -> Tale {
        let mut tale = Tale::default();
        let sum = |all: &[u64]| all.iter().fold(0u64, |sum, one| sum.saturating_add(*one));
        let (loan, own, all) = (sum(&self.loans), sum(&self.deposits), sum(&self.deposited));
        let total = self.stalk_before.saturating_add(own);
        let needed = self.emergency_threshold.needed(total);
        let (hours, delay) = (self.proposed_hours_before, self.delay_hours);
        tale.step(format!("{hours} h before"), "Two proposals are made, one of them a gift.");
        tale.step(
            "same transaction",
            format!("{} dollars are borrowed, to be repaid at its end.", grouped(loan)),
        );
        tale.step(
            "same transaction",
            format!(
                "{} are deposited: as much stalk, at once, of {} in all.",
                grouped(own),
                grouped(total)
            ),
        );
        let old_enough = hours >= delay;
        let commits = old_enough && self.emergency_threshold.reached(own, total);
        tale.step(
            "same transaction",
            format!(
                "Emergency commit: {} stalk of the {} needed, {hours} h of the {delay} h.",
                grouped(own),
                grouped(needed)
            ),
        );
        let (loss, kept) = if commits { (all, self.kept_eth) } else { (0, 0) };
        let dollars = u128::from(kept) * u128::from(self.eth_price);
        if commits {
            tale.step(
                "same transaction",
                format!("The payload takes all deposits: {} dollars.", grouped(loss)),
            );
            tale.step(
                "same transaction",
                format!("The loans are repaid; {} ether are left.", grouped(kept)),
            );
            tale.outcome = format!(
                "The attack succeeds: borrowed power empties the protocol of {} dollars within one transaction.",
                grouped(loss)
            );
        } else {
            tale.outcome = "The commit is refused.".into();
        }
        tale.tokens("loan", "borrowed for one transaction", "USD", loan);
        tale.part("power.held", "part of all power that the loan bought", own, total);
        let (of, whole) = self.emergency_threshold.terms();
        tale.part("power.needed", "part of all power that executes at once", of, whole);
        // own / (before + own) >= of / whole: the least own is ceil(before * of / (whole - of)).
        let least = (u128::from(self.stalk_before) * of).div_ceil((whole - of).max(1));
        tale.tokens("loan.least", "the least deposit that would have done", "USD", least);
        tale.count("delay.hours", "age that a proposal needs", "hours", delay);
        tale.truth("delay.elapsed", "whether it was old enough", old_enough);
        tale.truth("executed", "whether the payload ran", commits);
        tale.count("blocks.exposed", "blocks for which the power was at risk", "blocks", 0u64);
        tale.tokens("loss", "what depositors lost", "USD", loss);
        tale.tokens("attacker.eth", "what the attacker kept", "ETH", kept);
        tale.tokens("attacker.net", "what the attacker kept, in money", "USD", dollars);
        tale.bars_of = ("Stalk at the emergency commit", "stalk");
        tale.bars = vec![
            ("borrowed", own, true),
            ("needed", needed, false),
            ("everybody else", self.stalk_before, false),
        ];
        tale.lacked(
            "Power is read at the block before the proposal",
            "a deposit of the same transaction would have had no vote",
        );
        tale.lacked(
            "A timelock between passing and executing",
            "somebody would have had time to see what had passed and to leave",
        );
        tale.lacked("An emergency can only pause", "no payment could have ridden on it");
        tale
    }
}
