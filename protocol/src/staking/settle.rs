//! Delegation rewards: each touch brings a position up to its validator's index.

use crate::{
    accrued::Accrued,
    refusal::{AMOUNT_TOO_LARGE, Refusal},
    staking::Position,
    units::Power,
};

/// A position settled up to `index`: `owed += power * (index - paid)`, to 64 fractional bits,
/// exactly.
///
/// `power` is what the position has had behind the validator since `paid`.
///
/// # Errors
/// `E0001` where the product leaves 128 bits, which an index that was paid for rules out.
pub fn settled(position: Position, power: Power, index: Accrued) -> Result<Position, Refusal> {
    let earned = index.since(position.paid).times(power.units());
    let owed = position.owed.plus(earned.ok_or(AMOUNT_TOO_LARGE.bare())?);
    Ok(Position { owed, paid: index, ..position })
}

#[cfg(test)]
mod tests {
    use super::settled;
    use crate::{Accrued, Power, staking::Position};
    use proptest::{
        collection::vec,
        prelude::{prop_assert_eq, proptest},
    };

    proptest! {
        /// Law 19: however often a position is settled, it is owed the same.
        #[test]
        fn law_19_frequency_of_settling_changes_nothing(
            steps in vec((0u64..1000, proptest::num::u64::ANY), 1..20), power in 0u128..1 << 60,
        ) {
            let power = Power::new(power);
            let (mut index, mut often) = (Accrued::ZERO, Position::default());
            for (whole, part) in steps {
                index = index.plus(Accrued::new(whole.into(), part));
                often = settled(often, power, index).unwrap();
            }
            prop_assert_eq!(settled(Position::default(), power, index).unwrap(), often);
        }
    }
}
