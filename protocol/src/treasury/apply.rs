//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    ports::BalancePort,
    refusal::Refusal,
    treasury::{Command, State, authority, execute, genesis, grant, stream},
};

/// Applies one command; reads what the treasury holds through `p`.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &impl BalancePort,
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    if !matches!(command, Command::Fund { .. }) {
        cx.refuse_funds()?;
    }
    match command {
        Command::Receive { from, amount, payload } => {
            stream::receive(s, cx, (from, amount), payload, fx)
        }
        Command::Fund { stream } => stream::fund(s, cx, stream, fx),
        Command::Execute { proposal, track, actions } => {
            execute::execute(s, p, cx, (proposal, track), actions, fx)
        }
        Command::Settle => execute::settle(s, p, cx),
        Command::OpenStream { terms } => stream::open(s, p, cx, terms, fx),
        Command::FundStream { stream, asset, amount } => {
            stream::fund_own(s, p, cx, stream, (asset, amount), fx)
        }
        Command::CancelStream { stream } => stream::cancel(s, cx, stream, fx),
        Command::ClaimStream { stream } => stream::claim(s, cx, stream, fx),
        Command::OpenGrant { terms } => grant::open(s, p, cx, terms, fx),
        Command::Release { grant, milestone } => grant::release(s, cx, grant, milestone, fx),
        Command::Return { grant } => grant::take_back(s, cx, grant, fx),
        Command::Offer { to } => authority::offer(s, cx, to, fx),
        Command::Accept => authority::accept(s, cx, fx),
        Command::UpdateParams { params } => genesis::update_params(s, cx, params, fx),
    }
}
