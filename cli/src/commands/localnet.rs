//! `moot localnet`: a real chain on this machine.
//!
//! The node is wasmd, built once from the project's own `localnet/go.mod`, which is part of this
//! program. Everything lies below `$XDG_CACHE_HOME/moot/localnet` and listens on loopback only.

mod build;
mod config;
mod genesis;
mod home;
mod process;
mod rpc;
mod selftest;

use std::time::{Duration, Instant};

use crate::args::{Localnet, LocalnetVerb, Output};
use crate::exit::{Failure, Outcome};
use crate::print::say;

pub(crate) use build::go_version;
pub(crate) use home::Home;

/// How long the first block may take.
const FIRST_BLOCK: Duration = Duration::from_secs(60);

/// Does what was asked of the local chain.
///
/// # Errors
/// There is no Go, the node does not build or start, or its ports are taken.
pub(crate) fn localnet(args: &Localnet, output: Output) -> Outcome {
    let home = Home::new(args.home.clone(), args.offset)?;
    match args.verb {
        LocalnetVerb::Start => {
            start_with(&home, args.keys)?;
            tell(&home, output)
        }
        LocalnetVerb::Stop => stop(&home),
        LocalnetVerb::Status => tell(&home, output),
        LocalnetVerb::Reset => {
            process::stop(&home)?;
            home.remove()?;
            say!("removed {}", home.root().display());
            Ok(())
        }
        LocalnetVerb::Test => selftest::selftest(output),
    }
}

/// Starts the node unless it runs, and waits for a block.
///
/// # Errors
/// As [`localnet`].
fn start(home: &Home) -> Outcome {
    start_with(home, 0)
}

/// Likewise, with so many keys more where the chain has to be made.
fn start_with(home: &Home, keys: u16) -> Outcome {
    if process::running(home).is_some() {
        return Ok(());
    }
    let wasmd = build::wasmd()?;
    if !home.is_made() {
        eprintln!("making a chain in {}", home.root().display());
        genesis::make(&wasmd, home, keys)?;
    }
    home.ports().free()?;
    process::spawn(&wasmd, home)?;
    first_block(home)
}

#[expect(clippy::disallowed_methods, reason = "a node is waited for in real time")]
fn first_block(home: &Home) -> Outcome {
    let begun = Instant::now();
    // A node that starts again answers of its state only once it has made a block itself.
    let mut found = None;
    loop {
        if let Ok(status) = rpc::status(home.ports().rpc)
            && status.height > *found.get_or_insert(status.height)
        {
            return Ok(());
        }
        let log = home.log();
        if process::running(home).is_none() {
            let why = format!("the node ended; its last words are in {}", log.display());
            return Err(Failure::Network(format!("{why}:\n{}", home.last_words())));
        }
        if begun.elapsed() > FIRST_BLOCK {
            process::stop(home)?;
            let why = format!("no block within {} s; see {}", FIRST_BLOCK.as_secs(), log.display());
            return Err(Failure::Network(why));
        }
        std::thread::sleep(Duration::from_millis(100));
    }
}

fn stop(home: &Home) -> Outcome {
    match process::stop(home)? {
        Some(pid) => say!("stopped the node (process {pid})"),
        None => say!("no node runs"),
    }
    Ok(())
}

fn tell(home: &Home, output: Output) -> Outcome {
    let (pid, ports) = (process::running(home), home.ports());
    let status = pid.and_then(|_| rpc::status(ports.rpc).ok());
    let keys = home.keys();
    if output == Output::Json {
        let value = serde_json::json!({
            "running": pid.is_some(),
            "pid": pid,
            "chain_id": status.as_ref().map(|status| &status.chain_id),
            "height": status.as_ref().map(|status| status.height),
            "rpc": ports.rpc_address(),
            "grpc": ports.grpc_address(),
            "network": home.chain_file(),
            "home": home.root(),
            "keys": keys,
            "addresses": home.addresses(),
        });
        say!("{}", serde_json::to_string_pretty(&value)?);
        return Ok(());
    }
    let Some(pid) = pid else {
        say!("no node runs; start one: moot localnet start");
        return Ok(());
    };
    match &status {
        Some(status) => say!("{} at height {}, process {pid}", status.chain_id, status.height),
        None => say!("process {pid} runs and does not answer; see {}", home.log().display()),
    }
    say!("  network  {}", home.chain_file().display());
    say!("  RPC      {}", ports.rpc_address());
    say!("  gRPC     {}", ports.grpc_address());
    say!("  keys     {}", home.keys_folder().display());
    for (name, address) in home.addresses() {
        say!("    {name:<8} {address}");
    }
    say!("use it with: --network localnet --from faucet");
    Ok(())
}
