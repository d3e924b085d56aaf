//! `moot deploy`: from a file and four codes to a network that its token holders govern.
//!
//! Four transactions store the codes; a fifth makes and wires every contract, or none. Addresses
//! are known beforehand (instantiate2), so that each contract is made with its admin, and the
//! token with its minter: nothing is handed over afterwards, and nothing is ever left to whoever
//! deploys.

mod check;
mod plan;
mod steps;

use simulator::deployment::Deployment;

use crate::args::{Output, Verify, chain::Deploy};
use crate::commands::chain::act::ask;
use crate::commands::chain::artifacts::{Artifacts, CODES, hex};
use crate::commands::chain::receipt::{Journal, Order, Receipt};
use crate::commands::chain::session::{Session, usage};
use crate::exit::{Failure, Outcome};
use crate::files;
use crate::print::say;

use steps::Steps;

/// The transaction that makes and wires.
const MAKE: &str = "make and wire";

/// Deploys, or goes on with a deployment, or says that it is complete.
///
/// # Errors
/// A file that is none, a chain that refuses, or what is read back is not what was meant.
pub(crate) fn deploy(args: &Deploy, output: Output) -> Outcome {
    let deployment = files::deployment(&args.file)?;
    let artifacts = Artifacts::read(&args.artifacts)?;
    let session = Session::open(&args.chain)?;
    fits(&deployment, &session)?;
    let sender = session.sender()?;
    let order = order(&deployment, &artifacts, args, &session, sender.address());
    let now = session.wait(session.node()?.latest())?;
    let contracts = plan::contracts(&deployment, &artifacts, &order, now.time)?;
    let fresh = Receipt::new(order, contracts);
    let mut journal = Journal::open(session.receipt_path(), fresh)?;
    if !args.chain.yes && journal.receipt.steps.is_empty() {
        ask(&plan::summary(&journal.receipt, &session))?;
    }
    let mut steps = Steps { session: &session, sender: &sender, journal: &mut journal, output };
    for name in CODES {
        let artifact = artifacts.get(name)?;
        steps.store(name, artifact)?;
    }
    let messages = plan::messages(&steps.journal.receipt)?;
    steps.take(MAKE, &messages)?;
    let height = check::check(&session, &journal.receipt)?;
    journal.receipt.checked_at.get_or_insert(height);
    journal.write()?;
    tell(&session, &journal.receipt, output)
}

/// Whether what is on a chain is what a receipt says, and its codes the ones of a folder, which
/// `moot build` makes the same everywhere.
///
/// # Errors
/// Everything that differs.
pub(crate) fn verify(args: &Verify, output: Output) -> Outcome {
    let session = Session::open(&args.chain)?;
    let receipt = Receipt::of(&session)?;
    let built = Artifacts::read(&args.artifacts)?.checksums();
    if let Some((name, theirs)) =
        receipt.order.checksums.iter().find(|(name, sum)| built.get(*name) != Some(*sum))
    {
        let folder = args.artifacts.display();
        return Err(Failure::Differs(format!("{name}.wasm of {folder} is not {theirs}")));
    }
    for (name, code) in &receipt.codes {
        let found = session.wait(session.node()?.code(*code))?.map(|info| hex(&info.checksum));
        if found.as_ref() != receipt.order.checksums.get(name) {
            let found = found.unwrap_or_else(|| "absent".to_owned());
            return Err(Failure::Differs(format!("code {code} ({name}) on the chain is {found}")));
        }
    }
    let height = check::check(&session, &receipt)?;
    match output {
        Output::Human => say!(
            "{} codes and {} contracts are as the receipt says at block {height}: code, admins, \
             links, parameters, authority",
            receipt.codes.len(),
            receipt.contracts.len()
        ),
        Output::Json => say!("{}", serde_json::json!({ "verified": true, "height": height })),
    }
    Ok(())
}

fn order(
    deployment: &Deployment,
    artifacts: &Artifacts,
    args: &Deploy,
    session: &Session,
    deployer: &str,
) -> Order {
    Order {
        chain_id: session.network.chain_id.clone(),
        title: deployment.title.clone(),
        deployment: hex(&deployment.hash()),
        deployer: deployer.to_owned(),
        salt: args.salt.clone(),
        checksums: artifacts.checksums(),
        symbol: deployment.token.symbol.clone(),
        decimals: deployment.token.decimals,
        denom: deployment.denom.clone(),
        stakes_coins: deployment.staking.asset == protocol::staking::Asset::Native,
        block_seconds: deployment.interval,
    }
}

/// The file must be meant for this chain.
fn fits(deployment: &Deployment, session: &Session) -> Outcome {
    let (theirs, ours) = (&deployment.prefix, &session.network.prefix);
    match theirs == ours {
        true => Ok(()),
        false => Err(usage(format!(
            "the file is for addresses that begin with `{theirs}`, and the network's begin with \
             `{ours}`"
        ))),
    }
}

fn tell(session: &Session, receipt: &Receipt, output: Output) -> Outcome {
    if output == Output::Json {
        say!("{}", serde_json::to_string_pretty(receipt)?);
        return Ok(());
    }
    let gas: u64 = receipt.steps.iter().filter_map(|step| Some(step.done.as_ref()?.gas_used)).sum();
    say!(
        "deployed on {}, {gas} gas in all; read back at block {}",
        receipt.order.chain_id,
        receipt.checked_at.unwrap_or_default()
    );
    for (module, contract) in &receipt.contracts {
        let address = &contract.address;
        say!("  {module:<9} {address}");
    }
    say!("receipt: {}", session.receipt_path().display());
    Ok(())
}
