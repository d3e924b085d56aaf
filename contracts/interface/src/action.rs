//! What a proposal does, as the chain's messages.

use crate::{Accounts, Error, MigrateMsg, governor, message, network, rewards, staking, token};
use cosmwasm_std::{
    BankMsg, Binary, Coin, CosmosMsg, Empty, WasmMsg, from_json, to_json_binary, to_json_vec,
};
use cw20::Cw20ExecuteMsg;
use protocol::{
    Amount, Asset, Bytes, Command, ModuleId, Names, token::Command as TokenCommand,
    treasury::Action,
};
use serde::de::DeserializeOwned;

/// What turns messages into actions and back: addresses, and the native denom if there is one.
pub struct Lexicon<'a> {
    /// Addresses as text.
    pub book: &'a dyn Accounts,
    /// Addresses as bytes.
    pub names: &'a dyn Names,
    /// The denom whose payments count as payments.
    pub denom: Option<&'a str>,
}

impl Lexicon<'_> {
    /// The action that a message means: a command where it goes to a contract of ours and says
    /// what that understands, a payment, a migration to the same contract's newer code; else it
    /// stays what it is, as JSON.
    ///
    /// # Errors
    /// An address, amount or fraction inside a message of ours that cannot be.
    pub fn action(&self, msg: &CosmosMsg) -> Result<Action, Error> {
        let known = match msg {
            CosmosMsg::Wasm(WasmMsg::Execute { contract_addr, msg, funds }) if funds.is_empty() => {
                self.call(contract_addr, msg)?
            }
            CosmosMsg::Bank(BankMsg::Send { to_address, amount }) => {
                self.payment(to_address, amount)?
            }
            CosmosMsg::Wasm(WasmMsg::Migrate { contract_addr, new_code_id, msg }) => {
                let module = self.module(contract_addr)?;
                let plain = *msg == to_json_binary(&MigrateMsg {})?;
                module
                    .filter(|_| plain)
                    .map(|module| Action::Migrate { module, code: *new_code_id })
            }
            _ => None,
        };
        match known {
            Some(action) => Ok(action),
            None => Ok(Action::Opaque { message: Bytes(to_json_vec(msg)?) }),
        }
    }

    /// The actions that messages mean, in order.
    ///
    /// # Errors
    /// As [`Lexicon::action`].
    pub fn actions(&self, msgs: &[CosmosMsg]) -> Result<Vec<Action>, Error> {
        msgs.iter().map(|msg| self.action(msg)).collect()
    }

    /// Which of our contracts an address is, if it is one.
    fn module(&self, address: &str) -> Result<Option<ModuleId>, Error> {
        Ok(self.book.account(address)?.module())
    }

    fn call(&self, to: &str, body: &Binary) -> Result<Option<Action>, Error> {
        let book = self.book;
        let command = match self.module(to)? {
            Some(ModuleId::Token) => {
                let msg = parsed::<Cw20ExecuteMsg>(body).map(|msg| token::command(book, msg));
                msg.transpose()?.flatten().map(Command::Token)
            }
            Some(ModuleId::Staking) => {
                let msg = parsed(body).map(|msg| staking::command(book, msg));
                msg.transpose()?.flatten().map(Command::Staking)
            }
            Some(ModuleId::Network) => {
                let msg = parsed(body).map(|msg| network::command(book, msg));
                msg.transpose()?.flatten().map(Command::Network)
            }
            Some(ModuleId::Rewards) => {
                let msg = parsed(body).map(|msg| rewards::command(book, self.names, msg));
                msg.transpose()?.flatten().map(Command::Rewards)
            }
            Some(ModuleId::Governor) => {
                let msg = parsed(body).map(|msg| governor::command(self, msg));
                msg.transpose()?.flatten().map(Command::Governance)
            }
            Some(ModuleId::Treasury) => {
                let msg = parsed(body).map(|msg| crate::treasury::command(self, msg));
                msg.transpose()?.flatten().map(Command::Treasury)
            }
            Some(ModuleId::Royalties | ModuleId::Bank) | None => None,
        };
        Ok(command.map(|command| match command {
            Command::Token(TokenCommand::Transfer { to, amount }) => {
                Action::Pay { asset: Asset::Token, to, amount }
            }
            command => Action::Call { command },
        }))
    }

    fn payment(&self, to: &str, coins: &[Coin]) -> Result<Option<Action>, Error> {
        let [coin] = coins else { return Ok(None) };
        if self.denom != Some(coin.denom.as_str()) {
            return Ok(None);
        }
        let (to, amount) = (self.book.account(to)?, Amount::new(coin.amount.u128())?);
        Ok(Some(Action::Pay { asset: Asset::Native, to, amount }))
    }

    /// The message that means an action.
    ///
    /// # Errors
    /// A handle without an address; a payment in coins without a denom.
    pub fn message(&self, action: &Action) -> Result<CosmosMsg, Error> {
        Ok(match action {
            Action::Call { command } => self.execute(command)?,
            Action::Pay { asset: Asset::Token, to, amount } => {
                let (to, amount) = (*to, *amount);
                self.execute(&Command::Token(TokenCommand::Transfer { to, amount }))?
            }
            Action::Pay { asset: Asset::Native, to, amount } => {
                pay_message(self.denom, self.book.address(*to)?, *amount)?
            }
            Action::Migrate { module, code } => {
                migrate_message(self.book.address(module.account())?, *code)?
            }
            Action::Opaque { message } => opaque_message(message)?,
        })
    }

    fn execute(&self, command: &Command) -> Result<CosmosMsg, Error> {
        let contract_addr = self.book.address(command.module().account())?;
        let msg = message(self, command)?;
        Ok(WasmMsg::Execute { contract_addr, msg, funds: Vec::new() }.into())
    }
}

/// What a contract's body says, if the contract understands it.
fn parsed<T: DeserializeOwned>(body: &Binary) -> Option<T> {
    from_json(body).ok()
}

/// A payment in coins.
///
/// # Errors
/// No denom is known.
pub fn pay_message(
    denom: Option<&str>,
    to_address: String,
    amount: Amount,
) -> Result<CosmosMsg, Error> {
    let denom = denom.ok_or(Error::NotWired { module: "the native denom" })?.to_owned();
    let amount = vec![Coin { denom, amount: amount.units().into() }];
    Ok(BankMsg::Send { to_address, amount }.into())
}

/// New code for a contract of ours.
///
/// # Errors
/// None in practice: an empty message always serialises.
pub fn migrate_message(contract_addr: String, code: u64) -> Result<CosmosMsg, Error> {
    let msg = to_json_binary(&MigrateMsg {})?;
    Ok(WasmMsg::Migrate { contract_addr, new_code_id: code, msg }.into())
}

/// A message that is not ours, as it was given.
///
/// # Errors
/// Bytes that are no message of the chain.
pub fn opaque_message(message: &Bytes) -> Result<CosmosMsg, Error> {
    Ok(from_json::<CosmosMsg<Empty>>(&message.0)?)
}
