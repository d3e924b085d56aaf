//! Which track may carry an action, and what it takes out of the treasury.

use crate::{
    asset::Asset,
    effect::Command,
    governance, network,
    refusal::{Refusal, ensure},
    rewards, staking, token,
    track::Track,
    treasury::{
        self, Action, MAX_ACTIONS, MAX_MESSAGE,
        reasons::{MESSAGE_TOO_LONG, NEVER_CARRIED, NOTHING, TOO_MANY_ACTIONS, TRACK_TOO_LOW},
    },
};

/// The lowest track that may carry an action by its target and kind.
///
/// What is emergency's is a list of its own, which the others may carry as well. Payments are
/// ordinary here; the cap lifts them to the constitutional track when they are made.
///
/// # Errors
/// `E0604` for what no proposal may carry: notices, modules' own verbs, and allowances, by
/// which promised tokens could be taken later.
pub fn needed(action: &Action) -> Result<Track, Refusal> {
    match action {
        Action::Pay { .. } => Ok(Track::Ordinary),
        Action::Migrate { .. } | Action::Opaque { .. } => Ok(Track::Constitutional),
        Action::Call { command } => match command {
            Command::Token(command) => of_token(command),
            Command::Staking(command) => of_staking(command),
            Command::Network(command) => of_network(command),
            Command::Rewards(command) => of_rewards(command),
            Command::Governance(command) => of_governance(command),
            Command::Treasury(command) => of_treasury(command),
        },
    }
}

fn of_token(command: &token::Command) -> Result<Track, Refusal> {
    use token::Command as C;
    match command {
        C::Transfer { .. }
        | C::Burn { .. }
        | C::Send { .. }
        | C::DecreaseAllowance { .. }
        | C::TransferFrom { .. }
        | C::SendFrom { .. }
        | C::BurnFrom { .. } => Ok(Track::Ordinary),
        C::Mint { .. } | C::UpdateMinter { .. } => Ok(Track::Constitutional),
        C::IncreaseAllowance { .. } => Err(NEVER_CARRIED.bare()),
    }
}

fn of_staking(command: &staking::Command) -> Result<Track, Refusal> {
    use staking::Command as C;
    match command {
        C::Stake { .. }
        | C::Raise { .. }
        | C::Unstake { .. }
        | C::Claim
        | C::Delegate { .. }
        | C::ClaimRewards => Ok(Track::Ordinary),
        C::Slash { .. } | C::AddHook { .. } | C::RemoveHook { .. } | C::UpdateParams { .. } => {
            Ok(Track::Constitutional)
        }
        C::Receive { .. } | C::Pause { .. } | C::Failed { .. } => Err(NEVER_CARRIED.bare()),
    }
}

fn of_network(command: &network::Command) -> Result<Track, Refusal> {
    use network::Command as C;
    match command {
        C::CreateTopic { .. }
        | C::UpdateTopic { .. }
        | C::Leave { .. }
        | C::Submit { .. }
        | C::Close { .. } => Ok(Track::Ordinary),
        C::Receive { .. } | C::Pause { .. } => Err(NEVER_CARRIED.bare()),
    }
}

fn of_rewards(command: &rewards::Command) -> Result<Track, Refusal> {
    use rewards::Command as C;
    match command {
        C::Allocate { .. }
        | C::Claim { .. }
        | C::SetTake { .. }
        | C::ClaimVested { .. }
        | C::OpenCampaign { .. }
        | C::FundCampaign { .. }
        | C::EndCampaign { .. }
        | C::Publish(_)
        | C::ReturnRest { .. }
        | C::ClaimLeaf { .. } => Ok(Track::Ordinary),
        // What is left of a false root goes back to its campaign, which may publish a true one.
        C::Revoke { .. } => Ok(Track::Emergency),
        C::UpdateParams { .. } => Ok(Track::Constitutional),
        C::Distribute(_) | C::Vacate { .. } | C::Pay { .. } | C::Pause { .. } => {
            Err(NEVER_CARRIED.bare())
        }
    }
}

/// A proposal makes, decides and runs no proposal, and the treasury's own stake has no vote.
fn of_governance(command: &governance::Command) -> Result<Track, Refusal> {
    use governance::Command as C;
    match command {
        C::Withdraw { .. } | C::Drop { .. } | C::Dismiss => Ok(Track::Ordinary),
        C::Pause { .. } | C::Hold { .. } | C::Suspend => Ok(Track::Emergency),
        C::SetGuardian { .. }
        | C::UpdateParams { .. }
        | C::AddHook { .. }
        | C::RemoveHook { .. } => Ok(Track::Constitutional),
        C::Receive { .. }
        | C::Propose { .. }
        | C::Vote { .. }
        | C::Queue { .. }
        | C::Execute { .. }
        | C::Settle { .. }
        | C::Cancel { .. }
        | C::Failed { .. } => Err(NEVER_CARRIED.bare()),
    }
}

fn of_treasury(command: &treasury::Command) -> Result<Track, Refusal> {
    use treasury::Command as C;
    match command {
        C::OpenStream { .. }
        | C::FundStream { .. }
        | C::CancelStream { .. }
        | C::ClaimStream { .. }
        | C::OpenGrant { .. }
        | C::Release { .. }
        | C::Return { .. }
        | C::Settle => Ok(Track::Ordinary),
        C::Offer { .. } | C::UpdateParams { .. } => Ok(Track::Constitutional),
        C::Receive { .. } | C::Fund { .. } | C::Execute { .. } | C::Accept => {
            Err(NEVER_CARRIED.bare())
        }
    }
}

/// Whether a track may carry a proposal's actions: checked when it is made, and again when it is
/// executed.
///
/// # Errors
/// `E0605` too many, `E0604` one that no proposal may carry, `E0603` one that needs a higher
/// track, `E0606` a payment of nothing, `E0623` a message that is too long.
pub fn carried(track: Track, actions: &[Action]) -> Result<(), Refusal> {
    let count = actions.len();
    ensure(count <= MAX_ACTIONS, &TOO_MANY_ACTIONS, count as u128, MAX_ACTIONS as u128)?;
    for action in actions {
        let needed = needed(action)?;
        let enough = match track {
            Track::Ordinary => needed != Track::Constitutional,
            Track::Constitutional => true,
            Track::Emergency => needed == Track::Emergency,
        };
        ensure(enough, &TRACK_TOO_LOW, track as u128, needed as u128)?;
        match action {
            Action::Pay { amount, .. } => ensure(!amount.is_zero(), &NOTHING, 0u128, 1u128)?,
            Action::Opaque { message } => {
                let length = message.0.len();
                let fits = length <= MAX_MESSAGE;
                ensure(fits, &MESSAGE_TOO_LONG, length as u128, MAX_MESSAGE as u128)?;
            }
            Action::Call { .. } | Action::Migrate { .. } => {}
        }
    }
    Ok(())
}

/// What an action pays or promises, in base units of which asset; nothing where it does neither.
pub fn outflow(action: &Action) -> Option<(Asset, u128)> {
    use {rewards::Command as R, token::Command as T, treasury::Command as C};
    match action {
        Action::Pay { asset, amount, .. } => Some((*asset, amount.units())),
        Action::Call { command } => match command {
            Command::Token(
                T::Transfer { amount, .. } | T::Send { amount, .. } | T::Burn { amount },
            ) => Some((Asset::Token, amount.units())),
            Command::Rewards(
                R::OpenCampaign { budget: amount, .. } | R::FundCampaign { amount, .. },
            ) => Some((Asset::Token, amount.units())),
            Command::Treasury(C::OpenStream { terms }) => Some((terms.asset, terms.funded.units())),
            Command::Treasury(C::FundStream { asset, amount, .. }) => {
                Some((*asset, amount.units()))
            }
            Command::Treasury(C::OpenGrant { terms }) => Some((terms.asset, terms.total())),
            _ => None,
        },
        Action::Migrate { .. } | Action::Opaque { .. } => None,
    }
}
