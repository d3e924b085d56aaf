//! From shares to base units: the rulebook's split of an emission.

use protocol::rewards::{Split, split};
use protocol::{Amount, Fraction};
use scoring_kernel::{Outcome, largest_remainder};

use crate::scenario::file::{Part, Problem, coins};

/// What is paid for an epoch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pay {
    /// All of it, in base units.
    pub amount: Amount,
    /// What one token is called.
    pub symbol: String,
    /// The owner's cut, first.
    pub owner_cut: Fraction,
    /// The contributors' part of what is left; validators get the rest.
    pub contributors: Fraction,
}

impl Pay {
    /// From texts: `148 TAO`, and fractions such as `0.18` or `18 %`.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn read(emission: &str, owner_cut: &str, contributors: &str) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut part = |text: &str, option: &str| {
            let read = Part::of(text).fraction(&format!("{option} {text}"));
            read.unwrap_or_else(|problem| {
                problems.push(problem);
                Fraction::ZERO
            })
        };
        let owner_cut = part(owner_cut, "--owner-cut");
        let contributors = part(contributors, "--contributors");
        match coins(emission, &format!("--emission {emission}")) {
            Ok((amount, symbol)) if problems.is_empty() => {
                Ok(Self { amount, symbol, owner_cut, contributors })
            }
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.push(problem);
                Err(problems)
            }
        }
    }
}

/// Who is paid what, in base units; everything sums to the amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payouts {
    /// How it was asked for.
    pub pay: Pay,
    /// The amount, before scores.
    pub parts: Split,
    /// By slot, as a contributor.
    pub contributors: Vec<u128>,
    /// By slot, as a validator, its delegators' part included.
    pub validators: Vec<u128>,
    /// What found no score: it goes to the treasury.
    pub unscored: u128,
}

impl Payouts {
    /// Splits by the outcome's incentives and dividends.
    pub(super) fn of(outcome: &Outcome, pay: &Pay) -> Self {
        let parts = split(pay.amount, 0, Amount::ZERO, pay.owner_cut, pay.contributors);
        let contributors = largest_remainder(parts.contributors.units(), &outcome.incentives);
        let validators = largest_remainder(parts.validators.units(), &outcome.dividends);
        let given: u128 = contributors.iter().chain(&validators).sum();
        let unscored = pay.amount.units() - parts.owner.units() - given;
        Self { pay: pay.clone(), parts, contributors, validators, unscored }
    }

    /// What a slot gets in all.
    pub fn of_slot(&self, uid: usize) -> u128 {
        let part = |parts: &[u128]| parts.get(uid).copied().unwrap_or(0);
        part(&self.contributors) + part(&self.validators)
    }
}

#[cfg(test)]
mod tests {
    use super::{Pay, Payouts};
    use protocol::{Amount, Fraction};
    use scoring_kernel::Outcome;

    #[test]
    fn parts_sum_to_the_amount() {
        let third = 1u64 << 32;
        for (label, incentives, dividends, unscored) in [
            ("both", vec![third, third, third, 0], vec![0, 0, 0, 9], 0),
            ("nobody weighs", vec![0; 4], vec![0, 0, 0, 9], 450),
            ("nobody at all", vec![0; 4], vec![0; 4], 901),
        ] {
            let outcome = Outcome { incentives, dividends, ..Outcome::default() };
            let pay = Pay {
                amount: Amount::new(1001).unwrap(),
                symbol: "MOOT".into(),
                owner_cut: Fraction::from_parts(Fraction::WHOLE / 10).unwrap(),
                contributors: Fraction::from_parts(Fraction::WHOLE / 2).unwrap(),
            };
            let payouts = Payouts::of(&outcome, &pay);
            let given: u128 = (0..4).map(|uid| payouts.of_slot(uid)).sum();
            assert_eq!(payouts.unscored, unscored, "{label}");
            assert_eq!(given + unscored + payouts.parts.owner.units(), 1001, "{label}");
        }
    }
}
