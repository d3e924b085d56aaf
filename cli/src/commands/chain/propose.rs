//! `moot propose`: what it does is shown before it is made.

mod book;
mod change;
mod draft;
mod needs;

use std::path::Path;

use client::Message;
use cosmwasm_std::{CosmosMsg, WasmMsg, to_json_binary};
use interface::governor::{ExecuteMsg, QuestionMsg, TrackMsg};
use interface::{MigrateMsg, SendMsg};
use protocol::{Amount, ModuleId, Track};
use serde_json::json;

use crate::args::{Output, chain};
use crate::commands::chain::act::{act, tell};
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::commands::chain::{call, send, tokens};
use crate::exit::{Failure, Outcome};
use crate::print::say;

use book::Book;
use draft::Draft;
use needs::Needs;

/// Makes a proposal, and locks its deposit; what is missing in the deposit balance is sent along.
///
/// # Errors
/// A proposal that says nothing or that no track carries, or the governor refuses.
pub(crate) fn propose(args: &chain::Propose, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let draft = draft(args, &session, &receipt, output)?;
    let book = Book::new(&receipt);
    let (lines, least) = book.read(&draft.msgs)?;
    let track = draft.track.unwrap_or(least);
    let needs = Needs::ask(&session, &receipt, track)?;
    if output == Output::Human {
        say!("{}", client::harmless(&draft.title));
        for line in draft.changes.iter().chain(&lines) {
            say!("  {}", client::harmless(line));
        }
        say!("{}", needs.shown(&receipt));
    }
    let mut messages: Vec<Message> = Vec::new();
    let missing = needs.deposit.saturating_sub(needs.free);
    if missing > 0 {
        let missing = Amount::new(missing).map_err(|refusal| usage(refusal.to_string()))?;
        messages.push(send(&receipt, ModuleId::Governor, missing, &SendMsg::Deposit {})?);
    }
    let question = match draft.msgs.is_empty() {
        true => QuestionMsg::Signal {},
        false => QuestionMsg::Standard { msgs: draft.msgs },
    };
    let (title, description) = (draft.title, draft.description);
    let track = TrackMsg::from(track);
    let msg = ExecuteMsg::Propose { track, title, description, question };
    messages.push(call(&receipt, ModuleId::Governor, &msg)?);
    let Some(included) = act(&session, output, "propose this", &messages)? else { return Ok(()) };
    let number = included.attribute("wasm", "proposal").and_then(|text| text.parse::<u32>().ok());
    let number = number.ok_or_else(|| {
        Failure::Network(format!("transaction {} names no proposal", included.hash))
    })?;
    match output {
        Output::Human => say!("proposal {number}"),
        Output::Json => tell(&included, json!({ "proposal": number }))?,
    }
    Ok(())
}

/// The proposal of a file, or of flags.
fn draft(
    args: &chain::Propose,
    session: &Session,
    receipt: &Receipt,
    output: Output,
) -> Outcome<Draft> {
    let mut draft = match &args.file {
        Some(file) => Draft::read(file)?,
        None => Draft::default(),
    };
    let mut said = Vec::new();
    for pay in &args.pay {
        draft.msgs.push(payment(pay, receipt)?);
        said.push(format!("pay {pay}"));
    }
    let (changes, updates) = change::messages(&args.set, session, receipt)?;
    draft.msgs.extend(updates);
    draft.changes = changes;
    said.extend(args.set.iter().map(|set| format!("set {set}")));
    for upgrade in &args.upgrade {
        let (name, _) = upgrade.split_once('=').unwrap_or((upgrade, ""));
        draft.msgs.push(migration(upgrade, session, receipt, output)?);
        said.push(format!("upgrade {name}"));
    }
    if let Some(title) = &args.title {
        draft.title.clone_from(title);
    }
    if draft.title.is_empty() {
        draft.title = said.join("; ");
    }
    if let Some(description) = &args.description {
        draft.description.clone_from(description);
    }
    draft.track = args.track.map(draft::track).or(draft.track);
    Ok(draft)
}

/// Reads `ADDRESS:AMOUNT`.
fn payment(text: &str, receipt: &Receipt) -> Outcome<CosmosMsg> {
    let parts = text.split_once(':');
    let (to, amount) =
        parts.ok_or_else(|| usage(format!("`{text}` is no payment; write ADDRESS:AMOUNT")))?;
    let amount = tokens::units(amount, receipt)?.units().into();
    let transfer = cw20::Cw20ExecuteMsg::Transfer { recipient: to.to_owned(), amount };
    message(receipt, ModuleId::Token, &transfer)
}

/// Reads `MODULE=FILE`, and stores the file first.
fn migration(
    text: &str,
    session: &Session,
    receipt: &Receipt,
    output: Output,
) -> Outcome<CosmosMsg> {
    let parts = text.split_once('=');
    let (name, file) =
        parts.ok_or_else(|| usage(format!("`{text}` is no upgrade; write MODULE=FILE")))?;
    let module = module(name)?;
    let wasm = std::fs::read(Path::new(file)).map_err(|why| usage(format!("{file}: {why}")))?;
    let store = [Message::Store { wasm }];
    let stored = act(session, output, &format!("store {file}"), &store)?;
    let stored = stored.ok_or_else(|| {
        usage("new code is stored before it can be proposed: without --dry-run and the like".into())
    })?;
    let code = stored.attribute("store_code", "code_id").and_then(|id| id.parse().ok());
    let new_code_id =
        code.ok_or_else(|| Failure::Network(format!("transaction {} names no code", stored.hash)))?;
    let contract_addr = receipt.contract(module)?.to_owned();
    let msg = to_json_binary(&MigrateMsg {}).map_err(|why| Failure::Internal(why.into()))?;
    Ok(WasmMsg::Migrate { contract_addr, new_code_id, msg }.into())
}

/// A module by its name.
fn module(name: &str) -> Outcome<ModuleId> {
    let found = ModuleId::ALL.into_iter().find(|module| module.name() == name);
    found.ok_or_else(|| usage(format!("there is no contract `{name}`")))
}

/// A contract's message as the treasury sends it.
fn message(receipt: &Receipt, module: ModuleId, msg: &impl serde::Serialize) -> Outcome<CosmosMsg> {
    let contract_addr = receipt.contract(module)?.to_owned();
    let msg = to_json_binary(msg).map_err(|why| Failure::Internal(why.into()))?;
    Ok(WasmMsg::Execute { contract_addr, msg, funds: Vec::new() }.into())
}

/// The track's name.
const fn named(track: Track) -> &'static str {
    match track {
        Track::Ordinary => "ordinary",
        Track::Constitutional => "constitutional",
        Track::Emergency => "emergency",
    }
}
