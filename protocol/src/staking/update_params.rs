//! Replacing the parameters.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    ports::TrackPort,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    staking::{Event, Params, State, Total, reasons::NOTICE_TOO_SHORT, standing::told},
};

impl Params {
    /// What is wrong with the parameters beside a governor whose longest track takes so many
    /// seconds: a notice that is shorter.
    pub fn violations_beside(&self, longest: u64) -> Vec<Refusal> {
        let notice = self.shortest_notice();
        match notice >= longest {
            true => Vec::new(),
            false => vec![NOTICE_TOO_SHORT.refuse(notice.into(), longest.into())],
        }
    }
}

/// Replaces the parameters by ones that may follow them. The authority only; the first
/// violation is the refusal, [`Params::violations_of_next`] and [`Params::violations_beside`]
/// list all.
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
    if let Some(violation) = params.violations_beside(p.longest_track()?).first() {
        return Err(*violation);
    }
    s.set((), params);
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}
