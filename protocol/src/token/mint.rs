//! Minting, and the right to it.

use crate::{
    account::AccountId,
    context::Context,
    effect::Effect,
    refusal::{Refusal, ensure},
    token::{
        Event, Minting, State, Supply,
        balance::credit,
        reasons::{ABOVE_CAP, NOT_MINTER},
        transfer::told,
    },
    units::Amount,
};

/// The supply after minting: `supply + amount`, at most `cap`.
///
/// # Errors
/// `E0103` above the cap.
pub fn supply_after(supply: Amount, amount: Amount, cap: Amount) -> Result<Amount, Refusal> {
    let after = supply.units() + amount.units();
    if after > cap.units() {
        return Err(ABOVE_CAP.refuse(after, cap.units()));
    }
    Amount::new(after)
}

/// Makes tokens, up to the cap. The minter only.
pub(super) fn mint(
    s: &mut impl State,
    cx: &Context,
    to: AccountId,
    amount: Amount,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let minting: Minting = s.get(());
    only_minter(&minting, cx)?;
    let supply: Supply = s.get(());
    let after = supply_after(supply.amount, amount, minting.cap)?;
    s.set((), Supply { amount: after });
    credit(s, to, amount)?;
    fx.push(told(Event::Minted { to, amount }));
    Ok(())
}

/// Hands the right to mint on, with its cap, or ends it for good. The minter only.
pub(super) fn update_minter(
    s: &mut impl State,
    cx: &Context,
    to: Option<AccountId>,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let minting: Minting = s.get(());
    only_minter(&minting, cx)?;
    let after = match to {
        Some(_) => Minting { minter: to, ..minting },
        None => Minting::default(),
    };
    s.set((), after);
    fx.push(told(Event::MinterChanged { new_minter: to }));
    Ok(())
}

fn only_minter(minting: &Minting, cx: &Context) -> Result<(), Refusal> {
    ensure(minting.minter == Some(cx.sender), &NOT_MINTER, 0u128, 0u128)
}
