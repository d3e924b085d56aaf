//! From a command to its verb.

use crate::{
    context::Context,
    effect::Effect,
    refusal::Refusal,
    token::{Command, State, allowance, mint, transfer},
};

/// Applies one command. The token reads no other module.
///
/// # Errors
/// The refusal of the verb; the records may then be half written, and the engine undoes it.
pub fn apply(
    s: &mut impl State,
    cx: &Context,
    command: Command,
    fx: &mut Vec<Effect>,
) -> Result<(), Refusal> {
    cx.refuse_funds()?;
    match command {
        Command::Transfer { to, amount } => transfer::transfer(s, cx, to, amount, fx),
        Command::Burn { amount } => transfer::burn(s, cx, amount, fx),
        Command::Send { to, amount, payload } => transfer::send(s, cx, to, amount, payload, fx),
        Command::Mint { to, amount } => mint::mint(s, cx, to, amount, fx),
        Command::UpdateMinter { to } => mint::update_minter(s, cx, to, fx),
        Command::IncreaseAllowance { spender, amount, expires } => {
            allowance::increase(s, cx, spender, amount, expires, fx)
        }
        Command::DecreaseAllowance { spender, amount, expires } => {
            allowance::decrease(s, cx, spender, amount, expires, fx)
        }
        Command::TransferFrom { owner, to, amount } => {
            allowance::transfer_from(s, cx, owner, to, amount, fx)
        }
        Command::SendFrom { owner, to, amount, payload } => {
            allowance::send_from(s, cx, owner, to, amount, payload, fx)
        }
        Command::BurnFrom { owner, amount } => allowance::burn_from(s, cx, owner, amount, fx),
    }
}
