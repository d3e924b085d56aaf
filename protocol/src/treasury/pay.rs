//! Paying, and what is promised.

use crate::{
    account::{AccountId, ModuleId},
    asset::Asset,
    effect::{self, Command, Effect, OnFail},
    ports::BalancePort,
    refusal::{Refusal, ensure},
    store::{Get, Has},
    token,
    treasury::{Event, Promised, reasons::LOW_FUNDS},
    units::Amount,
};

/// The effect of paying from the treasury's balance.
pub(super) fn payment(asset: Asset, to: AccountId, amount: Amount) -> Effect {
    match asset {
        Asset::Native => Effect::Pay { to, amount },
        Asset::Token => call(Command::Token(token::Command::Transfer { to, amount })),
    }
}

/// A call that undoes everything where it is refused.
pub(super) fn call(command: Command) -> Effect {
    Effect::Call { command, on_fail: OnFail::Revert }
}

/// The treasury's event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Treasury(event))
}

/// Checks that what is held covers what is promised and `more` base units.
///
/// # Errors
/// `E0602` with what is held and what would be needed.
pub(super) fn ensure_covered(
    s: &impl Get<Promised>,
    p: &impl BalancePort,
    asset: Asset,
    more: u128,
) -> Result<(), Refusal> {
    let held = p.held(ModuleId::Treasury.account(), asset)?.units();
    let needed = s.get(asset).amount.units().saturating_add(more);
    ensure(needed <= held, &LOW_FUNDS, held, needed)
}

/// Promises more of an asset.
///
/// # Errors
/// `E0001` above what there can be.
pub(super) fn promise(
    s: &mut impl Has<Promised>,
    asset: Asset,
    amount: Amount,
) -> Result<(), Refusal> {
    let amount = s.get(asset).amount.plus(amount)?;
    s.set(asset, Promised { amount });
    Ok(())
}

/// What was promised is paid, or free again.
pub(super) fn redeem(s: &mut impl Has<Promised>, asset: Asset, amount: Amount) {
    let amount = s.get(asset).amount.saturating_minus(amount);
    s.set(asset, Promised { amount });
}
