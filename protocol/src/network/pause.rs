//! Pausing what is no exit.

use crate::{
    context::Context,
    effect::{self, Effect},
    network::{Command, Event, Paused, State},
    pause::{ensure_governor, ensure_running, prolonged},
    refusal::Refusal,
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
    fx.push(Effect::Event(effect::Event::Network(Event::Paused { until })));
    Ok(())
}

/// Refuses a verb that is no exit while there is a pause.
pub(super) fn ensure_allowed(
    s: &impl Get<Paused>,
    cx: &Context,
    command: &Command,
) -> Result<(), Refusal> {
    match command {
        Command::Receive { .. } | Command::Submit { .. } | Command::Close { .. } => {
            ensure_running(s.get(()).until, cx)
        }
        _ => Ok(()),
    }
}
