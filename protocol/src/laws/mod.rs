//! The laws: checks over every live record, and over a command's before and after.
//!
//! They enumerate the ground truth and never compare one derived counter with another. The
//! numbers are those of `docs/laws.toml`. Engines check state laws each epoch, fuzzing after
//! every command, and `audit` on a deployment. Rules cannot call them: a contract does not
//! enumerate.

mod assembly;
mod authority;
mod breach;
mod counters;
mod delegation;
mod dust;
mod past;
mod power;
mod solvency;
mod survey;
#[cfg(test)]
mod tests;
mod treasury;

pub use assembly::{
    Assemblies, Charter, Proposals, assembly_laws, charter_is_within_bounds, deposits_are_covered,
    nobody_votes_twice, tally_is_the_sum_of_ballots, terms_are_in_order,
};
pub use authority::{Settings, parameters_are_within_bounds, settings_are_the_authoritys};
pub use breach::Breach;
pub use counters::counters_equal_enumeration;
pub use delegation::delegation_conserves_power;
pub use dust::{claimed_within_accrued, everything_accrued_is_owed, owed_to};
pub use past::{Indices, Past};
pub use power::power_sums_to_total;
pub use solvency::{issued_covers_supply, stake_is_covered};
pub use survey::{Around, Whole, survey};
pub use treasury::promises_are_kept;

use crate::{
    network, rewards, staking,
    store::{All, Get},
    token,
    units::{Amount, Height},
};

/// What the laws read: any record of the four modules, one at a time or all of them.
pub trait Books:
    Book<token::Balance>
    + Book<token::Supply>
    + Book<token::Minting>
    + Book<staking::Params>
    + Book<staking::Account>
    + Book<staking::Total>
    + Book<staking::OwnHistory>
    + Book<staking::ReceivedHistory>
    + Book<staking::TotalHistory>
    + Book<network::Topic>
    + Book<network::Slot>
    + Book<network::Seat>
    + Book<rewards::Params>
    + Book<rewards::Emission>
    + Book<rewards::Pot>
    + Book<rewards::Validator>
    + Book<rewards::SlotOwed>
    + Book<rewards::Owed>
    + Book<rewards::Vesting>
    + Book<rewards::Unclaimed>
    + Book<rewards::Campaigns>
    + Book<rewards::Campaign>
    + Book<rewards::Round>
    + Book<rewards::ClaimedLeaves>
{
}
impl<T> Books for T where
    T: Book<token::Balance>
        + Book<token::Supply>
        + Book<token::Minting>
        + Book<staking::Params>
        + Book<staking::Account>
        + Book<staking::Total>
        + Book<staking::OwnHistory>
        + Book<staking::ReceivedHistory>
        + Book<staking::TotalHistory>
        + Book<network::Topic>
        + Book<network::Slot>
        + Book<network::Seat>
        + Book<rewards::Params>
        + Book<rewards::Emission>
        + Book<rewards::Pot>
        + Book<rewards::Validator>
        + Book<rewards::SlotOwed>
        + Book<rewards::Owed>
        + Book<rewards::Vesting>
        + Book<rewards::Unclaimed>
        + Book<rewards::Campaigns>
        + Book<rewards::Campaign>
        + Book<rewards::Round>
        + Book<rewards::ClaimedLeaves>
{
}

/// A table that can be read and enumerated.
pub trait Book<R: crate::store::Record>: Get<R> + All<R> {}
impl<R: crate::store::Record, T: Get<R> + All<R>> Book<R> for T {}

/// Every law of a state: 1, 2 at `height`, 3, 7, 14, 18.
///
/// `native` is what staking holds of the native denom; without one, nothing.
///
/// # Errors
/// The first law that is broken, and by what.
pub fn state_laws(b: &impl Books, height: Height, native: Amount) -> Result<(), Breach> {
    stake_is_covered(b, native)?;
    issued_covers_supply(b)?;
    power_sums_to_total(b, height)?;
    counters_equal_enumeration(b)?;
    delegation_conserves_power(b)?;
    claimed_within_accrued(b)?;
    everything_accrued_is_owed(b)
}
