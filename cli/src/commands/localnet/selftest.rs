//! `moot localnet test`: whether the node is fit for tests, on a chain of its own.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::args::Output;
use crate::commands::localnet::genesis::{CHAIN_ID, DENOM};
use crate::commands::localnet::home::{Home, cache};
use crate::commands::localnet::{build, process, rpc, start};
use crate::exit::{Failure, Outcome};
use crate::print::say;

/// Apart from the usual chain's ports.
const OFFSET: u16 = 700;
/// How long a transaction may take to show.
const PATIENCE: Duration = Duration::from_secs(30);
/// What is sent.
const SENT: &str = "12345";

type Check = fn(&Home) -> Outcome;

/// Checks in order; each needs the one before.
const CHECKS: [(&str, Check); 4] = [
    ("a first block", start),
    ("blocks follow", blocks_follow),
    ("a payment arrives", payment_arrives),
    ("a restart goes on where it stopped", restart_goes_on),
];

/// Runs every check; without Go they are counted as skipped.
///
/// # Errors
/// A check fails.
pub(crate) fn selftest(output: Output) -> Outcome {
    let home = Home::new(Some(cache()?.join("selftest")), Some(OFFSET))?;
    let (mut passed, mut skipped, mut failed) = (0, 0, None);
    if build::is_possible() {
        process::stop(&home)?;
        home.remove()?;
        for (name, check) in CHECKS {
            match (&failed, check(&home)) {
                (None, Ok(())) => {
                    passed += 1;
                    eprintln!("ok       {name}");
                }
                (None, Err(failure)) => failed = Some((name, failure)),
                (Some(_), _) => skipped += 1,
            }
        }
        process::stop(&home)?;
        home.remove()?;
    } else {
        skipped = CHECKS.len();
        eprintln!("skipped: the node needs Go 1.25.9 or later: https://go.dev/dl");
    }
    match output {
        Output::Human => say!("{passed} passed, {skipped} skipped"),
        Output::Json => say!("{}", serde_json::json!({ "passed": passed, "skipped": skipped })),
    }
    match failed {
        None => Ok(()),
        Some((name, failure)) => {
            eprintln!("FAILED   {name}");
            Err(failure)
        }
    }
}

fn height(home: &Home) -> Outcome<u64> {
    let status = rpc::status(home.ports().rpc);
    let status = status.map_err(|error| Failure::Network(format!("the node: {error}")))?;
    match status.chain_id == CHAIN_ID {
        true => Ok(status.height),
        false => Err(Failure::Network(format!("the node serves {}", status.chain_id))),
    }
}

#[expect(clippy::disallowed_methods, reason = "a node is waited for in real time")]
fn until(home: &Home, what: &str, is_so: impl Fn() -> Outcome<bool>) -> Outcome {
    let begun = Instant::now();
    while begun.elapsed() < PATIENCE {
        if is_so()? {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(200));
    }
    let log = home.log();
    Err(Failure::Network(format!("{what}: not within {PATIENCE:?}; see {}", log.display())))
}

fn blocks_follow(home: &Home) -> Outcome {
    let first = height(home)?;
    until(home, "two more blocks", || Ok(height(home)? >= first + 2))
}

fn payment_arrives(home: &Home) -> Outcome {
    let key = |name| ask(home, &["keys", "show", name, "--address", "--keyring-backend", "test"]);
    let (from, to) = (key("faucet")?, key("alice")?);
    let before = balance(home, &to)?;
    let (node, coins) = (home.ports().rpc_address(), format!("{SENT}{DENOM}"));
    let send = ["tx", "bank", "send", &from, &to, &coins, "--yes", "--chain-id", CHAIN_ID];
    let how = ["--keyring-backend", "test", "--fees", "10000ustake", "--node", &node];
    ask(home, &[&send[..], &how[..]].concat())?;
    let sent: u128 = SENT.parse().unwrap_or_default();
    until(home, "the payment", || Ok(balance(home, &to)? == before + sent))
}

fn restart_goes_on(home: &Home) -> Outcome {
    let stopped_at = height(home)?;
    process::stop(home)?;
    start(home)?;
    until(home, "a further block", || Ok(height(home)? > stopped_at))
}

fn balance(home: &Home, of: &str) -> Outcome<u128> {
    let node = home.ports().rpc_address();
    let said =
        ask(home, &["query", "bank", "balance", of, DENOM, "--node", &node, "--output", "json"])?;
    let said: serde_json::Value = serde_json::from_str(&said)?;
    let amount = said.pointer("/balance/amount").and_then(|amount| amount.as_str());
    let amount = amount.and_then(|amount| amount.parse().ok());
    amount.ok_or_else(|| Failure::Network(format!("the node says of {of}: {said}")))
}

/// What the node's own command line answers.
fn ask(home: &Home, words: &[&str]) -> Outcome<String> {
    let mut command = Command::new(build::wasmd()?);
    let output =
        command.args(words).arg("--home").arg(home.root()).stdin(Stdio::null()).output()?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let (asked, why) = (words.join(" "), String::from_utf8_lossy(&output.stderr));
    let why = why.lines().next().unwrap_or_default();
    Err(Failure::Network(format!("wasmd {asked}: {why}")))
}
