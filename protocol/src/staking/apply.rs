//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    ports::{IndexPort, TrackPort},
    refusal::Refusal,
    staking::{
        Command, State, bond, claim_rewards, delegate, hooks, pause, slash, unbond, update_params,
    },
};

/// Applies one command; reads reward indices and the longest track through `p`.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &(impl IndexPort + TrackPort),
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    if !matches!(command, Command::Stake { .. }) {
        cx.refuse_funds()?;
    }
    pause::ensure_allowed(s, cx, &command)?;
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
        Command::UpdateParams { params } => update_params::update_params(s, p, cx, params, fx),
        Command::Pause { until } => pause::pause(s, cx, until, fx),
        Command::Failed { tag } => hooks::failed(cx, tag, fx),
    }
}
