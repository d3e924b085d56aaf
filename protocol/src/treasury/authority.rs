//! Whom the treasury obeys, and how that changes: offered by a proposal, then accepted, so that
//! it cannot go to an address that nobody can act for.

use crate::{
    account::{AccountId, ModuleId},
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    store::Get,
    treasury::{Authority, Event, State, pay::told, reasons::NO_OFFER},
};

/// Whose proposals the treasury carries out: the governor's, unless another took over.
pub fn authority(s: &impl Get<Authority>) -> AccountId {
    s.get(()).holder.unwrap_or(ModuleId::Governor.account())
}

/// What the treasury asks of its own verbs, which only actions of proposals reach.
///
/// # Errors
/// `E0003` for anyone else.
pub(super) fn ensure_self(cx: &Context) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)
}

/// Offers the authority, or withdraws the offer. The treasury itself, by a proposal.
pub(super) fn offer(
    s: &mut impl State,
    cx: &Context,
    to: Option<AccountId>,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_self(cx)?;
    let old: Authority = s.get(());
    s.set((), Authority { offered: to, ..old });
    fx.push(told(Event::Offered { to }));
    Ok(())
}

/// Takes the authority. Whom it was offered to.
pub(super) fn accept(
    s: &mut impl State,
    cx: &Context,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let old: Authority = s.get(());
    ensure(old.offered == Some(cx.sender), &NO_OFFER, 0u128, 0u128)?;
    let governor = cx.sender == ModuleId::Governor.account();
    s.set((), Authority { holder: (!governor).then_some(cx.sender), offered: None });
    fx.push(told(Event::Accepted { holder: cx.sender }));
    Ok(())
}
