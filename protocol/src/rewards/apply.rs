//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    ports::{SlotPort, StakePort},
    refusal::Refusal,
    rewards::{Command, State, claim, distribute, pause, settings, vesting},
};

/// Applies one command; reads power and the holders of slots through `p`.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &(impl StakePort + SlotPort),
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    cx.refuse_funds()?;
    pause::ensure_allowed(s, cx, &command)?;
    match command {
        Command::Distribute(distribution) => distribute::distribute(s, p, cx, distribution, fx),
        Command::Vacate { topic, uid, who } => claim::vacate(s, cx, (topic, uid), who, fx),
        Command::Claim { slots } => claim::claim(s, p, cx, &slots, fx),
        Command::Pay { to, amount } => claim::pay(s, cx, to, amount, fx),
        Command::SetTake { take } => settings::set_take(s, cx, take, fx),
        Command::Allocate { topic, weight } => settings::allocate(s, cx, topic, weight, fx),
        Command::ClaimVested { number } => vesting::claim_vested(s, cx, number, fx),
        Command::Pause { until } => pause::pause(s, cx, until, fx),
        Command::UpdateParams { params } => settings::update_params(s, cx, params, fx),
    }
}
