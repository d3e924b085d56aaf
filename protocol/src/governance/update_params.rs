//! Replacing the parameters, for proposals made from then on.

use crate::{
    context::Context,
    effect::Effect,
    governance::{Bounds, Event, Numbers, Params, State, apply::told, load::ensure_treasury},
    ports::StakePort,
    refusal::Refusal,
    staking,
};

impl Params {
    /// What is wrong with the parameters inside `bounds` and beside staking's, all of it: what the
    /// lint reports, and why an update is refused.
    pub fn all_violations(&self, bounds: &Bounds, staking: &staking::Params) -> Vec<Refusal> {
        let mut found = self.violations(bounds);
        found.extend(self.violations_beside(staking));
        found
    }
}

/// Replaces the parameters. A constitutional proposal; the first violation is the refusal,
/// [`Params::all_violations`] lists all. Proposals that exist keep the rules they were made
/// under, and none is made in this block.
pub(super) fn update_params(
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    params: Params,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let bounds: Bounds = s.get(());
    if let Some(violation) = params.all_violations(&bounds, &p.staking_params()?).first() {
        return Err(*violation);
    }
    s.set((), params);
    let numbers: Numbers = s.get(());
    s.set((), Numbers { changed: cx.height, ..numbers });
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}
