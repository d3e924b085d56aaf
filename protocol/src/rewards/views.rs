//! What others may read of rewards.

use crate::{
    account::AccountId,
    ports::SlotPort,
    refusal::{Refusal, ensure},
    rewards::{Owed, SlotOwed, reasons::NOT_HOLDER, slot_owed},
    store::Get,
    units::Amount,
};

/// What a claim of these slots would pay `who`, its own account included.
///
/// # Errors
/// A slot that `who` does not hold; a network that does not answer.
pub fn claimable(
    view: &(impl Get<SlotOwed> + Get<Owed>),
    p: &impl SlotPort,
    who: AccountId,
    slots: &[(u16, u16)],
) -> Result<Amount, Refusal> {
    let Owed { amount: mut sum } = view.get(who);
    for (topic, uid) in slots {
        ensure(p.holder(*topic, *uid)? == Some(who), &NOT_HOLDER, *uid, 0u128)?;
        sum = sum.plus(slot_owed(view, *topic, *uid))?;
    }
    Ok(sum)
}
