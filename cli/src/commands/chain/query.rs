//! `moot query`.

use protocol::ModuleId;
use serde_json::{Value, json};

use crate::args::{Output, chain};
use crate::commands::chain::receipt::Receipt;
use crate::commands::chain::session::{Session, usage};
use crate::exit::Outcome;
use crate::print::say;

/// Asks a contract, and prints its answer as JSON.
///
/// # Errors
/// A question that is no JSON, or the contract refuses it.
pub(crate) fn query(args: &chain::Query, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let module = ModuleId::ALL.into_iter().find(|module| module.name() == args.contract);
    let contract = match module {
        Some(module) => Receipt::of(&session)?.contract(module)?.to_owned(),
        None => args.contract.clone(),
    };
    let question = question(&args.question)?;
    let answer = session.wait(session.node()?.smart(&contract, &question, args.height))?;
    match output {
        Output::Json => say!("{answer}"),
        // JSON spells control characters out, and leaves the rest to us.
        Output::Human => say!("{}", client::harmless(&serde_json::to_string_pretty(&answer)?)),
    }
    Ok(())
}

/// `params` is `{"params":{}}`.
fn question(text: &str) -> Outcome<Value> {
    if text.bytes().all(|one| one.is_ascii_lowercase() || one == b'_') {
        return Ok(json!({ text: {} }));
    }
    serde_json::from_str(text).map_err(|error| usage(format!("`{text}` is no JSON: {error}")))
}
