//! Asks, signs and sends: what every verb ends with.

use std::io::{BufRead, IsTerminal, Write};

use client::{Account, Included, Message, Signing, sign, sign_doc, unsigned};

use crate::args::Output;
use crate::commands::chain::session::{Session, failure, usage};
use crate::exit::Outcome;
use crate::print::say;

/// Gas of an unsigned transaction whose sender has no key here to simulate with.
const UNSIGNED_GAS: u64 = 1_000_000;

/// Does what was asked with messages: sends them, or tells what they would use, or prints them to
/// be signed. Gives what a block includes, if anything was sent.
///
/// # Errors
/// The chain refuses, nodes do not answer, or who was asked says no.
pub(crate) fn act(
    session: &Session,
    output: Output,
    what: &str,
    messages: &[Message],
) -> Outcome<Option<Included>> {
    let args = &session.args;
    if args.generate_only {
        return generate(session, messages).map(|()| None);
    }
    if args.offline {
        return sign_offline(session, messages).map(|()| None);
    }
    let sender = session.sender()?;
    if args.dry_run || !args.yes {
        let (gas, fee) = session.wait(sender.estimate(messages, &args.note))?;
        let cost = format!("{}{}", fee.amount.amount, fee.amount.denom);
        if args.dry_run {
            let told = serde_json::json!({
                "gas": gas, "gas_limit": fee.gas, "fee": cost, "from": sender.address(),
            });
            match output {
                Output::Json => say!("{}", serde_json::to_string_pretty(&told)?),
                Output::Human => {
                    say!("{what}: would use {gas} gas and pay {cost}; nothing was sent")
                }
            }
            return Ok(None);
        }
        let chain = &session.network.chain_id;
        ask(&format!("{what} as {} on {chain}, for {cost}?", sender.address()))?;
    }
    let included = session.wait(sender.send(messages, &args.note))?;
    if output == Output::Human {
        let Included { height, gas_used, hash, .. } = &included;
        say!("{what}: done in block {height}, {gas_used} gas, transaction {hash}");
    }
    Ok(Some(included))
}

/// The same for verbs that have nothing to add: prints what a block includes as JSON if asked to.
///
/// # Errors
/// As [`act`].
pub(crate) fn act_and_tell(
    session: &Session,
    output: Output,
    what: &str,
    messages: &[Message],
) -> Outcome {
    let included = act(session, output, what, messages)?;
    match included.filter(|_| output == Output::Json) {
        Some(included) => tell(&included, serde_json::json!({})),
        None => Ok(()),
    }
}

/// Prints what a block includes as JSON, with what else there is to say.
///
/// # Errors
/// None in practice: numbers and text always serialise.
pub(crate) fn tell(included: &Included, more: serde_json::Value) -> Outcome {
    let mut told = serde_json::json!({
        "hash": included.hash, "height": included.height, "gas_used": included.gas_used,
        "gas_wanted": included.gas_wanted,
    });
    if let (Some(told), Some(more)) = (told.as_object_mut(), more.as_object()) {
        told.extend(more.clone());
    }
    say!("{}", serde_json::to_string_pretty(&told)?);
    Ok(())
}

/// Asks on the terminal.
///
/// # Errors
/// The answer is not yes, or there is nobody to ask.
pub(crate) fn ask(question: &str) -> Outcome {
    let question = client::harmless(question);
    if !std::io::stdin().is_terminal() {
        return Err(usage(format!("{question}\nnobody is there to ask; say yes with -y")));
    }
    eprint!("{question} [y/N] ");
    std::io::stderr().flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    match answer.trim() {
        "y" | "Y" | "yes" => Ok(()),
        _ => Err(usage("nothing was sent".into())),
    }
}

/// Prints the unsigned transaction.
fn generate(session: &Session, messages: &[Message]) -> Outcome {
    let (sender, mut policy) = (session.address()?, session.policy()?);
    if policy.gas.is_none() {
        let simulated = session.sender().and_then(|sender| {
            session.wait(async { sender.estimate(messages, &session.args.note).await })
        });
        policy.gas = Some(simulated.map_or(UNSIGNED_GAS, |(_, fee)| fee.gas));
    }
    let fee = policy.fee(0).map_err(failure)?;
    let document = unsigned(&sender, messages, &session.args.note, &fee).map_err(failure)?;
    say!("{}", serde_json::to_string(&document)?);
    Ok(())
}

/// Signs without a node, and prints what was signed beside the result.
fn sign_offline(session: &Session, messages: &[Message]) -> Outcome {
    let (key, policy, args) = (session.key()?, session.policy()?, &session.args);
    if policy.gas.is_none() {
        return Err(usage("nobody simulates offline; give --gas a number".into()));
    }
    // The arguments demand each other.
    let number = args.account_number.unwrap_or_default();
    let account = Account { number, sequence: args.sequence.unwrap_or_default() };
    let signing = Signing {
        sender: key.address(),
        account,
        chain_id: &session.network.chain_id,
        messages,
        memo: &args.note,
        fee: policy.fee(0).map_err(failure)?,
        timeout_height: 0,
        mode: session.mode(),
    };
    let signed = sign(&signing, &key).map_err(failure)?;
    let told = serde_json::json!({
        "hash": signed.hash,
        "tx_bytes": client::base64(&signed.bytes),
        "sign_doc": sign_doc(&signing, &key).map_err(failure)?,
    });
    say!("{}", serde_json::to_string_pretty(&told)?);
    Ok(())
}
