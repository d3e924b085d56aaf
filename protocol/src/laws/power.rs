//! Law 2: power is neither made nor lost by reading it through delegation.

use crate::{
    account::AccountId,
    laws::{Book, Breach, breach::equal},
    staking::{self, Account, View},
    units::Height,
};

/// Law 2: the power of all accounts as read at `height`, own undelegated and received, sums
/// to the total as read at `height`.
///
/// # Errors
/// Both sums.
pub fn power_sums_to_total(b: &(impl View + Book<Account>), height: Height) -> Result<(), Breach> {
    let mut sum = 0u128;
    b.each(&mut |who: AccountId, _: &Account| {
        let own = staking::own_at(b, who, height);
        if own.delegate.is_none() {
            sum = sum.saturating_add(own.power.units());
        }
        sum = sum.saturating_add(staking::received_at(b, who, height).units());
    });
    let total = staking::power_at(b, None, height).units();
    equal(2, &format!("total power at {}", height.get()), total, sum)
}
