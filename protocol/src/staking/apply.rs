//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    ports::IndexPort,
    refusal::Refusal,
    staking::{Command, State, bond, claim_rewards, delegate, hooks, slash, unbond, update_params},
};

/// Applies one command; reads reward indices through `p`.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &impl IndexPort,
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    if !matches!(command, Command::Stake { .. }) {
        cx.refuse_funds()?;
    }
    match command {
        Command::Receive { from, amount, payload } => {
            bond::receive(s, p, cx, (from, amount), payload, fx)
        }
        Command::Stake { tier } => bond::stake(s, p, cx, tier, fx),
        Command::Raise { tier } => bond::raise(s, p, cx, tier, fx),
        Command::Unstake { amount } => unbond::unstake(s, p, cx, amount, fx),
        Command::Claim => unbond::claim(s, cx, fx),
        Command::Delegate { to } => delegate::delegate(s, p, cx, to, fx),
        Command::ClaimRewards => claim_rewards::claim_rewards(s, p, cx, fx),
        Command::Slash { who, amount, informer } => {
            slash::slash(s, p, cx, (who, amount), informer, fx)
        }
        Command::AddHook { hook } => hooks::add(s, cx, hook, fx),
        Command::RemoveHook { hook } => hooks::remove(s, cx, hook, fx),
        Command::UpdateParams { params } => update_params::update_params(s, cx, params, fx),
        Command::Failed { tag } => hooks::failed(cx, tag, fx),
    }
}
