//! What others may read of staking's rewards.

use crate::{
    account::AccountId,
    ports::IndexPort,
    refusal::Refusal,
    staking::{Account, settled},
    store::Get,
    units::Amount,
};

/// The delegation rewards that a claim would pay `who` now, in whole base units.
///
/// # Errors
/// Rewards that do not answer.
pub fn pending(
    view: &impl Get<Account>,
    p: &impl IndexPort,
    who: AccountId,
) -> Result<Amount, Refusal> {
    let Account { position, own, .. } = view.get(who);
    let standing = own.current;
    let position = if standing.power.is_zero() {
        position
    } else {
        settled(position, standing.power, p.reward_index(standing.validator(who))?)?
    };
    Amount::new(position.owed.whole())
}
