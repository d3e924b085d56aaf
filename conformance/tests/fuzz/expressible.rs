//! Commands as the messages of a chain that mean them.
//!
//! The native engine takes any value of a command. A chain reads some as others: its own transfer as
//! a payment, a migration as one to code that is there, JSON as what it parses to.

use protocol::governance::{Command as Govern, Question};
use protocol::token::Command as Token;
use protocol::treasury::{Action, Command as Treasury};
use protocol::{Asset, Bytes, Command, Get};
use simulator::bank::Holding;
use simulator::native::World;

use crate::aim::Order;

/// The code that staking runs where token holders govern: a vote migrates it to the same.
const STAKING_CODE: u64 = 4;

/// The order as a chain reads it. A chain takes coins before it asks the contract, so that whoever
/// has too few is told so first: nobody sends more than there is.
pub(crate) fn expressible(world: &World, order: Order) -> Order {
    let Order { sender, command, funds } = order;
    let held: Holding = world.get(sender);
    Order { sender, command: said(command), funds: funds.min(held.amount) }
}

fn said(command: Command) -> Command {
    match command {
        Command::Governance(Govern::Propose { mut draft }) => {
            match &mut draft.question {
                Question::Standard { actions } => *actions = all(std::mem::take(actions)),
                Question::Choice { options } => {
                    for option in options {
                        option.actions = all(std::mem::take(&mut option.actions));
                    }
                }
                Question::Signal | Question::Gauge { .. } => {}
            }
            Command::Governance(Govern::Propose { draft })
        }
        Command::Treasury(Treasury::Execute { proposal, track, actions }) => {
            Command::Treasury(Treasury::Execute { proposal, track, actions: all(actions) })
        }
        command => command,
    }
}

fn all(actions: Vec<Action>) -> Vec<Action> {
    actions.into_iter().map(action).collect()
}

fn action(action: Action) -> Action {
    match action {
        Action::Call { command: Command::Token(Token::Transfer { to, amount }) } => {
            Action::Pay { asset: Asset::Token, to, amount }
        }
        Action::Call { command } => Action::Call { command: said(command) },
        Action::Migrate { module, .. } => Action::Migrate { module, code: STAKING_CODE },
        Action::Opaque { message } => Action::Opaque { message: burn(message.0.len()) },
        action => action,
    }
}

/// A message that is none of ours and fails on any chain: it burns coins that nobody has. As long
/// as asked for, where that is longer than it must be.
fn burn(length: usize) -> Bytes {
    let said = |denom: &str| {
        format!(r#"{{"bank":{{"burn":{{"amount":[{{"denom":"{denom}","amount":"1"}}]}}}}}}"#)
    };
    let missing = length.saturating_sub(said("").len()).max(3);
    Bytes(said(&"x".repeat(missing)).into_bytes())
}
