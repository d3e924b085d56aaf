//! Pausing what is no exit.

use crate::{
    context::Context,
    effect::Effect,
    pause::{ensure_governor, ensure_running, prolonged},
    refusal::Refusal,
    rewards::{Command, Event, Paused, State, distribute::told},
    store::Get,
    units::Timestamp,
};

/// Sets the end of the pause. The governor only.
pub(super) fn pause(
    s: &mut impl State,
    cx: &Context,
    until: Timestamp,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    ensure_governor(cx)?;
    let Paused { until: before } = s.get(());
    let until = prolonged(before, until, cx.time);
    s.set((), Paused { until });
    fx.push(told(Event::Paused { until }));
    Ok(())
}

/// Refuses a verb that is no exit while there is a pause.
pub(super) fn ensure_allowed(
    s: &impl Get<Paused>,
    cx: &Context,
    command: &Command,
) -> Result<(), Refusal> {
    match command {
        Command::Distribute(_) | Command::SetTake { .. } | Command::Publish(_) => {
            ensure_running(s.get(()).until, cx)
        }
        _ => Ok(()),
    }
}
