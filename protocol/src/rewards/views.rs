//! What others may read of rewards.

use crate::{
    account::AccountId,
    ports::SlotPort,
    refusal::Refusal,
    rewards::{Owed, SlotOwed, claim::ensure_held, slot_owed},
    store::Get,
    units::Amount,
};

/// What a claim of these slots would pay `who`, its own account included.
///
/// # Errors
/// What the claim would be refused for: `E0503` too many slots, `E0504` one listed twice,
/// `E0505` one that `who` does not hold; a network that does not answer.
pub fn claimable(
    view: &(impl Get<SlotOwed> + Get<Owed>),
    p: &impl SlotPort,
    who: AccountId,
    slots: &[(u16, u16)],
) -> Result<Amount, Refusal> {
    ensure_held(p, who, slots)?;
    let Owed { amount: mut sum } = view.get(who);
    for (topic, uid) in slots {
        sum = sum.plus(slot_owed(view, *topic, *uid))?;
    }
    Ok(sum)
}
