//! Replacing the parameters.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    ports::TrackPort,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    staking::{Event, Params, State, Total, reasons::NOTICE_TOO_SHORT, standing::told},
};

/// Replaces the parameters by ones that may follow them. The authority only; the first
/// violation is the refusal, [`Params::violations_of_next`] lists all.
///
/// No notice may be shorter than the governor's longest track: whoever votes is still exposed
/// when it executes. The governor checks the same when its tracks change.
pub(super) fn update_params(
    s: &mut impl State,
    p: &impl TrackPort,
    cx: &Context,
    params: Params,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let (old, total): (Params, Total) = (s.get(()), s.get(()));
    if let Some(violation) = old.violations_of_next(&params, total.bonded).first() {
        return Err(*violation);
    }
    let (notice, longest) = (params.shortest_notice(), p.longest_track()?);
    ensure(notice >= longest, &NOTICE_TOO_SHORT, notice, longest)?;
    s.set((), params);
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}
