//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    ports::{AddressPort, SlotPort},
    refusal::Refusal,
    rewards::{
        Command, State, campaign, claim, distribute, leaf, pause, publish, settings, vesting,
    },
};

/// Applies one command; reads the holders of slots and addresses through `p`.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    p: &(impl SlotPort + AddressPort),
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    cx.refuse_funds()?;
    pause::ensure_allowed(s, cx, &command)?;
    match command {
        Command::Distribute(distribution) => distribute::distribute(s, cx, distribution, fx),
        Command::Vacate { topic, uid, who } => claim::vacate(s, cx, (topic, uid), who, fx),
        Command::Claim { slots } => claim::claim(s, p, cx, &slots, fx),
        Command::Pay { to, amount } => claim::pay(s, cx, to, amount, fx),
        Command::SetTake { take } => settings::set_take(s, cx, take, fx),
        Command::Allocate { topic, weight } => settings::allocate(s, cx, topic, weight, fx),
        Command::ClaimVested { number } => vesting::claim_vested(s, cx, number, fx),
        Command::Pause { until } => pause::pause(s, cx, until, fx),
        Command::OpenCampaign { terms, budget } => campaign::open(s, cx, terms, budget, fx),
        Command::FundCampaign { campaign, amount } => campaign::fund(s, cx, campaign, amount, fx),
        Command::EndCampaign { campaign } => campaign::end(s, cx, campaign, fx),
        Command::Publish(publication) => publish::publish(s, cx, publication, fx),
        Command::Revoke { campaign, round } => publish::revoke(s, cx, (campaign, round), fx),
        Command::ReturnRest { campaign, round } => {
            publish::return_rest(s, cx, (campaign, round), fx)
        }
        Command::ClaimLeaf { who, leaf } => leaf::claim_leaf(s, p, cx, who, &leaf, fx),
        Command::UpdateParams { params } => settings::update_params(s, cx, params, fx),
    }
}
