//! What validators, the network and the authority set: takes, weights, parameters.

use crate::{
    account::ModuleId,
    context::Context,
    effect::Effect,
    refusal::{NOT_AUTHORISED, Refusal, ensure},
    rewards::{
        Emission, Event, MAX_TAKE, Params, Pot, State, Validator,
        accrue::{accrue, settled},
        distribute::told,
        reasons::TAKE_TOO_HIGH,
    },
    units::Fraction,
};

/// Sets the part of dividends that the sender keeps as a validator, from the next
/// distribution on. Anyone, for itself.
pub(super) fn set_take(
    s: &mut impl State,
    cx: &Context,
    take: Fraction,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let who = cx.sender;
    ensure(take.parts() <= MAX_TAKE, &TAKE_TOO_HIGH, take.parts(), MAX_TAKE)?;
    let validator: Validator = s.get(who);
    s.set(who, Validator { take, ..validator });
    fx.push(told(Event::TakeSet { who, take }));
    Ok(())
}

/// Sets a topic's allocation weight; what the old one earned is settled first. The network or
/// the authority only.
pub(super) fn allocate(
    s: &mut impl State,
    cx: &Context,
    topic: u16,
    weight: u64,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    let by = cx.sender.module();
    let allowed = matches!(by, Some(ModuleId::Network | ModuleId::Treasury));
    ensure(allowed, &NOT_AUTHORISED, 0u128, 0u128)?;
    let emission = accrue(s, cx.height)?;
    let pot: Pot = settled(s.get(topic), emission.index)?;
    let others = emission.weight.saturating_sub(u128::from(pot.weight));
    s.set((), Emission { weight: others + u128::from(weight), ..emission });
    s.set(topic, Pot { weight, ..pot });
    fx.push(told(Event::Allocated { topic, weight }));
    Ok(())
}

/// Replaces the parameters; what the old ones emitted is accrued first. The authority only.
///
/// The schedule keeps its origin: intervals are still counted from where they began.
pub(super) fn update_params(
    s: &mut impl State,
    cx: &Context,
    params: Params,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure(cx.sender == ModuleId::Treasury.account(), &NOT_AUTHORISED, 0u128, 0u128)?;
    let emission = accrue(s, cx.height)?;
    if let Some(violation) = params.violations(emission.issued.units()).first() {
        return Err(*violation);
    }
    s.set((), params);
    fx.push(told(Event::ParamsUpdated {}));
    Ok(())
}

impl Params {
    /// What is wrong with the parameters where `issued` exists already, all of it.
    pub fn violations(&self, issued: u128) -> Vec<Refusal> {
        // A treasury's cut is a fraction of one by its type.
        self.schedule.violations(issued)
    }
}
