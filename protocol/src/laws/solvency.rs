//! Law 1: what is held covers what is owed.

use crate::{
    account::ModuleId,
    laws::{Book, Breach, breach::at_most},
    rewards, staking, token,
    units::Amount,
};

/// Law 1: staking holds at least every bonded and unbonding unit.
///
/// `native` is what it holds of the native denom. Whoever donates makes it hold more.
///
/// # Errors
/// A shortfall.
pub fn stake_is_covered(
    b: &(impl Book<staking::Params> + Book<staking::Account> + Book<token::Balance>),
    native: Amount,
) -> Result<(), Breach> {
    let mut owed = 0u128;
    b.each(&mut |_, account: &staking::Account| {
        owed += account.position.bonded.units();
        owed += account.unbondings.iter().map(|unbonding| unbonding.amount.units()).sum::<u128>();
    });
    let params: staking::Params = b.get(());
    let held = match params.asset {
        staking::Asset::Token => {
            let balance: token::Balance = b.get(ModuleId::Staking.account());
            balance.amount
        }
        staking::Asset::Native => native,
    };
    at_most(1, "stake and unbonding against what staking holds", owed, held.units())
}

/// Law 1, where nothing is held because claims mint: what circulates and what may still be
/// minted is at most what was issued, and that at most the cap. Only burning makes it less.
///
/// # Errors
/// More tokens than were issued, or more issued than the cap.
pub fn issued_covers_supply(
    b: &(
         impl Book<token::Balance>
         + Book<rewards::Unclaimed>
         + Book<rewards::Emission>
         + Book<rewards::Params>
     ),
) -> Result<(), Breach> {
    let mut circulating = 0u128;
    b.each(&mut |_, balance: &token::Balance| circulating += balance.amount.units());
    let unclaimed: rewards::Unclaimed = b.get(());
    let emission: rewards::Emission = b.get(());
    let params: rewards::Params = b.get(());
    let claims = circulating + unclaimed.amount.units();
    at_most(1, "balances and unclaimed against issued", claims, emission.issued.units())?;
    let cap = params.schedule.cap.units();
    at_most(1, "issued against the cap", emission.issued.units(), cap)
}
