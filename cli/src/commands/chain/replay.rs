//! `moot replay`: what happened on a chain, done once more by the native engine.

use client::{Coin, Error as ClientError, Executed, address_bytes, executed};
use cosmwasm_std::WasmMsg;
use interface::{Accounts, Error, Lexicon};
use protocol::treasury::Action;
use protocol::{AccountId, Amount, Asset, Command, Height, ModuleId, Payload, Timestamp, token};
use simulator::native::{Accounts as Table, World};
use simulator::snapshot::Snapshot;

use crate::args::{Output, chain::Replay};
use crate::commands::chain::artifacts::hex;
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, failure, usage};
use crate::commands::chain::state;
use crate::commands::snapshot::open;
use crate::exit::{Failure, Outcome};
use crate::print::say;

/// Starts the native engine from a snapshot of the chain, gives it every message that a block
/// after it includes, and compares what it comes to with what the chain stores.
///
/// # Errors
/// The two differ, or a message is none of ours.
pub(crate) fn replay(args: &Replay, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let before = open(&args.since)?;
    let after = state::of(&session, &receipt)?;
    let mut world = before.world(&[]).map_err(|error| usage(error.to_string()))?;
    for module in ModuleId::ALL {
        if let Ok(address) = receipt.contract(module) {
            let bytes = address_bytes(address).map_err(failure)?;
            world.accounts().alias(&bytes, module);
        }
    }
    let mut commands = 0;
    for height in before.height().get() + 1..=after.height().get() {
        commands += block(&session, &receipt, &mut world, height)?;
    }
    world.begin_block(after.height(), after.time());
    let ours = Snapshot::take(&mut world, after.about());
    let (mine, theirs) = (hex(&ours.state_hash()), hex(&after.state_hash()));
    if mine != theirs {
        let height = after.height().get();
        return Err(Failure::Differs(format!(
            "after {commands} messages, at block {height}, the native engine has state {mine}, and \
             the chain {theirs}"
        )));
    }
    match output {
        Output::Human => say!(
            "{commands} messages in blocks {} to {}: the native engine has the chain's state, {mine}",
            before.height().get() + 1,
            after.height().get()
        ),
        Output::Json => say!(
            "{}",
            serde_json::json!({ "agrees": true, "messages": commands, "state_hash": mine })
        ),
    }
    Ok(())
}

/// Does what a block includes; gives how many messages of ours there were.
fn block(session: &Session, receipt: &Receipt, world: &mut World, height: u64) -> Outcome<usize> {
    let node = session.node()?;
    let (block, transactions) = session.wait(node.transactions_of(height))?;
    let mut commands = 0;
    let mut begun = false;
    for (hash, bytes) in transactions {
        match session.wait(async { Ok(node.transaction(&hash).await) })? {
            Ok(Some(_)) => {}
            // It was included and changed nothing.
            Err(ClientError::Refused { hash: Some(_), .. }) => continue,
            Ok(None) => return Err(Failure::Network(format!("nobody knows transaction {hash}"))),
            Err(error) => return Err(failure(error)),
        }
        for message in executed(&bytes).map_err(failure)? {
            let ours = receipt.contracts.values().any(|one| one.address == message.contract);
            if !ours {
                continue;
            }
            if !begun {
                world.begin_block(Height::new(height), Timestamp::new(block.time));
                begun = true;
            }
            execute(receipt, world, &message)
                .map_err(|why| Failure::Differs(format!("block {height}, {hash}: {why}")))?;
            commands += 1;
        }
    }
    Ok(commands)
}

/// Does what one message does.
fn execute(receipt: &Receipt, world: &mut World, message: &Executed) -> Result<(), String> {
    let (sender, command) = command(receipt, world.accounts(), message)?;
    let funds = funds(receipt, &message.funds)?;
    world
        .execute(sender, command, funds)
        .map_err(|refusal| format!("the chain did what the native engine refuses: {refusal}"))
}

/// Who asks for what, as the contract reads it.
fn command(
    receipt: &Receipt,
    table: &Table,
    message: &Executed,
) -> Result<(AccountId, Command), String> {
    let book = Book { receipt, table };
    let denom = receipt.order.denom.as_deref();
    let lexicon = Lexicon { book: &book, names: table, denom };
    let sender = book.account(&message.sender).map_err(|error| error.to_string())?;
    let (contract_addr, msg) = (message.contract.clone(), message.msg.clone().into());
    // What comes with it is paid beside.
    let execute = WasmMsg::Execute { contract_addr, msg, funds: Vec::new() };
    let action = lexicon.action(&execute.into()).map_err(|error| error.to_string())?;
    match action {
        Action::Call { command } => Ok((sender, told(command))),
        Action::Pay { asset: Asset::Token, to, amount } => {
            Ok((sender, Command::Token(token::Command::Transfer { to, amount })))
        }
        other => Err(format!("a message that the contract does not understand: {other:?}")),
    }
}

/// On a chain whoever is sent tokens reads what comes with them; natively the sender has.
fn told(command: Command) -> Command {
    let read = |attached: Payload| match attached {
        Payload::Opaque(bytes) => interface::token::received(&bytes.0.into()),
        other => other,
    };
    match command {
        Command::Token(token::Command::Send { to, amount, payload }) => {
            Command::Token(token::Command::Send { to, amount, payload: read(payload) })
        }
        Command::Token(token::Command::SendFrom { owner, to, amount, payload }) => {
            let payload = read(payload);
            Command::Token(token::Command::SendFrom { owner, to, amount, payload })
        }
        other => other,
    }
}

fn funds(receipt: &Receipt, coins: &[Coin]) -> Result<Amount, String> {
    let ours = coins.iter().filter(|coin| Some(&coin.denom) == receipt.order.denom.as_ref());
    let sum: u128 = ours.map(|coin| coin.amount).sum();
    Amount::new(sum).map_err(|refusal| refusal.to_string())
}

/// The engine's handles by the chain's addresses.
struct Book<'a> {
    receipt: &'a Receipt,
    table: &'a Table,
}

impl Accounts for Book<'_> {
    fn account(&self, address: &str) -> Result<AccountId, Error> {
        let bytes = address_bytes(address).map_err(|_| Error::NotWired { module: "an address" })?;
        Ok(protocol::Names::intern(self.table, &bytes))
    }

    fn address(&self, who: AccountId) -> Result<String, Error> {
        let module = who.module().and_then(|module| self.receipt.contract(module).ok());
        module.map(str::to_owned).ok_or(Error::NotWired { module: "an account" })
    }
}
