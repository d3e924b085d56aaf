//! Pausing a module: bounded, by the guardian or by a proposal.

use crate::{
    account::ModuleId,
    context::Context,
    effect::{Effect, OnFail},
    governance::{
        Bounds, Event, Guardian, Mandate, State,
        apply::told,
        guardian::ensure_mandate,
        reasons::{NO_PAUSES, NOTHING, PAUSE_TOO_LONG},
    },
    pause::Pausable,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
};

/// Pauses a module's verbs that are no exits, for `seconds` from now. A proposal, up to the
/// bound, 0 ending a pause; or the guardian, up to its mandate's length and number.
///
/// A pause never shortens one that is longer: the guardian cannot end what token holders began.
pub(super) fn pause(
    s: &mut impl State,
    cx: &Context,
    module: Pausable,
    seconds: u64,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let Guardian { mandate } = s.get(());
    if cx.sender == ModuleId::Treasury.account() {
        let bounds: Bounds = s.get(());
        ensure(seconds <= bounds.pause, &PAUSE_TOO_LONG, seconds, bounds.pause)?;
    } else {
        ensure(mandate.guardian == Some(cx.sender), &NOT_AUTHORISED, 0u128, 0u128)?;
        ensure_mandate(&mandate, cx)?;
        ensure(seconds > 0, &NOTHING, 0u128, 1u128)?;
        ensure(seconds <= mandate.pause, &PAUSE_TOO_LONG, seconds, mandate.pause)?;
        let pauses = mandate.pauses.checked_sub(1).ok_or(NO_PAUSES.refuse(0, 1))?;
        s.set((), Guardian { mandate: Mandate { pauses, ..mandate } });
    }
    let until = cx.time.after(seconds);
    fx.push(told(Event::Paused { module, by: cx.sender, until }));
    fx.push(Effect::Call { command: module.command(until), on_fail: OnFail::Revert });
    Ok(())
}
