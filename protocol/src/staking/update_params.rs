//! Replacing the parameters.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    staking::{Event, Params, Staked, State, standing::told},
};

/// Replaces the parameters by ones that may follow them. The authority only; the first
/// violation is the refusal, [`Params::violations_of_next`] lists all.
pub(super) fn update_params(
    s: &mut impl State,
    cx: &Context,
    params: Params,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let (old, staked): (Params, Staked) = (s.get(()), s.get(()));
    if let Some(violation) = old.violations_of_next(&params, staked.bonded).first() {
        return Err(*violation);
    }
    s.set((), params);
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}
