//! From a command to its verb.

use crate::{
    context::Context,
    effect::{self, Effect},
    governance::{
        Command, Event, State, cancel, deposit, execute, guardian, hold, hooks, pause, propose,
        queue, settle, update_params, vote,
    },
    ports::{StakePort, TopicPort},
    refusal::Refusal,
};

/// Applies one command; reads stake and the number of topics through `p`.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &(impl StakePort + TopicPort),
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    cx.refuse_funds()?;
    match command {
        Command::Receive { from, amount, payload } => {
            deposit::receive(s, cx, from, amount, &payload, fx)
        }
        Command::Withdraw { amount } => deposit::withdraw(s, cx, amount, fx),
        Command::Propose { draft } => propose::propose(s, p, cx, draft, fx),
        Command::Vote { proposal, shares, rationale } => {
            vote::vote(s, p, cx, proposal, (shares, rationale), fx)
        }
        Command::Queue { proposal } => queue::queue(s, cx, proposal, fx),
        Command::Execute { proposal } => execute::execute(s, cx, proposal, fx),
        Command::Settle { proposal } => settle::settle(s, cx, proposal, fx),
        Command::Cancel { proposal, reason } => cancel::cancel(s, cx, proposal, reason, fx),
        Command::Pause { module, seconds } => pause::pause(s, cx, module, seconds, fx),
        Command::Hold { proposal } => hold::hold(s, cx, proposal, fx),
        Command::Drop { proposal } => hold::drop(s, cx, proposal, fx),
        Command::Suspend => guardian::suspend(s, cx, fx),
        Command::Dismiss => guardian::dismiss(s, cx, fx),
        Command::SetGuardian { mandate } => guardian::set(s, cx, mandate, fx),
        Command::UpdateParams { params } => update_params::update_params(s, p, cx, params, fx),
        Command::AddHook { hook } => hooks::add(s, cx, hook, fx),
        Command::RemoveHook { hook } => hooks::remove(s, cx, hook, fx),
        Command::Failed { tag } => execute::failed(s, cx, tag, fx),
    }
}

/// The governor's event as an effect.
pub(super) fn told(event: Event) -> Effect {
    Effect::Event(effect::Event::Governance(event))
}
