//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    network::{
        Command, Scratch, State, close::close, create_topic::create_topic, leave::leave, pause,
        register::receive, submit::submit, update_topic::update_topic,
    },
    ports::StakePort,
    refusal::Refusal,
};

/// Applies one command with memory made for it; see [`apply_with`].
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    c: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    apply_with(&mut Scratch::default(), s, p, cx, c, fx)
}

/// Applies one command with memory that the caller keeps between closes; the result is the
/// same whatever `scratch` held.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply_with(
    scratch: &mut Scratch,
    s: &mut impl State,
    p: &impl StakePort,
    cx: &Context,
    c: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    cx.refuse_funds()?;
    pause::ensure_allowed(s, cx, &c)?;
    match c {
        Command::CreateTopic { params, weight } => create_topic(s, cx, params, weight, fx),
        Command::UpdateTopic { topic, params } => update_topic(s, cx, topic, params, fx),
        Command::Receive { from, amount, payload } => receive(s, cx, from, amount, &payload, fx),
        Command::Leave { topic } => leave(s, cx, topic, fx),
        Command::Submit { topic, weights } => submit(s, cx, topic, &weights, fx),
        Command::Pause { until } => pause::pause(s, cx, until, fx),
        Command::Close { topic, rows } => close(scratch, s, p, cx, topic, rows, fx),
    }
}
