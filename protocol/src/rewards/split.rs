//! How an epoch's amount is split, before scores.

use crate::units::{Amount, Fraction};

/// The parts of one distribution; they sum to the amount exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Split {
    /// To whoever closed each page, in order.
    pub fees: Vec<Amount>,
    /// To the topic's owner.
    pub owner: Amount,
    /// To contributors.
    pub contributors: Amount,
    /// To validators and their delegators.
    pub validators: Amount,
}

/// Splits `amount`: for each of `pages` a fee of `page_fee`, or what is left; then the owner's
/// cut, `floor(owner_cut * left)`; then the contributors, `floor(contributors * left)`; the
/// validators get the rest.
pub fn split(
    amount: Amount,
    pages: usize,
    page_fee: Amount,
    owner_cut: Fraction,
    contributors: Fraction,
) -> Split {
    let mut left = amount;
    let fees = (0..pages).map(|_| take(&mut left, page_fee)).collect();
    let cut = owner_cut.floor_of(left);
    let owner = take(&mut left, cut);
    let part = contributors.floor_of(left);
    let contributors = take(&mut left, part);
    Split { fees, owner, contributors, validators: left }
}

fn take(left: &mut Amount, wanted: Amount) -> Amount {
    let taken = wanted.min(*left);
    *left = left.saturating_minus(taken);
    taken
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::{Fraction, testing::amount};
    use proptest::prelude::{prop_assert_eq, proptest};

    proptest! {
        /// Law 21, for amounts: the parts sum to the whole.
        #[test]
        fn law_21_parts_sum_to_the_amount(
            whole in 0u128..1 << 94, fee in 0u128..1 << 93, pages in 0usize..5,
            owner in 0u32..=Fraction::WHOLE, contributors in 0u32..=Fraction::WHOLE,
        ) {
            let fraction = |parts| Fraction::from_parts(parts).unwrap();
            let parts =
                split(amount(whole), pages, amount(fee), fraction(owner), fraction(contributors));
            let fees: u128 = parts.fees.iter().map(|fee| fee.units()).sum();
            let rest = parts.owner.units() + parts.contributors.units() + parts.validators.units();
            prop_assert_eq!(fees + rest, whole);
        }
    }

    #[test]
    fn the_stated_order_and_rounding() {
        let half = Fraction::from_parts(Fraction::WHOLE / 2).unwrap();
        let tenth = Fraction::from_parts(Fraction::WHOLE / 10).unwrap();
        let parts = split(amount(1007), 2, amount(3), tenth, half);
        assert_eq!(parts.fees, [amount(3), amount(3)]);
        // floor(0.1 * 1001) = 100, floor(0.5 * 901) = 450, the rest 451
        assert_eq!((parts.owner, parts.contributors), (amount(100), amount(450)));
        assert_eq!(parts.validators, amount(451));
        let poor = split(amount(4), 2, amount(3), tenth, half);
        assert_eq!(poor.fees, [amount(3), amount(1)]);
    }
}
