//! The guardian: a mandate that ends, can be suspended, and only token holders renew.

use crate::{
    context::Context,
    effect::Effect,
    governance::{
        Bounds, Event, Guardian, Mandate, Params, State,
        apply::told,
        load::ensure_treasury,
        reasons::{NO_MANDATE, NOT_SUSPENDED},
    },
    refusal::{Refusal, ensure},
    units::Timestamp,
};

impl Mandate {
    /// Whether somebody holds it at `now`: before its end, and not suspended.
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.guardian.is_some() && now < self.ends && now >= self.suspended
    }
}

/// Whether the sender is the guardian, with a mandate that is held.
///
/// # Errors
/// `E0423` where it is not.
pub(super) fn ensure_mandate(mandate: &Mandate, cx: &Context) -> Result<(), Refusal> {
    let held = mandate.guardian == Some(cx.sender) && mandate.is_held(cx.time);
    ensure(held, &NO_MANDATE, cx.time.get(), mandate.ends.get())
}

/// Gives a mandate in place of what there is, or ends it. A constitutional proposal.
pub(super) fn set(
    s: &mut impl State,
    cx: &Context,
    mandate: Mandate,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let bounds: Bounds = s.get(());
    if let Some(violation) = mandate.violations(&bounds, cx.time).first() {
        return Err(*violation);
    }
    let mandate = match mandate.guardian {
        Some(_) => Mandate { suspended: Timestamp::ZERO, ..mandate },
        None => Mandate::default(),
    };
    s.set((), Guardian { mandate });
    fx.push(told(Event::GuardianSet { guardian: mandate.guardian, ends: mandate.ends }));
    Ok(())
}

/// Suspends the mandate until an ordinary proposal has had the time to end it. An emergency
/// proposal.
pub(super) fn suspend(
    s: &mut impl State,
    cx: &Context,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let (Guardian { mandate }, Params { lapse, .. }) = (s.get(()), s.get(()));
    ensure(mandate.guardian.is_some(), &NO_MANDATE, cx.time.get(), mandate.ends.get())?;
    let until = cx.time.after(lapse);
    s.set((), Guardian { mandate: Mandate { suspended: until, ..mandate } });
    fx.push(told(Event::Suspended { until }));
    Ok(())
}

/// Ends a suspended mandate. An ordinary proposal.
pub(super) fn dismiss(
    s: &mut impl State,
    cx: &Context,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_treasury(cx)?;
    let Guardian { mandate } = s.get(());
    let suspended = cx.time < mandate.suspended;
    ensure(suspended, &NOT_SUSPENDED, cx.time.get(), mandate.suspended.get())?;
    s.set((), Guardian::default());
    fx.push(told(Event::Dismissed {}));
    Ok(())
}
